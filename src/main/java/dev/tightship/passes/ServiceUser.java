package dev.tightship.passes;

import dev.tightship.analysis.DevelopmentMount;
import dev.tightship.analysis.Recipe;
import dev.tightship.analysis.RootUse;
import dev.tightship.analysis.Writers;
import dev.tightship.analysis.Writes;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.Commands;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges which user one service that is built here could start as. */
final class ServiceUser {

  private static final Pattern SHELL = Pattern.compile(".*\\bsh\\b.*|.*/(ba|da|a)?sh\\b.*");

  private ServiceUser() {}

  /** What there is to say of a service that starts this stage. */
  static UserVerdict judge(Service service, Stage stage) {
    String inheritance = service.inheritance();
    if (inheritance != null) {
      return new UserVerdict.Unclear(inheritance);
    }
    Recipe recipe = Recipe.of(service);
    if (!(recipe instanceof Recipe.Read read)) {
      return new UserVerdict.Unclear(
          recipe instanceof Recipe.Unread unread ? unread.because() : "it is not built");
    }
    UserVerdict user = ofUser(service, read);
    if (user != null) {
      return user;
    }
    UserVerdict start = ofStart(service, read);
    if (start != null) {
      return start;
    }
    String against = against(service, read, stage);
    if (against != null) {
      return new UserVerdict.Against(service, against);
    }
    try {
      return change(service, read, ImageUser.of(read));
    } catch (ImageUser.None e) {
      return new UserVerdict.Against(service, e.because());
    }
  }

  /** What can be said by the user alone that it starts as; null when that is root. */
  private static @Nullable UserVerdict ofUser(Service service, Recipe.Read recipe) {
    BuiltImage image = recipe.image();
    if (image.base() instanceof Base.Unknown unknown && image.user() instanceof Setting.Inherited) {
      return new UserVerdict.Unclear("its base image is not known: " + unknown.why());
    }
    StartUser start = ofImage(image, recipe.base());
    if (start instanceof StartUser.Unknown unknown) {
      return new UserVerdict.Unclear(unknown.because());
    }
    if (!(start instanceof StartUser.Root)) {
      return UserVerdict.Fine.of(
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
      return new UserVerdict.Against(
          service,
          "service %s sets a user that a variable decides, which counts more"
              .formatted(service.name()));
    }
    return StartUser.read(text, null) instanceof StartUser.Root
        ? new UserVerdict.Against(
            service, "service %s sets user: %s, which counts more".formatted(service.name(), text))
        : new UserVerdict.Fine(
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
  private static @Nullable UserVerdict ofStart(Service service, Recipe.Read recipe) {
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
            ? UserVerdict.Fine.of(
                "it starts as %s does, which drops root by itself".formatted(base.name()))
            : new UserVerdict.Against(
                service,
                "it starts as %s does, and it is not known whether that needs root"
                    .formatted(base.name()));
      }
    } else if (base != null && root && base.kind() != Kind.RUNTIME && base.kind() != Kind.BASE) {
      return new UserVerdict.Against(
          service, "it is built on %s, which it starts in its own way".formatted(base.name()));
    }
    RootUse use = RootUse.of(service);
    if (use instanceof RootUse.Drops drops) {
      return UserVerdict.Fine.of(drops.says() + ", which hands over to another user");
    }
    if (use instanceof RootUse.Needs needs) {
      return new UserVerdict.Against(service, needs.says() + ", which takes root");
    }
    return use instanceof RootUse.CannotTell cannotTell
        ? new UserVerdict.Against(service, cannotTell.because())
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

  private static UserVerdict change(Service service, Recipe.Read recipe, ImageUser user) {
    Writes writes = Writers.withFolders(service);
    if (writes instanceof Writes.Seen seen) {
      return new UserVerdict.Against(
          service,
          "its program writes (%s): give that folder alone to the user, with chown in a RUN, and start as it with USER"
              .formatted(seen.describe()));
    }
    if (writes instanceof Writes.OnlyTo only && !user.shell()) {
      return new UserVerdict.Against(
          service,
          "its program writes (%s), and no RUN works in the image: copy that folder there with COPY --chown=%s from a stage that has one"
              .formatted(only.folders().values().iterator().next().describe(), user.owner()));
    }
    StateFolders folders = StateFolders.of(service, recipe.image(), user);
    if (folders.against() != null) {
      return new UserVerdict.Against(service, folders.against());
    }
    var open = new ArrayList<String>();
    if (user.doubt() != null) {
      open.add(user.doubt());
    }
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
    var prepared = new TreeSet<>(folders.prepared());
    String looked = writes instanceof Writes.NoneSeen none ? none.because() : "";
    if (writes instanceof Writes.OnlyTo only) {
      prepared.addAll(only.folders().keySet());
      looked = "all that its program was seen to write goes to " + describe(only);
      if (!open.isEmpty()) {
        open.add(looked);
      }
    }
    return new UserVerdict.Change(service, user, prepared, open, looked);
  }

  private static String describe(Writes.OnlyTo only) {
    return only.folders().entrySet().stream()
        .map(folder -> "%s (%s)".formatted(folder.getKey(), folder.getValue().describe()))
        .collect(Collectors.joining(" and "));
  }

  /** What shows that its sources are mounted over the image, half a sentence, or null. */
  static @Nullable String development(Service service) {
    DevelopmentMount development = DevelopmentMount.of(service).orElse(null);
    return development == null
        ? null
        : "service %s is in development: %s".formatted(service.name(), development.says());
  }
}
