package dev.tightship.network;

import dev.tightship.compose.HostPorts;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.HostFinder.Hit;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.Member.Standing;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which services a host of a text stands for. Names of hosts are the same in upper and lower case
 * (RFC 4343).
 */
final class Names {

  /** By which a container calls the machine that it runs on. */
  private static final Set<String> MACHINE =
      Set.of("host.docker.internal", "gateway.docker.internal", "host.containers.internal");

  /** The same for a service in the machine's own network. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

  /** Stands before the name of a service for the addresses of all its containers. */
  private static final String TASKS = "tasks.";

  /** Ports of one item that are noted: a wider range names no service. */
  private static final int WIDEST = 100;

  private static final int MOST_OF_A_NAME = 100;

  private final Topology topology;

  /** Null where it depends on a folder that is not seen here. */
  private final @Nullable String project;

  /** Services by name or fixed address, in lower case. */
  private final Map<String, Set<String>> servers = new HashMap<>();

  /** By client, the names that only it knows, each for one service. */
  private final Map<String, Map<String, String>> own = new HashMap<>();

  /** By client, names of the machine that the project makes up. */
  private final Map<String, Set<String>> machine = new HashMap<>();

  private final Set<String> gateways = new HashSet<>();

  /** Services by the ports of the machine that lead to them. */
  private final Map<Integer, Set<String>> published = new HashMap<>();

  private final Set<String> known = new HashSet<>();

  /** Services to whose containers Compose gives names. */
  private final Set<String> unnamed = new HashSet<>();

  private final Set<String> networks = new HashSet<>();

  Names(Project project, Topology topology) {
    this.topology = topology;
    this.project = ProjectName.of(project);
    for (Member member : topology.members()) {
      for (Attachment attachment : member.attachments()) {
        attachment.names().forEach(name -> add(name, member.service()));
        attachment.addresses().forEach(address -> add(address, member.service()));
      }
    }
    for (Network network : topology.networks().values()) {
      networks.add(lower(network.key()));
      if (!network.name().isEmpty()) {
        networks.add(lower(network.name()));
      }
    }
    for (Service service : project.services()) {
      if (!service.has("container_name")) {
        unnamed.add(lower(service.name()));
      }
      for (HostPorts ports : HostPorts.of(service)) {
        for (int i = 0; i < Math.min(WIDEST, ports.host().count()); i++) {
          published
              .computeIfAbsent(ports.host().first() + i, port -> new LinkedHashSet<>())
              .add(service.name());
        }
      }
    }
    if (!published.isEmpty()) {
      known.addAll(MACHINE);
      known.addAll(LOOPBACK);
    }
    project.services().forEach(this::extraHosts);
  }

  private void add(String name, String service) {
    known.add(lower(name));
    servers.computeIfAbsent(lower(name), n -> new LinkedHashSet<>()).add(service);
  }

  private void extraHosts(Service service) {
    for (ExtraHosts host : ExtraHosts.of(service)) {
      Set<String> fixed = servers.getOrDefault(lower(host.address()), Set.of());
      if (host.isGateway()) {
        machine.computeIfAbsent(service.name(), s -> new HashSet<>()).add(lower(host.name()));
        gateways.add(lower(host.name()));
        known.add(lower(host.name()));
      } else if (!fixed.isEmpty()) {
        alias(service.name(), host.name(), fixed.iterator().next());
      }
    }
  }

  /** Gives a client a name of its own for a service. */
  void alias(String client, String name, String server) {
    known.add(lower(name));
    own.computeIfAbsent(client, c -> new HashMap<>()).put(lower(name), server);
  }

  /** The services at an address that is fixed, or that have a name. */
  Set<String> named(String name) {
    return servers.getOrDefault(lower(name), Set.of());
  }

  /**
   * The name in a text that may be one, as it is known here: {@code db}, {@code db.backend} on the
   * network {@code backend}, {@code tasks.db} of a Swarm, and {@code project-db-1}, which is what
   * Compose calls a container; null where there is none.
   */
  @Nullable Known known(String token) {
    String name = lower(token);
    if (known.contains(name)) {
      return new Known(name, true);
    }
    if (name.startsWith(TASKS)) {
      return known(name.substring(TASKS.length()));
    }
    int dot = name.lastIndexOf('.');
    if (dot > 0 && known.contains(name.substring(0, dot)) && isNetwork(name.substring(dot + 1))) {
      return new Known(name.substring(0, dot), true);
    }
    return Character.isDigit(name.isEmpty() ? ' ' : name.charAt(name.length() - 1))
        ? container(name)
        : null;
  }

  /**
   * @param certain false where it is a container's name, and that of the project is not known
   */
  record Known(String name, boolean certain) {}

  /** The service of a container that Compose gave its name; with {@code _} in its old form. */
  private @Nullable Known container(String name) {
    int end = name.length();
    while (end > 0 && Character.isDigit(name.charAt(end - 1))) {
      end--;
    }
    char sign = end > 0 ? name.charAt(end - 1) : ' ';
    if (sign != '-' && sign != '_') {
      return null;
    }
    for (int at = name.indexOf(sign); at > 0 && at < end - 1; at = name.indexOf(sign, at + 1)) {
      String service = name.substring(at + 1, end - 1);
      String of = name.substring(0, at);
      if (unnamed.contains(service) && (project == null || project.equals(of))) {
        return new Known(service, project != null);
      }
    }
    return null;
  }

  private boolean isNetwork(String name) {
    return networks.contains(name) || networks.contains(name.substring(name.indexOf('_') + 1));
  }

  /** Whether a name stands for the machine, so that only its ports tell who is meant. */
  boolean isMachine(String name) {
    return MACHINE.contains(name) || LOOPBACK.contains(name) || gateways.contains(name);
  }

  /** The services that a client means: those it shares a network with, where there are any. */
  Set<String> resolve(String client, Hit hit) {
    String alias = own.getOrDefault(client, Map.of()).get(hit.name());
    if (alias != null) {
      return Set.of(alias);
    }
    Member home = topology.home(client);
    boolean outside =
        MACHINE.contains(hit.name())
            || machine.getOrDefault(client, Set.of()).contains(hit.name())
            || (LOOPBACK.contains(hit.name()) && home.standing() instanceof Standing.Host);
    if (outside) {
      return few(published.getOrDefault(hit.port(), Set.of()));
    }
    Set<String> all = named(hit.name());
    var near = new LinkedHashSet<String>();
    for (String server : few(all)) {
      if (shares(home, topology.member(server), hit.name())) {
        near.add(server);
      }
    }
    return near.isEmpty() ? few(all) : near;
  }

  /** Those that are meant where one name stands for very many: the number of edges stays small. */
  private static Set<String> few(Set<String> servers) {
    return servers.size() <= MOST_OF_A_NAME
        ? servers
        : servers.stream()
            .limit(MOST_OF_A_NAME)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean shares(Member client, Member server, String name) {
    for (Attachment attachment : server.attachments()) {
      boolean called =
          attachment.names().stream().anyMatch(n -> lower(n).equals(name))
              || attachment.addresses().contains(name);
      if (called && attached(client).contains(attachment.network())) {
        return true;
      }
    }
    return false;
  }

  private static List<String> attached(Member member) {
    return member.attachments().stream().map(Attachment::network).toList();
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
