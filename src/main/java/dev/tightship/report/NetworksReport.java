package dev.tightship.report;

import dev.tightship.compose.Problem;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Edge;
import dev.tightship.network.Evidence;
import dev.tightship.network.Reach;
import dev.tightship.network.ServiceGraph;
import dev.tightship.network.Where;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who can reach whom in a project, before it is hardened and after, and who is seen to. The latter
 * is read from the project as it is: what is done to it changes nothing of who speaks to whom.
 */
public final class NetworksReport {

  /** A time that a picture shows. */
  public enum When {
    BEFORE,
    AFTER
  }

  /** Whether one service makes use of another. */
  enum Use {
    /** Nothing shows it. */
    UNSEEN,
    /** What shows it may mean something else, or is only that one starts after the other. */
    PERHAPS,
    SEEN
  }

  private final Report report;
  private final ServiceGraph graph;
  private final Reach reachAfter;
  private final ReachState before;
  private final ReachState after;
  private final List<Edge> edges;
  private final Map<List<String>, Edge> byEnds = new HashMap<>();

  /**
   * @param report of the run that hardens the project
   */
  public NetworksReport(Report report) {
    this.report = report;
    this.graph = ServiceGraph.of(project(When.BEFORE));
    this.reachAfter = Reach.of(project(When.AFTER));
    this.before = ReachState.of(project(When.BEFORE), graph.reach());
    this.after = ReachState.of(project(When.AFTER), reachAfter);
    this.edges = inOrder(graph.edges());
    edges.forEach(edge -> byEnds.put(List.of(edge.client(), edge.server()), edge));
  }

  /**
   * For people, 100 columns wide.
   *
   * @param verbose whether nothing is left out for being much
   */
  public String text(boolean verbose) {
    return new NetworksText(this, verbose).text();
  }

  /** A flowchart for Mermaid, without a fence around it. */
  public String mermaid(When when) {
    return NetworksPicture.of(this, when).mermaid();
  }

  /** A graph for Graphviz. */
  public String dot(When when) {
    return NetworksPicture.of(this, when).dot();
  }

  /**
   * All projects of a run for programs; the shape is described in docs/networks.md.
   *
   * @param refused what kept other projects from being read
   */
  public static String json(String version, List<NetworksReport> reports, List<Problem> refused) {
    return NetworksJson.of(version, reports, refused);
  }

  Report report() {
    return report;
  }

  ServiceGraph graph() {
    return graph;
  }

  Project project(When when) {
    return when == When.BEFORE ? report.outcome().before() : report.outcome().after();
  }

  Reach reach(When when) {
    return when == When.BEFORE ? graph.reach() : reachAfter;
  }

  ReachState state(When when) {
    return when == When.BEFORE ? before : after;
  }

  /** Whether the run changes nothing of what is reported here. */
  boolean isSame() {
    return before.equals(after);
  }

  /** In the order of the project. */
  List<String> services() {
    return project(When.BEFORE).services().stream().map(Service::name).toList();
  }

  /** Those that take a network, by the order of the clients and then of the servers. */
  List<Edge> edges() {
    return edges;
  }

  private List<Edge> inOrder(List<Edge> edges) {
    var order = new HashMap<String, Integer>();
    services().forEach(service -> order.put(service, order.size()));
    return edges.stream()
        .filter(Edge::isNetwork)
        .sorted(
            Comparator.comparing((Edge e) -> order.getOrDefault(e.client(), 0))
                .thenComparing(e -> order.getOrDefault(e.server(), 0)))
        .toList();
  }

  Use use(String client, String server) {
    Edge edge = byEnds.get(List.of(client, server));
    return edge == null ? Use.UNSEEN : use(edge);
  }

  static Use use(Edge edge) {
    return rank(best(edge)) == 0 ? Use.SEEN : Use.PERHAPS;
  }

  /** What shows it best; the first where several do. */
  static Evidence best(Edge edge) {
    return evidence(edge).get(0);
  }

  /** All that shows it, the best first. */
  static List<Evidence> evidence(Edge edge) {
    return edge.evidence().stream()
        .filter(e -> e.kind() != Evidence.Kind.VOLUMES_FROM)
        .sorted(Comparator.comparing(NetworksReport::rank))
        .toList();
  }

  private static int rank(Evidence evidence) {
    return evidence.kind() == Evidence.Kind.DEPENDS_ON ? 1 : evidence.weak() ? 2 : 0;
  }

  /** How many of the pairs of a time are in use in that way. */
  long used(When when, Use use) {
    return edges.stream()
        .filter(edge -> use(edge) == use)
        .filter(edge -> reach(when).between(edge.client(), edge.server()) != null)
        .count();
  }

  /** A text of the project with its secrets hidden. */
  String masked(String text) {
    return report.masked(text);
  }

  /** A name of the project in one short line. */
  String clipped(String name, int most) {
    String shown = Escape.text(masked(name));
    return shown.codePointCount(0, shown.length()) <= most
        ? shown
        : shown.substring(0, shown.offsetByCodePoints(0, most - 3)) + "...";
  }

  /** A place as it is seen from the folder of the project. */
  String at(Where where) {
    List<String> from = parts(project(When.BEFORE).directory());
    List<String> to = parts(where.file());
    int common = 0;
    while (common < Math.min(from.size(), to.size() - 1)
        && from.get(common).equals(to.get(common))) {
      common++;
    }
    String path = "../".repeat(from.size() - common);
    return "%s%s:%d".formatted(path, String.join("/", to.subList(common, to.size())), where.line());
  }

  private static List<String> parts(String path) {
    return path.isEmpty() ? List.of() : List.of(path.split("/", -1));
  }
}
