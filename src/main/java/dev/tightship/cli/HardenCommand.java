package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Options;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.Images;
import dev.tightship.pass.Page;
import dev.tightship.pass.Pass;
import dev.tightship.report.Colors;
import dev.tightship.report.JsonReport;
import dev.tightship.report.Report;
import dev.tightship.report.TextReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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
      "Writes nothing unless asked by -o, -i, --patch, --series or --overlay."
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
  private final Map<String, String> environment;

  /** Those that were asked for: most runs show few. */
  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  private final Hardener hardener;
  private final Images images = Images.onClassPath();
  private final List<Report> reports = new ArrayList<>();
  private final Refusals refusals;
  private boolean pending;

  /**
   * @param environment the variables of the shell
   */
  HardenCommand(Terminal terminal, Map<String, String> environment, List<Pass> passes) {
    this.terminal = terminal;
    this.refusals = new Refusals(terminal);
    this.environment = environment;
    this.hardener = new Hardener(passes);
  }

  @Override
  public Integer call() throws Exception {
    Options chosen = what.options(spec.commandLine());
    Options options = output.overlay == null ? chosen : chosen.forOverlay();
    List<Asked> asked = which.asked(spec.commandLine(), environment, what.untrusted);
    if (quiet) {
      terminal.beQuiet();
    }
    var work = new ArrayList<Callable<Done>>();
    asked.forEach(project -> work.add(() -> done(project, options)));
    output.validate(spec.commandLine(), work.size(), check);
    if (format == Format.JSON && output.patchOnStandardOutput()) {
      throw new ParameterException(
          spec.commandLine(), "standard output is either JSON or a patch: name a file for --patch");
    }
    if (format == Format.JSON && output.overlayOnStandardOutput()) {
      throw new ParameterException(
          spec.commandLine(),
          "standard output is either JSON or an overlay: name a file for --overlay");
    }
    var results = new Results(output, terminal);
    InOrder.run(work, !output.inPlace, done -> take(done, results));
    try {
      results.finish();
    } catch (ProjectException e) {
      refusals.add(e);
    }
    if (format == Format.JSON) {
      terminal.print(JsonReport.of(Tightship.Version.text(), reports, refusals.all()));
    }
    return refusals.exitCode(check && pending ? ExitCode.PENDING : ExitCode.DONE);
  }

  /** What came of one project: a report, or why there is none. */
  private record Done(
      String name,
      @Nullable Loaded loaded,
      @Nullable Report report,
      String diff,
      String summary,
      @Nullable ProjectException refused,
      @Nullable Throwable fault) {

    static Done refused(String name, ProjectException why) {
      return new Done(name, null, null, "", "", why, null);
    }

    static Done failed(String name, Throwable why) {
      return new Done(name, null, null, "", "", null, why);
    }
  }

  /** One project, from disk to text. Runs beside others. */
  private Done done(Asked project, Options options) {
    String name = project.name();
    try {
      if (output.inPlace) {
        Interrupted.settle(project.given(), which, terminal);
      }
      Loaded loaded = Loaded.of(project.choose().without(output.overlayFile()), images);
      if (output.directory != null && which.root == null) {
        loaded = loaded.narrowed(images);
      }
      loaded.require(options.services());
      Report report = report(loaded, options);
      if (format == Format.JSON) {
        return new Done(name, loaded, report, "", "", null, null);
      }
      var text = new TextReport(report, colors());
      String diff = output.patchOnStandardOutput() ? "" : text.diff();
      String summary = quiet ? "" : text.summary(verbose);
      return new Done(name, loaded, report, diff, summary, null, null);
    } catch (ProjectException e) {
      return Done.refused(name, e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Done.failed(name, e); // a fault of ours in one project does not stop the others
    }
  }

  private Report report(Loaded loaded, Options options) throws ProjectException {
    String name = loaded.name();
    String root = loaded.shown("");
    Function<String, Page> pages = id -> this.pages.computeIfAbsent(id, Pages::of);
    if (output.series != null) {
      return new Report(name, root, hardener.series(loaded.project(), options), pages);
    }
    var report = new Report(name, root, hardener.harden(loaded.project(), options), pages);
    return output.overlay == null ? report : overlaid(loaded, report);
  }

  private Report overlaid(Loaded loaded, Report report) throws ProjectException {
    try {
      return report.overlaid(OverlayFile.use(loaded, output.overlayFile()));
    } catch (ComposeException e) {
      throw loaded.seen(e);
    }
  }

  /** Shows and writes what came of a project; what goes wrong is said, and the others go on. */
  private void take(Done done, Results results) {
    Loaded loaded = done.loaded();
    Report report = done.report();
    if (loaded == null || report == null) {
      if (done.refused() != null) {
        refusals.add(done.refused());
      } else if (done.fault() != null) {
        refusals.fault(done.name(), done.fault());
      }
      return;
    }
    terminal.print(done.diff());
    terminal.note(done.summary());
    refusals.problems(loaded, report);
    pending |= report.outcome().changed();
    if (format == Format.JSON) {
      reports.add(report);
    }
    if (!check) {
      try {
        if (!results.write(loaded, report)) {
          refusals.fail();
        }
      } catch (ProjectException e) {
        refusals.add(e);
      }
    }
  }

  private Colors colors() {
    boolean on =
        color == Color.ALWAYS || (color == Color.AUTO && CommandLine.Help.Ansi.AUTO.enabled());
    return on ? Colors.ON : Colors.OFF;
  }
}
