package dev.tightship.network;

import dev.tightship.compose.Given;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Graphs of projects in memory, in words. */
final class Graphs {

  private Graphs() {}

  static ServiceGraph of(String compose) {
    return ServiceGraph.of(Given.compose(compose).load());
  }

  static ServiceGraph of(Map<String, String> files) {
    return ServiceGraph.of(Given.of(files).load());
  }

  /** Each edge as {@code web -> db}. */
  static List<String> ends(ServiceGraph graph) {
    return graph.edges().stream().map(e -> e.client() + " -> " + e.server()).toList();
  }

  /** The evidence of all edges as {@code web -> db: COMMAND its command names db:5432 (4)}. */
  static List<String> evidence(ServiceGraph graph) {
    return graph.edges().stream()
        .flatMap(
            edge ->
                edge.evidence().stream()
                    .map(
                        e ->
                            "%s -> %s: %s%s %s (%s)"
                                .formatted(
                                    edge.client(),
                                    edge.server(),
                                    e.kind(),
                                    e.weak() ? "?" : "",
                                    e.says(),
                                    e.where())))
        .toList();
  }

  static String unknowns(ServiceGraph graph) {
    return graph.unknowns().stream()
        .map(u -> u.service() + " " + u.kind() + ": " + u.says())
        .collect(Collectors.joining("\n"));
  }
}
