package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.knowledge.Kind;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a service namespaces of its own in the place of those of its machine. */
final class HostNamespaces implements RemarksPass {

  private static final String HOST = "host";

  /**
   * What a service can share with its machine.
   *
   * @param message what the sharing opens
   * @param instead what to do where there is no fix
   * @param need who is known to need it
   */
  private record Sharing(
      String key, Severity severity, String message, String instead, Need need) {}

  private static final List<Sharing> SHARINGS =
      List.of(
          new Sharing(
              "network_mode",
              Severity.MEDIUM,
              "the service has the network of the machine: it reaches what listens there on 127.0.0.1"
                  + " only, and each port that it opens is open outside",
              "leave it out, publish the ports that it serves under ports, and name other services in"
                  + " the place of localhost",
              Need.HOST_NETWORK),
          new Sharing(
              "pid",
              Severity.HIGH,
              "the service sees the processes of the machine, with their environment, and may signal"
                  + " those of its user",
              "leave it out, unless the service is there to watch the machine",
              Need.HOST_PROCESSES),
          new Sharing(
              "ipc",
              Severity.MEDIUM,
              "the service shares memory and message queues with the processes of the machine",
              "leave it out, and set shm_size where the service needs much shared memory",
              Need.PRIVILEGED),
          new Sharing(
              "userns_mode",
              Severity.LOW,
              "root in the container is root on the machine even where the engine remaps users",
              "privileged, network_mode: host and pid: host need it: those first",
              Need.PRIVILEGED),
          new Sharing(
              "uts",
              Severity.LOW,
              "the service has the host name of the machine, and may change it when it is privileged",
              "leave it out, and set hostname where the service needs a name that stays",
              Need.HOST_PROCESSES),
          new Sharing(
              "cgroup",
              Severity.LOW,
              "the service sees the control groups of the machine",
              "leave it out, unless systemd runs in the container",
              Need.PRIVILEGED));

  @Override
  public String id() {
    return "host-namespaces";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    String unknown = null;
    for (Sharing sharing : SHARINGS) {
      Answer answer = service.find(sharing.key);
      if (answer instanceof Answer.Unknown not) {
        unknown = not.because();
      } else if (answer instanceof Answer.Known) {
        String value = service.text(sharing.key).orElse(null);
        Remark remark = value == null ? open(service, sharing) : judge(service, sharing, value);
        if (remark != null) {
          remarks.add(remark);
        }
      }
    }
    parent(service, remarks);
    build(service, remarks);
    if (unknown != null) {
      remarks.add(
          Remark.advice(
              Subject.of(service),
              Severity.LOW,
              "it is not known what the service shares with its machine",
              unknown));
    } else if (remarks.isEmpty()) {
      remarks.add(Remark.fine(Subject.of(service), "it has namespaces of its own"));
    }
    return remarks;
  }

  private static Remark open(Service service, Sharing sharing) {
    return Remark.advice(
        Subject.of(service, sharing.key),
        Severity.LOW,
        "a variable without a value here decides %s".formatted(sharing.key),
        "leave it out, or write what is meant");
  }

  private static @Nullable Remark judge(Service service, Sharing sharing, String value) {
    Subject subject = Subject.of(service, sharing.key);
    if (value.startsWith("service:") || value.startsWith("container:")) {
      return Remark.advice(
          subject,
          Severity.INFO,
          "the service joins %s (%s): a fault in one is a fault in both"
              .formatted(value.replaceFirst(":", " "), sharing.key),
          "keep it where the one is there for the other, as a VPN is for its client");
    }
    if (!value.equals(HOST)) {
      return null;
    }
    String enough = PlainServer.enough(service, sharing.need);
    if (enough != null) {
      return Remark.advice(subject, Severity.LOW, sharing.message, enough);
    }
    Fix fix = fix(service, sharing);
    String obstacle = fix == null ? null : service.obstacleToRemoval(sharing.key);
    return fix == null || obstacle != null
        ? Remark.advice(
            subject,
            sharing.severity,
            sharing.message,
            obstacle != null ? obstacle : sharing.instead)
        : Remark.finding(subject, sharing.severity, sharing.message, fix);
  }

  private static @Nullable Fix fix(Service service, Sharing sharing) {
    Edit removal = new Edit.Remove(service.at(sharing.key));
    PlainServer server = PlainServer.of(service, sharing.need);
    return switch (sharing.key) {
      case "network_mode" -> null; // its ports would have to be published, and nobody knows them
      case "userns_mode" -> users(service, removal);
      case "ipc" -> server == null ? null : memory(service, server, removal);
      default ->
          server == null
              ? null
              : Fix.of(
                  "give the service a %s namespace of its own".formatted(name(sharing.key)),
                  Risk.BREAKING,
                  server.what(),
                  removal);
    };
  }

  private static String name(String key) {
    return key.equals("pid") || key.equals("uts") ? key.toUpperCase(java.util.Locale.ROOT) : key;
  }

  /**
   * An engine that does not remap users ignores the setting. One that does sees other owners of
   * what is mounted, and refuses privileged services and those with the network or the processes of
   * the host (Docker documentation, userns-remap, known limitations).
   */
  private static @Nullable Fix users(Service service, Edit removal) {
    if (Privileged.is(service) || mayBeHost(service, "network_mode") || mayBeHost(service, "pid")) {
      return null;
    }
    boolean shares =
        service.mounts().stream()
            .anyMatch(m -> m.kind() != Mount.Kind.TMPFS && m.kind() != Mount.Kind.ANONYMOUS);
    return Fix.of(
        "let the engine remap the users of the service",
        shares ? Risk.BREAKING : Risk.INFERRED,
        shares
            ? "where it does, what the service shares with the host or an earlier run has the wrong"
                + " owner"
            : "nearly no engine does, and the service mounts nothing that would have the wrong owner",
        removal);
  }

  private static boolean mayBeHost(Service service, String key) {
    return service.has(key) && service.text(key).map(HOST::equals).orElse(true);
  }

  /** A database that had the shared memory of the machine gets more than the usual 64 MB. */
  private static @Nullable Fix memory(Service service, PlainServer server, Edit removal) {
    boolean needs =
        server.kind() == Kind.DATASTORE && service.find("shm_size") instanceof Answer.Absent;
    String title = "give the service an IPC namespace of its own";
    if (!needs) {
      return Fix.of(title, Risk.BREAKING, server.what(), removal);
    }
    return service.obstacle("shm_size") != null
        ? null
        : Fix.of(
            title + ", with 1 GiB of shared memory",
            Risk.BREAKING,
            server.what(),
            removal,
            new Edit.Set(service.at("shm_size"), Value.string("1gb")));
  }

  private static void parent(Service service, List<Remark> remarks) {
    if (service.has("cgroup_parent")) {
      remarks.add(
          Remark.advice(
              Subject.of(service, "cgroup_parent"),
              Severity.LOW,
              "the service leaves the control group that the engine gives it, and its limits with it",
              "leave it out, unless the machine is set up for that group"));
    }
  }

  private static void build(Service service, List<Remark> remarks) {
    boolean network = service.text("build", "network").orElse("").equals(HOST);
    boolean entitled =
        service.find("build", "entitlements") instanceof Answer.Known known
            && known.node() instanceof Node.Sequence list
            && list.items().stream()
                .anyMatch(i -> i instanceof Node.Scalar s && s.text().equals("network.host"));
    if (network || entitled) {
      remarks.add(
          Remark.advice(
              Subject.of(service, "build", network ? "network" : "entitlements"),
              Severity.LOW,
              "a RUN of its Dockerfile reaches what listens on 127.0.0.1 of the machine that builds",
              "leave it out, unless a RUN fails without it"));
    }
  }
}
