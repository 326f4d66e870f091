package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.ImageProfile;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Mounts read-only what a service of the project is given to read. */
final class ReadOnlyMounts implements RemarksPass {

  /** A file by its name: one with an extension, but not {@code conf.d}. */
  private static final Pattern FILE =
      Pattern.compile("(.*/)?([^/]+\\.(?!d$)[A-Za-z0-9]+|Caddyfile|\\.?htpasswd)");

  /** A shell, a script or a variable as the program of a command: what it does is not known. */
  private static final Pattern SCRIPT = Pattern.compile("(?!-)((ba|da|a|z|k)?sh|.*[/$].*|.*\\.sh)");

  /** Options with which the project asks for a mount that may be written. */
  private static final Pattern WRITABLE = Pattern.compile("(.*,)?rw(,.*)?");

  @Override
  public String id() {
    return "read-only-mounts";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    Subject subject = Subject.of(service, "volumes");
    if (service.find("volumes") instanceof Answer.Unknown unknown) {
      return List.of(
          Remark.advice(
              subject,
              Severity.INFO,
              "it is not known what the service mounts",
              unknown.because()));
    }
    var remarks = new ArrayList<Remark>();
    boolean writable = false;
    for (Mount mount : service.mounts()) {
      String path = mount.inProject();
      if (path == null || mount.readOnly()) {
        continue;
      }
      writable = true;
      String target = mount.target();
      Risk risk = target == null || isAskedFor(mount.item()) ? null : risk(service, path, target);
      if (risk != null && target != null) {
        remarks.add(finding(service, mount, path, target, risk));
      }
    }
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              subject,
              writable
                  ? "what it may write to is not known to be only read"
                  : "it may write to nothing of the project"));
    }
    return remarks;
  }

  /** At which risk a mount may become read-only; null where something may write to it. */
  private static @Nullable Risk risk(Service service, String path, String target) {
    boolean file = FILE.matcher(path).matches();
    if (ReadAlone.isWritten(service, target) || (file && !service.project().exists(path))) {
      return null; // in the place of a file that is missing Docker makes a folder
    }
    ImageProfile profile =
        service.origin() instanceof Origin.Pulled pulled && pulled.outOfRange() == null
            ? pulled.profile()
            : null;
    Kind kind = profile == null || !startsByItself(service) ? null : profile.kind();
    boolean known = kind != null && kind != Kind.RUNTIME && kind != Kind.BASE && kind != Kind.TOOL;
    if ((kind == Kind.WEB && ReadAlone.isOfWebServer(target))
        || (kind == Kind.DATASTORE && ReadAlone.isFirstStart(target))) {
      return Risk.INFERRED;
    }
    return !file || !ReadAlone.isFile(path, target) ? null : known ? Risk.INFERRED : Risk.BREAKING;
  }

  /** Whether nothing but the image's own start script and program runs. */
  private static boolean startsByItself(Service service) {
    if (!(service.find("entrypoint") instanceof Answer.Absent)) {
      return false;
    }
    Answer command = service.find("command");
    if (!(command instanceof Answer.Known known)) {
      return command instanceof Answer.Absent;
    }
    Node first =
        known.node() instanceof Node.Sequence list && !list.items().isEmpty()
            ? list.items().get(0)
            : known.node();
    return first instanceof Node.Scalar scalar
        && !SCRIPT.matcher(scalar.text().strip().split("\\s", 2)[0]).matches();
  }

  private static Remark finding(
      Service service, Mount mount, String path, String target, Risk risk) {
    Service.PlacedList list = mount.list();
    Node item = mount.item();
    Place place = list == null ? service.at("volumes") : list.place().item(item.value());
    var subject = new Subject.OfService(service.name(), place);
    String message = "whoever takes over the service may change %s in the project".formatted(path);
    Edit edit = edit(service, place, item);
    String obstacle = obstacle(service, list, item);
    if (obstacle != null || edit == null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          message,
          obstacle != null ? obstacle : "mount it read-only where its parts come from");
    }
    String why =
        risk == Risk.INFERRED
            ? "nothing that is known of the image writes to " + target
            : "it is not known whether something in the image writes to " + target;
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        message,
        Fix.of("mount %s read-only".formatted(target), risk, why, edit));
  }

  private static @Nullable String obstacle(
      Service service, Service.@Nullable PlacedList list, Node item) {
    if (list != null && list.inherited()) {
      return "it comes from a service that this one extends: mount it read-only there";
    }
    if (list == null || list.list().items().stream().noneMatch(i -> i == item)) {
      return "it comes from an anchor that other places share: mount it read-only there";
    }
    return service.obstacle();
  }

  /** Whether the project says by name that the service may write there. */
  private static boolean isAskedFor(Node item) {
    return item instanceof Node.Mapping mapping
        ? mapping.get("read_only") != null
        : item instanceof Node.Scalar scalar
            && WRITABLE
                .matcher(scalar.text().substring(scalar.text().lastIndexOf(':') + 1))
                .matches();
  }

  /** What makes the item read-only; null where its form leaves no place for that. */
  private static @Nullable Edit edit(Service service, Place place, Node item) {
    if (!(item instanceof Node.Scalar scalar)) {
      return new Edit.Set(place.key("read_only"), Value.bool(true));
    }
    String written = scalar.text();
    String text = service.interpolated(scalar).orElse("");
    String last = text.substring(text.lastIndexOf(':') + 1);
    return written.endsWith(":" + last)
        ? new Edit.Set(place, Value.string(written + (last.startsWith("/") ? ":ro" : ",ro")))
        : null; // a variable ends it
  }
}
