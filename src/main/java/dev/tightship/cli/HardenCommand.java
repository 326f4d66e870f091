package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Problem;
import dev.tightship.compose.Service;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.Images;
import dev.tightship.pass.Page;
import dev.tightship.passes.Passes;
import dev.tightship.report.Colors;
import dev.tightship.report.JsonReport;
import dev.tightship.report.Report;
import dev.tightship.report.TextReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Hardens projects. */
@Command(
    name = "harden",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Hardens projects: prints the diff on standard output and a summary on standard error.",
      "Writes nothing unless asked by -o, -i or --patch."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, or nothing to do",
      "1:--check: something would change",
      "2:bad usage, or input that could not be read; the rest was still done",
      "3:a fault of Tightship itself"
    })
final class HardenCommand implements Callable<Integer> {

  enum Format {
    TEXT,
    JSON
  }

  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProjectOptions which = new ProjectOptions();
  @Mixin private PassOptions what = new PassOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--check", description = "write nothing; exit code 1 when something would change")
  private boolean check;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "what standard output is (${DEFAULT-VALUE})",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "colours (${DEFAULT-VALUE})",
      defaultValue = "auto")
  private Color color = Color.AUTO;

  @Option(names = "-q", description = "no summary")
  private boolean quiet;

  @Option(names = "-v", description = "name also what needed nothing")
  private boolean verbose;

  private final Terminal terminal;
  private final Map<String, Page> pages = Pages.all();
  private final Hardener hardener = new Hardener(Passes.all());
  private final Images images = Images.onClassPath();
  private final List<Report> reports = new ArrayList<>();
  private final List<Problem> refused = new ArrayList<>();
  private boolean failed;

  HardenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Options options = what.options(spec.commandLine());
    List<Path> projects = which.projects.isEmpty() ? List.of(Path.of("")) : which.projects;
    if (!which.files.isEmpty() && !which.projects.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name projects or files with -f, not both");
    }
    output.validate(spec.commandLine(), which.files.isEmpty() ? projects.size() : 1, check);
    var results = new Results(output, terminal);
    if (!which.files.isEmpty()) {
      project(() -> Loaded.of(which.files, which, images), options, results);
    } else {
      for (Path project : projects) {
        project(() -> Loaded.of(project, which, images), options, results);
      }
    }
    finish(results);
    boolean pending = check && reports.stream().anyMatch(r -> r.outcome().changed());
    return failed ? ExitCode.USAGE : pending ? ExitCode.PENDING : ExitCode.DONE;
  }

  /** Reads a project from disk. */
  private interface Loader {
    Loaded load() throws ProjectException, ComposeException;
  }

  /** One project; what goes wrong with it is said, and the others go on. */
  private void project(Loader loader, Options options, Results results) {
    try {
      Loaded loaded = loader.load();
      requireServices(loaded, options);
      Outcome outcome = hardener.harden(loaded.project(), options);
      var report = new Report(shown(loaded.name()), outcome, pages);
      reports.add(report);
      failed |= !loaded.project().problems().isEmpty();
      if (format == Format.TEXT) {
        show(report);
      }
      if (!check) {
        results.write(loaded, report);
      }
    } catch (ComposeException e) {
      refuse(e.problem());
    } catch (ProjectException e) {
      refused.add(
          new Problem(
              e.path() == null ? "" : e.path(),
              e.line(),
              e.column(),
              String.valueOf(e.getMessage())));
      failed = true;
      terminal.error(e.describe());
    }
  }

  private static String shown(String name) {
    return name.isEmpty() ? "." : name;
  }

  private void requireServices(Loaded loaded, Options options) throws ProjectException {
    for (String name : options.services()) {
      if (loaded.project().services().stream().map(Service::name).noneMatch(name::equals)) {
        throw new ProjectException(shown(loaded.name()), "has no service " + name);
      }
    }
  }

  private void refuse(Problem problem) {
    refused.add(problem);
    failed = true;
    terminal.error(problem.describe());
  }

  private void show(Report report) {
    var text = new TextReport(report, colors());
    if (!output.patchOnStandardOutput()) {
      terminal.print(text.diff());
    }
    if (!quiet) {
      terminal.note(text.summary(verbose));
    }
  }

  private void finish(Results results) {
    if (format == Format.JSON) {
      terminal.print(JsonReport.of(Tightship.Version.text(), reports, refused));
    }
    failed |= results.finish();
  }

  private Colors colors() {
    boolean on =
        color == Color.ALWAYS || (color == Color.AUTO && CommandLine.Help.Ansi.AUTO.enabled());
    return on ? Colors.ON : Colors.OFF;
  }
}
