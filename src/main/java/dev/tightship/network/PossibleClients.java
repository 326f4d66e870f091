package dev.tightship.network;

import dev.tightship.compose.Mount;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which services may speak to a store although no edge says so. */
final class PossibleClients {

  /** What pages, proxies and stores are: none of them speaks to a store without being told. */
  private static final Set<Kind> NO_CLIENTS =
      Set.of(Kind.DATASTORE, Kind.CACHE, Kind.BROKER, Kind.WEB, Kind.PROXY);

  /** What runs another program in each service. */
  private static final Set<Kind> ANY_PROGRAM = Set.of(Kind.RUNTIME, Kind.BASE);

  /** Unknown things of a service that may hide a client. */
  private static final Set<Unknown.Kind> HIDING =
      Set.of(Unknown.Kind.VARIABLE, Unknown.Kind.UNREAD, Unknown.Kind.DISCOVERY);

  private final Project project;
  private final ServiceGraph graph;

  /** Services with something unknown that may hide whom they speak to. */
  private final Set<String> hiding = new HashSet<>();

  PossibleClients(Project project, ServiceGraph graph) {
    this.project = project;
    this.graph = graph;
    for (Unknown unknown : graph.unknowns()) {
      if (HIDING.contains(unknown.kind())) {
        hiding.add(unknown.service());
      }
    }
  }

  /**
   * Those of some services that may be clients as well: nothing tells whom they speak to, people
   * tell them while they run, or they run the same program as a client, or on its data.
   */
  Set<String> among(List<String> services, Set<String> clients) {
    var perhaps = new LinkedHashSet<String>();
    for (String each : services) {
      if (mayBe(each)) {
        perhaps.add(each);
      }
    }
    var alike = new HashSet<String>();
    clients.forEach(client -> alike.addAll(likeness(client)));
    perhaps.forEach(client -> alike.addAll(likeness(client)));
    for (String each : services) {
      if (!isNoClient(each) && likeness(each).stream().anyMatch(alike::contains)) {
        perhaps.add(each);
      }
    }
    return perhaps;
  }

  /** Whether nothing tells that a service is no client of any store. */
  boolean mayBe(String service) {
    return !isNoClient(service) && isOpen(service);
  }

  private boolean isNoClient(String name) {
    ImageProfile profile = started(name);
    return profile != null && NO_CLIENTS.contains(profile.kind());
  }

  /** Whether it may speak to whom no file names. */
  private boolean isOpen(String name) {
    ImageProfile profile = started(name);
    boolean told =
        profile != null
            && (profile.kind() == Kind.ADMIN
                || Boolean.TRUE.equals(profile.value(FactKey.CHOOSES_HOSTS)));
    return told || hiding.contains(name) || graph.from(name).stream().noneMatch(Edge::isNetwork);
  }

  /** What services have in common that read the same settings: the image, or data they write. */
  private List<String> likeness(String name) {
    Service service = service(name);
    var likeness = new ArrayList<String>();
    if (service.origin() instanceof Origin.Pulled pulled) {
      ImageProfile profile = pulled.profile();
      if (profile == null || !ANY_PROGRAM.contains(profile.kind())) {
        likeness.add("image " + pulled.reference().familiarName());
      }
    } else if (service.origin() instanceof Origin.Built built
        && built.build().dockerfile() != null) {
      likeness.add("build " + built.build().dockerfile());
    }
    for (Mount mount : service.mounts()) {
      if (!mount.readOnly() && mount.kind() == Mount.Kind.VOLUME && mount.source() != null) {
        likeness.add("volume " + mount.source());
      }
    }
    return likeness;
  }

  /** What is known of its image, where it starts as that; else null. */
  @Nullable ImageProfile started(String name) {
    Service service = service(name);
    return service.origin() instanceof Origin.Pulled pulled ? pulled.started(service) : null;
  }

  private Service service(String name) {
    return Objects.requireNonNull(project.service(name));
  }
}
