package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.network.Edge;
import dev.tightship.network.Evidence;
import dev.tightship.network.Privacy;
import dev.tightship.network.Privacy.Plan;
import dev.tightship.network.Privacy.Verdict;
import dev.tightship.network.ProxyNetwork;
import dev.tightship.network.ServiceGraph;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gives databases, brokers and caches a network that only their clients share. */
final class PrivateNetworks implements Pass {

  private static final String NETWORKS = "networks";
  private static final String NO_STORE = "it is not known to keep data of others";

  @Override
  public String id() {
    return "private-networks";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    if (project.services().size() < 3) {
      return project.services().stream()
          .map(s -> Remark.fine(subject(s), "no third service could reach it or be kept from it"));
    }
    if (!Privacy.concerns(project)) {
      return project.services().stream().map(s -> Remark.fine(subject(s), NO_STORE));
    }
    ServiceGraph graph = ServiceGraph.of(project);
    Map<String, Verdict> verdicts = new Privacy(project, graph).verdicts();
    var work = new Work(project, graph);
    return project.services().stream()
        .map(
            service -> {
              Verdict verdict = verdicts.get(service.name());
              return verdict == null
                  ? Remark.fine(subject(service), NO_STORE)
                  : work.remark(service, verdict);
            });
  }

  private static Subject subject(Service service) {
    return Subject.of(service, NETWORKS);
  }

  /** What is written for one project. */
  private static final class Work {
    private final Project project;
    private final ServiceGraph graph;
    private final ProxyNetwork proxies;
    private final NetworkEdits networks;
    private final Set<String> names;

    /** The networks that are new. */
    private final Map<Shared, String> made = new HashMap<>();

    /** What networks must have in common so that one can stand for the other. */
    private record Shared(Set<String> clients, boolean internal) {}

    Work(Project project, ServiceGraph graph) {
      this.project = project;
      this.graph = graph;
      this.proxies = new ProxyNetwork(project, graph);
      this.networks = new NetworkEdits(graph);
      this.names = new HashSet<>(graph.topology().networks().keySet());
      names.addAll(project.section(NETWORKS).keySet());
    }

    Remark remark(Service service, Verdict verdict) {
      Subject subject = subject(service);
      if (verdict instanceof Verdict.Fine fine) {
        return Remark.fine(subject, fine.because());
      }
      if (verdict instanceof Verdict.With with) {
        return Remark.fine(subject, "it moves together with service " + with.first());
      }
      if (verdict instanceof Verdict.Held held) {
        return advice(subject, held.strangers(), held.because());
      }
      return move(subject, ((Verdict.Move) verdict).plan());
    }

    private static Remark advice(Subject subject, List<String> strangers, String because) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          message(strangers),
          because + "; give it a network that only its clients share");
    }

    private static String message(List<String> strangers) {
      return "%s can reach it, and %s not seen to speak to it"
          .formatted(NetworkEdits.listed(strangers), strangers.size() > 1 ? "are" : "is");
    }

    private Remark move(Subject subject, Plan plan) {
      var edits = new ArrayList<Edit>();
      var reasons = new ArrayList<String>();
      for (String client : plan.clients()) {
        String unnamed = proxies.unnamed(client);
        if (unnamed != null) {
          return advice(subject, plan.strangers(), unnamed);
        }
        if (!plan.perhaps().contains(client)) {
          reasons.add(reason(client, plan));
        }
      }
      if (!plan.perhaps().isEmpty()) {
        reasons.add(
            "nothing tells that %s %s, so %s along"
                .formatted(
                    NetworkEdits.listed(List.copyOf(plan.perhaps())),
                    plan.perhaps().size() > 1 ? "are no clients" : "is no client",
                    plan.perhaps().size() > 1 ? "they come" : "it comes"));
      }
      String network = name(plan);
      if (network == null) {
        return advice(
            subject,
            plan.strangers(),
            "with one more the project would have over %d networks"
                .formatted(NetworkEdits.MOST_NETWORKS));
      }
      Service first = service(plan.stores().get(0));
      edits.add(NetworkEdits.declare(first, network, plan.internal()));
      for (String store : plan.stores()) {
        edits.addAll(networks.put(service(store), List.of(network)));
      }
      for (String client : plan.clients()) {
        var wanted = new ArrayList<>(networks.of(service(client)));
        wanted.add(network);
        edits.addAll(networks.put(service(client), wanted));
        Edit label = proxies.label(client);
        if (label != null) {
          edits.add(label);
        }
      }
      String together =
          plan.stores().size() > 1
              ? "%s speak to each other; ".formatted(NetworkEdits.listed(plan.stores()))
              : "";
      return Remark.finding(
          subject,
          Severity.MEDIUM,
          message(plan.strangers()),
          new Fix(
              "share the network %s with %s alone"
                  .formatted(network, NetworkEdits.listed(plan.clients())),
              Risk.INFERRED,
              together + String.join("; ", reasons),
              edits));
    }

    /** What shows that a service is a client, the best of it. */
    private String reason(String client, Plan plan) {
      Evidence best = null;
      for (Edge edge : graph.edges()) {
        boolean between =
            (isAt(edge.client(), client) && plan.stores().contains(home(edge.server())))
                || (isAt(edge.server(), client) && plan.stores().contains(home(edge.client())));
        for (Evidence each : between ? edge.evidence() : List.<Evidence>of()) {
          best = best == null || (best.weak() && !each.weak()) ? each : best;
        }
      }
      Evidence found = Objects.requireNonNull(best, "a client has an edge");
      return "%s: %s (%s:%d)"
          .formatted(client, found.says(), found.where().file(), found.where().line());
    }

    private boolean isAt(String service, String home) {
      return home(service).equals(home);
    }

    private String home(String service) {
      return graph.topology().home(service).service();
    }

    private Service service(String name) {
      return Objects.requireNonNull(project.service(name));
    }

    /** The name of the network; null where there would be too many. */
    private @Nullable String name(Plan plan) {
      var shared = new Shared(Set.copyOf(plan.clients()), plan.internal());
      if (names.size() >= NetworkEdits.MOST_NETWORKS) {
        return made.get(shared);
      }
      String base = plan.stores().get(0) + "-net";
      String name = base;
      for (int i = 2; names.contains(name); i++) {
        name = base + "-" + i;
      }
      names.add(name);
      made.putIfAbsent(shared, name);
      return name;
    }
  }
}
