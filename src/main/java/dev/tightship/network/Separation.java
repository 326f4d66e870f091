package dev.tightship.network;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Layers;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Member.Standing;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which networks of a project could be taken apart, so that in the end only those share one who
 * speak to each other. A network is taken apart only where it is known of each service in it whom
 * it speaks to.
 */
public final class Separation {

  /** A network with fewer joins two that speak to each other, or one alone. */
  public static final int FEWEST = 3;

  /**
   * In a network of more each pair would have to be looked at, and nobody could read the result.
   */
  private static final int MOST_MEMBERS = 60;

  private static final String NETWORKS = "networks";

  /** What a network may say and still be like any other one. */
  private static final List<String> OWN_SETTINGS =
      List.of("driver_opts", "ipam", "enable_ipv4", "enable_ipv6", "attachable", "labels");

  /**
   * One network that becomes several.
   *
   * @param network which stays for the first of them
   * @param parts the services in each, and what it is called; the first has the name of the network
   */
  public record Split(String network, Map<String, List<String>> parts) {}

  /**
   * What becomes of the networks.
   *
   * @param splits in the order in which they are made
   * @param networks that each service is in afterwards; only services for which that changes
   * @param internal those of the new networks that have no way out
   * @param apart pairs of services that no longer reach each other
   * @param because why others stay as they are, half a sentence; null where none does
   */
  public record Plan(
      List<Split> splits,
      Map<String, List<String>> networks,
      Set<String> internal,
      int apart,
      @Nullable String because) {}

  /**
   * Services that stay together.
   *
   * @param name of what their network is called after
   */
  private record Group(String name, Set<String> services) {}

  private final Project project;
  private final ServiceGraph graph;
  private final ProxyNetwork proxies;
  private final Business business;
  private final int most;

  /** The networks of each service that has some, as they are after what was taken apart so far. */
  private final Map<String, Set<String>> now = new LinkedHashMap<>();

  private final Set<String> names = new HashSet<>();
  private final Set<String> internal = new LinkedHashSet<>();
  private final List<Split> splits = new ArrayList<>();
  private int apart;

  private Separation(Project project, ServiceGraph graph, int most) {
    this.project = project;
    this.graph = graph;
    this.most = most;
    this.proxies = new ProxyNetwork(project, graph);
    this.business = new Business(project, graph);
    for (Member member : graph.topology().members()) {
      var networks = new LinkedHashSet<String>();
      member.attachments().forEach(attachment -> networks.add(attachment.network()));
      if (!networks.isEmpty()) {
        now.put(member.service(), networks);
      }
    }
    names.addAll(graph.topology().networks().keySet());
  }

  /**
   * Why it is not worth to look who speaks to whom, which takes time, half a sentence; null where a
   * network joins several services, but not too many, and at most one of which nothing is known:
   * two such would have to speak to all others.
   */
  public static @Nullable String needless(Project project) {
    if (project.services().size() >= FEWEST && project.swarm() == null) {
      String large = null;
      for (Map.Entry<String, Set<String>> e : Reach.of(project).byNetwork().entrySet()) {
        Set<String> all = e.getValue();
        if (all.size() > MOST_MEMBERS) {
          large = tooLarge(e.getKey());
        } else if (all.size() >= FEWEST && unknown(project, all) <= 1) {
          return null;
        }
      }
      if (large != null) {
        return large;
      }
    }
    return "no network joins three services of which two could be kept apart";
  }

  private static String tooLarge(String network) {
    return "the network %s joins more than %d services".formatted(network, MOST_MEMBERS);
  }

  private static long unknown(Project project, Set<String> services) {
    return services.stream()
        .filter(
            each -> {
              Service service = project.service(each);
              return service == null || !PossibleClients.isTold(service);
            })
        .count();
  }

  /**
   * What can be done for a project.
   *
   * @param most networks that it may have in the end
   */
  public static Plan of(Project project, ServiceGraph graph, int most) {
    return new Separation(project, graph, most).plan();
  }

  private Plan plan() {
    var because = new LinkedHashMap<String, String>();
    int before = -1;
    while (splits.size() > before) { // one that is gone may have been all that others shared
      before = splits.size();
      for (String network : graph.topology().networks().keySet()) {
        String why = take(network);
        because.remove(network);
        if (why != null) {
          because.put(network, why);
        }
      }
    }
    var changed = new LinkedHashMap<String, List<String>>();
    now.forEach(
        (service, networks) -> {
          var old = new LinkedHashSet<String>();
          member(service).attachments().forEach(each -> old.add(each.network()));
          if (!networks.equals(old)) {
            changed.put(service, List.copyOf(networks));
          }
        });
    return new Plan(
        List.copyOf(splits),
        changed,
        Set.copyOf(internal),
        apart,
        because.values().stream().findFirst().orElse(null));
  }

  /** Takes a network apart; why it stays, or null where nothing is lost by that. */
  private @Nullable String take(String network) {
    List<String> members = members(network);
    if (members.size() > MOST_MEMBERS) {
      return tooLarge(network);
    }
    var together = new ArrayList<Business.Pair>();
    var free = new ArrayList<Business.Pair>();
    Business.Pair alike = null;
    for (int i = 0; i < members.size(); i++) {
      for (String other : members.subList(i + 1, members.size())) {
        var pair = new Business.Pair(members.get(i), other);
        if (shareAnother(pair, network)) {
          continue;
        }
        if (business.needed(pair)) {
          together.add(pair);
          alike = alike == null && business.isAlike(pair) ? pair : alike;
        } else if (business.isOpen(pair)) {
          return "nothing tells that %s and %s do not speak to each other"
              .formatted(pair.one(), pair.other());
        } else {
          free.add(pair);
        }
      }
    }
    if (free.isEmpty()) {
      return null;
    }
    if (alike != null) {
      return "%s and %s run the same program, and may tell each other addresses"
          .formatted(alike.one(), alike.other());
    }
    String obstacle = obstacle(network, members);
    if (obstacle != null) {
      return obstacle;
    }
    List<Group> groups = groups(together, members, network);
    if (groups == null || free.stream().allMatch(pair -> areTogether(pair, groups))) {
      return "it would take more than %d networks".formatted(most);
    }
    split(network, members, groups, free);
    return null;
  }

  private List<String> members(String network) {
    return now.keySet().stream().filter(each -> networks(each).contains(network)).toList();
  }

  private Set<String> networks(String service) {
    return now.getOrDefault(service, Set.of());
  }

  private boolean shareAnother(Business.Pair pair, String network) {
    return networks(pair.one()).stream()
        .anyMatch(each -> !each.equals(network) && networks(pair.other()).contains(each));
  }

  /**
   * Who stays together: two and two, else each server with its clients. Null where both would take
   * too many networks.
   */
  private @Nullable List<Group> groups(
      List<Business.Pair> together, List<String> members, String network) {
    var pairs = new ArrayList<Group>();
    var byServer = new LinkedHashMap<String, Set<String>>();
    for (Business.Pair pair : together) {
      Set<String> both = new LinkedHashSet<>(List.of(pair.one(), pair.other()));
      pairs.add(new Group(String.join("-", both), both));
      byServer.computeIfAbsent(business.server(pair), s -> new LinkedHashSet<>()).addAll(both);
    }
    if (fits(pairs, members, network)) {
      return pairs;
    }
    var groups = new ArrayList<Group>();
    byServer.forEach((server, all) -> groups.add(new Group(server, all)));
    return fits(groups, members, network) ? groups : null;
  }

  private static boolean areTogether(Business.Pair pair, List<Group> groups) {
    return groups.stream()
        .map(Group::services)
        .anyMatch(all -> all.contains(pair.one()) && all.contains(pair.other()));
  }

  private boolean fits(List<Group> groups, List<String> members, String network) {
    long alone = members.stream().filter(each -> needsOwn(each, groups, network)).count();
    return names.size() + groups.size() + alone - 1 <= most;
  }

  /** Whether nothing else would lead out for a service that is in none of the groups. */
  private boolean needsOwn(String service, List<Group> groups, String network) {
    return groups.stream().noneMatch(group -> group.services().contains(service))
        && networks(service).stream()
            .noneMatch(each -> !each.equals(network) && (isInternal(network) || !isInternal(each)));
  }

  private boolean isInternal(String network) {
    Network known = graph.topology().networks().get(network);
    return known == null ? internal.contains(network) : known.internal();
  }

  private void split(
      String network, List<String> members, List<Group> groups, List<Business.Pair> free) {
    var all = new ArrayList<>(groups);
    for (String each : members) {
      if (needsOwn(each, groups, network)) {
        all.add(new Group(each, Set.of(each)));
      }
    }
    members.forEach(each -> now.getOrDefault(each, new HashSet<>()).remove(network));
    var parts = new LinkedHashMap<String, List<String>>();
    for (Group group : all) {
      String name = parts.isEmpty() ? network : free(group.name() + "-net");
      if (!parts.isEmpty() && isInternal(network)) {
        internal.add(name);
      }
      List<String> inOrder = members.stream().filter(group.services()::contains).toList();
      parts.put(name, inOrder);
      inOrder.forEach(each -> now.getOrDefault(each, new HashSet<>()).add(name));
    }
    splits.add(new Split(network, parts));
    apart += (int) free.stream().filter(pair -> !shareAnother(pair, "")).count();
  }

  private String free(String base) {
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }

  /** Why a network has to stay as it is, half a sentence, or null. */
  private @Nullable String obstacle(String key, List<String> members) {
    Network network = graph.topology().networks().get(key);
    if (network != null && (network.external() || !network.name().isEmpty())) {
      return "other projects may be in the network " + key;
    }
    Layers said = project.section(NETWORKS).get(key);
    if (said != null && isSpecial(said)) {
      return "the network %s has settings of its own".formatted(key);
    }
    for (Member member : graph.topology().members()) {
      if (member.standing() instanceof Standing.Unclear unclear) {
        return "it is not known where %s is: %s".formatted(member.service(), unclear.because());
      }
    }
    for (String each : members) {
      Service service = project.service(each);
      if (service == null || isSpecial(service, key)) {
        return "%s has settings of its own in the network %s".formatted(each, key);
      }
      if (proxies.needsLabel(each) || business.isLabelled(each)) {
        return "a proxy finds %s by its labels".formatted(each);
      }
    }
    return null;
  }

  private static boolean isSpecial(Layers network) {
    boolean bridge =
        network.find("driver") instanceof Answer.Absent
            || (network.find("driver") instanceof Answer.Known known
                && known.node() instanceof Node.Scalar scalar
                && scalar.text().equals("bridge"));
    return !bridge
        || OWN_SETTINGS.stream().anyMatch(key -> !(network.find(key) instanceof Answer.Absent));
  }

  private static boolean isSpecial(Service service, String network) {
    return isSaid(service.find(NETWORKS, network))
        || !(service.find("links") instanceof Answer.Absent);
  }

  private static boolean isSaid(Answer answer) {
    return !(answer instanceof Answer.Absent)
        && !(answer instanceof Answer.Known known
            && known.node() instanceof Node.Mapping mapping
            && mapping.entries().isEmpty());
  }

  private Member member(String service) {
    return graph.topology().member(service);
  }
}
