package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Build;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Names the version of the images that Dockerfiles start from or take files from, where their tag
 * floats.
 */
final class PinBaseImage implements StagePass {

  @Override
  public String id() {
    return "pin-base-image";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return Stream.concat(
        project.dockerfiles().stream().flatMap(file -> Frontend.remark(file).stream()),
        StagePass.super.inspect(project));
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    remarks.add(base(project, file, stage));
    for (Instruction instruction : stage.instructions()) {
      remarks.addAll(taken(project, file, stage, instruction));
    }
    return remarks;
  }

  // FROM

  private static Remark base(Project project, Dockerfile file, Stage stage) {
    Subject subject = StagePass.subject(file, stage);
    Base base = file.build(Map.of()).base(stage);
    if (base instanceof Base.Unknown unknown) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "what the stage starts from cannot be read from the file",
          unknown.why());
    }
    return base instanceof Base.Image image
        ? image(project, file, stage, image.reference())
        : Remark.fine(subject, "it starts from a stage of the same file, or from nothing");
  }

  private static Remark image(Project project, Dockerfile file, Stage stage, String reference) {
    Subject subject = StagePass.subject(file, stage);
    ImageReference image = ImageReference.parse(reference).orElse(null);
    if (image == null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "the stage starts from something that is not a valid image reference",
          "correct the FROM instruction");
    }
    String context = context(project, file, image);
    if (context != null) {
      return Remark.fine(subject, context);
    }
    Pinning pinning = Pinning.of(image, project.images());
    if (!(pinning instanceof Pinning.To to)) {
      return pinning.remark(subject);
    }
    String written = stage.base().text();
    if (written.indexOf('$') < 0) {
      return finding(subject, to, bases(project, file, stage, to.image().toString()));
    }
    String tagged = withTag(image, written, to.tag());
    if (tagged != null) {
      return finding(subject, to, bases(project, file, stage, tagged));
    }
    BaseArgument argument = BaseArgument.of(file, written);
    String value = argument == null ? null : argument.valueFor(to.image().toString());
    if (argument == null || value == null) {
      return open(subject, to, "the FROM has variables: pin it to " + to.tag());
    }
    String name = argument.name();
    if (!isFor(project, file, argument, value)) {
      return open(
          subject, to, "%s is used elsewhere too: pin it to %s by hand".formatted(name, to.tag()));
    }
    Instruction use = argument.usedInside(file);
    if (use != null) {
      return open(
          subject,
          to,
          "line %s uses %s too, where a full version may not fit: pin it to %s by hand"
              .formatted(use.line(), name, to.tag()));
    }
    String service = overridden(project, file, name);
    return service != null
        ? open(
            subject,
            to,
            "service %s sets the build argument %s, which counts more than its default"
                .formatted(service, name))
        : finding(subject, to, List.of(new Edit.SetGlobalArg(file.path(), name, value)));
  }

  /** The FROM with another tag, where the tag is written in it behind all references; or null. */
  private static @Nullable String withTag(ImageReference image, String written, String tag) {
    String end = image.tag().map(now -> ":" + now).orElse("");
    boolean plain = written.chars().noneMatch(c -> c == '"' || c == '\'' || c == '\\' || c == '`');
    int last = Math.max(written.lastIndexOf('$'), written.lastIndexOf('}'));
    return plain && !end.isEmpty() && written.endsWith("/" + name(image) + end) && last >= 0
        ? written.substring(0, written.length() - end.length()) + ":" + tag
        : null;
  }

  private static String name(ImageReference image) {
    return image.repository().substring(image.repository().lastIndexOf('/') + 1);
  }

  /**
   * The stage starts from this image, and so do those that no service builds but that start from
   * the same now: stages of one file are to stay together.
   */
  private static List<Edit> bases(Project project, Dockerfile file, Stage stage, String image) {
    var edits = new ArrayList<Edit>();
    edits.add(new Edit.SetBase(file.path(), stage.index(), image));
    BuiltStages built = BuiltStages.of(project, file);
    for (Stage other : file.stages()) {
      if (!built.contains(other) && other.base().text().equals(stage.base().text())) {
        edits.add(new Edit.SetBase(file.path(), other.index(), image));
      }
    }
    return edits;
  }

  /** Whether each FROM that uses the argument is to have this value of it. */
  private static boolean isFor(
      Project project, Dockerfile file, BaseArgument argument, String value) {
    Build build = file.build(Map.of());
    for (Stage stage : argument.uses(file)) {
      BaseArgument same = BaseArgument.of(file, stage.base().text());
      ImageReference image =
          build.base(stage) instanceof Base.Image from
              ? ImageReference.parse(from.reference()).orElse(null)
              : null;
      boolean fits =
          same != null
              && image != null
              && Pinning.of(image, project.images()) instanceof Pinning.To to
              && value.equals(same.valueFor(to.image().toString()));
      if (!fits) {
        return false;
      }
    }
    return !argument.isPassedOn(file);
  }

  private static Remark open(Subject subject, Pinning.To to, String unfixed) {
    return Remark.advice(subject, Severity.MEDIUM, to.message(), unfixed);
  }

  private static Remark finding(Subject subject, Pinning.To to, List<Edit> edits) {
    return finding(subject, "start from", to, edits);
  }

  private static Remark finding(Subject subject, String verb, Pinning.To to, List<Edit> edits) {
    String title = "%s %s %s".formatted(verb, to.image().familiarName(), to.tag());
    return Remark.finding(
        subject, Severity.MEDIUM, to.message(), new Fix(title, to.risk(), to.why(), edits));
  }

  // COPY --from and RUN --mount

  private static List<Remark> taken(
      Project project, Dockerfile file, Stage stage, Instruction instruction) {
    Subject subject = StagePass.subject(file, stage, instruction);
    var remarks = new ArrayList<Remark>();
    var pins = new ArrayList<Pinning.To>();
    String before = instruction.whole().text();
    String after = before;
    for (ImageMounts.Taken taken : ImageMounts.of(instruction)) {
      if (!ImageMounts.isElsewhere(file, taken.from())) {
        continue;
      }
      ImageReference image = ImageReference.parse(taken.from()).orElse(null);
      Pinning pinning = image == null ? null : Pinning.of(image, project.images(), false);
      String context = image == null ? null : context(project, file, image);
      String pinned =
          context == null && pinning instanceof Pinning.To to && instruction.heredocs().isEmpty()
              ? taken.replacedIn(after, to.image().toString())
              : null;
      if (context != null) {
        remarks.add(Remark.fine(subject, context));
      } else if (pinned != null) {
        pins.add((Pinning.To) java.util.Objects.requireNonNull(pinning));
        after = pinned;
      } else if (image == null || (pinning instanceof Pinning.Open && isBare(taken.from()))) {
        remarks.add(
            Remark.advice(
                subject,
                Severity.MEDIUM,
                "no stage is called so, and the builder looks for an image of this name",
                "name a stage above, or an image with its registry and its version"));
      } else if (pinning != null) {
        remarks.add(pinning.remark(subject));
      }
    }
    if (!pins.isEmpty()) {
      var edit = new Edit.Rewrite(file.path(), stage.index(), before, after);
      remarks.add(0, finding(subject, "take files from", pins.get(0), List.of(edit)));
    }
    return remarks;
  }

  /** Just a word, as the name of a stage would be. */
  private static boolean isBare(String from) {
    return from.indexOf('/') < 0 && from.indexOf(':') < 0;
  }

  // Compose

  /** Why an image of this name is none, or null: builders look for a context of the name first. */
  private static @Nullable String context(Project project, Dockerfile file, ImageReference image) {
    String tag = image.tag().filter(t -> !t.equals("latest")).map(t -> ":" + t).orElse("");
    String name = image.familiarName() + tag;
    Service service = mentioning(project, file, name, "additional_contexts");
    return service == null
        ? null
        : "service %s brings a build context of this name".formatted(service.name());
  }

  private static @Nullable String overridden(Project project, Dockerfile file, String arg) {
    Service service = mentioning(project, file, arg, "args");
    return service == null ? null : service.name();
  }

  /** The first service that builds a file and has a key in a mapping of its build. */
  private static @Nullable Service mentioning(
      Project project, Dockerfile file, String key, String mapping) {
    for (Service service : project.services()) {
      var build = service.build().orElse(null);
      if (build != null
          && file.path().equals(build.dockerfile())
          && service.mentions(key, "build", mapping)) {
        return service;
      }
    }
    return null;
  }
}
