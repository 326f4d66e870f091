package dev.tightship.network;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.Member.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The services of a project, those in profiles that nobody enables included, and who of them speaks
 * to whom. An edge may be wrong where a text only looks like the name of a host; that a service has
 * no edge does not mean that it speaks to nobody, since addresses may come from anywhere: {@link
 * #unknowns()} says where that is likely.
 */
public final class ServiceGraph {

  private static final Set<String> SOCKETS =
      Set.of("/var/run/docker.sock", "/run/docker.sock", "/run/podman/podman.sock");

  private final Project project;
  private final Topology topology;
  private final Reach reach;
  private final Roles roles;
  private final List<Edge> edges;
  private final List<Unknown> unknowns;
  private final Map<String, List<Edge>> byServer = new HashMap<>();
  private final Map<String, List<Edge>> byClient = new HashMap<>();

  private ServiceGraph(Project project) {
    this.project = project;
    this.topology = Topology.of(project);
    this.reach = new Reach(project, topology);
    this.roles = new Roles(project);
    var found = new Edges(new Names(project, topology), roles);
    look(found);
    this.edges = List.copyOf(found.edges());
    for (Edge edge : edges) {
      byServer.computeIfAbsent(edge.server(), s -> new ArrayList<>()).add(edge);
      byClient.computeIfAbsent(edge.client(), s -> new ArrayList<>()).add(edge);
    }
    standings(found);
    stores(found);
    this.unknowns = found.unknowns();
  }

  /** Reads all that may name a host, once for a project as it is, as it takes time. */
  public static ServiceGraph of(Project project) {
    return project.derived(ServiceGraph.class, ServiceGraph::new);
  }

  /** Where each service stands. */
  public Topology topology() {
    return topology;
  }

  /** Who can reach whom. */
  public Reach reach() {
    return reach;
  }

  /** By the order of the clients in the project; one for each pair. */
  public List<Edge> edges() {
    return edges;
  }

  /** Those that lead to a service. */
  public List<Edge> to(String service) {
    return byServer.getOrDefault(service, List.of());
  }

  /** Those that begin at a service. */
  public List<Edge> from(String service) {
    return byClient.getOrDefault(service, List.of());
  }

  public List<Unknown> unknowns() {
    return unknowns;
  }

  /** Whether a service keeps data, values or messages of others, by what is known of its image. */
  public boolean isStore(String service) {
    return roles.isStore(service);
  }

  private void look(Edges found) {
    var finder = new HostFinder(found.names());
    var declarations = new Declarations(project, found);
    project.services().forEach(declarations::look); // the names of links are known from here on
    var settings = new Settings(project, found, finder);
    var labels = new Labels(project, found, finder);
    var images = new ImageSettings(project, found, finder);
    var files = new FileTexts(project, found, finder);
    for (Service service : project.services()) {
      settings.look(service);
      labels.look(service);
      images.look(service);
      files.look(service);
      discovery(service, found);
    }
  }

  private void discovery(Service service, Edges found) {
    for (Mount mount : service.mounts()) {
      if (SOCKETS.contains(String.valueOf(mount.source()))) {
        found.unknown(
            service.name(),
            Unknown.Kind.DISCOVERY,
            "it asks the engine, which tells it of all services",
            Edges.where(project, mount));
      }
    }
  }

  private void standings(Edges found) {
    for (Member member : topology.members()) {
      if (member.standing() instanceof Standing.Unclear unclear) {
        found.unknown(member.service(), Unknown.Kind.NETWORKS, unclear.because(), null);
      }
      for (Attachment attachment : member.attachments()) {
        Network network = topology.networks().get(attachment.network());
        if (network != null && network.external()) {
          found.unknown(
              member.service(),
              Unknown.Kind.OUTSIDE,
              "other projects may be in the network " + attachment.network(),
              null);
        }
      }
    }
  }

  private void stores(Edges found) {
    for (Service service : project.services()) {
      if (isStore(service.name()) && to(service.name()).stream().noneMatch(Edge::isNetwork)) {
        found.unknown(
            service.name(),
            Unknown.Kind.NO_CLIENT,
            "nothing in the project is seen to speak to it",
            null);
      }
    }
  }
}
