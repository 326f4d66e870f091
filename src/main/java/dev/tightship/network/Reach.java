package dev.tightship.network;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.Member.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which services can reach which, whether they do or not. */
public final class Reach {

  /** The way from one service to another. */
  public enum Way {
    /** They share a network. */
    NETWORK,
    /** They run in one network namespace, so that each is the other's localhost. */
    NAMESPACE,
    /** The client is on the machine, and the server publishes a port, or is there as well. */
    MACHINE
  }

  /**
   * That a service can reach another.
   *
   * @param networks that they share; empty where the way is another
   * @param names by which the client can call the server
   */
  public record Pair(
      String client, String server, Way way, Set<String> networks, Set<String> names) {}

  private final Project project;
  private final Topology topology;

  /** Services with ports of the machine. */
  private final Set<String> published = new HashSet<>();

  Reach(Project project, Topology topology) {
    this.project = project;
    this.topology = topology;
    for (Service service : project.services()) {
      if (!service.items("ports").isEmpty()
          && topology.member(service.name()).standing() instanceof Standing.Own) {
        published.add(service.name());
      }
    }
  }

  /** Without a look at who speaks to whom, which takes longer. */
  static Reach of(Project project) {
    return new Reach(project, Topology.of(project));
  }

  /** How one service can reach another; null where it cannot, or where that is not known. */
  public @Nullable Pair between(String client, String server) {
    if (client.equals(server)) {
      return null;
    }
    Member from = topology.home(client);
    Member to = topology.home(server);
    if (from.equals(to)) {
      return new Pair(client, server, Way.NAMESPACE, Set.of(), Set.of("localhost"));
    }
    if (from.standing() instanceof Standing.Host) {
      return isOpen(server)
          ? new Pair(client, server, Way.MACHINE, Set.of(), Set.of("localhost"))
          : null;
    }
    var networks = new LinkedHashSet<String>();
    var names = new LinkedHashSet<String>();
    for (Attachment own : from.attachments()) {
      for (Attachment other : to.attachments()) {
        if (own.network().equals(other.network())) {
          networks.add(own.network());
          names.addAll(other.names());
        }
      }
    }
    return networks.isEmpty() ? null : new Pair(client, server, Way.NETWORK, networks, names);
  }

  /**
   * All pairs, by client and then by server in the order of the services. There may be as many as
   * the square of the number of services.
   */
  public List<Pair> all() {
    var pairs = new ArrayList<Pair>();
    for (Service client : project.services()) {
      for (Service server : project.services()) {
        Pair pair = between(client.name(), server.name());
        if (pair != null) {
          pairs.add(pair);
        }
      }
    }
    return pairs;
  }

  /** Who can be reached from outside of the project, by a port of the machine. */
  public boolean isOpen(String service) {
    Member home = topology.home(service);
    return home.standing() instanceof Standing.Host
        || (published.contains(home.service())
            && home.attachments().stream().anyMatch(this::leadsOut));
  }

  /**
   * Whether it has a way out of the project. A published port of a service that has none answers
   * nobody (measured, Docker Engine 20.10.24).
   */
  public boolean callsOut(String service) {
    Member home = topology.home(service);
    return home.standing() instanceof Standing.Host
        || home.standing() instanceof Standing.Unclear
        || home.attachments().stream().anyMatch(this::leadsOut);
  }

  /** The services in each network, those that join another's namespace with that one. */
  public Map<String, Set<String>> byNetwork() {
    var services = new LinkedHashMap<String, Set<String>>();
    for (Service service : project.services()) {
      for (Attachment attachment : topology.home(service.name()).attachments()) {
        services
            .computeIfAbsent(attachment.network(), n -> new LinkedHashSet<>())
            .add(service.name());
      }
    }
    return services;
  }

  private boolean leadsOut(Attachment attachment) {
    Network network = topology.networks().get(attachment.network());
    return network == null || !network.internal();
  }
}
