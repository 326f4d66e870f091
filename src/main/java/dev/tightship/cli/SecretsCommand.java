package dev.tightship.cli;

import dev.tightship.compose.Problem;
import dev.tightship.engine.Hardener;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.Images;
import dev.tightship.pass.Pass;
import dev.tightship.report.Redactor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the files with secrets that a clone of a hardened project lacks. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes the files and variables with secrets that a fresh clone lacks.",
      "They are taken from the version before the project was hardened. Nothing that",
      "exists is overwritten, and no value is printed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is missing, or all of it was made",
      "1:something is still missing",
      "2:bad usage, or input that could not be read; the rest was still done",
      "3:a fault of Tightship itself"
    })
final class SecretsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProjectOptions which = new ProjectOptions();

  @Option(
      names = "--from",
      paramLabel = "REV",
      description =
          "the older version, as git names it; without it, all that git has of the Compose"
              + " files are looked at, the newest first")
  private @Nullable String revision;

  @Option(
      names = "--from-folder",
      paramLabel = "DIR",
      description = "the older version, as a folder")
  private @Nullable Path folder;

  @Option(names = "--check", description = "write nothing; exit code 1 when something is missing")
  private boolean check;

  @Option(names = "-q", description = "no summary")
  private boolean quiet;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Hardener hardener;
  private final Images images = Images.onClassPath();
  private boolean missing;
  private boolean failed;
  private boolean faulty;

  /**
   * @param environment the variables of the shell
   */
  SecretsCommand(Terminal terminal, Map<String, String> environment, List<Pass> passes) {
    this.terminal = terminal;
    this.environment = environment;
    this.hardener = new Hardener(passes);
  }

  @Override
  public Integer call() {
    List<Asked> asked = which.asked(spec.commandLine(), environment, false);
    validate();
    if (quiet) {
      terminal.beQuiet();
    }
    which.makesVariableFiles = true;
    asked.forEach(this::run);
    return faulty
        ? ExitCode.FAULT
        : failed ? ExitCode.USAGE : missing ? ExitCode.PENDING : ExitCode.DONE;
  }

  private void validate() {
    String wrong = null;
    if (revision != null && folder != null) {
      wrong = "only one of --from and --from-folder at a time";
    } else if (check && (revision != null || folder != null)) {
      wrong = "--check looks at no older version: leave out --from and --from-folder";
    } else if (folder != null && which.projects.size() > 1) {
      wrong = "--from-folder takes one project at a time";
    }
    if (wrong != null) {
      throw new ParameterException(spec.commandLine(), wrong);
    }
  }

  /** One project; what goes wrong is said, and the others go on. */
  private void run(Asked project) {
    try {
      if (!check) {
        Interrupted.settle(project.given(), which, terminal);
      }
      run(Loaded.of(project.choose(), images));
    } catch (ProjectException e) {
      failed = true;
      error(e.describe());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      faulty = true; // a fault of ours in one project does not stop the others
      error(project.name() + ": " + Tightship.describe(e));
    }
  }

  private void run(Loaded loaded) throws ProjectException {
    Missing lacking = Missing.of(loaded);
    List<String> toMake = filesToMake(loaded, lacking);
    var summary = new SecretsSummary(loaded);
    var open = new ArrayList<Lacked>();
    for (Lacked each : lacking.all()) {
      String refusal = SecretPlace.refusal(loaded, each.file());
      if (refusal != null) {
        summary.refused(each, refusal);
      } else if (check) {
        summary.missing(each);
      } else {
        open.add(each);
      }
    }
    if (!open.isEmpty()) {
      make(loaded, lacking, open, summary);
    }
    for (String secret : lacking.elsewhere()) {
      summary.also("not looked at, since it lies outside of the root: " + secret);
    }
    if (check && summary.isMissing()) {
      summary.also("tightship secrets looks for them in older versions");
    }
    terminal.note(summary.text());
    missing |= summary.isMissing();
    problems(loaded, toMake);
  }

  private void make(Loaded loaded, Missing lacking, List<Lacked> open, SecretsSummary summary)
      throws ProjectException {
    var versions = new OldVersions(loaded, hardener, images, open);
    if (revision != null) {
      versions.lookAt(revision);
    } else if (folder != null) {
      versions.lookInto(folder);
    } else {
      versions.lookBack();
    }
    var files = new SecretFiles(loaded, lacking);
    for (Lacked each : open) {
      OldVersions.Found found = versions.found().get(each);
      String held = found == null ? versions.because() : files.add(each, found.secret());
      if (held != null) {
        summary.notMade(each, held);
      } else if (found != null) {
        summary.made(each, found.version());
      }
    }
    files.write().forEach(summary::also);
    versions.passedOver().forEach(each -> summary.also("passed over: " + each));
  }

  /** The files of variables that are not there yet, where variables are to go to them. */
  private static List<String> filesToMake(Loaded loaded, Missing lacking) {
    return lacking.all().stream()
        .filter(each -> each.variable() != null)
        .flatMap(each -> loaded.envFiles().stream())
        .filter(path -> loaded.disk().kind(path) == Disk.Kind.MISSING)
        .toList();
  }

  /** Says what of the project could not be read. */
  private void problems(Loaded loaded, List<String> toMake) {
    for (Problem problem : loaded.project().problems()) {
      if (!toMake.contains(problem.path())) {
        failed = true;
        String path = loaded.shown(problem.path());
        error(new Problem(path, problem.line(), problem.column(), problem.message()).describe());
      }
    }
  }

  private void error(String sentence) {
    terminal.error(Redactor.line(sentence));
  }
}
