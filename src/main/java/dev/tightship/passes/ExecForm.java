package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.analysis.ShellNeeds;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs without a shell between them and the engine, where the shell does nothing else;
 * and mends lists of words that only a shell gets to see, as they are no JSON.
 */
final class ExecForm implements StagePass {

  /** What starts the words that it is given as they are. */
  private static final Set<String> INITS = Set.of("tini", "tini-static", "dumb-init");

  /** Options of a shell that mean nothing for one program with its words. */
  private static final String HARMLESS = "-c|-[eux]+|-[eux]*o|pipefail|errexit|nounset|-[eux]+c";

  private static final String SHELL =
      "%s starts a shell, which may keep the signal to end from the program";
  private static final String BROKEN =
      "the list of %s is no JSON, so that a shell looks for a program of that name";

  @Override
  public String id() {
    return "exec-form";
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    for (String keyword : List.of("ENTRYPOINT", "CMD")) {
      Instruction instruction = stage.last(keyword);
      if (instruction != null && !instruction.isJson()) {
        Remark remark = remark(project, file, stage, instruction);
        if (remark != null) {
          remarks.add(remark);
        }
      }
    }
    return StagePass.orFine(remarks, file, stage, "nothing in it is started by a shell");
  }

  /** Null where no service starts what it says. */
  private static @Nullable Remark remark(
      Project project, Dockerfile file, Stage stage, Instruction instruction) {
    String mended = BrokenArray.mended(instruction.arguments().text());
    var start = new ArrayList<Service>();
    String obstacle = null;
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build == null || !file.path().equals(build.dockerfile())) {
        continue;
      }
      if (!(Recipe.of(service) instanceof Recipe.Read read)) {
        obstacle = "it is not known which stage of it is built";
      } else if (isStarted(service, read.image(), instruction)) {
        start.add(service);
      }
    }
    if (start.isEmpty() && obstacle == null) {
      return null;
    }
    ShellScript script = script(file, instruction);
    PlainCommand command = null;
    if (mended == null) {
      try {
        command = PlainCommand.of(instruction, script);
      } catch (PlainCommand.Other e) {
        obstacle = e.because();
      }
    } else if (script instanceof ShellScript.Unknown unknown) {
      obstacle = unknown.why();
    }
    for (Service service : start) {
      obstacle = obstacle == null ? obstacle(service, instruction, command) : obstacle;
    }
    if (obstacle == null && StagePass.isTooLong(file)) {
      obstacle = StagePass.TOO_LONG;
    }
    Subject subject = StagePass.subject(file, stage, instruction);
    Severity severity = mended == null ? Severity.LOW : Severity.HIGH;
    String message = (mended == null ? SHELL : BROKEN).formatted(instruction.keyword());
    if (obstacle != null) {
      return Remark.advice(subject, severity, message, obstacle);
    }
    String before = instruction.whole().text();
    String written = instruction.arguments().text();
    String after =
        command == null
            ? before.substring(0, before.length() - written.length()) + mended
            : command.asList(instruction);
    return Remark.finding(
        subject,
        severity,
        message,
        Fix.of(
            command == null ? "write the list as JSON" : "start " + command.program() + " itself",
            Risk.INFERRED,
            why(command),
            new Edit.Rewrite(file.path(), stage.index(), before, after)));
  }

  private static String why(@Nullable PlainCommand command) {
    if (command == null) {
      return "no program is called so, and the quotes show what is meant";
    }
    return command.replaces()
        ? "the shell is told to be replaced by it"
        : "the shell does nothing else, and the program becomes the first process";
  }

  private static ShellScript script(Dockerfile file, Instruction instruction) {
    return ShellScripts.of(file).stream()
        .filter(script -> script.instruction().equals(instruction))
        .map(ShellScripts.Script::script)
        .findFirst()
        .orElseGet(() -> new ShellScript.Unknown("it is not known what it starts"));
  }

  // What it is for a service

  /** Whether a service starts what the instruction says, and nothing of its own in its place. */
  private static boolean isStarted(Service service, BuiltImage image, Instruction instruction) {
    boolean command = instruction.is("CMD");
    Setting<Command> inForce = command ? image.command() : image.entrypoint();
    return inForce instanceof Setting.Given<Command> given
        && given.by().equals(instruction)
        && !isSet(service, "entrypoint")
        && !(command && isSet(service, "command"));
  }

  /** An empty list sets nothing. */
  private static boolean isSet(Service service, String key) {
    return service.find(key) instanceof Answer.Known && !List.of().equals(service.words(key));
  }

  /**
   * @param command null for a list that is no JSON
   */
  private static @Nullable String obstacle(
      Service service, Instruction instruction, @Nullable PlainCommand command) {
    if (!(Recipe.of(service) instanceof Recipe.Read read)) {
      return "it is not known what service %s starts".formatted(service.name());
    }
    BuiltImage image = read.image();
    String known = service.inheritance();
    for (String key : List.of("entrypoint", "command")) {
      if (known == null && service.find(key) instanceof Answer.Unknown unknown) {
        known = unknown.because();
      }
    }
    if (known != null) {
      return known;
    }
    String ofBase = entryPoint(read);
    if (ofBase == null) {
      return "it is not known which shell and entry point its base image has";
    }
    boolean entrypoint = instruction.is("ENTRYPOINT");
    String other = entrypoint ? beside(service, image) : before(image);
    if (other != null || command == null) {
      return other;
    }
    String shell = shell(service, image, instruction);
    if (shell != null) {
      return shell;
    }
    String program = ProgramFile.unsure(service, read, command.program());
    boolean ofScript =
        !entrypoint && image.entrypoint() instanceof Setting.Inherited && ofBase.equals("script");
    return program != null
        ? program
        : ShellNeeds.of(service, read, !ofScript, reaps(read, command));
  }

  /** Whether the shell stays, as that of Debian does, and so takes away what others left behind. */
  private static boolean reaps(Recipe.Read read, PlainCommand command) {
    Distribution distribution = Distribution.of(read.image(), read.base());
    return !command.replaces()
        && distribution != Distribution.ALPINE
        && distribution != Distribution.RPM
        && !(read.image().entrypoint() instanceof Setting.Given<Command> init
            && !init.value().shell());
  }

  /** What the base image starts its words with: see the fact; null where it is not known. */
  private static @Nullable String entryPoint(Recipe.Read read) {
    if (read.image().base() instanceof Base.Scratch) {
      return "none";
    }
    if (read.base() == null || !(read.image().base() instanceof Base.Image from)) {
      return null;
    }
    var known = read.base().value(FactKey.ENTRY_POINT);
    String tag = ImageReference.parse(from.reference()).flatMap(ImageReference::tag).orElse(null);
    return known == null ? null : known.of(tag);
  }

  /** What would be added to an ENTRYPOINT that is no shell. */
  private static @Nullable String beside(Service service, BuiltImage image) {
    if (isSet(service, "command")) {
      return "service %s has a command, which a shell leaves out and the program would get"
          .formatted(service.name());
    }
    return image.command() instanceof Setting.Given<Command> given
        ? "the shell leaves out the CMD of line %s, which the program would get"
            .formatted(given.by().line())
        : null;
  }

  /** What gets the words of a CMD and may do something else with them than start them. */
  private static @Nullable String before(BuiltImage image) {
    if (!(image.entrypoint() instanceof Setting.Given<Command> given)) {
      return null;
    }
    int line = given.by().line();
    if (given.value().shell()) {
      return "the ENTRYPOINT of line %s starts a shell, which leaves it out".formatted(line);
    }
    List<String> words = given.value().words();
    String first = words.get(0);
    boolean init =
        INITS.contains(first.substring(first.lastIndexOf('/') + 1))
            && words.get(words.size() - 1).equals("--");
    return init ? null : "the ENTRYPOINT of line %s may look at what it starts".formatted(line);
  }

  /** What the shell that is in force does beside starting a program. */
  private static @Nullable String shell(
      Service service, BuiltImage image, Instruction instruction) {
    Instruction by = null;
    for (Instruction each : until(image, instruction)) {
      by = each.is("SHELL") ? each : by;
    }
    List<String> shell = by == null ? null : by.json();
    if (by == null || shell == null) {
      return null;
    }
    boolean harmless = shell.stream().skip(1).allMatch(option -> option.matches(HARMLESS));
    boolean reads =
        image.env().containsKey("BASH_ENV")
            || service.environment().values().containsKey("BASH_ENV");
    return !harmless || reads
        ? "the shell of line %s reads files of its own first".formatted(by.line())
        : null;
  }

  /** What stands before an instruction, in its stage and in those below. */
  private static List<Instruction> until(BuiltImage image, Instruction end) {
    return image.stages().stream()
        .flatMap(stage -> stage.instructions().stream())
        .takeWhile(each -> !each.equals(end))
        .toList();
  }
}
