package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names the services that may give orders to the container engine. */
final class DockerSocket implements RemarksPass {

  private static final Pattern SOCKET =
      Pattern.compile(
          ".*/(docker|docker-raw|podman|containerd|crio|buildkitd)\\.sock"
              + "|/pipe/(docker_engine|dockerDesktopLinuxEngine|podman-machine-default)");

  private static final Pattern FOLDER =
      Pattern.compile(
          "/(var/)?run(/(docker|podman|containerd|crio|user/\\d+/podman))?|~/\\.docker/run");

  /** An engine that is asked over the network; 2375 is its port without TLS. */
  private static final Pattern TCP = Pattern.compile("tcp://(\\[[^\\]]*]|[^:/]+)(?::(\\d+))?/?");

  private static final String MESSAGE =
      "the service may ask the engine for anything, so for a container with all files of the"
          + " machine";

  @Override
  public String id() {
    return "docker-socket";
  }

  @Override
  public boolean joins() {
    return true;
  }

  /** Whether a path of the host is the socket of an engine, or a folder that holds one. */
  static boolean leadsToEngine(String path) {
    return SOCKET.matcher(path).matches() || FOLDER.matcher(path).matches();
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    mounts(service, remarks);
    if (Privileged.isOn(service, "use_api_socket")) {
      remarks.add(remark(service, Subject.of(service, "use_api_socket"), MESSAGE));
    }
    String through = network(service, remarks);
    if (!remarks.isEmpty()) {
      return remarks;
    }
    Subject subject = Subject.of(service, "volumes");
    if (service.find("volumes") instanceof Answer.Unknown unknown) {
      return List.of(
          Remark.advice(
              subject,
              Severity.LOW,
              "it is not known whether the service reaches the engine",
              unknown.because()));
    }
    return List.of(
        Remark.fine(
            subject,
            through == null
                ? "it has no open way to the engine"
                : "it asks the engine through service %s, which decides what it may"
                    .formatted(through)));
  }

  private static void mounts(Service service, List<Remark> remarks) {
    for (HostPath mounted : HostPath.of(service)) {
      if (leadsToEngine(mounted.path())) {
        String message =
            SOCKET.matcher(mounted.path()).matches()
                ? MESSAGE
                : "%s holds the socket of the engine: %s".formatted(mounted.path(), MESSAGE);
        remarks.add(
            remark(
                service,
                mounted.subject(service),
                message
                    + (mounted.mount().readOnly() ? ", and :ro takes nothing of that away" : "")));
      }
    }
    for (Mount mount : service.mounts()) {
      String target = mount.target();
      if (mount.source() == null && target != null && SOCKET.matcher(target).matches()) {
        remarks.add(remark(service, new HostPath(target, mount).subject(service), MESSAGE));
      }
    }
  }

  private static Remark remark(Service service, Subject subject, String message) {
    String proxy = PlainServer.enough(service, Need.SOCKET_PROXY);
    String enough = proxy == null ? PlainServer.enough(service, Need.DOCKER_SOCKET) : proxy;
    return enough != null
        ? Remark.advice(subject, proxy != null ? Severity.INFO : Severity.MEDIUM, message, enough)
        : Remark.advice(
            subject,
            Severity.HIGH,
            message,
            "leave it out, or put a socket proxy in between, on an internal network, that answers"
                + " only the sections that the service asks for");
  }

  /** The service through which this one asks the engine, where that is a known socket proxy. */
  private static @Nullable String network(Service service, List<Remark> remarks) {
    Matcher host = TCP.matcher(environment(service, "DOCKER_HOST").orElse(""));
    boolean tls =
        environment(service, "DOCKER_TLS_VERIFY").isPresent()
            || environment(service, "DOCKER_TLS").isPresent();
    if (!host.matches() || tls || "2376".equals(host.group(2))) {
      return null;
    }
    Service engine =
        service.project().services().stream()
            .filter(s -> s.name().equals(host.group(1)))
            .findFirst()
            .orElse(null);
    if (engine != null && PlainServer.enough(engine, Need.SOCKET_PROXY) != null) {
      return engine.name();
    }
    Subject subject = Subject.of(service, "environment");
    remarks.add(
        engine == null
            ? Remark.advice(
                subject,
                Severity.HIGH,
                "DOCKER_HOST names an engine that takes orders from whoever reaches its port",
                "let the engine ask for certificates (port 2376), or reach it over ssh://")
            : Remark.advice(
                subject,
                isEngine(engine) ? Severity.MEDIUM : Severity.LOW,
                "service %s takes orders for an engine from whoever shares a network with it"
                    .formatted(engine.name()),
                "let it ask for certificates (port 2376), or give the two a network of their own"));
    return null;
  }

  private static boolean isEngine(Service service) {
    return service.origin() instanceof Origin.Pulled pulled
        && pulled.reference().tag().orElse("").contains("dind");
  }

  /** The value of a variable, where the project says it and it is not empty. */
  private static Optional<String> environment(Service service, String name) {
    Optional<String> value = Optional.empty();
    for (Node item : service.items("environment")) {
      if (item instanceof Node.Mapping mapping && mapping.get(name) instanceof Node.Scalar scalar) {
        value = service.interpolated(scalar);
      } else if (item instanceof Node.Scalar scalar && scalar.text().startsWith(name + "=")) {
        value = service.interpolated(scalar).map(t -> t.substring(name.length() + 1));
      }
    }
    return value.filter(text -> !text.isEmpty());
  }
}
