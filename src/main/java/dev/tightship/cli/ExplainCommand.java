package dev.tightship.cli;

import dev.tightship.pass.Page;
import dev.tightship.report.PageText;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the page of a pass, or the list of all. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Tells why a pass exists, what it does and when it can break; without ID lists all.")
final class ExplainCommand implements Callable<Integer> {

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
      pages.forEach((name, page) -> list.append("%-19s %s\n".formatted(name, page.title())));
      terminal.print(list.toString());
      return ExitCode.DONE;
    }
    Page page = pages.get(id);
    if (page == null) {
      terminal.error("there is no pass " + id + "; the list: tightship explain");
      return ExitCode.USAGE;
    }
    terminal.print(PageText.of(page));
    return ExitCode.DONE;
  }
}
