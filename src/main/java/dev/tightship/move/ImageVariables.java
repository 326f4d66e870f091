package dev.tightship.move;

import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import dev.tightship.compose.Texts.Text;
import dev.tightship.compose.Variant;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The variables that an ENV of a Dockerfile gives to the images of the project: whether one can
 * come from the services instead, and nobody notices.
 */
final class ImageVariables {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** What they say is run in a container, with the variables that it has then. */
  private static final Set<String> RUN_LATER = Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK");

  private static final int MOST_INSTRUCTIONS = 1_000;
  private static final int MOST_VARIABLES = 200;

  private static final List<Assignment> NONE = List.of();

  private final Project project;
  private final Map<String, Others> others = new HashMap<>();

  /** Why no variable leaves a Dockerfile: who else takes its image; null where nobody does. */
  private record Others(@Nullable String because) {}

  ImageVariables(Project project) {
    this.project = project;
  }

  /**
   * A variable of the image of a service.
   *
   * @param value as its containers see it
   * @param started whether what the image starts speaks of it
   */
  record Found(String name, String value, boolean started) {}

  /** It cannot leave the Dockerfile, with the reason, half a sentence. */
  static final class Stays extends Exception {
    private static final long serialVersionUID = 1L;

    Stays(String because) {
      super(because);
    }

    String because() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * The variable that holds a secret.
   *
   * @param service whose image has it
   * @throws Stays where it cannot leave the Dockerfile
   */
  Found find(Service service, InDockerfile where) throws Stays {
    String name = where.variable();
    if (name == null || !where.keyword().equals("ENV") || project.inline(where.file()) != null) {
      throw new Stays(
          "line %s of %s holds it too, and with it the image"
              .formatted(where.line(), where.file()));
    }
    String other = others.computeIfAbsent(where.file(), this::others).because;
    if (other != null) {
      throw new Stays(other);
    }
    if (!(Recipe.of(service) instanceof Recipe.Read recipe)) {
      throw new Stays("it is not known what service %s builds".formatted(service.name()));
    }
    String value = value(recipe, where, name);
    boolean started = false;
    for (Use use : uses(recipe, where)) {
      started |= use.later;
      if (!use.later) {
        throw new Stays(
            "line %s of %s %s"
                .formatted(
                    use.line,
                    where.file(),
                    use.named
                        ? "uses %s while the image is built".formatted(name)
                        : "runs what may need %s while the image is built".formatted(name)));
      }
    }
    return new Found(name, value, started);
  }

  private static String value(Recipe.Read recipe, InDockerfile where, String name) throws Stays {
    BuiltImage image = recipe.image();
    int set = 0;
    String value = null;
    for (Stage stage : image.stages()) {
      for (Instruction instruction : stage.instructions()) {
        for (Assignment each : instruction.is("ENV") ? instruction.assignments() : NONE) {
          set += each.name().equals(name) ? 1 : 0;
          value = each.name().equals(name) ? each.value() : value;
        }
      }
    }
    boolean plain =
        value != null
            && value.indexOf('$') < 0
            && image.env().get(name) instanceof Resolution.Known known
            && known.text().equals(value);
    if (set != 1 || value == null || !plain || !NAME.matcher(name).matches()) {
      throw new Stays(
          set > 1
              ? "%s sets %s more than once".formatted(where.file(), name)
              : "line %s of %s makes it of more than a text".formatted(where.line(), where.file()));
    }
    return value;
  }

  /** Whether it has more than a person writes: each change reads all of it again. */
  private static boolean isTooLong(Dockerfile file) {
    int set = 0;
    for (Instruction each : file.instructions()) {
      set += each.is("ENV") && set <= MOST_VARIABLES ? each.assignments().size() : 0;
    }
    return set > MOST_VARIABLES || file.instructions().size() > MOST_INSTRUCTIONS;
  }

  // While the image is built

  /**
   * An instruction that has the variable when it is built.
   *
   * @param named whether it speaks of it
   * @param later whether it is only run in a container
   */
  private record Use(int line, boolean named, boolean later) {}

  /** In the stage of a variable and in those that are built on it. */
  private static List<Use> uses(Recipe.Read recipe, InDockerfile where) {
    Dockerfile file = recipe.file();
    Pattern name =
        Pattern.compile(
            "(?<![A-Za-z0-9_])%s(?![A-Za-z0-9_])".formatted(Pattern.quote(where.variable() + "")));
    Set<Integer> stages = stages(recipe, where.stage());
    var harmless = new HashSet<Integer>();
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (PlainSteps.are(script.script())) {
        harmless.add(script.instruction().line());
      }
    }
    var uses = new ArrayList<Use>();
    for (Stage stage : file.stages()) {
      for (Instruction each :
          stages.contains(stage.index()) ? stage.instructions() : List.<Instruction>of()) {
        if (stage.index() == where.stage() && each.line() < where.line()) {
          continue;
        }
        boolean own = stage.index() == where.stage() && each.line() == where.line();
        boolean named = own ? namesOther(each, where, name) : names(file, each, name);
        boolean runs = each.is("ONBUILD") || (each.is("RUN") && !harmless.contains(each.line()));
        if (named || runs) {
          uses.add(new Use(each.line(), named, RUN_LATER.contains(each.keyword())));
        }
      }
    }
    return uses;
  }

  /** The stage and all that start from it, or may. */
  private static Set<Integer> stages(Recipe.Read recipe, int stage) {
    var meaning = recipe.file().build(recipe.build().args());
    var stages = new HashSet<>(Set.of(stage));
    for (Stage each : recipe.file().stages()) {
      Base base = meaning.base(each);
      boolean follows =
          base instanceof Base.EarlierStage earlier
              ? stages.contains(earlier.index())
              : base instanceof Base.Unknown && each.index() > stage;
      if (follows) {
        stages.add(each.index());
      }
    }
    return stages;
  }

  private static boolean namesOther(Instruction own, InDockerfile where, Pattern name) {
    return own.assignments().stream()
        .filter(each -> !each.name().equals(where.variable()))
        .anyMatch(each -> each.value() != null && name.matcher(each.value()).find());
  }

  private static boolean names(Dockerfile file, Instruction instruction, Pattern name) {
    return name.matcher(instruction.whole().text()).find()
        || instruction.heredocs().stream()
            .anyMatch(document -> name.matcher(document.body().of(file.text())).find());
  }

  // Who else takes the image

  private Others others(String file) {
    Dockerfile read = project.dockerfile(file);
    if (read == null || isTooLong(read)) {
      return new Others("%s is too long to be rewritten".formatted(file));
    }
    var builders = new HashSet<String>();
    var images = new HashSet<String>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build != null && build.dockerfile() == null && build.inline() == null) {
        return new Others("it is not known what service %s builds".formatted(service.name()));
      }
      if (build != null && file.equals(build.dockerfile())) {
        if (!(Recipe.of(service) instanceof Recipe.Read)) {
          return new Others("it is not known what service %s builds".formatted(service.name()));
        }
        builders.add(service.name());
        service.text("image").ifPresent(image -> images.add(plain(image)));
      }
    }
    String because = null;
    for (Service service : project.services()) {
      boolean runs =
          !builders.contains(service.name())
              && service
                  .text("image")
                  .map(ImageVariables::plain)
                  .filter(images::contains)
                  .isPresent();
      boolean stands = stands(service, builders);
      if (because == null && (runs || stands)) {
        because =
            "service %s %s the image of %s too"
                .formatted(service.name(), runs ? "runs" : "builds on", file);
      }
    }
    for (Dockerfile other : project.dockerfiles()) {
      boolean stands =
          other.stages().stream().anyMatch(stage -> images.contains(plain(stage.base().text())));
      because =
          because == null && stands
              ? "%s builds on the image of %s".formatted(other.path(), file)
              : because;
    }
    return new Others(because == null ? beside(file) : because);
  }

  /** Whether the build of a service takes that of another one for a base. */
  private static boolean stands(Service service, Set<String> builders) {
    for (Texts texts : service.texts("build", "additional_contexts")) {
      for (Text text : texts.all()) {
        String context = text.scalar().text();
        if (builders.stream().anyMatch(name -> context.endsWith("service:" + name))) {
          return true;
        }
      }
    }
    return false;
  }

  private static String plain(String image) {
    return image.endsWith(":latest") ? image.substring(0, image.lastIndexOf(':')) : image;
  }

  /** A Compose file beside the project that adds a service to it which builds the file as well. */
  private @Nullable String beside(String file) {
    for (Variant.Sibling sibling : project.siblings()) {
      Variant variant = sibling.of(project);
      for (Service service : variant == null ? List.<Service>of() : variant.project().services()) {
        boolean builds = service.build().filter(b -> file.equals(b.dockerfile())).isPresent();
        Service here = project.service(service.name());
        boolean known =
            here != null && here.build().filter(b -> file.equals(b.dockerfile())).isPresent();
        if (builds && !known) {
          return "service %s of %s builds %s too".formatted(service.name(), sibling.path(), file);
        }
      }
    }
    return null;
  }
}
