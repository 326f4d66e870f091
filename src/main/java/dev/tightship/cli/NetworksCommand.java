package dev.tightship.cli;

import dev.tightship.engine.Hardener;
import dev.tightship.engine.Options;
import dev.tightship.files.ProjectException;
import dev.tightship.knowledge.Images;
import dev.tightship.pass.Pass;
import dev.tightship.report.NetworksReport;
import dev.tightship.report.NetworksReport.When;
import dev.tightship.report.Report;
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
  private final Refusals refusals;
  private boolean printed;

  /**
   * @param environment the variables of the shell
   */
  NetworksCommand(Terminal terminal, Map<String, String> environment, List<Pass> passes) {
    this.terminal = terminal;
    this.refusals = new Refusals(terminal);
    this.environment = environment;
    this.hardener = new Hardener(passes);
  }

  @Override
  public Integer call() {
    Options options = what.options(spec.commandLine());
    List<Asked> asked = which.asked(spec.commandLine(), environment, what.untrusted);
    if (graph != null && format != Format.MERMAID && format != Format.DOT) {
      throw new ParameterException(
          spec.commandLine(), "--graph belongs to --format mermaid and --format dot");
    }
    asked.forEach(project -> run(project, options));
    if (format == Format.JSON) {
      terminal.print(NetworksReport.json(Tightship.Version.text(), reports, refusals.all()));
    }
    return refusals.exitCode(ExitCode.DONE);
  }

  /** One project; what goes wrong is said, and the others go on. */
  private void run(Asked project, Options options) {
    try {
      run(Loaded.of(project.choose(), images), options);
    } catch (ProjectException e) {
      refusals.add(e);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      refusals.fault(project.name(), e);
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
    refusals.problems(loaded, report);
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
}
