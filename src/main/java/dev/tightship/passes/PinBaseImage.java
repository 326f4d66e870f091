package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Build;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.GlobalArg;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names the version of the images that Dockerfiles start from, where their tag floats. */
final class PinBaseImage implements Pass {

  @Override
  public String id() {
    return "pin-base-image";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return project.dockerfiles().stream().flatMap(file -> inspect(project, file).stream());
  }

  private static List<Remark> inspect(Project project, Dockerfile file) {
    var remarks = new ArrayList<Remark>();
    Build build = file.build(Map.of());
    for (Stage stage : file.stages()) {
      var subject = new Subject.OfStage(file.path(), stage.index());
      Base base = build.base(stage);
      if (base instanceof Base.Unknown unknown) {
        remarks.add(
            Remark.advice(
                subject,
                Severity.LOW,
                "what the stage starts from cannot be read from the file",
                unknown.why()));
      } else if (base instanceof Base.Image image) {
        remarks.add(inspect(project, file, stage, image.reference()));
      } else {
        remarks.add(
            Remark.fine(subject, "it starts from a stage of the same file, or from nothing"));
      }
    }
    return remarks;
  }

  private static Remark inspect(Project project, Dockerfile file, Stage stage, String reference) {
    var subject = new Subject.OfStage(file.path(), stage.index());
    ImageReference image = ImageReference.parse(reference).orElse(null);
    if (image == null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "the stage starts from something that is not a valid image reference",
          "correct the FROM instruction");
    }
    Pinning pinning = Pinning.of(image, project.images());
    if (!(pinning instanceof Pinning.To to)) {
      return pinning.remark(subject);
    }
    String written = stage.base().text();
    if (written.indexOf('$') < 0) {
      return finding(
          subject, to, new Edit.SetBase(file.path(), stage.index(), to.image().toString()));
    }
    String arg = argumentAsTag(file, written);
    if (arg == null) {
      return Remark.advice(
          subject, Severity.MEDIUM, to.message(), "the FROM has variables: pin it to " + to.tag());
    }
    Instruction use = usedInside(file, arg);
    if (use != null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          to.message(),
          "line %s uses %s too, where a full version may not fit: pin it to %s by hand"
              .formatted(use.line(), arg, to.tag()));
    }
    String service = overridden(project, file, arg);
    return service != null
        ? Remark.advice(
            subject,
            Severity.MEDIUM,
            to.message(),
            "service %s sets the build argument %s, which counts more than its default"
                .formatted(service, arg))
        : finding(subject, to, new Edit.SetGlobalArg(file.path(), arg, to.tag()));
  }

  private static Remark finding(Subject subject, Pinning.To to, Edit edit) {
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        to.message(),
        Fix.of(
            "start from %s %s".formatted(to.image().familiarName(), to.tag()),
            to.risk(),
            to.why(),
            edit));
  }

  /** The name of the ARG that is the whole tag, as in {@code node:${VERSION}}, used only there. */
  private static @Nullable String argumentAsTag(Dockerfile file, String written) {
    for (GlobalArg arg : file.globalArgs()) {
      boolean tag =
          written.endsWith(":${" + arg.name() + "}") || written.endsWith(":$" + arg.name());
      boolean only = written.indexOf('$') == written.lastIndexOf('$');
      long uses = file.stages().stream().filter(s -> s.base().text().contains(arg.name())).count();
      boolean passedOn =
          file.globalArgs().stream()
              .anyMatch(
                  other ->
                      other.value() != null
                          && other.value().contains("$")
                          && other.value().contains(arg.name()));
      if (tag && only && uses == 1 && !passedOn && arg.written() != null) {
        return arg.name();
      }
    }
    return null;
  }

  /** An ARG without a value inside a stage brings the default from above into that stage. */
  private static @Nullable Instruction usedInside(Dockerfile file, String arg) {
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        if (instruction.is("ARG")
            && instruction.assignments().stream().anyMatch(a -> a.name().equals(arg))) {
          return instruction;
        }
      }
    }
    return null;
  }

  private static @Nullable String overridden(Project project, Dockerfile file, String arg) {
    for (Service service : project.services()) {
      var build = service.build().orElse(null);
      if (build != null
          && file.path().equals(build.dockerfile())
          && service.mentions(arg, "build", "args")) {
        return service.name();
      }
    }
    return null;
  }
}
