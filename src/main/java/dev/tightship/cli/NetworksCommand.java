package dev.tightship.cli;

import dev.tightship.compose.Problem;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Options;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.Images;
import dev.tightship.pass.Pass;
import dev.tightship.report.NetworksReport;
import dev.tightship.report.NetworksReport.When;
import dev.tightship.report.Redactor;
import dev.tightship.report.Report;
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

/** Tells who can reach whom in projects, before they are hardened and after. */
@Command(
    name = "networks",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells which service can reach which, and what is open, before and after.",
      "Whom each is seen to speak to is told with its place. Writes nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "2:bad usage, or input that could not be read; the rest was still done",
      "3:a fault of Tightship itself"
    })
final class NetworksCommand implements Callable<Integer> {

  enum Format {
    TEXT,
    JSON,
    MERMAID,
    DOT
  }

  /** Which pictures are drawn. */
  enum Graph {
    BEFORE,
    AFTER,
    BOTH
  }

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ProjectOptions which = new ProjectOptions();
  @Mixin private PassOptions what = new PassOptions();

  @Option(
      names = "--format",
      paramLabel = "text|json|mermaid|dot",
      description = "what standard output is (${DEFAULT-VALUE})",
      defaultValue = "text")
  private Format format = Format.TEXT;

  @Option(
      names = "--graph",
      paramLabel = "before|after|both",
      description = "mermaid, dot: which graphs are drawn (both)")
  private @Nullable Graph graph;

  @Option(names = "-v", description = "leave nothing out for being much")
  private boolean verbose;

  private final Terminal terminal;
  private final Map<String, String> environment;
  private final Hardener hardener;
  private final Images images = Images.onClassPath();
  private final List<NetworksReport> reports = new ArrayList<>();
  private final List<Problem> refused = new ArrayList<>();
  private boolean printed;
  private boolean failed;
  private boolean faulty;

  /**
   * @param environment the variables of the shell
   */
  NetworksCommand(Terminal terminal, Map<String, String> environment, List<Pass> passes) {
    this.terminal = terminal;
    this.environment = environment;
    this.hardener = new Hardener(passes);
  }

  @Override
  public Integer call() {
    Options options = what.options(spec.commandLine());
    if (!which.files.isEmpty() && !which.projects.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "name projects or files with -f, not both");
    }
    if (graph != null && format != Format.MERMAID && format != Format.DOT) {
      throw new ParameterException(
          spec.commandLine(), "--graph belongs to --format mermaid and --format dot");
    }
    if (which.projects.isEmpty()) {
      Path first = which.files.isEmpty() ? Path.of("") : which.files.get(0);
      run(first, () -> Chosen.here(which, environment, what.untrusted), options);
    }
    for (Path project : which.projects) {
      run(project, () -> Chosen.of(project, which, what.untrusted), options);
    }
    if (format == Format.JSON) {
      terminal.print(NetworksReport.json(Tightship.Version.text(), reports, refused));
    }
    return faulty ? ExitCode.FAULT : failed ? ExitCode.USAGE : ExitCode.DONE;
  }

  /** Chooses the files of a project. */
  private interface Choice {
    Chosen choose() throws ProjectException;
  }

  /** One project; what goes wrong is said, and the others go on. */
  private void run(Path given, Choice choice, Options options) {
    try {
      run(Loaded.of(choice.choose(), images), options);
    } catch (ProjectException e) {
      refuse(e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      faulty = true; // a fault of ours in one project does not stop the others
      String name = given.toString().isEmpty() ? "." : given.toString();
      refuse(new ProjectException(name, Tightship.describe(e)));
    }
  }

  private void run(Loaded loaded, Options options) throws ProjectException {
    loaded.require(options.services());
    var report =
        new Report(
            loaded.name(), loaded.shown(""), hardener.harden(loaded.project(), options), Pages::of);
    var networks = new NetworksReport(report);
    switch (format) {
      case TEXT -> print(networks.text(verbose));
      case JSON -> reports.add(networks);
      case MERMAID -> times().forEach(when -> print(networks.mermaid(when)));
      case DOT -> times().forEach(when -> print(networks.dot(when)));
    }
    for (Problem problem : loaded.project().problems()) {
      failed = true;
      String path = report.masked(loaded.shown(problem.path()));
      String message = report.maskedError(problem.message());
      terminal.error(new Problem(path, problem.line(), problem.column(), message).describe());
    }
  }

  private List<When> times() {
    return graph == Graph.BEFORE
        ? List.of(When.BEFORE)
        : graph == Graph.AFTER ? List.of(When.AFTER) : List.of(When.values());
  }

  /** Each text stands apart from the one before by a blank line. */
  private void print(String text) {
    terminal.print((printed ? "\n" : "") + text);
    printed = true;
  }

  private void refuse(ProjectException e) {
    String path = e.path() == null ? null : Redactor.line(e.path());
    String message = Redactor.error(String.valueOf(e.getMessage()));
    refused.add(new Problem(path == null ? "" : path, e.line(), e.column(), message));
    failed = true;
    terminal.error(new ProjectException(path, e.line(), e.column(), message).describe());
  }
}
