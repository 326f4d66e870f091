package dev.tightship.cli;

import dev.tightship.pass.Page;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the page of a pass, or the list of all. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Tells why a pass exists, what it does and when it can break; without ID lists all.")
final class ExplainCommand implements java.util.concurrent.Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "ID", description = "id of a pass")
  private @Nullable String id;

  private final Terminal terminal;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Map<String, Page> pages = Pages.all();
    if (id == null) {
      var list = new StringBuilder();
      pages.forEach((name, page) -> list.append("%-20s%s\n".formatted(name, page.title())));
      terminal.print(list.toString());
      return ExitCode.DONE;
    }
    Page page = pages.get(id);
    if (page == null) {
      terminal.error("there is no pass " + id + "; the list: tightship explain");
      return ExitCode.USAGE;
    }
    var text = new StringBuilder();
    text.append(
        "%s: %s (%s)\n\n%s\n".formatted(id, page.title(), page.severity().word(), page.body()));
    text.append("# How to check\n\n").append(page.check()).append("\n\n");
    text.append("# How to undo\n\n").append(page.undo()).append("\n\n");
    text.append("# References\n\n");
    page.references().forEach(r -> text.append("- ").append(r).append('\n'));
    terminal.print(text.toString());
    return ExitCode.DONE;
  }
}
