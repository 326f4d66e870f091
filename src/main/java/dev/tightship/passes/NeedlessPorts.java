package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.PortItem;
import dev.tightship.compose.PortSpec.Ports;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.Kind;
import dev.tightship.network.Edge;
import dev.tightship.network.MachineCallers;
import dev.tightship.network.Member.Standing;
import dev.tightship.network.Privacy;
import dev.tightship.network.Reach;
import dev.tightship.network.ServiceGraph;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Publishes no port of a database, broker or cache whose clients are all inside of the project. */
final class NeedlessPorts implements Pass {

  private static final String PORTS = "ports";

  @Override
  public String id() {
    return "needless-ports";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    boolean published =
        project.services().stream().anyMatch(service -> !service.items(PORTS).isEmpty());
    if (!published || !Privacy.concerns(project)) {
      return project.services().stream()
          .map(
              service ->
                  Remark.fine(subject(service), "no port of a database, broker or cache is open"));
    }
    var look = new Look(project);
    return project.services().stream().map(look::remark);
  }

  private static Subject subject(Service service) {
    return Subject.of(service, PORTS);
  }

  private static final class Look {
    private final ServiceGraph graph;
    private final MachineCallers callers;

    Look(Project project) {
      this.graph = ServiceGraph.of(project);
      this.callers = new MachineCallers(project);
    }

    Remark remark(Service service) {
      Subject subject = subject(service);
      if (!graph.isStore(service.name())) {
        return Remark.fine(subject, "it is not known to keep data of others");
      }
      if (!(service.find(PORTS) instanceof Answer.Known)) {
        return Remark.fine(subject, "it is not known to publish a port");
      }
      String needed = needed(service);
      if (needed != null) {
        return Remark.fine(subject, needed);
      }
      return Remark.finding(
          subject,
          Severity.LOW,
          "its ports are published, and all who are seen to speak to it are in the project",
          Fix.of(
              "publish none of its ports",
              Risk.BREAKING,
              "a program on this machine that speaks to it needs its port in an override file",
              new Edit.Remove(service.at(PORTS))));
    }

    /** Why its ports may be needed, half a sentence; null where nothing shows that they are. */
    private @Nullable String needed(Service service) {
      String first = service.project().files().get(0).path();
      for (Service.PlacedList list : service.lists(PORTS)) {
        if (!list.place().file().equals(first)) {
          return "%s publishes them, for whoever works with that file"
              .formatted(list.place().file());
        }
      }
      Reach reach = graph.reach();
      boolean asked =
          graph.to(service.name()).stream()
              .filter(edge -> edge.isNetwork() && !edge.restsOnOrder() && !edge.isWeak())
              .map(Edge::client)
              .anyMatch(client -> reach.between(client, service.name()) != null);
      if (!asked) {
        return "no service of the project is seen to speak to it, so that others may";
      }
      for (PortItem item : PortItem.of(service)) {
        if (!item.isAny() && !item.isLoopback()) {
          return "it is not known that nobody on other machines needs its ports";
        }
        Ports container = item.container();
        if (isBroker(service) && (container == null || !BrokerPorts.areOfPrograms(container))) {
          return "devices and programs on other machines may be its clients";
        }
      }
      String named = PublishedPorts.gateway(service.project());
      if (named != null) {
        return named;
      }
      for (Service other : service.project().services()) {
        if (graph.topology().member(other.name()).standing() instanceof Standing.Host) {
          return "%s has the network of the host, and may need them".formatted(other.name());
        }
      }
      for (PortItem item : PortItem.of(service)) {
        Ports host = item.host();
        if (host == null) {
          return "it is not known which ports of this machine they are";
        }
        for (int port = host.first(); port <= Math.min(host.last(), host.first() + 99); port++) {
          String caller = callers.of(port);
          if (caller != null) {
            return "%s speaks of port %d of this machine".formatted(caller, port);
          }
        }
      }
      return null;
    }

    private static boolean isBroker(Service service) {
      return service.origin() instanceof Origin.Pulled pulled
          && pulled.profile() != null
          && pulled.profile().kind() == Kind.BROKER;
    }
  }
}
