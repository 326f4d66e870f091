package dev.tightship.network;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Texts;
import dev.tightship.edit.Place;
import dev.tightship.network.Evidence.Kind;
import dev.tightship.network.HostFinder.Hit;
import dev.tightship.text.Lines.Position;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects edges with their evidence, and what is not known. */
final class Edges {

  /** Pieces of one kind that are kept of one edge: more say nothing new. */
  private static final int MOST_OF_A_KIND = 5;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]{0,99}");

  private record Ends(String client, String server) {}

  private final Names names;
  private final Roles roles;
  private final Map<Ends, Set<Evidence>> edges = new LinkedHashMap<>();
  private final Set<Unknown> unknowns = new LinkedHashSet<>();

  Edges(Names names, Roles roles) {
    this.names = names;
    this.roles = roles;
  }

  Names names() {
    return names;
  }

  /**
   * Adds what was found in a text of a client, each host where it leads to.
   *
   * @param subject where it was found, in words that hold no value
   */
  void add(String client, Kind kind, String subject, List<Hit> hits, Where where) {
    for (Hit hit : hits) {
      for (String server : names.resolve(client, hit)) {
        boolean weak = hit.weak() || (isVariable(kind) && roles.isOdd(client, server));
        add(client, server, new Evidence(kind, weak, subject + " names " + hit.shown(), where));
      }
    }
  }

  /** The name of a setting, for people: what is no name may hold anything, even a secret. */
  static String word(String name) {
    return NAME.matcher(name).matches() ? name : "a setting";
  }

  private static boolean isVariable(Kind kind) {
    return kind == Kind.ENVIRONMENT || kind == Kind.ENV_FILE;
  }

  void add(String client, String server, Evidence evidence) {
    if (client.equals(server)) {
      return;
    }
    Set<Evidence> all =
        edges.computeIfAbsent(new Ends(client, server), ends -> new LinkedHashSet<>());
    if (all.stream().filter(e -> e.kind() == evidence.kind()).count() < MOST_OF_A_KIND) {
      all.add(evidence);
    }
  }

  void unknown(String service, Unknown.Kind kind, String says, @Nullable Where where) {
    unknowns.add(new Unknown(service, kind, says, where));
  }

  List<Edge> edges() {
    var all = new ArrayList<Edge>();
    edges.forEach(
        (ends, evidence) -> all.add(new Edge(ends.client, ends.server, List.copyOf(evidence))));
    return all;
  }

  List<Unknown> unknowns() {
    return List.copyOf(unknowns);
  }

  static Where where(Texts said, Texts.Text text) {
    return where(said.file(), text.scalar());
  }

  static Where where(Project project, Place place) {
    YamlFile file = project.file(place.file());
    Position at = file == null ? new Position(1, 1) : file.position(place);
    return new Where(place.file(), at.line(), at.column());
  }

  /** Null where a file writes one text in the place of a list. */
  static @Nullable Where where(Project project, Mount mount) {
    return mount.list() == null
        ? null
        : where(project, mount.list().place().item(mount.item().value()));
  }

  static Where where(YamlFile file, Node node) {
    Position at = file.lines().position(node.span().start());
    return new Where(file.path(), at.line(), at.column());
  }
}
