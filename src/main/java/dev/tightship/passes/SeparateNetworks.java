package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.network.Separation;
import dev.tightship.network.Separation.Plan;
import dev.tightship.network.Separation.Split;
import dev.tightship.network.ServiceGraph;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Takes networks apart until only services share one that speak to each other. */
final class SeparateNetworks implements Pass {

  private static final String NETWORKS = "networks";

  @Override
  public String id() {
    return "separate-networks";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    String needless = Separation.needless(project);
    if (needless != null) {
      return fine(project, needless);
    }
    ServiceGraph graph = ServiceGraph.of(project);
    Plan plan = Separation.of(project, graph, NetworkEdits.MOST_NETWORKS);
    if (plan.splits().isEmpty()) {
      String because = plan.because();
      return fine(
          project,
          because == null ? "only services share a network that speak to each other" : because);
    }
    String owner = plan.networks().keySet().iterator().next();
    return project.services().stream()
        .map(
            service ->
                service.name().equals(owner)
                    ? remark(project, graph, service, plan)
                    : Remark.fine(
                        subject(service), "what there is to do is said of service " + owner));
  }

  private static Stream<Remark> fine(Project project, String because) {
    return project.services().stream().map(service -> Remark.fine(subject(service), because));
  }

  private static Subject subject(Service service) {
    return Subject.of(service, NETWORKS);
  }

  private static Remark remark(Project project, ServiceGraph graph, Service owner, Plan plan) {
    var edits = new ArrayList<Edit>();
    var networks = new NetworkEdits(graph);
    var titles = new ArrayList<String>();
    for (Split split : plan.splits()) {
      List<String> names = List.copyOf(split.parts().keySet());
      names.stream()
          .skip(1)
          .forEach(
              name -> edits.add(NetworkEdits.declare(owner, name, plan.internal().contains(name))));
      titles.add(NetworkEdits.listed(names));
    }
    plan.networks()
        .forEach(
            (name, wanted) ->
                edits.addAll(networks.put(Objects.requireNonNull(project.service(name)), wanted)));
    return Remark.finding(
        subject(owner),
        Severity.LOW,
        plan.apart() == 1
            ? "two services that are not seen to speak to each other share a network"
            : "%d pairs of services that are not seen to speak to each other share a network"
                .formatted(plan.apart()),
        new Fix(
            "keep them apart by the networks " + String.join("; ", titles),
            Risk.BREAKING,
            "who speaks to another one although no file says so no longer finds it",
            edits));
  }
}
