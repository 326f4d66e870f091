package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names what a service mounts of the machine itself, and makes read-only what nobody writes. */
final class SensitiveMounts implements RemarksPass {

  /**
   * A part of the file system of a machine.
   *
   * @param writable how much it matters that a service may write there
   * @param readable the same for a service that may read only; null where it does not matter
   * @param what lies there
   * @param handed whether machines hand it to any container, which then only reads it
   */
  private record Part(
      Pattern path, Severity writable, @Nullable Severity readable, String what, boolean handed) {}

  private static final String HOMES = "(/root|/home/[^/]+|~|/Users/[^/]+|[A-Za-z]:/Users/[^/]+)";

  /** The first that matches counts. The engine's sockets and /dev have passes of their own. */
  private static final List<Part> PARTS =
      List.of(
          part("/|[A-Za-z]:", Severity.HIGH, Severity.MEDIUM, "every file of the machine"),
          handed(
              "/etc/(localtime|timezone|machine-id|hostname|hosts|resolv\\.conf|(os|lsb)-release)"
                  + "|/etc/(ssl/certs|ca-certificates|pki/(tls/certs|ca-trust))(/.*)?"
                  + "|/usr/share/(zoneinfo|ca-certificates)(/.*)?|/var/lib/dbus/machine-id",
              Severity.LOW,
              "a file that the machine itself reads"),
          handed(
              "/etc/(passwd|group|nsswitch\\.conf)",
              Severity.HIGH,
              "the list of the users of the machine"),
          part(
              "/etc|/etc/(g?shadow|sudoers|ssh|ssl/private|pki/tls/private|pam\\.d|cron[^/]*|systemd"
                  + "|init\\.d|profile|profile\\.d|ld\\.so[^/]*|docker|kubernetes|security)(\\.d)?(/.*)?",
              Severity.HIGH,
              Severity.MEDIUM,
              "configuration that decides who may do what on the machine"),
          part("/etc/.*", Severity.MEDIUM, Severity.INFO, "configuration of the machine"),
          part(
              "/(proc|sys)(/.*)?",
              Severity.HIGH,
              Severity.LOW,
              "what the kernel of the machine shows and lets change"),
          part("/boot(/.*)?", Severity.HIGH, Severity.LOW, "what the machine starts from"),
          part(
              "(/usr)?/lib/modules(/.*)?|/usr/src(/.*)?",
              Severity.HIGH,
              Severity.LOW,
              "the modules of the kernel"),
          part(
              "/usr(/local)?|(/usr(/local)?)?/(s?bin|lib(32|64|exec)?)(/.*)?",
              Severity.HIGH,
              null,
              "programs that the machine runs"),
          part(
              HOMES
                  + "/\\.(ssh|aws|kube|docker|gnupg|azure|config|netrc|npmrc|pypirc|git-credentials"
                  + "|password-store|mozilla|(bash|zsh)?(rc|_profile|_history)|profile)(/.*)?",
              Severity.HIGH,
              Severity.MEDIUM,
              "keys and logins of a person"),
          part(
              HOMES + "|/home|/Users|[A-Za-z]:/Users",
              Severity.HIGH,
              Severity.MEDIUM,
              "all files of a person, keys and logins included"),
          part(
              "/var/lib/docker/containers(/.*)?",
              Severity.HIGH,
              Severity.LOW,
              "settings and logs of all containers"),
          part(
              "/var/lib/(docker|containerd|containers|kubelet)(/.*)?",
              Severity.HIGH,
              Severity.MEDIUM,
              "the files of all containers"),
          part(
              "/var(/lib)?",
              Severity.HIGH,
              Severity.MEDIUM,
              "the data of the machine, the files of all containers included"),
          part(
              "/var/spool/cron(/.*)?",
              Severity.HIGH,
              null,
              "commands that the machine runs by itself"),
          part("/var/log", Severity.MEDIUM, Severity.LOW, "the logs of the machine"),
          part("/var/log/.*", Severity.LOW, null, "logs of the machine"),
          part(
              "/(var/)?run/(dbus|systemd)(/.*)?",
              Severity.MEDIUM,
              Severity.MEDIUM,
              "the bus over which the services of the machine take orders"));

  private static Part part(
      String path, Severity writable, @Nullable Severity readable, String what) {
    return new Part(Pattern.compile(path), writable, readable, what, false);
  }

  private static Part handed(String path, Severity writable, String what) {
    return new Part(Pattern.compile(path), writable, null, what, true);
  }

  @Override
  public String id() {
    return "sensitive-mounts";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    for (HostPath mounted : HostPath.of(service)) {
      Part part = DockerSocket.leadsToEngine(mounted.path()) ? null : of(mounted.path());
      Remark remark = part == null ? null : judge(service, mounted, part);
      if (remark != null) {
        remarks.add(remark);
      }
    }
    if (remarks.isEmpty()) {
      Subject subject = Subject.of(service, "volumes");
      remarks.add(
          service.find("volumes") instanceof Answer.Unknown unknown
              ? Remark.advice(
                  subject,
                  Severity.LOW,
                  "it is not known what the service mounts of the machine",
                  unknown.because())
              : Remark.fine(subject, "it mounts nothing by which it could reach the machine"));
    }
    return remarks;
  }

  private static @Nullable Part of(String path) {
    return PARTS.stream().filter(p -> p.path.matcher(path).matches()).findFirst().orElse(null);
  }

  private static @Nullable Remark judge(Service service, HostPath mounted, Part part) {
    Subject subject = mounted.subject(service);
    String reads = PlainServer.enough(service, Need.HOST_FILES);
    if (mounted.mount().readOnly()) {
      String message = "the service may read %s (%s)".formatted(part.what, mounted.path());
      return part.readable == null
          ? null
          : reads != null
              ? Remark.advice(subject, Severity.INFO, message, reads)
              : Remark.advice(
                  subject,
                  part.readable,
                  message,
                  "mount only the one folder or file that it needs");
    }
    String message = "the service may change %s (%s)".formatted(part.what, mounted.path());
    if (!part.handed && reads == null) {
      return Remark.advice(
          subject,
          part.writable,
          message,
          "mount only the one folder or file that it needs, and with :ro where it only reads");
    }
    Edit edit = readOnly(service, mounted.mount());
    String obstacle = service.obstacle("volumes");
    return edit == null || obstacle != null
        ? Remark.advice(
            subject,
            part.writable,
            message,
            obstacle != null ? obstacle : "let it only read there: add :ro where it is mounted")
        : Remark.finding(
            subject,
            part.writable,
            message,
            Fix.of(
                "let the service only read %s".formatted(mounted.path()),
                Risk.BREAKING,
                reads != null ? reads : "a service that writes there changes its machine",
                edit));
  }

  /** Null where the item cannot be told apart, or others share it. */
  private static @Nullable Edit readOnly(Service service, Mount mount) {
    Service.PlacedList list = mount.list();
    if (list == null || list.inherited()) {
      return null;
    }
    Place at = list.place().item(mount.item().value());
    if (mount.item() instanceof Node.Mapping) {
      return new Edit.Set(at.key("read_only"), Value.bool(true));
    }
    Node.Scalar written = (Node.Scalar) mount.item();
    String text = service.interpolated(written).orElse("");
    String[] parts = text.split(":", -1);
    if (parts.length == 2) {
      return new Edit.Set(at, Value.string(written.text() + ":ro"));
    }
    if (parts.length != 3 || !written.text().endsWith(":" + parts[2])) {
      return null; // a drive of Windows, or a variable that brings the options
    }
    var options = new ArrayList<String>(Arrays.asList(parts[2].split(",", -1)));
    options.remove("rw");
    options.add("ro");
    int colon = written.text().length() - parts[2].length();
    return new Edit.Set(
        at, Value.string(written.text().substring(0, colon) + String.join(",", options)));
  }
}
