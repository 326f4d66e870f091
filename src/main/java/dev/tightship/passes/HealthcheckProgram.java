package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Mount;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.dockerfile.Setting;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Remark;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reports health checks that call a program which is known not to be in the image, so that they
 * fail whatever the service does. What is not known is no finding.
 */
final class HealthcheckProgram implements ServicePass {

  /** What packages and other programs that bring one are called. */
  private static final Map<String, String> BROUGHT_BY =
      Map.of(
          "nc", "nc|netcat|ncat|nmap|busybox",
          "wget", "wget|busybox",
          "ps", "procps|busybox",
          "pgrep", "procps|busybox",
          "mysqladmin", "mysql|mariadb",
          "mysql", "mysql|mariadb");

  /** Folders in which programs lie, and those above them. */
  private static final Pattern PLACES = Pattern.compile("/|/usr|(/usr)?(/local)?(/s?bin)?");

  @Override
  public String id() {
    return "healthcheck-program";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "healthcheck");
    HealthTest test = HealthTest.of(service);
    if (test == null) {
      return Remark.fine(subject, "no check of the project's own counts");
    }
    String program = test.program();
    String image = program == null ? null : lacking(service, program);
    if (program == null || image == null || mayBring(service, program)) {
      return Remark.fine(subject, "its check calls nothing that is known to be missing");
    }
    String check =
        test.by() == null ? "its health check" : "HEALTHCHECK in line " + test.by().line();
    return Remark.advice(
        subject,
        Severity.MEDIUM,
        "%s calls %s, which %s does not have, so that it always fails"
            .formatted(check, program, image),
        service.origin() instanceof Origin.Built
            ? "ask with a program that is there, or install that one in the Dockerfile"
            : "ask with a program that is there");
  }

  /** The image that is known not to have a program, as the project writes it; else null. */
  private static @Nullable String lacking(Service service, String program) {
    ImageReference reference = null;
    ImageProfile profile = null;
    if (service.origin() instanceof Origin.Pulled pulled) {
      reference = pulled.reference();
      profile = pulled.profile();
    } else if (Recipe.of(service) instanceof Recipe.Read read
        && read.image().base() instanceof Base.Image from) {
      reference = ImageReference.parse(from.reference()).orElse(null);
      profile = read.base();
    }
    var known = profile == null ? null : profile.value(FactKey.LACKS);
    String tag = reference == null ? null : reference.tag().orElse(null);
    List<String> lacks = known == null ? null : known.of(tag);
    return reference == null || lacks == null || !lacks.contains(program)
        ? null
        : tag == null ? reference.familiarName() : reference.familiarName() + ":" + tag;
  }

  /** Whether something may put the program there, or has it under another name. */
  private static boolean mayBring(Service service, String program) {
    Pattern name =
        Pattern.compile(
            "(?<!\\w)(" + BROUGHT_BY.getOrDefault(program, Pattern.quote(program)) + ")");
    for (Mount mount : service.mounts()) {
      if (mount.target() == null || isPlace(mount.target(), program)) {
        return true;
      }
    }
    for (String key : List.of("entrypoint", "command")) {
      if (name.matcher(service.line(key).orElse("")).find()) {
        return true;
      }
    }
    return Recipe.of(service) instanceof Recipe.Read read && mayBring(read, program, name);
  }

  private static boolean mayBring(Recipe.Read read, String program, Pattern name) {
    for (Setting<Command> start : List.of(read.image().entrypoint(), read.image().command())) {
      Command command = start.value();
      if (command != null && name.matcher(String.join(" ", command.words())).find()) {
        return true;
      }
    }
    for (Copy copy : read.image().copies()) {
      if (!(copy.target() instanceof Resolution.Known to) || isPlace(to.text(), program)) {
        return true;
      }
      for (Resolution source : copy.sources()) {
        if (source instanceof Resolution.Known from && last(from.text()).equals(program)) {
          return true;
        }
      }
    }
    for (ShellScripts.Script script : ShellScripts.of(read.file())) {
      if (read.image().runs().contains(script.instruction())
          && (name.matcher(script.instruction().span().of(read.file().text())).find()
              || !isPlain(Runs.of(script)))) {
        return true;
      }
    }
    return false;
  }

  /** Whether all that a step does stands in it: it runs no file, and what it installs has names. */
  private static boolean isPlain(Runs runs) {
    if (!runs.known()) {
      return false;
    }
    for (ShellCommand command : runs.commands()) {
      ShellCommand.Program program = command.program();
      if (!command.words().isEmpty() && (program == null || !isPlain(program))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(ShellCommand.Program program) {
    String name = program.name();
    boolean own =
        !name.equals(program.word().literal())
            || Runs.isShell(name)
            || name.matches("[.]|source|make|xargs|eval|ansible.*");
    return !own
        && !(InstalledPackages.isManager(name)
            && program.arguments().stream().map(ShellWord::literal).anyMatch(Objects::isNull));
  }

  private static boolean isPlace(String path, String program) {
    return PLACES.matcher(path).matches() || last(path).equals(program);
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
