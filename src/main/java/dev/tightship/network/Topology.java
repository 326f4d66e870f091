package dev.tightship.network;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Layers;
import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.Member.Standing;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The networks of a project, and where each service stands. On a network that a project defines a
 * container answers to its name, the aliases that it has there, which are the service's name and
 * what {@code aliases} adds, and its host name (Docker Engine API, "EndpointSettings", DNSNames).
 */
public final class Topology {

  private static final String OF_SERVICE = "service:";
  private static final String OF_CONTAINER = "container:";

  private final Project project;
  private final Map<String, Network> networks = new LinkedHashMap<>();
  private final Map<String, Member> members = new LinkedHashMap<>();

  /** Services by the names of their containers. */
  private final Map<String, String> containers = new HashMap<>();

  private Topology(Project project) {
    this.project = project;
  }

  static Topology of(Project project) {
    var topology = new Topology(project);
    project.section("networks").forEach((key, said) -> topology.add(key, said));
    for (Service service : project.services()) {
      service
          .text("container_name")
          .ifPresent(name -> topology.containers.put(name, service.name()));
    }
    project.services().forEach(topology::add);
    return topology;
  }

  /** By the keys that services name; {@code default} only where a service is in it. */
  public Map<String, Network> networks() {
    return networks;
  }

  /** One for each service, in their order. */
  public Collection<Member> members() {
    return members.values();
  }

  /**
   * @throws IllegalArgumentException if there is no such service
   */
  public Member member(String service) {
    Member member = members.get(service);
    if (member == null) {
      throw new IllegalArgumentException("no service " + service);
    }
    return member;
  }

  /** The service in whose network namespace this one runs: itself, unless it joins another. */
  public Member home(String service) {
    var seen = new HashSet<String>();
    Member member = member(service);
    while (member.standing() instanceof Standing.Joined joined && seen.add(joined.service())) {
      member = member(joined.service());
    }
    return member;
  }

  private void add(String key, Layers said) {
    boolean external =
        said.find("external") instanceof Answer.Known known
            && (!(known.node() instanceof Node.Scalar flag) || isTrue(known, flag));
    String outer = text(said, "external", "name");
    String name = text(said, "name");
    boolean internal =
        said.find("internal") instanceof Answer.Known known
            && known.node() instanceof Node.Scalar flag
            && isTrue(known, flag);
    networks.put(
        key,
        new Network(
            key,
            name != null ? name : outer != null ? outer : external ? key : "",
            external,
            internal));
  }

  private static boolean isTrue(Answer.Known known, Node.Scalar flag) {
    return known.frame().interpolated(flag).map(text -> text.equals("true")).orElse(false)
        || flag.flag().orElse(false);
  }

  private static @Nullable String text(Layers said, String... path) {
    return said.find(path) instanceof Answer.Known known
            && known.node() instanceof Node.Scalar scalar
        ? known.frame().interpolated(scalar).orElse(null)
        : null;
  }

  private void add(Service service) {
    Standing standing = standing(service);
    List<Attachment> attachments =
        standing instanceof Standing.Own ? attachments(service) : List.of();
    for (Attachment attachment : attachments) {
      networks.computeIfAbsent(attachment.network(), key -> new Network(key, "", false, false));
    }
    members.put(
        service.name(), new Member(service.name(), standing, attachments, callsHost(service)));
  }

  private Standing standing(Service service) {
    if (service.find("network_mode") instanceof Answer.Absent) {
      return service.find("networks") instanceof Answer.Unknown unknown
          ? new Standing.Unclear(unknown.because())
          : new Standing.Own();
    }
    String mode = service.text("network_mode").orElse(null);
    if (mode == null) {
      return new Standing.Unclear("its network mode depends on a variable that has no value here");
    }
    if (mode.equals("host")) {
      return new Standing.Host();
    }
    if (mode.equals("none")) {
      return new Standing.None();
    }
    String other =
        mode.startsWith(OF_SERVICE)
            ? mode.substring(OF_SERVICE.length())
            : mode.startsWith(OF_CONTAINER)
                ? containers.get(mode.substring(OF_CONTAINER.length()))
                : null;
    return other != null && project.service(other) != null
        ? new Standing.Joined(other)
        : new Standing.Unclear(
            mode.equals("bridge")
                ? "it is in the engine's own bridge network, where nobody has a name"
                : "it joins what is not of this project");
  }

  private static List<Attachment> attachments(Service service) {
    var own = new LinkedHashSet<String>();
    own.add(service.name());
    service.text("container_name").ifPresent(own::add);
    service.text("hostname").ifPresent(own::add);
    var attachments = new ArrayList<Attachment>();
    for (Reference reference : service.references()) {
      if (reference.kind() == Reference.Kind.NETWORK) {
        Set<String> names = new LinkedHashSet<>(own);
        names.addAll(texts(service, "networks", reference.name(), "aliases"));
        var addresses = new ArrayList<String>();
        for (String key : List.of("ipv4_address", "ipv6_address")) {
          service.text("networks", reference.name(), key).ifPresent(addresses::add);
        }
        attachments.add(new Attachment(reference.name(), names, List.copyOf(addresses)));
      }
    }
    if (attachments.isEmpty()) {
      attachments.add(new Attachment(Network.DEFAULT, own, List.of()));
    }
    return attachments;
  }

  private static List<String> texts(Service service, String... path) {
    var texts = new ArrayList<String>();
    for (Texts said : service.texts(path)) {
      said.all().forEach(t -> said.frame().interpolated(t.scalar()).ifPresent(texts::add));
    }
    return texts;
  }

  private static boolean callsHost(Service service) {
    return ExtraHosts.of(service).stream().anyMatch(ExtraHosts::isGateway);
  }
}
