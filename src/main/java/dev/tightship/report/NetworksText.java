package dev.tightship.report;

import dev.tightship.compose.PortItem;
import dev.tightship.network.Edge;
import dev.tightship.network.Evidence;
import dev.tightship.network.Exposure;
import dev.tightship.network.Member;
import dev.tightship.network.Member.Standing;
import dev.tightship.network.Unknown;
import dev.tightship.network.Where;
import dev.tightship.report.NetworksReport.Use;
import dev.tightship.report.NetworksReport.When;
import dev.tightship.report.ReachState.Open;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who can reach whom, for people. What is much is cut, and told to be. */
final class NetworksText {

  /** Services that a table has room for. */
  private static final int WIDEST_TABLE = 12;

  private static final int MOST_NAMES = 20;
  private static final int MOST_EDGES = 30;
  private static final int MOST_UNKNOWN = 10;

  /** Chars of a name that a column has room for. */
  private static final int LONGEST = 30;

  private final NetworksReport report;
  private final boolean verbose;
  private final boolean same;
  private final StringBuilder out = new StringBuilder();

  /** The marks of the table and what they mean, in the order in which they are explained. */
  private enum Mark {
    SEEN('U', "is seen to"),
    PERHAPS('u', "perhaps does"),
    CAN('+', "can, though nothing shows that it does"),
    CLOSED('-', "could before, and cannot after"),
    OPENED('n', "could not before, and can after"),
    CUT('!', "is seen to before, and cannot after"),
    WITHOUT('x', "cannot, though something shows that it does"),
    UNKNOWN('?', "not known"),
    NO('.', "cannot"),
    ITSELF(' ', "");

    private final char sign;
    private final String means;

    Mark(char sign, String means) {
      this.sign = sign;
      this.means = means;
    }
  }

  NetworksText(NetworksReport report, boolean verbose) {
    this.report = report;
    this.verbose = verbose;
    this.same = report.isSame();
  }

  String text() {
    out.append(shown(report.report().name()))
        .append(": ")
        .append(count(report.services().size(), "service", "services"))
        .append(", ")
        .append(same ? "" : "before and after ")
        .append("hardening at level ")
        .append(report.report().outcome().level().word())
        .append(same ? " changes nothing of this" : "")
        .append('\n');
    networks();
    pairs();
    ports();
    out();
    edges();
    unknowns();
    return out.toString();
  }

  private void heading(String text) {
    out.append('\n').append(text).append('\n');
  }

  /** Both times, or one where they are the same. */
  private static List<When> times(boolean equal) {
    return equal ? List.of(When.AFTER) : List.of(When.values());
  }

  /** What stands before a line of one time; nothing where both are the same. */
  private static String label(When when, boolean equal) {
    return equal ? "  " : when == When.BEFORE ? "  before  " : "  after   ";
  }

  private void line(String start, int indent, String text) {
    Wrap.append(out.append(start), start.length(), indent, List.of(Escape.text(text)));
  }

  // Where the services stand

  private void networks() {
    heading("Networks: each service in one can reach all others in it");
    Map<String, List<String>> before = groups(When.BEFORE);
    boolean equal = before.equals(groups(When.AFTER));
    int width = Math.max(width(before.keySet()), width(groups(When.AFTER).keySet()));
    for (When when : times(equal)) {
      String start = label(when, equal);
      for (Map.Entry<String, List<String>> each : groups(when).entrySet()) {
        String name = padded(each.getKey(), width) + "  ";
        line(start + name, start.length() + 4, listed(each.getValue()));
        start = " ".repeat(start.length());
      }
    }
  }

  /** The services of each network, and those that stand somewhere else, by what that is. */
  private Map<String, List<String>> groups(When when) {
    var groups = new LinkedHashMap<String, List<String>>();
    for (ReachState.Shared network : report.state(when).networks()) {
      String kind =
          (network.internal() ? " (internal)" : "") + (network.external() ? " (external)" : "");
      List<String> inside =
          groups.computeIfAbsent(clipped(network.name()) + kind, n -> new ArrayList<>());
      network.services().forEach(service -> inside.add(clipped(service)));
    }
    for (String service : report.services()) {
      Member member = report.reach(when).topology().member(service);
      String place = place(member.standing());
      if (place != null) {
        groups.computeIfAbsent(place, p -> new ArrayList<>()).add(clipped(service));
      }
    }
    return groups;
  }

  private @Nullable String place(Standing standing) {
    if (standing instanceof Standing.Joined joined) {
      return "inside of " + clipped(joined.service());
    }
    return standing instanceof Standing.Host
        ? "the machine's own"
        : standing instanceof Standing.None
            ? "none at all"
            : standing instanceof Standing.Unclear ? "not known" : null;
  }

  // Who can reach whom

  private void pairs() {
    long before = report.state(When.BEFORE).pairs();
    long after = report.state(When.AFTER).pairs();
    long perhaps = report.used(When.AFTER, Use.PERHAPS);
    var said = new StringBuilder("Who can reach whom: ");
    said.append(count(before, "pair", "pairs")).append(" of services");
    if (!same) {
      said.append(before == after ? " before and after" : " before, " + after + " after");
    }
    said.append("; ").append(report.used(When.AFTER, Use.SEEN)).append(" seen in use");
    if (perhaps > 0) {
      said.append(", ").append(perhaps).append(" perhaps");
    }
    heading(said.toString());
    if (report.services().size() <= WIDEST_TABLE) {
      table();
    } else {
      out.append("  too many for a table; see the networks above, and who speaks to whom below\n");
    }
  }

  private void table() {
    List<String> services = report.services();
    List<String> names = services.stream().map(this::clipped).toList();
    int width = width(names);
    var used = new TreeMap<Mark, Boolean>();
    out.append(" ".repeat(width + 7));
    for (int i = 1; i <= services.size(); i++) {
      out.append("%3d".formatted(i));
    }
    out.append('\n');
    for (int i = 0; i < services.size(); i++) {
      var row = new StringBuilder("  %2d  ".formatted(i + 1));
      row.append(padded(names.get(i), width)).append(' ');
      for (String server : services) {
        Mark mark = mark(services.get(i), server);
        used.put(mark, true);
        row.append("  ").append(mark.sign);
      }
      out.append(row.toString().stripTrailing()).append('\n');
    }
    used.remove(Mark.ITSELF);
    if (!used.isEmpty()) {
      List<String> legend = used.keySet().stream().map(m -> m.sign + " " + m.means + ";").toList();
      var parts = new ArrayList<>(legend);
      String last = parts.remove(parts.size() - 1);
      parts.add(last.substring(0, last.length() - 1));
      Wrap.append(out.append("  a row reaches a column: "), 26, 4, parts);
    }
  }

  private Mark mark(String client, String server) {
    if (client.equals(server)) {
      return Mark.ITSELF;
    }
    boolean before = report.reach(When.BEFORE).between(client, server) != null;
    boolean after = report.reach(When.AFTER).between(client, server) != null;
    Use use = report.use(client, server);
    if (after && before) {
      return switch (use) {
        case SEEN -> Mark.SEEN;
        case PERHAPS -> Mark.PERHAPS;
        case UNSEEN -> Mark.CAN;
      };
    }
    for (When when : When.values()) {
      if (!report.reach(when).isKnown(client) || !report.reach(when).isKnown(server)) {
        return Mark.UNKNOWN;
      }
    }
    return after
        ? Mark.OPENED
        : before
            ? use == Use.UNSEEN ? Mark.CLOSED : Mark.CUT
            : use == Use.UNSEEN ? Mark.NO : Mark.WITHOUT;
  }

  // What leads in and out

  private void ports() {
    heading("Open from outside of the project");
    Map<String, Open> before = open(When.BEFORE);
    Map<String, Open> after = open(When.AFTER);
    if (before.isEmpty() && after.isEmpty()) {
      out.append("  none\n");
      return;
    }
    var names = new LinkedHashMap<String, String>();
    for (boolean changed : List.of(true, false)) { // what changes is not left out for being much
      for (String service : report.services()) {
        boolean open = before.containsKey(service) || after.containsKey(service);
        boolean changes = !Objects.equals(before.get(service), after.get(service));
        if (open && changes == changed) {
          names.put(service, clipped(service));
        }
      }
    }
    int width = width(names.values());
    int left = verbose ? Integer.MAX_VALUE : MOST_EDGES;
    for (String service : names.keySet()) {
      if (left-- == 0) {
        out.append("  and %d more: -v names all\n".formatted(names.size() - MOST_EDGES));
        break;
      }
      String name = "  " + padded(clipped(service), width) + "  ";
      String then = open(before.get(service), When.BEFORE);
      String now = open(after.get(service), When.AFTER);
      if (then.equals(now)) {
        line(name, name.length() + 2, now);
      } else {
        line(name + "before  ", name.length() + 10, then);
        line(" ".repeat(name.length()) + "after   ", name.length() + 10, now);
      }
    }
  }

  private Map<String, Open> open(When when) {
    var byService = new HashMap<String, Open>();
    report.state(when).open().forEach(open -> byService.put(open.service(), open));
    return byService;
  }

  /** {@code other machines by 8080->80}. */
  private String open(@Nullable Open open, When when) {
    if (open == null) {
      return ReachWords.of(Exposure.NOBODY);
    }
    String service = open.service();
    Member home = report.reach(when).topology().home(service);
    if (home.standing() instanceof Standing.Host) {
      return "to other machines, by whatever it listens on in the machine's own network";
    }
    String inside =
        home.service().equals(service) ? "" : " of %s".formatted(masked(home.service()));
    var ports = new LinkedHashMap<Exposure, List<String>>();
    for (Exposure exposure : List.of(Exposure.OTHERS, Exposure.UNKNOWN, Exposure.MACHINE)) {
      for (PortItem port : open.ports()) {
        if (Exposure.of(port) == exposure) {
          ports.computeIfAbsent(exposure, e -> new ArrayList<>()).add(ReachWords.port(port));
        }
      }
    }
    if (ports.isEmpty()) {
      return ReachWords.of(open.exposure());
    }
    var said = new ArrayList<String>();
    ports.forEach(
        (exposure, each) ->
            said.add(
                "%s, by %s%s"
                    .formatted(
                        ReachWords.of(
                            open.exposure() == Exposure.UNKNOWN ? Exposure.UNKNOWN : exposure),
                        ReachWords.listed(each, verbose ? Integer.MAX_VALUE : MOST_NAMES),
                        inside)));
    return masked(String.join("; ", said));
  }

  private void out() {
    heading("With a way out of the project");
    boolean equal = out(When.BEFORE).equals(out(When.AFTER));
    for (When when : times(equal)) {
      String start = label(when, equal);
      line(start, start.length(), out(when));
    }
  }

  private String out(When when) {
    List<String> services = report.state(when).out();
    boolean known = services.stream().allMatch(report.reach(when)::isKnown);
    return known && services.size() > 1 && services.size() == report.services().size()
        ? "all services"
        : listed(
            services.stream()
                .map(s -> clipped(s) + (report.reach(when).isKnown(s) ? "" : " (perhaps)"))
                .toList());
  }

  // What it is known from

  private void edges() {
    heading("Who is seen to speak to whom");
    List<Edge> edges = report.edges();
    if (edges.isEmpty()) {
      out.append("  nobody\n");
    }
    int shown = verbose ? edges.size() : Math.min(edges.size(), MOST_EDGES);
    for (Edge edge : edges.subList(0, shown)) {
      String ends = "  %s -> %s: ".formatted(clipped(edge.client()), clipped(edge.server()));
      List<Evidence> evidence = NetworksReport.evidence(edge);
      for (Evidence each : verbose ? evidence : evidence.subList(0, 1)) {
        String perhaps = each.weak() ? "perhaps, " : "";
        line(ends, 6, masked("%s%s (%s)".formatted(perhaps, each.says(), report.at(each.where()))));
        ends = " ".repeat(6);
      }
    }
    if (shown < edges.size()) {
      out.append("  and %d more: -v names all\n".formatted(edges.size() - shown));
    }
  }

  private void unknowns() {
    var services = new LinkedHashMap<String, List<String>>();
    for (Unknown unknown : report.graph().unknowns()) {
      Where where = unknown.where();
      String says = unknown.says() + (where == null ? "" : " (%s)".formatted(report.at(where)));
      services.computeIfAbsent(says, s -> new ArrayList<>()).add(clipped(unknown.service()));
    }
    if (services.isEmpty()) {
      return;
    }
    heading("What cannot be told");
    int left = verbose ? Integer.MAX_VALUE : MOST_UNKNOWN;
    for (Map.Entry<String, List<String>> each : services.entrySet()) {
      if (left-- == 0) {
        out.append("  and %d more: -v names all\n".formatted(services.size() - MOST_UNKNOWN));
        break;
      }
      line("  ", 6, listed(each.getValue()) + ": " + masked(each.getKey()));
    }
  }

  // Names

  private String listed(List<String> names) {
    return ReachWords.listed(names, verbose ? Integer.MAX_VALUE : MOST_NAMES);
  }

  private String masked(String text) {
    return report.masked(text);
  }

  private String shown(String text) {
    return Escape.text(masked(text));
  }

  /** A name as it stands in a column. */
  private String clipped(String name) {
    return report.clipped(name, LONGEST);
  }

  private static int width(Collection<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  private static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
