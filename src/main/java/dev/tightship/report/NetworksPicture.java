package dev.tightship.report;

import dev.tightship.compose.PortItem;
import dev.tightship.network.Edge;
import dev.tightship.network.Exposure;
import dev.tightship.network.Member;
import dev.tightship.network.Member.Standing;
import dev.tightship.report.NetworksReport.Use;
import dev.tightship.report.NetworksReport.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture of who can reach whom: networks are nodes of their own, since a service may be in
 * several, and arrows show who speaks to whom and what leads in. The names of nodes are ours, those
 * of the project are only labels.
 */
final class NetworksPicture {

  /** Chars of a label. */
  private static final int LONGEST = 60;

  private static final int MOST_PORTS = 6;

  private enum Shape {
    SERVICE,
    NETWORK,
    /** What is no part of the project. */
    OUTSIDE
  }

  private enum Style {
    /** A service is in a network. */
    IN,
    SEEN,
    PERHAPS,
    /** A port leads in. */
    PORT,
    /** A port may lead in. */
    UNKNOWN
  }

  private record Node(String id, Shape shape, String label) {}

  private record Line(String from, String to, Style style, String label) {}

  private final String title;
  private final When when;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  private NetworksPicture(String title, When when) {
    this.title = title;
    this.when = when;
  }

  static NetworksPicture of(NetworksReport report, When when) {
    var picture =
        new NetworksPicture(
            "%s, %s hardening at level %s"
                .formatted(
                    report.clipped(report.report().name(), LONGEST),
                    word(when),
                    report.report().outcome().level().word()),
            when);
    picture.draw(report);
    return picture;
  }

  private static String word(When when) {
    return when == When.BEFORE ? "before" : "after";
  }

  private void draw(NetworksReport report) {
    var ids = new HashMap<String, String>();
    for (String service : report.services()) {
      String id = "s" + (ids.size() + 1);
      ids.put(service, id);
      nodes.add(new Node(id, Shape.SERVICE, report.clipped(service, LONGEST)));
    }
    int networks = 0;
    for (ReachState.Shared network : report.state(when).networks()) {
      String id = "n" + ++networks;
      String kind =
          (network.internal() ? ", internal" : "") + (network.external() ? ", external" : "");
      nodes.add(new Node(id, Shape.NETWORK, report.clipped(network.name(), LONGEST) + kind));
      for (String service : network.services()) {
        if (report.reach(when).topology().home(service).service().equals(service)) {
          lines.add(new Line(id, ids.getOrDefault(service, id), Style.IN, ""));
        }
      }
    }
    for (String service : report.services()) {
      Member member = report.reach(when).topology().member(service);
      if (member.standing() instanceof Standing.Joined joined) {
        lines.add(
            new Line(
                ids.getOrDefault(joined.service(), ""),
                ids.getOrDefault(service, ""),
                Style.IN,
                "one namespace"));
      }
    }
    for (Edge edge : report.edges()) {
      boolean reached = report.reach(when).between(edge.client(), edge.server()) != null;
      lines.add(
          new Line(
              ids.getOrDefault(edge.client(), ""),
              ids.getOrDefault(edge.server(), ""),
              reached && NetworksReport.use(edge) == Use.SEEN ? Style.SEEN : Style.PERHAPS,
              reached ? "" : "no way is known"));
    }
    ports(report, ids);
  }

  private void ports(NetworksReport report, Map<String, String> ids) {
    var outside = new LinkedHashMap<Exposure, Node>();
    for (ReachState.Open open : report.state(when).open()) {
      Member home = report.reach(when).topology().home(open.service());
      if (!home.service().equals(open.service())) {
        continue; // the service that it stands in has them
      }
      var labels = new LinkedHashMap<Exposure, List<String>>();
      for (PortItem port : open.ports()) {
        Exposure exposure =
            open.exposure() == Exposure.UNKNOWN ? Exposure.UNKNOWN : Exposure.of(port);
        labels.computeIfAbsent(exposure, e -> new ArrayList<>()).add(ReachWords.port(port));
      }
      if (home.standing() instanceof Standing.Host) {
        labels.put(Exposure.OTHERS, List.of("the machine's own network"));
      } else if (labels.isEmpty()) {
        labels.put(open.exposure(), List.of("ports"));
      }
      labels.forEach(
          (exposure, ports) -> {
            Node from =
                outside.computeIfAbsent(
                    exposure,
                    e -> new Node("x" + (outside.size() + 1), Shape.OUTSIDE, ReachWords.from(e)));
            lines.add(
                new Line(
                    from.id,
                    ids.getOrDefault(open.service(), ""),
                    exposure == Exposure.UNKNOWN ? Style.UNKNOWN : Style.PORT,
                    ReachWords.listed(ports, MOST_PORTS)));
          });
    }
    nodes.addAll(0, outside.values());
  }

  // Mermaid

  String mermaid() {
    var out = new StringBuilder("%% ").append(mermaid(title)).append("\nflowchart LR\n");
    for (Node node : nodes) {
      String label = mermaid(node.label);
      out.append("  ")
          .append(node.id)
          .append(
              switch (node.shape) {
                case SERVICE -> "[\"" + label + "\"]";
                case NETWORK -> "{{\"" + label + "\"}}";
                case OUTSIDE -> "([\"" + label + "\"])";
              })
          .append('\n');
    }
    for (Line line : lines) {
      String arrow =
          switch (line.style) {
            case IN -> "---";
            case SEEN -> "==>";
            case PERHAPS, UNKNOWN -> "-.->";
            case PORT -> "-->";
          };
      String label = line.label.isEmpty() ? "" : "|\"" + mermaid(line.label) + "\"|";
      out.append("  %s %s%s %s\n".formatted(line.from, arrow, label, line.to));
    }
    return out.toString();
  }

  /**
   * Text in a quoted label. Whatever may be syntax, Markdown, HTML or an order to Mermaid is
   * written as an entity by its number, which Mermaid takes back at the very end; colons too, since
   * it looks for {@code style...:#...;} in the whole text.
   */
  private static String mermaid(String text) {
    var out = new StringBuilder();
    int before = ' ';
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int after = i < text.length() ? text.codePointAt(i) : ' ';
      boolean within = before != ' ' && after != ' ';
      boolean plain =
          switch (c) {
            case '_' -> Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
            case '-', '.', '/' -> within;
            case ',' -> before != ' ';
            case ' ' -> before != ' ' && i < text.length();
            default -> Character.isLetterOrDigit(c);
          };
      if (plain) {
        out.appendCodePoint(c);
      } else {
        out.append('#').append(c).append(';');
      }
      before = c;
    }
    return out.toString();
  }

  // Graphviz

  String dot() {
    var out = new StringBuilder("// ").append(title).append('\n');
    out.append("digraph ").append(word(when)).append(" {\n");
    out.append("  rankdir=LR;\n  node [shape=box];\n");
    for (Node node : nodes) {
      out.append("  %s [label=\"%s\"%s];\n".formatted(node.id, dot(node.label), dot(node.shape)));
    }
    for (Line line : lines) {
      String style =
          switch (line.style) {
            case IN -> "dir=none, color=gray50";
            case SEEN -> "style=bold";
            case PERHAPS, UNKNOWN -> "style=dashed";
            case PORT -> "style=solid";
          };
      String label = line.label.isEmpty() ? "" : ", label=\"" + dot(line.label) + "\"";
      out.append("  %s -> %s [%s%s];\n".formatted(line.from, line.to, style, label));
    }
    return out.append("}\n").toString();
  }

  private static String dot(Shape shape) {
    return switch (shape) {
      case SERVICE -> "";
      case NETWORK -> ", shape=hexagon";
      case OUTSIDE -> ", shape=ellipse";
    };
  }

  /** Text in a quoted label, where Graphviz reads escapes of its own and entities of HTML. */
  private static String dot(String text) {
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
