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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which versions the images of one Dockerfile are to have. */
final class BasePins {

  private final Project project;
  private final Dockerfile file;
  private final Build build;
  private final BuiltStages built;
  private final boolean tooLong;

  /** By what they start from, the stages that no service builds and that were not spoken of yet. */
  private final Map<String, List<Integer>> alike = new HashMap<>();

  /** By name and value of an argument, whether all that use it want that value. */
  private final Map<List<String>, Boolean> agreed = new HashMap<>();

  BasePins(Project project, Dockerfile file) {
    this.project = project;
    this.file = file;
    this.build = file.build(Map.of());
    this.built = BuiltStages.of(project, file);
    this.tooLong = StagePass.isTooLong(file);
    for (Stage stage : file.stages()) {
      if (!built.contains(stage)) {
        alike.computeIfAbsent(stage.base().text(), t -> new ArrayList<>()).add(stage.index());
      }
    }
  }

  Stream<Remark> remarks() {
    return file.stages().stream().filter(built::contains).flatMap(stage -> remarks(stage).stream());
  }

  private List<Remark> remarks(Stage stage) {
    var remarks = new ArrayList<Remark>();
    remarks.addAll(bases(stage));
    var seen = new HashSet<String>();
    for (Instruction instruction : stage.instructions()) {
      if (seen.add(instruction.whole().text())) { // all that say the same are rewritten at once
        remarks.addAll(taken(stage, instruction));
      }
    }
    return remarks;
  }

  // FROM

  /** What the services make of it that pass arguments, and what the defaults do for the others. */
  private List<Remark> bases(Stage stage) {
    Set<String> names = BaseVariables.of(file, stage);
    var remarks = new LinkedHashSet<Remark>();
    boolean byDefault = names.isEmpty();
    for (BuiltStages.Use use : names.isEmpty() ? List.<BuiltStages.Use>of() : built.uses(stage)) {
      String open = first(names, use.open());
      String passed = first(names, use.build().args().keySet());
      byDefault |= open == null && passed == null;
      if (open != null) {
        remarks.add(
            Remark.advice(
                StagePass.subject(file, stage),
                Severity.LOW,
                "what the stage starts from cannot be read from the project",
                "service %s passes %s, and its value is not known here"
                    .formatted(use.service().name(), open)));
      } else if (passed != null) {
        Base base = file.build(use.build().args()).base(stage);
        remarks.add(base(stage, base, image -> passed(stage, image, use, passed)));
      }
    }
    var all = new ArrayList<Remark>();
    if (byDefault) {
      all.add(base(stage, build.base(stage), image -> image(stage, image)));
    }
    all.addAll(remarks);
    return all;
  }

  private static @Nullable String first(Set<String> names, Set<String> in) {
    return names.stream().filter(in::contains).findFirst().orElse(null);
  }

  /** Of an image that a service chooses: what is to be pinned stands in the Compose file. */
  private Remark passed(Stage stage, ImageReference image, BuiltStages.Use use, String name) {
    Subject subject = StagePass.subject(file, stage);
    Pinning pinning = Pinning.of(image, project.images());
    if (!(pinning instanceof Pinning.To to)) {
      return pinning.remark(subject);
    }
    BaseArgument argument = BaseArgument.of(file, stage.base().text());
    String value = argument == null ? null : argument.valueFor(to.image().toString());
    return open(
        subject,
        to,
        value == null
            ? "service %s passes %s: pin it to %s".formatted(use.service().name(), name, to.tag())
            : "let service %s pass %s as its build argument %s"
                .formatted(use.service().name(), value, name));
  }

  private Remark base(Stage stage, Base base, Function<ImageReference, Remark> judge) {
    Subject subject = StagePass.subject(file, stage);
    if (base instanceof Base.Unknown unknown) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "what the stage starts from cannot be read from the file",
          unknown.why());
    }
    if (!(base instanceof Base.Image from)) {
      return Remark.fine(subject, "it starts from a stage of the same file, or from nothing");
    }
    ImageReference image = ImageReference.parse(from.reference()).orElse(null);
    if (image == null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "the stage starts from something that is not a valid image reference",
          "correct the FROM instruction");
    }
    String context = context(image);
    return context != null ? Remark.fine(subject, context) : judge.apply(image);
  }

  private Remark image(Stage stage, ImageReference image) {
    Subject subject = StagePass.subject(file, stage);
    Pinning pinning = Pinning.of(image, project.images());
    if (!(pinning instanceof Pinning.To to)) {
      return pinning.remark(subject);
    }
    String written = stage.base().text();
    if (tooLong || written.indexOf('$') < 0) {
      return finding(subject, to, bases(stage, to.image().toString()));
    }
    String tagged = withTag(image, written, to.tag());
    if (tagged != null) {
      return finding(subject, to, bases(stage, tagged));
    }
    BaseArgument argument = BaseArgument.of(file, written);
    String value = argument == null ? null : argument.valueFor(to.image().toString());
    if (argument == null || value == null) {
      return open(subject, to, "the FROM has variables: pin it to " + to.tag());
    }
    String name = argument.name();
    if (!isFor(argument, value)) {
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
    return finding(subject, to, List.of(new Edit.SetGlobalArg(file.path(), name, value)));
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
  private List<Edit> bases(Stage stage, String image) {
    var edits = new ArrayList<Edit>();
    edits.add(new Edit.SetBase(file.path(), stage.index(), image));
    List<Integer> others = alike.remove(stage.base().text());
    for (int other : others == null ? List.<Integer>of() : others) {
      edits.add(new Edit.SetBase(file.path(), other, image));
    }
    return edits;
  }

  /** Whether each FROM that uses the argument is to have this value of it. */
  private boolean isFor(BaseArgument argument, String value) {
    return agreed.computeIfAbsent(List.of(argument.name(), value), key -> agree(argument, value));
  }

  private boolean agree(BaseArgument argument, String value) {
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

  private Remark finding(Subject subject, Pinning.To to, List<Edit> edits) {
    return finding(subject, "start from", to, edits);
  }

  private Remark finding(Subject subject, String verb, Pinning.To to, List<Edit> edits) {
    if (tooLong) {
      return open(subject, to, StagePass.TOO_LONG + ": pin it to " + to.tag());
    }
    String title = "%s %s %s".formatted(verb, to.image().familiarName(), to.tag());
    return Remark.finding(
        subject, Severity.MEDIUM, to.message(), new Fix(title, to.risk(), to.why(), edits));
  }

  // COPY --from and RUN --mount

  private List<Remark> taken(Stage stage, Instruction instruction) {
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
      String context = image == null ? null : context(image);
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
  private @Nullable String context(ImageReference image) {
    String tag = image.tag().filter(t -> !t.equals("latest")).map(t -> ":" + t).orElse("");
    String name = image.familiarName() + tag;
    for (Service service : project.services()) {
      var build = service.build().orElse(null);
      if (build != null
          && file.path().equals(build.dockerfile())
          && service.mentions(name, "build", "additional_contexts")) {
        return "service %s brings a build context of this name".formatted(service.name());
      }
    }
    return null;
  }
}
