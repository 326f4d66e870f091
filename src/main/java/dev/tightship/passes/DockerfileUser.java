package dev.tightship.passes;

import dev.tightship.analysis.DevelopmentMount;
import dev.tightship.analysis.Recipe;
import dev.tightship.analysis.RootUse;
import dev.tightship.analysis.Writers;
import dev.tightship.analysis.Writes;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Variant;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.Commands;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Kind;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets an image that is built here start as another user than root, where that user works. */
final class DockerfileUser implements StagePass {

  private static final String MESSAGE =
      "its program runs as root: whoever breaks into it may change all of the container";

  private static final String UNKNOWN = "it is not known whether its program runs as root";

  private static final Pattern SHELL = Pattern.compile(".*\\bsh\\b.*|.*/(ba|da|a)?sh\\b.*");

  @Override
  public String id() {
    return "dockerfile-user";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var beside = new Beside(project, new ArrayList<>());
    return project.dockerfiles().stream()
        .flatMap(
            file -> {
              BuiltStages built = BuiltStages.of(project, file);
              return file.stages().stream()
                  .filter(built::contains)
                  .map(stage -> remark(project, file, stage, beside));
            });
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    return List.of(remark(project, file, stage, new Beside(project, new ArrayList<>())));
  }

  private static Remark remark(Project project, Dockerfile file, Stage stage, Beside beside) {
    Subject subject = StagePass.subject(file, stage);
    var verdicts = new ArrayList<Verdict>();
    for (Service service : project.services()) {
      Verdict verdict = starts(service, file, stage) ? judge(service, stage) : null;
      if (verdict != null) {
        verdicts.add(verdict);
      }
    }
    if (verdicts.isEmpty()) {
      return Remark.fine(subject, "no service starts it");
    }
    Verdict verdict = together(verdicts);
    if (verdict instanceof Change change) {
      verdict = beside.with(file, stage, change);
    }
    return remark(verdict, subject, file, stage);
  }

  /** Whether the image of a service is this stage, or a variable may make it so. */
  private static boolean starts(Service service, Dockerfile file, Stage stage) {
    Build build = service.build().orElse(null);
    if (build == null || !file.path().equals(build.dockerfile())) {
      return false;
    }
    boolean unknown = build.target() == null && service.has("build", "target");
    return unknown || stage.equals(file.target(build.target()));
  }

  // What is said of a service

  private sealed interface Verdict {}

  /**
   * @param aside whether another user in the image would make no difference to the service
   */
  private record Fine(String because, boolean aside) implements Verdict {
    static Fine of(String because) {
      return new Fine(because, false);
    }
  }

  private record Against(Service service, String because) implements Verdict {}

  /** It is not even known whether it starts as root. */
  private record Unclear(String because) implements Verdict {}

  /**
   * @param folders that are given to the user
   * @param open why a person has to look
   * @param looked why nothing of it needs root
   */
  private record Change(
      Service service, ImageUser user, SortedSet<String> folders, List<String> open, String looked)
      implements Verdict {}

  private static Verdict judge(Service service, Stage stage) {
    String inheritance = service.inheritance();
    if (inheritance != null) {
      return new Unclear(inheritance);
    }
    Recipe recipe = Recipe.of(service);
    if (!(recipe instanceof Recipe.Read read)) {
      return new Unclear(
          recipe instanceof Recipe.Unread unread ? unread.because() : "it is not built");
    }
    Verdict user = ofUser(service, read);
    if (user != null) {
      return user;
    }
    Verdict start = ofStart(service, read);
    if (start != null) {
      return start;
    }
    String against = against(service, read, stage);
    if (against != null) {
      return new Against(service, against);
    }
    try {
      return change(service, read, ImageUser.of(service, read));
    } catch (ImageUser.None e) {
      return new Against(service, e.because());
    }
  }

  /** What can be said by the user alone that it starts as; null when that is root. */
  private static @Nullable Verdict ofUser(Service service, Recipe.Read recipe) {
    BuiltImage image = recipe.image();
    if (image.base() instanceof Base.Unknown unknown && image.user() instanceof Setting.Inherited) {
      return new Unclear("its base image is not known: " + unknown.why());
    }
    StartUser start = ofImage(image, recipe.base());
    if (start instanceof StartUser.Unknown unknown) {
      return new Unclear(unknown.because());
    }
    if (!(start instanceof StartUser.Root)) {
      return Fine.of(
          image.user() instanceof Setting.Given<String> given
              ? "it starts as %s (line %s)".formatted(given.value(), given.by().line())
              : "its base image does not start as root");
    }
    Answer own = service.find("user");
    if (own instanceof Answer.Absent) {
      return null;
    }
    String text = own instanceof Answer.Known ? service.text("user").orElse(null) : null;
    if (text == null) {
      return new Against(
          service,
          "service %s sets a user that a variable decides, which counts more"
              .formatted(service.name()));
    }
    return StartUser.read(text, null) instanceof StartUser.Root
        ? new Against(
            service, "service %s sets user: %s, which counts more".formatted(service.name(), text))
        : new Fine(
            "service %s sets user: %s, which counts more".formatted(service.name(), text), true);
  }

  private static StartUser ofImage(BuiltImage image, @Nullable ImageProfile base) {
    if (image.user() instanceof Setting.Given<String> given) {
      return StartUser.read(given.value(), null);
    }
    if (image.user() instanceof Setting.Unset) {
      return new StartUser.Root();
    }
    if (image.user() instanceof Setting.Unknown<String> unknown) {
      return new StartUser.Unknown("its user depends on a variable: " + unknown.why());
    }
    return base == null
        ? new StartUser.Unknown(
            "nothing is known of its base image: if that starts as root, make a user and start as"
                + " it with USER")
        : StartUser.ofImage(base, tag(image));
  }

  private static @Nullable String tag(BuiltImage image) {
    return image.base() instanceof Base.Image base
        ? ImageReference.parse(base.reference()).flatMap(ImageReference::tag).orElse(null)
        : null;
  }

  /** Where what starts, not who starts it, decides; null where it does not. */
  private static @Nullable Verdict ofStart(Service service, Recipe.Read recipe) {
    ImageProfile base = recipe.base();
    boolean root =
        base != null && StartUser.ofImage(base, tag(recipe.image())) instanceof StartUser.Root;
    if (base != null && root && startsAsBase(service, recipe.image(), base)) {
      boolean hasAccount =
          StartUser.account(base, tag(recipe.image())) != null
              && base.value(FactKey.ACCOUNT_NAME) == null;
      boolean runsAnything =
          (base.kind() == Kind.RUNTIME || base.kind() == Kind.BASE)
              && base.value(FactKey.COMMANDS) == null;
      if (!runsAnything) {
        return hasAccount
            ? Fine.of("it starts as %s does, which drops root by itself".formatted(base.name()))
            : new Against(
                service,
                "it starts as %s does, and it is not known whether that needs root"
                    .formatted(base.name()));
      }
    } else if (base != null && root && base.kind() != Kind.RUNTIME && base.kind() != Kind.BASE) {
      return new Against(
          service, "it is built on %s, which it starts in its own way".formatted(base.name()));
    }
    RootUse use = RootUse.of(service);
    if (use instanceof RootUse.Drops drops) {
      return Fine.of(drops.says() + ", which hands over to another user");
    }
    if (use instanceof RootUse.Needs needs) {
      return new Against(service, needs.says() + ", which takes root");
    }
    return use instanceof RootUse.CannotTell cannotTell
        ? new Against(service, cannotTell.because())
        : null;
  }

  /** Whether nothing but the program of the base image starts, in a way that it knows. */
  private static boolean startsAsBase(Service service, BuiltImage image, ImageProfile base) {
    if (!(service.find("entrypoint") instanceof Answer.Absent)
        || !(image.entrypoint() instanceof Setting.Inherited)) {
      return false;
    }
    List<String> words = null;
    if (!(service.find("command") instanceof Answer.Absent)) {
      words = service.words("command");
    } else if (image.command() instanceof Setting.Inherited) {
      return true;
    } else if (image.command() instanceof Setting.Given<Command> given) {
      words = given.value().shell() ? null : given.value().words();
    }
    Commands known = base.value(FactKey.COMMANDS);
    return words != null && known != null && known.cover(words);
  }

  private static @Nullable String against(Service service, Recipe.Read recipe, Stage stage) {
    String settings = RootNeeds.inSettings(service);
    if (settings != null) {
      return settings;
    }
    String development = development(service);
    if (development != null) {
      return development;
    }
    String files = RootNeeds.inFiles(recipe);
    if (files != null) {
      return files;
    }
    var build = recipe.file().build(recipe.build().args());
    for (Stage other : recipe.file().stages()) {
      if (build.base(other) instanceof Base.EarlierStage earlier
          && earlier.index() == stage.index()) {
        return "the stage of line %s is built on it, and its steps would run as the new user too: begin that one with USER root"
            .formatted(other.from().line());
      }
    }
    for (Stage one : recipe.image().stages()) {
      Instruction trigger = one.last("ONBUILD");
      if (trigger != null) {
        return "line %s of %s holds what other builds run first, and they would as the new user"
            .formatted(trigger.line(), recipe.file().path());
      }
      Instruction shell = one.last("SHELL");
      if (shell != null && !SHELL.matcher(shell.arguments().text()).matches()) {
        return "line %s sets a shell that is not known".formatted(shell.line());
      }
    }
    return null;
  }

  private static Verdict change(Service service, Recipe.Read recipe, ImageUser user) {
    Writes writes = Writers.of(service);
    if (writes instanceof Writes.Seen seen) {
      return new Against(
          service,
          "its program writes (%s): give that folder alone to the user, with chown in a RUN, and start as it with USER"
              .formatted(seen.describe()));
    }
    StateFolders folders = StateFolders.of(service, recipe.image(), user);
    if (folders.against() != null) {
      return new Against(service, folders.against());
    }
    var open = new ArrayList<String>();
    if (recipe.image().user() instanceof Setting.Given<String> given) {
      open.add("line %s says root by name".formatted(given.by().line()));
    }
    if (writes instanceof Writes.CannotTell cannotTell) {
      open.add("it cannot be told where its program writes: " + cannotTell.because());
    }
    String maybe = RootNeeds.maybe(recipe);
    if (maybe != null) {
      open.add(maybe);
    }
    open.addAll(folders.open());
    String looked = writes instanceof Writes.NoneSeen none ? none.because() : "";
    return new Change(service, user, folders.prepared(), open, looked);
  }

  // All services that start the stage

  private static Verdict together(List<Verdict> verdicts) {
    Against against = null;
    Unclear unclear = null;
    Change change = null;
    Fine fine = null;
    for (Verdict verdict : verdicts) {
      if (verdict instanceof Against one) {
        against = against == null ? one : against;
      } else if (verdict instanceof Unclear one) {
        unclear = unclear == null ? one : unclear;
      } else if (verdict instanceof Fine one) {
        fine = fine == null || fine.aside() ? one : fine;
      } else if (verdict instanceof Change one) {
        if (change != null && !change.user().equals(one.user())) {
          against =
              new Against(
                  one.service(),
                  "services %s and %s would start as different users"
                      .formatted(change.service().name(), one.service().name()));
        } else {
          change = change == null ? one : merged(change, one);
        }
      }
    }
    if (against != null) {
      return against;
    }
    if (unclear != null) {
      return unclear;
    }
    if (change == null) {
      return fine == null ? Fine.of("no service starts it") : fine;
    }
    return fine == null || fine.aside()
        ? change
        : new Against(
            change.service(),
            "not all services that start it agree: of one, %s".formatted(fine.because()));
  }

  private static Change merged(Change one, Change other) {
    var folders = new TreeSet<>(one.folders());
    folders.addAll(other.folders());
    var open = new ArrayList<>(one.open());
    other.open().stream().filter(o -> !open.contains(o)).forEach(open::add);
    return new Change(one.service(), one.user(), folders, open, one.looked());
  }

  /**
   * Files that are merged over the project at other times mount over the same image.
   *
   * @param variants empty until one is asked for
   */
  private record Beside(Project project, List<Variant> variants) {

    Verdict with(Dockerfile file, Stage stage, Change change) {
      if (variants.isEmpty()) {
        for (Variant.Sibling sibling : project.siblings()) {
          Variant variant = sibling.of(project);
          if (variant != null) {
            variants.add(variant);
          }
        }
      }
      Change all = change;
      for (Variant variant : variants) {
        for (Service service : variant.project().services()) {
          if (!starts(service, file, stage) || !(Recipe.of(service) instanceof Recipe.Read read)) {
            continue;
          }
          String settings = RootNeeds.inSettings(service);
          StateFolders folders = StateFolders.of(service, read.image(), change.user());
          String against = settings != null ? settings : development(service);
          against = against != null ? against : folders.against();
          if (against != null) {
            return new Against(service, "with %s, %s".formatted(variant.file(), against));
          }
          all =
              merged(
                  all,
                  new Change(
                      service, change.user(), folders.prepared(), folders.open(), change.looked()));
        }
      }
      return all;
    }
  }

  private static @Nullable String development(Service service) {
    DevelopmentMount development = DevelopmentMount.of(service).orElse(null);
    return development == null
        ? null
        : "service %s is in development: %s".formatted(service.name(), development.says());
  }

  // What comes of it

  private static Remark remark(Verdict verdict, Subject subject, Dockerfile file, Stage stage) {
    if (verdict instanceof Fine fine) {
      return Remark.fine(subject, fine.because());
    }
    if (verdict instanceof Unclear unclear) {
      return Remark.advice(subject, Severity.LOW, UNKNOWN, unclear.because());
    }
    if (verdict instanceof Against against) {
      return Remark.advice(subject, Severity.MEDIUM, MESSAGE, against.because());
    }
    var change = (Change) verdict;
    Instruction next = stage.beforeUser();
    String run = run(change);
    if (run != null && next != null) {
      String says = next.whole().text();
      boolean twice =
          stage.instructions().stream().filter(i -> i.whole().text().equals(says)).count() > 1;
      if (twice) {
        return Remark.advice(
            subject,
            Severity.MEDIUM,
            MESSAGE,
            "line %s stands there twice: add `RUN %s` and USER %s before its CMD"
                .formatted(next.line(), run, change.user().written()));
      }
    }
    var edits = new ArrayList<Edit>();
    if (run != null) {
      edits.add(
          new Edit.Insert(
              file.path(), stage.index(), "RUN " + run, next == null ? null : next.whole().text()));
    }
    edits.add(new Edit.SetUser(file.path(), stage.index(), change.user().written()));
    boolean sure = change.open().isEmpty();
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        MESSAGE,
        new Fix(
            change.user().title(),
            sure ? Risk.INFERRED : Risk.BREAKING,
            sure
                ? "%s, and %s".formatted(change.user().why(), change.looked())
                : String.join("; ", change.open()),
            edits));
  }

  /** What has to be done as root before; null for nothing. */
  private static @Nullable String run(Change change) {
    var commands = new ArrayList<String>();
    if (change.user().made() != null) {
      commands.add(change.user().made());
    }
    if (!change.folders().isEmpty()) {
      String folders = String.join(" ", change.folders());
      commands.add("mkdir -p " + folders);
      commands.add("chown -R %s %s".formatted(change.user().owner(), folders));
    }
    return commands.isEmpty() ? null : String.join(" && ", commands);
  }
}
