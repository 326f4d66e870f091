package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Images;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An image that a service runs and that is built here, with what its build ran.
 *
 * @param reference what it is built on
 * @param base what is known of that
 * @param start the words with which it starts; none where they are not known
 * @param runs what the RUN instructions of its stages run
 */
record FinalImage(
    Dockerfile file,
    Stage stage,
    BuiltImage image,
    ImageReference reference,
    @Nullable ImageProfile base,
    Images images,
    List<String> start,
    List<Runs> runs) {

  /**
   * Null for one that starts from nothing, or from what is not known.
   *
   * @param scripts all those of the file
   */
  static @Nullable FinalImage of(
      Service service, Recipe.Read recipe, List<ShellScripts.Script> scripts) {
    BuiltImage image = recipe.image();
    Stage stage = image.stages().get(image.stages().size() - 1);
    ImageReference reference =
        image.base() instanceof Base.Image from
            ? ImageReference.parse(from.reference()).orElse(null)
            : null;
    if (reference == null) {
      return null;
    }
    var runs = new ArrayList<Runs>();
    for (ShellScripts.Script script : scripts) {
      boolean part =
          image.stages().stream().anyMatch(each -> each.index() == script.stage().index());
      if (part && script.instruction().is("RUN")) {
        runs.add(Runs.of(script));
      }
    }
    return new FinalImage(
        recipe.file(),
        stage,
        image,
        reference,
        recipe.base(),
        service.project().images(),
        start(service, image),
        runs);
  }

  private static List<String> start(Service service, BuiltImage image) {
    var start = new ArrayList<String>();
    List<String> entrypoint = words(service, "entrypoint", image.entrypoint());
    start.addAll(entrypoint);
    start.addAll(
        service.has("entrypoint") && !service.has("command")
            ? List.of()
            : words(service, "command", image.command()));
    return start;
  }

  private static List<String> words(Service service, String key, Setting<Command> setting) {
    if (service.has(key)) {
      List<String> words = service.words(key);
      return words == null ? List.of() : words;
    }
    Command command = setting.value();
    if (command == null) {
      return List.of();
    }
    if (!command.shell()) {
      return command.words();
    }
    String text = String.join(" ", command.words()).strip().replaceFirst("^exec\\s+", "");
    boolean plain = text.chars().noneMatch(c -> "&|;<>()`'\"\\\n".indexOf(c) >= 0);
    return plain ? List.of(text.split("\\s+", -1)) : List.of();
  }

  /** All programs that its build runs. */
  Stream<ShellCommand.Program> programs() {
    return runs.stream()
        .flatMap(run -> run.commands().stream())
        .flatMap(command -> Stream.ofNullable(command.program()));
  }

  boolean runs(Predicate<ShellCommand.Program> program) {
    return programs().anyMatch(program);
  }

  /** Whether a program has one of its arguments just so. */
  static boolean has(ShellCommand.Program program, String... words) {
    return program.arguments().stream().anyMatch(a -> List.of(words).contains(a.literal()));
  }

  /** The name of the first program that it starts, without its folder; empty where not known. */
  String starts() {
    String first = start.isEmpty() ? "" : start.get(0);
    return first.substring(first.lastIndexOf('/') + 1);
  }

  /** A path as seen from the root; null where it is not written out. */
  @Nullable String path(String written) {
    String workdir = image.workdir().value();
    if (written.isEmpty() || written.indexOf('$') >= 0 || written.indexOf('*') >= 0) {
      return null;
    }
    if (written.startsWith("/")) {
      return written;
    }
    String plain = written.replaceFirst("^(?:\\./)+", "");
    return workdir == null || plain.startsWith("..")
        ? null
        : (workdir.equals("/") ? "" : workdir) + "/" + plain;
  }

  /** The name of its last stage, or the one to give to it. */
  String stageName() {
    String name = stage.name();
    return name != null ? name : file.stage("build") == null ? "build" : "program";
  }

  /** How an advice begins that has another stage follow. */
  String named() {
    return stage.name() == null
        ? "name this stage %s, and add a last one".formatted(stageName())
        : "add a last stage behind %s".formatted(stage.name());
  }

  /** {@code COPY --from=build /app /app}. */
  String copy(String path) {
    return "COPY --from=%s %s %s".formatted(stageName(), path, path);
  }

  /** The image with another tag. */
  String with(String tag) {
    return reference.withTag(tag).toString();
  }

  /** The base with less where one is listed, else as it is. */
  String slimBase() {
    String slim = hasTag() ? smaller().slim() : null;
    return slim == null ? reference.toString() : with(slim);
  }

  /** Whether something is known of the base, and its version: a digest alone does not tell it. */
  boolean hasTag() {
    return base != null && (reference.tag().isPresent() || reference.digest().isEmpty());
  }

  /** Only where {@link #hasTag}. */
  SmallerTag smaller() {
    return new SmallerTag(Objects.requireNonNull(base).versions(), reference.tag().orElse(null));
  }
}
