package dev.tightship.network;

import dev.tightship.compose.Answer;
import dev.tightship.compose.PortItem;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.Member.Standing;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
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

  /** By service that has ports of the machine; of one whose ports are not known it is empty. */
  private final Map<String, List<PortItem>> ports = new HashMap<>();

  private final Map<String, Exposure> exposures = new HashMap<>();

  Reach(Project project, Topology topology) {
    this.project = project;
    this.topology = topology;
    project.services().forEach(this::publish);
  }

  /** Reads where the services stand and nothing else, so that it is quick. */
  public static Reach of(Project project) {
    return new Reach(project, Topology.of(project));
  }

  /** Where each service stands. */
  public Topology topology() {
    return topology;
  }

  private void publish(Service service) {
    Member member = topology.member(service.name());
    boolean own = member.standing() instanceof Standing.Own;
    String mode = service.text("network_mode").orElse("");
    boolean bridge = mode.equals("bridge");
    boolean maybe = member.standing() instanceof Standing.Unclear && mode.isEmpty();
    if (service.find("ports") instanceof Answer.Absent
        || !(own || bridge || maybe)
        || (own && member.attachments().stream().noneMatch(this::leadsOut))) {
      return;
    }
    List<PortItem> items = PortItem.of(service);
    boolean known = !maybe && !(service.find("ports") instanceof Answer.Unknown);
    Exposure exposure = items.stream().map(Exposure::of).reduce(Exposure.NOBODY, Exposure::or);
    ports.put(service.name(), items);
    exposures.put(service.name(), known ? exposure : Exposure.UNKNOWN);
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
      return exposure(server) != Exposure.NOBODY
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

  /** How many pairs of services there are of which the first can reach the second. */
  public long pairs() {
    var found = new Sets();
    long pairs = 0;
    for (Service client : project.services()) {
      pairs += found.servers(client.name()).cardinality();
    }
    return pairs;
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

  /** Services as bits by their order: the square of a thousand services is counted at once. */
  private final class Sets {
    private final Map<String, Integer> order = new HashMap<>();
    private final Map<String, BitSet> byNetwork = new HashMap<>();
    private final Map<String, BitSet> byHome = new HashMap<>();
    private final BitSet published = new BitSet();

    Sets() {
      for (Service service : project.services()) {
        int index = order.size();
        order.put(service.name(), index);
        Member home = topology.home(service.name());
        byHome.computeIfAbsent(home.service(), h -> new BitSet()).set(index);
        for (Attachment attachment : home.attachments()) {
          byNetwork.computeIfAbsent(attachment.network(), n -> new BitSet()).set(index);
        }
        published.set(index, exposure(service.name()) != Exposure.NOBODY);
      }
    }

    BitSet servers(String client) {
      Member home = topology.home(client);
      var servers = new BitSet();
      servers.or(byHome.getOrDefault(home.service(), servers));
      if (home.standing() instanceof Standing.Host) {
        servers.or(published);
      }
      for (Attachment attachment : home.attachments()) {
        servers.or(byNetwork.getOrDefault(attachment.network(), servers));
      }
      servers.clear(order.getOrDefault(client, 0));
      return servers;
    }
  }

  /**
   * Who reaches it by ports of the machine. A service in the machine's own network is open to
   * others, since it listens there as it likes.
   */
  public Exposure exposure(String service) {
    Member home = topology.home(service);
    return home.standing() instanceof Standing.Host
        ? Exposure.OTHERS
        : exposures.getOrDefault(home.service(), Exposure.NOBODY);
  }

  /**
   * The ports of the machine that lead to it, or to the service in whose namespace it runs; none of
   * a service that answers nobody by them, and none of one in the machine's own network.
   */
  public List<PortItem> ports(String service) {
    return ports.getOrDefault(topology.home(service).service(), List.of());
  }

  /** Whether it can be told where it stands. */
  public boolean isKnown(String service) {
    return !(topology.home(service).standing() instanceof Standing.Unclear);
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
