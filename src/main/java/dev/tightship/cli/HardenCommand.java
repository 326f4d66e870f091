package dev.tightship.cli;

import dev.tightship.compose.Problem;
import dev.tightship.compose.Service;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Options;
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
import org.jspecify.annotations.Nullable;
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
  private boolean pending;

  HardenCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Options options = what.options(spec.commandLine());
    if (!which.files.isEmpty() && !which.projects.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name projects or files with -f, not both");
    }
    var work = new ArrayList<Callable<Done>>();
    if (!which.files.isEmpty()) {
      work.add(() -> done(() -> Loaded.of(which.files, which, images, output.inPlace), options));
    }
    for (Path project : which.projects()) {
      work.add(() -> done(() -> Loaded.of(project, which, images, output.inPlace), options));
    }
    output.validate(spec.commandLine(), work.size(), check);
    if (format == Format.JSON && output.patchOnStandardOutput()) {
      throw new ParameterException(
          spec.commandLine(), "standard output is either JSON or a patch: name a file for --patch");
    }
    var results = new Results(output, terminal);
    InOrder.run(work, !output.inPlace, done -> take(done, results));
    try {
      results.finish();
    } catch (ProjectException e) {
      refuse(e);
    }
    if (format == Format.JSON) {
      terminal.print(JsonReport.of(Tightship.Version.text(), reports, refused));
    }
    return failed ? ExitCode.USAGE : check && pending ? ExitCode.PENDING : ExitCode.DONE;
  }

  /** Reads a project from disk. */
  private interface Loader {
    Loaded load() throws ProjectException;
  }

  /** What came of one project: a report, or why there is none. */
  private record Done(
      @Nullable Loaded loaded,
      @Nullable Report report,
      String diff,
      String summary,
      @Nullable ProjectException refused) {}

  /** One project, from disk to text. Runs beside others. */
  private Done done(Loader loader, Options options) {
    try {
      Loaded loaded = loader.load();
      if (output.directory != null && which.root == null) {
        loaded = loaded.narrowed(which, images);
      }
      requireServices(loaded, options);
      var outcome = hardener.harden(loaded.project(), options);
      var report = new Report(loaded.name(), loaded.shown(""), outcome, pages);
      if (format == Format.JSON) {
        return new Done(loaded, report, "", "", null);
      }
      var text = new TextReport(report, colors());
      String diff = output.patchOnStandardOutput() ? "" : text.diff();
      return new Done(loaded, report, diff, quiet ? "" : text.summary(verbose), null);
    } catch (ProjectException e) {
      return new Done(null, null, "", "", e);
    }
  }

  private static void requireServices(Loaded loaded, Options options) throws ProjectException {
    for (String name : options.services()) {
      if (loaded.project().services().stream().map(Service::name).noneMatch(name::equals)) {
        throw new ProjectException(loaded.name(), "there is no service " + name);
      }
    }
  }

  /** Shows and writes what came of a project; what goes wrong is said, and the others go on. */
  private void take(Done done, Results results) {
    Loaded loaded = done.loaded();
    Report report = done.report();
    if (loaded == null || report == null) {
      refuse(java.util.Objects.requireNonNull(done.refused()));
      return;
    }
    terminal.print(done.diff());
    terminal.note(done.summary());
    for (Problem problem : loaded.project().problems()) {
      failed = true;
      terminal.error(
          new Problem(
                  loaded.shown(problem.path()), problem.line(), problem.column(), problem.message())
              .describe());
    }
    pending |= report.outcome().changed();
    if (format == Format.JSON) {
      reports.add(report);
    }
    if (!check) {
      try {
        results.write(loaded, report);
      } catch (ProjectException e) {
        refuse(e);
      }
    }
  }

  private void refuse(ProjectException e) {
    String path = e.path() == null ? "" : e.path();
    refused.add(new Problem(path, e.line(), e.column(), String.valueOf(e.getMessage())));
    failed = true;
    terminal.error(e.describe());
  }

  private Colors colors() {
    boolean on =
        color == Color.ALWAYS || (color == Color.AUTO && CommandLine.Help.Ansi.AUTO.enabled());
    return on ? Colors.ON : Colors.OFF;
  }
}
