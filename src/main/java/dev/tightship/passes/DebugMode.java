package dev.tightship.passes;

import dev.tightship.analysis.DevelopmentMount;
import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of what is switched on for development where a service is not plainly for that. */
final class DebugMode implements Pass {

  /** Parts of names of files, stages, services and profiles that are not for production. */
  private static final Pattern DEVELOPMENT =
      Pattern.compile(
          "(?i)(?:.*[/._-])?(?:dev|devel|develop|development|local|debug|tests?|testing|e2e|ci|override)"
              + "(?:[/._-].*)?");

  @Override
  public String id() {
    return "debug-mode";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var said = new HashSet<Remark>(); // services may share a Dockerfile
    return project.services().stream()
        .flatMap(service -> remarks(service).stream())
        .filter(r -> !(r.subject() instanceof Subject.OfInstruction) || said.add(r));
  }

  private static List<Remark> remarks(Service service) {
    Subject subject = Subject.of(service);
    String because = development(service);
    if (because != null) {
      return List.of(Remark.fine(subject, "it is for development: " + because));
    }
    var remarks = new ArrayList<Remark>();
    ofService(service, remarks);
    if (Recipe.of(service) instanceof Recipe.Read read
        && !DEVELOPMENT.matcher(read.file().path()).matches()) {
      ofImage(service, read, remarks);
    }
    return remarks.isEmpty()
        ? List.of(Remark.fine(subject, "nothing is switched on for development"))
        : remarks;
  }

  /** Why a service is plainly for development, half a sentence, or null. */
  private static @Nullable String development(Service service) {
    DevelopmentMount mount = DevelopmentMount.of(service).orElse(null);
    if (mount != null) {
      return mount.says();
    }
    if (DEVELOPMENT.matcher(service.name()).matches()) {
      return "its name says so";
    }
    List<String> profiles = service.profiles();
    if (!profiles.isEmpty() && profiles.stream().allMatch(p -> DEVELOPMENT.matcher(p).matches())) {
      return "its profile says so";
    }
    String target = service.text("build", "target").orElse("");
    return DEVELOPMENT.matcher(target).matches() ? "the stage that is built says so" : null;
  }

  private static void ofService(Service service, List<Remark> remarks) {
    service
        .environment()
        .values()
        .forEach(
            (name, value) -> {
              boolean here = service.mentions(name, "environment");
              Subject subject =
                  here ? Subject.of(service, "environment", name) : Subject.of(service, "env_file");
              if (value.known()) {
                add(remarks, subject, DebugSwitch.variable(name, value.text()));
              }
            });
    for (String key : List.of("entrypoint", "command")) {
      List<String> words = service.words(key);
      if (words != null) {
        add(remarks, Subject.of(service, key), start(words));
      }
    }
  }

  private static void ofImage(Service service, Recipe.Read read, List<Remark> remarks) {
    BuiltImage image = read.image();
    Set<String> overridden = service.environment().values().keySet();
    image
        .env()
        .forEach(
            (name, value) -> {
              DebugSwitch found =
                  !overridden.contains(name) && value instanceof Resolution.Known known
                      ? DebugSwitch.variable(name, known.text())
                      : null;
              Subject subject = found == null ? null : setter(read, name);
              if (subject != null) {
                add(remarks, subject, found);
              }
            });
    boolean own = !(service.find("entrypoint") instanceof Answer.Absent);
    if (!own) {
      started(read, image.entrypoint(), remarks);
    }
    // an entry point of the service's own takes the command of the image away
    if (!own && service.find("command") instanceof Answer.Absent) {
      started(read, image.command(), remarks);
    }
  }

  private static void started(Recipe.Read read, Setting<Command> setting, List<Remark> remarks) {
    if (setting instanceof Setting.Given<Command> given) {
      Command command = given.value();
      List<String> words =
          command.shell()
              ? Stream.concat(ShellScript.DEFAULT_SHELL.stream(), command.words().stream()).toList()
              : command.words();
      Stage stage = stageOf(read.image(), given.by());
      if (stage != null) {
        add(remarks, StagePass.subject(read.file(), stage, given.by()), start(words));
      }
    }
  }

  private static @Nullable Stage stageOf(BuiltImage image, Instruction instruction) {
    for (Stage stage : image.stages()) {
      if (stage.instructions().stream().anyMatch(i -> i.line() == instruction.line())) {
        return stage;
      }
    }
    return null;
  }

  /** The instruction that sets a variable last. */
  private static @Nullable Subject setter(Recipe.Read read, String name) {
    Subject last = null;
    for (Stage stage : read.image().stages()) {
      for (Instruction instruction : stage.instructions()) {
        if (instruction.is("ENV")
            && instruction.assignments().stream().map(Assignment::name).anyMatch(name::equals)) {
          last = StagePass.subject(read.file(), stage, instruction);
        }
      }
    }
    return last;
  }

  /** What the words of a start switch on, those of a shell text included. */
  private static @Nullable DebugSwitch start(List<String> words) {
    if (ShellScript.ofWords(words) instanceof ShellScript.Known known) {
      for (ShellCommand command : known.commands()) {
        DebugSwitch found =
            DebugSwitch.command(command.words().stream().map(Runs::written).toList());
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static void add(List<Remark> remarks, Subject subject, @Nullable DebugSwitch found) {
    if (found != null && !isForDevelopment(subject)) {
      remarks.add(Remark.advice(subject, found.severity(), found.message(), found.instead()));
    }
  }

  private static boolean isForDevelopment(Subject subject) {
    String file = subject.file();
    return DEVELOPMENT.matcher(file.substring(file.lastIndexOf('/') + 1)).matches();
  }
}
