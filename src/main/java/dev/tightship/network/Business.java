package dev.tightship.network;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Evidence.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who has business with whom, so that they have to share a network. A service that joins another's
 * network namespace counts as that one.
 */
final class Business {

  /** Two services with networks of their own, in the order of the project. */
  record Pair(String one, String other) {}

  private final ServiceGraph graph;
  private final PossibleClients possible;

  /** The servers of pairs that speak to each other, or may do so as others of their kind do. */
  private final Map<Set<String>, String> servers = new HashMap<>();

  /** Services that may speak to any other one, or of which nothing tells who speaks to them. */
  private final Set<String> open = new HashSet<>();

  private final Set<String> labelled = new HashSet<>();

  Business(Project project, ServiceGraph graph) {
    this.graph = graph;
    this.possible = new PossibleClients(project, graph);
    var clients = new LinkedHashMap<String, Set<String>>();
    for (Edge edge : graph.edges()) {
      if (edge.isNetwork()) {
        need(edge.client(), edge.server());
        clients.computeIfAbsent(edge.server(), s -> new LinkedHashSet<>()).add(edge.client());
      }
      if (edge.evidence().stream().anyMatch(each -> each.kind() == Kind.LABEL)) {
        labelled.add(home(edge.client()));
        labelled.add(home(edge.server()));
      }
    }
    List<String> all = project.services().stream().map(Service::name).toList();
    clients.forEach(
        (server, known) -> possible.alike(all, known).forEach(client -> need(client, server)));
    for (String each : all) {
      boolean unasked = graph.isStore(each) && !clients.containsKey(each);
      if (unasked || possible.mayCallAnyone(each)) {
        open.add(home(each));
      }
      if (possible.introduces(each)) {
        open.add(home(each));
        clients.getOrDefault(each, Set.of()).forEach(client -> open.add(home(client)));
      }
    }
  }

  private void need(String client, String server) {
    String from = home(client);
    String to = home(server);
    if (!from.equals(to)) {
      servers.putIfAbsent(Set.of(from, to), to);
    }
  }

  /** Whether they speak to each other, or may well do so. */
  boolean needed(Pair pair) {
    return servers.containsKey(Set.of(pair.one(), pair.other()));
  }

  /** The one that answers. */
  String server(Pair pair) {
    return servers.getOrDefault(Set.of(pair.one(), pair.other()), pair.other());
  }

  /** Whether it cannot be told that they do not speak to each other. */
  boolean isOpen(Pair pair) {
    return open.contains(pair.one()) || open.contains(pair.other()) || isAlike(pair);
  }

  /**
   * Whether they run the same program, so that each may be told of the other by a third one, and by
   * an address in the network that those two share.
   */
  boolean isAlike(Pair pair) {
    return possible.isSame(pair.one(), pair.other());
  }

  /** Whether a proxy reads labels of it, or it reads those of others. */
  boolean isLabelled(String service) {
    return labelled.contains(service);
  }

  private String home(String service) {
    return graph.topology().home(service).service();
  }
}
