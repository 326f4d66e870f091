package dev.tightship.network;

import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.Member.Standing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which stores of a project could have a network that only their clients share. Who may be a client
 * counts as one: a service is left out only where something is known of it.
 */
public final class Privacy {

  /** An address outside of the project. */
  private static final Pattern OUTSIDE =
      Pattern.compile("://[^/\\s]*\\.[a-z]{2,}", Pattern.CASE_INSENSITIVE);

  /** What to do about a store. */
  public sealed interface Verdict {

    /**
     * @param because half a sentence
     */
    record Fine(String because) implements Verdict {}

    /**
     * @param strangers who can reach it and is not seen to speak to it
     * @param because why it stays, half a sentence
     */
    record Held(List<String> strangers, String because) implements Verdict {}

    /**
     * @param first the store whose verdict says it, where several that speak to each other move
     */
    record With(String first) implements Verdict {}

    record Move(Plan plan) implements Verdict {}
  }

  /**
   * A network for stores that speak to each other, mostly one.
   *
   * @param stores which leave the networks that they are in
   * @param clients which get it beside those that they are in
   * @param perhaps those of them that nothing shows to be clients
   * @param strangers who could reach the stores, and no longer can
   * @param internal whether it needs no way out
   */
  public record Plan(
      List<String> stores,
      List<String> clients,
      Set<String> perhaps,
      List<String> strangers,
      boolean internal) {}

  private final Project project;
  private final ServiceGraph graph;

  private final PossibleClients possible;
  private final Map<String, List<String>> byImage = new HashMap<>();

  /** By the service in whose network namespace they run, itself among them. */
  private final Map<String, Set<String>> byHome = new HashMap<>();

  public Privacy(Project project, ServiceGraph graph) {
    this.project = project;
    this.graph = graph;
    this.possible = new PossibleClients(project, graph);
    for (Service service : project.services()) {
      byHome.computeIfAbsent(home(service.name()), h -> new LinkedHashSet<>()).add(service.name());
      if (isStore(service.name())) {
        byImage.computeIfAbsent(image(service.name()), i -> new ArrayList<>()).add(service.name());
      }
    }
  }

  /** Whether a project has a store, so that it is worth to look who speaks to it. */
  public static boolean concerns(Project project) {
    var roles = new Roles(project);
    return project.services().stream().anyMatch(service -> roles.isStore(service.name()));
  }

  /** By the stores, in their order. */
  public Map<String, Verdict> verdicts() {
    var verdicts = new LinkedHashMap<String, Verdict>();
    for (Service service : project.services()) {
      if (isStore(service.name()) && !verdicts.containsKey(service.name())) {
        Set<String> cluster = cluster(service.name());
        Verdict verdict = judge(cluster);
        for (String store : cluster) {
          boolean first = store.equals(service.name());
          verdicts.put(
              store,
              first || !(verdict instanceof Verdict.Move)
                  ? verdict
                  : new Verdict.With(service.name()));
        }
      }
    }
    return verdicts;
  }

  /** Whether it keeps data, values or messages of others, and starts as such. */
  private boolean isStore(String service) {
    return graph.isStore(service) && possible.started(service) != null;
  }

  /**
   * A store and those that it speaks with, and so on. Those of one image count as well: members of
   * a cluster find each other in many ways ({@code http://minio{1...4}/data}).
   */
  private Set<String> cluster(String store) {
    var cluster = new LinkedHashSet<String>();
    var asked = new HashSet<List<Object>>();
    var open = new ArrayDeque<>(List.of(store));
    while (!open.isEmpty()) {
      String each = open.remove();
      if (cluster.add(each)) {
        var others = new ArrayList<String>();
        if (asked.add(List.of(image(each), networks(each)))) { // else the answer is the same
          others.addAll(byImage.getOrDefault(image(each), List.of()));
        }
        for (String inside : inside(Set.of(each))) {
          graph.to(inside).forEach(edge -> others.add(home(edge.client())));
          graph.from(inside).forEach(edge -> others.add(home(edge.server())));
        }
        others.removeIf(o -> !isStore(o) || graph.reach().between(each, o) == null);
        open.addAll(others);
      }
    }
    return cluster;
  }

  /** Services, and those that run in their namespaces. */
  private Set<String> inside(Set<String> homes) {
    if (homes.size() == 1) {
      return byHome.getOrDefault(homes.iterator().next(), Set.of());
    }
    var inside = new LinkedHashSet<String>();
    for (Service service : project.services()) {
      if (homes.contains(service.name()) || homes.contains(home(service.name()))) {
        inside.add(service.name());
      }
    }
    return inside;
  }

  private List<String> networks(String store) {
    return member(store).attachments().stream().map(Attachment::network).toList();
  }

  private String image(String store) {
    return service(store).origin() instanceof Origin.Pulled pulled
        ? pulled.reference().familiarName()
        : "";
  }

  private Verdict judge(Set<String> stores) {
    String none = withoutNetwork(stores);
    if (none != null) {
      return new Verdict.Fine(none);
    }
    Set<String> inside = inside(stores);
    var clients = new LinkedHashSet<String>();
    for (String each : inside) {
      graph.to(each).stream().filter(Edge::isNetwork).map(Edge::client).forEach(clients::add);
      graph.from(each).stream().filter(Edge::isNetwork).map(Edge::server).forEach(clients::add);
    }
    clients.removeAll(inside);
    clients.removeIf(
        each ->
            !(graph.topology().home(each).standing() instanceof Standing.Unclear)
                && stores.stream().noneMatch(s -> graph.reach().between(each, s) != null));
    Set<String> known = homes(clients);
    var strangers = new ArrayList<String>();
    for (String each : neighbours(stores)) {
      if (!inside.contains(each) && !known.contains(home(each))) {
        strangers.add(each);
      }
    }
    Set<String> perhaps = homes(possible.among(strangers, clients));
    strangers.removeIf(each -> perhaps.contains(home(each)));
    if (strangers.isEmpty()) {
      return new Verdict.Fine(
          perhaps.isEmpty()
              ? "only its clients share a network with it"
              : "each service that shares a network with it is a client, or may be one");
    }
    String open =
        inside.stream()
            .filter(each -> !stores.contains(each) && possible.mayBe(each))
            .findFirst()
            .orElse(null);
    String obstacle =
        open != null
            ? "nothing tells whom %s speaks to, which runs in its namespace".formatted(open)
            : obstacle(stores, clients, perhaps, strangers);
    if (obstacle != null) {
      return new Verdict.Held(strangers, obstacle);
    }
    var joining = new LinkedHashSet<>(known);
    joining.addAll(perhaps);
    joining.removeIf(each -> !(member(each).standing() instanceof Standing.Own));
    boolean internal =
        stores.size() == inside.size() && stores.stream().allMatch(this::staysInside);
    return new Verdict.Move(
        new Plan(List.copyOf(stores), List.copyOf(joining), perhaps, strangers, internal));
  }

  private @Nullable String withoutNetwork(Set<String> stores) {
    for (String store : stores) {
      Standing standing = member(store).standing();
      if (standing instanceof Standing.Joined joined) {
        return "it has the network of service " + joined.service();
      }
      if (standing instanceof Standing.Host) {
        return "it has the network of the host";
      }
      if (standing instanceof Standing.None) {
        return "it has no network";
      }
    }
    return null;
  }

  /** Why stores cannot leave their networks, half a sentence. */
  private @Nullable String obstacle(
      Set<String> stores, Set<String> clients, Set<String> perhaps, List<String> strangers) {
    if (clients.isEmpty()) {
      return "nothing is seen to speak to it";
    }
    if (perhaps.size() > strangers.size()) {
      return "%d more services may speak to it for all that is known".formatted(perhaps.size());
    }
    for (String each : perhaps) {
      if (isStore(each)) {
        return "a service in the namespace of %s may speak to it".formatted(each);
      }
    }
    if (project.swarm() != null) {
      return "%s shows that it is deployed as a stack".formatted(project.swarm());
    }
    var networks = new HashSet<String>();
    for (String store : stores) {
      Member member = member(store);
      if (member.standing() instanceof Standing.Unclear unclear) {
        return unclear.because();
      }
      member.attachments().forEach(attachment -> networks.add(attachment.network()));
      if (member.attachments().size() > 1) {
        return "%s is in several networks already".formatted(store);
      }
      for (Attachment attachment : member.attachments()) {
        Network network = graph.topology().networks().get(attachment.network());
        boolean shared = network == null || network.external() || !network.name().isEmpty();
        if (shared) { // a name that holds in all projects is given for them to join it
          return "other projects may speak to it by the network " + attachment.network();
        }
        if (!attachment.addresses().isEmpty()) {
          return "it has a fixed address in the network " + attachment.network();
        }
      }
    }
    if (networks.size() > 1) {
      return "it speaks to %s, which is in another network".formatted(String.join(", ", stores));
    }
    for (Unknown unknown : graph.unknowns()) {
      if (stores.contains(unknown.service()) && unknown.kind() == Unknown.Kind.OUTSIDE) {
        return unknown.says();
      }
    }
    for (String client : clients) {
      Member home = graph.topology().home(client);
      if (home.standing() instanceof Standing.Unclear unclear) {
        return "it is not known where its client %s is: %s".formatted(client, unclear.because());
      }
    }
    return null;
  }

  private Service service(String name) {
    return Objects.requireNonNull(project.service(name));
  }

  private Set<String> neighbours(Set<String> stores) {
    var neighbours = new LinkedHashSet<String>();
    graph
        .reach()
        .byNetwork()
        .forEach(
            (network, services) -> {
              if (stores.stream().anyMatch(services::contains)) {
                neighbours.addAll(services);
              }
            });
    neighbours.removeAll(stores);
    return neighbours;
  }

  /** Whether nothing of it leads out of the project, in either direction. */
  private boolean staysInside(String store) {
    Service service = service(store);
    ImageProfile profile =
        service.origin() instanceof Origin.Pulled pulled ? pulled.counting() : null;
    boolean callsOut = profile == null || !Boolean.FALSE.equals(profile.value(FactKey.CALLS_OUT));
    if (callsOut || !service.items("ports").isEmpty() || member(store).callsHost()) {
      return false;
    }
    for (String key : List.of("environment", "command")) {
      for (Texts said : service.texts(key)) {
        if (said.all().stream().anyMatch(text -> OUTSIDE.matcher(text.scalar().text()).find())) {
          return false;
        }
      }
    }
    return true;
  }

  private Set<String> homes(Set<String> services) {
    var homes = new LinkedHashSet<String>();
    services.forEach(service -> homes.add(home(service)));
    return homes;
  }

  private String home(String service) {
    return graph.topology().home(service).service();
  }

  private Member member(String service) {
    return graph.topology().member(service);
  }
}
