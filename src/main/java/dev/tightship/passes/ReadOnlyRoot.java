package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Verdict;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the root file system of a service read-only, with the tmpfs that it then needs. */
final class ReadOnlyRoot implements ServicePass {

  private static final String MESSAGE =
      "whoever gets into the container can change its programs and leave files";

  @Override
  public String id() {
    return "read-only-root";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "read_only");
    Answer present = service.find("read_only");
    if (present instanceof Answer.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    if (present instanceof Answer.Known) {
      return switch (service.text("read_only").orElse("")) {
        case "true" -> Remark.fine(subject, "it is read-only");
        case "false" -> advice(subject, "the project keeps it writable by name");
        default -> advice(subject, "a variable without a value here decides it");
      };
    }
    if (service.find("tmpfs") instanceof Answer.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    String obstacle = obstacle(service);
    return obstacle != null ? advice(subject, obstacle) : judge(service, subject);
  }

  /** What stands against it whatever the image is. */
  private static @Nullable String obstacle(Service service) {
    String swarm = service.project().swarm();
    if (swarm != null) {
      return swarm + " shows that the file is deployed as a stack, and a stack ignores tmpfs";
    }
    // Docker writes such a secret into the container's root, and refuses a read-only one
    String fileless = service.fileless();
    if (fileless != null) {
      return fileless + " has no file, and Docker writes it into the root file system";
    }
    for (String key : new String[] {"read_only", "tmpfs"}) {
      String obstacle = service.obstacleAtHome(key);
      if (obstacle != null) {
        return obstacle;
      }
    }
    return null;
  }

  private static Remark judge(Service service, Subject subject) {
    Origin origin = service.origin();
    if (origin instanceof Origin.Unclear unclear) {
      return advice(subject, unclear.because());
    }
    if (!(origin instanceof Origin.Pulled pulled)) {
      return BuiltReadOnly.judge(service, subject);
    }
    ImageProfile profile = pulled.profile();
    if (profile == null) {
      return advice(subject, "it is not known where the image writes");
    }
    String altered = pulled.altered();
    return altered != null
        ? advice(subject, altered)
        : ofProfile(service, subject, profile, StartUser.of(service, profile, pulled.tag()), "");
  }

  /**
   * @param behind what stands behind the reason; empty for the image itself
   */
  static Remark ofProfile(
      Service service, Subject subject, ImageProfile profile, StartUser user, String behind) {
    Verdict verdict = profile.value(FactKey.READ_ONLY);
    if (verdict == null) {
      return advice(subject, "it is not known where %s writes".formatted(profile.name()));
    }
    if (verdict instanceof Verdict.Breaks breaks) {
      return advice(subject, breaks.reason());
    }
    if (user instanceof StartUser.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    if (user instanceof StartUser.Named named) {
      // a tmpfs must belong to it, which takes its number
      return advice(subject, "the number of its user %s is not known".formatted(named.name()));
    }
    for (String path : profile.fact(FactKey.DATA).map(f -> f.value()).orElse(List.of())) {
      if (service.mounts().stream().noneMatch(mount -> mount.covers(path))) {
        return advice(
            subject,
            "%s keeps data in %s, where nothing is mounted".formatted(profile.name(), path));
      }
    }
    String configured = startFiles(service, profile);
    configured = configured != null ? configured : service.configuredToWrite(profile);
    return configured != null
        ? advice(subject, configured)
        : fix(
            service,
            subject,
            profile.fact(FactKey.TMPFS).map(f -> f.value()).orElse(List.of()),
            user,
            profile.value(FactKey.IPV6_FROM_SCRIPT) != null,
            "%s writes nowhere else%s".formatted(profile.name(), behind));
  }

  /** Files that its start script runs, or writes out where a read-only root does not let it. */
  private static @Nullable String startFiles(Service service, ImageProfile profile) {
    List<String> folders = profile.value(FactKey.START_FILES);
    for (Mount mount : service.mounts()) {
      if (folders != null && folders.stream().anyMatch(folder -> meets(mount, folder))) {
        return startFiles(profile, String.valueOf(mount.target()));
      }
    }
    return null;
  }

  static String startFiles(ImageProfile profile, String folder) {
    return "%s uses what lies in %s to write its configuration when it starts"
        .formatted(profile.name(), folder);
  }

  private static boolean meets(Mount mount, String folder) {
    String target = mount.target();
    return mount.covers(folder) || (target != null && target.startsWith(folder + "/"));
  }

  /**
   * @param paths that need a tmpfs, with options behind a colon, unless something is mounted there
   * @param ipv6 whether the service answers on IPv6 only while its root is writable
   */
  static Remark fix(
      Service service,
      Subject subject,
      List<String> paths,
      StartUser user,
      boolean ipv6,
      String why) {
    var edits = new ArrayList<Edit>();
    edits.add(new Edit.Set(service.at("read_only"), Value.bool(true)));
    var mounted = new ArrayList<String>();
    var items = new ArrayList<String>();
    for (String path : paths) {
      String folder = path.split(":", 2)[0];
      Mount there = over(service, folder);
      if (there != null && there.readOnly()) {
        return advice(
            subject,
            "it writes to %s, where something is mounted that it may only read".formatted(folder));
      }
      if (there == null) {
        mounted.add(folder);
        items.add(options(path, user));
      }
    }
    edits.addAll(Items.ensure(service, "tmpfs", items));
    if (ipv6) {
      Edit check = LocalhostCheck.onIpv4(service);
      if (check != null) {
        edits.add(check);
      }
    }
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        MESSAGE,
        new Fix(
            mounted.isEmpty()
                ? "make the root read-only"
                : "make the root read-only, with memory for " + String.join(", ", mounted),
            Risk.INFERRED,
            why,
            edits));
  }

  /** The mount that lies nearest to a folder, at it or above it; null when there is none. */
  private static @Nullable Mount over(Service service, String folder) {
    Mount nearest = null;
    for (Mount mount : service.mounts()) {
      String target = mount.target();
      if (target != null
          && mount.covers(folder)
          && (nearest == null || length(nearest) < target.length())) {
        nearest = mount;
      }
    }
    return nearest;
  }

  private static int length(Mount mount) {
    String target = mount.target();
    return target == null ? 0 : target.length();
  }

  /** A tmpfs takes the mode of the folder that it covers, but not its owner (docs, measured). */
  private static String options(String path, StartUser user) {
    boolean everybody = path.equals("/tmp") || path.startsWith("/tmp:");
    if (!(user instanceof StartUser.Numbers number) || everybody) {
      return path;
    }
    String owner = "uid=%s,gid=%s".formatted(number.uid(), number.gid());
    return path.contains(":") ? path + "," + owner : path + ":" + owner;
  }

  static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.MEDIUM, MESSAGE, unfixed);
  }
}
