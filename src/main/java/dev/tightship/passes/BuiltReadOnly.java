package dev.tightship.passes;

import dev.tightship.analysis.DevelopmentMount;
import dev.tightship.analysis.Writers;
import dev.tightship.analysis.Writes;
import dev.tightship.compose.Build;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Kind;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a service that is built here works on a read-only root, when that can be told. */
final class BuiltReadOnly {

  private BuiltReadOnly() {}

  static Remark judge(Service service, Subject subject) {
    BuiltHere built;
    try {
      built = BuiltHere.of(service);
    } catch (BuiltHere.Unread e) {
      return ReadOnlyRoot.advice(subject, e.because());
    }
    DevelopmentMount development = DevelopmentMount.of(service).orElse(null);
    if (development != null) {
      return ReadOnlyRoot.advice(subject, "the service is in development: " + development.says());
    }
    Writes writes = Writers.of(service);
    if (writes instanceof Writes.Seen seen) {
      return ReadOnlyRoot.advice(subject, "its program writes: " + seen.describe());
    }
    if (writes instanceof Writes.CannotTell cannotTell) {
      return ReadOnlyRoot.advice(subject, cannotTell.because());
    }
    String looked = ((Writes.NoneSeen) writes).because();
    if (built.image().base() instanceof Base.Scratch) {
      String more = onNothing(service, built);
      return more != null
          ? ReadOnlyRoot.advice(subject, more)
          : ReadOnlyRoot.fix(service, subject, List.of("/tmp"), built.user(), false, looked);
    }
    ImageProfile base = built.base();
    if (base == null) {
      return ReadOnlyRoot.advice(subject, "nothing is known of its base image");
    }
    if (built.asBase() == null && base.value(FactKey.READ_ONLY) != null) {
      String obstacle = asBase(service, built, base);
      return obstacle != null
          ? ReadOnlyRoot.advice(subject, obstacle)
          : ReadOnlyRoot.ofProfile(
              service, subject, base, built.user(), ", and it starts as that does");
    }
    if (base.kind() != Kind.RUNTIME && base.kind() != Kind.BASE) {
      String asBase = built.asBase();
      return ReadOnlyRoot.advice(
          subject,
          asBase == null
              ? "it is not known where %s writes".formatted(base.name())
              : "it is built on %s, and %s".formatted(base.name(), asBase));
    }
    return ReadOnlyRoot.fix(service, subject, List.of("/tmp"), built.user(), false, looked);
  }

  /**
   * What an image that starts from nothing may hold beside the program whose sources were looked
   * at, or null: a server that a stage or another image brings writes where it likes.
   */
  private static @Nullable String onNothing(Service service, BuiltHere built) {
    for (Copy copy : built.image().copies()) {
      if (copy.from() == null) {
        continue;
      }
      Stage stage = built.dockerfile().stage(copy.from());
      boolean whole =
          copy.sources().stream()
              .anyMatch(s -> !(s instanceof Resolution.Known k) || k.text().matches("[/.*]*"));
      if (stage == null || whole || brings(service, built, stage)) {
        return "line %s copies from an image that may bring programs which write"
            .formatted(copy.by().line());
      }
    }
    return null;
  }

  /** Whether a stage stands on more than a distribution, a compiler or nothing. */
  private static boolean brings(Service service, BuiltHere built, Stage stage) {
    Build build = service.build().orElse(null);
    Base base =
        built.dockerfile().build(build == null ? Map.of() : build.args()).image(stage).base();
    ImageProfile known =
        base instanceof Base.Image image
            ? ImageReference.parse(image.reference())
                .flatMap(service.project().images()::find)
                .orElse(null)
            : null;
    boolean plain = known != null && (known.kind() == Kind.RUNTIME || known.kind() == Kind.BASE);
    return !plain && !(base instanceof Base.Scratch);
  }

  /** What the Dockerfile adds to its base image that would break on a read-only root, or null. */
  private static @Nullable String asBase(Service service, BuiltHere built, ImageProfile base) {
    for (Copy copy : built.image().copies()) {
      String found = service.configuredToWrite(base, copy);
      if (found != null) {
        return found;
      }
      List<String> folders = base.value(FactKey.START_FILES);
      if (folders != null
          && copy.target() instanceof Resolution.Known target
          && folders.stream().anyMatch(folder -> (target.text() + "/").startsWith(folder + "/"))) {
        return ReadOnlyRoot.startFiles(base, target.text());
      }
    }
    if (base.value(FactKey.IPV6_FROM_SCRIPT) != null && !service.has("healthcheck")) {
      for (Stage stage : built.image().stages()) {
        Instruction check = stage.last("HEALTHCHECK");
        if (check != null && check.arguments().text().contains("://localhost")) {
          return "line %s of %s checks its health on localhost, where it would not listen on IPv6"
              .formatted(check.line(), built.dockerfile().path());
        }
      }
    }
    return null;
  }
}
