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
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which services may speak to a store although no edge says so. */
final class PossibleClients {

  /** What pages, proxies and stores are: none of them speaks to a store without being told. */
  private static final Set<Kind> NO_CLIENTS =
      Set.of(Kind.DATASTORE, Kind.CACHE, Kind.BROKER, Kind.WEB, Kind.PROXY);

  private static final Set<Kind> STORES = Set.of(Kind.DATASTORE, Kind.CACHE, Kind.BROKER);

  /** What runs another program in each service. */
  private static final Set<Kind> ANY_PROGRAM = Set.of(Kind.RUNTIME, Kind.BASE);

  /** Unknown things of a service that may hide a client. */
  private static final Set<Unknown.Kind> HIDING =
      Set.of(Unknown.Kind.VARIABLE, Unknown.Kind.UNREAD, Unknown.Kind.DISCOVERY);

  /** What services are called, for the most part, that tell others where their like are. */
  private static final List<String> INTRODUCING =
      List.of("eureka", "discovery", "registry", "consul", "nacos", "zookeeper");

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
    var models = new LinkedHashSet<>(clients);
    models.addAll(perhaps);
    perhaps.addAll(alike(services, models));
    return perhaps;
  }

  /** Whether nothing tells that a service is no client of any store. */
  boolean mayBe(String service) {
    return !isNoClient(service) && isOpen(service);
  }

  /**
   * Whether it may speak to any service, whatever that is. What is known of its image, or its
   * sources, have to tell whom it speaks to: programs know others by names that no file of the
   * project has. A page or a proxy whose settings name nobody counts as well, as they may not be
   * here; a store that only answers does not.
   */
  boolean mayCallAnyone(String service) {
    if (!isTold(service(service))) {
      return true;
    }
    ImageProfile profile = started(service);
    boolean answers = profile != null && STORES.contains(profile.kind());
    return answers ? hiding.contains(service) : isOpen(service);
  }

  /** Whether its image is known, or built from sources that may tell. */
  static boolean isTold(Service service) {
    return service.origin() instanceof Origin.Built
        || (service.origin() instanceof Origin.Pulled pulled && pulled.profile() != null);
  }

  /** Whether its clients may learn from it where others are. */
  boolean introduces(String service) {
    ImageProfile profile = started(service);
    String name = service.toLowerCase(Locale.ROOT);
    return (profile != null && Boolean.TRUE.equals(profile.value(FactKey.CHOOSES_HOSTS)))
        || INTRODUCING.stream().anyMatch(name::contains);
  }

  /** Those of some services that run the same program as one of the clients, or on its data. */
  Set<String> alike(List<String> services, Set<String> clients) {
    var likeness = new HashSet<String>();
    clients.forEach(client -> likeness.addAll(likeness(client)));
    var alike = new LinkedHashSet<String>();
    for (String each : services) {
      if (!isNoClient(each) && likeness(each).stream().anyMatch(likeness::contains)) {
        alike.add(each);
      }
    }
    return alike;
  }

  /** Whether two services run the same program, or on the same data. */
  boolean isSame(String one, String other) {
    return likeness(one).stream().anyMatch(likeness(other)::contains);
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
