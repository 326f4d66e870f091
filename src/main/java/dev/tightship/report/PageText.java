package dev.tightship.report;

import dev.tightship.pass.Page;
import java.util.List;

/** The page of a pass for a terminal. */
public final class PageText {

  private PageText() {}

  /** The whole page, ending with a line break. */
  public static String of(Page page) {
    var out = new StringBuilder();
    out.append("%s: %s (%s)\n\n".formatted(page.id(), page.title(), page.severity().word()));
    body(out, page.body().strip());
    section(out, "How to check", page.check());
    section(out, "How to undo", page.undo());
    out.append("\n# References\n\n");
    page.references().forEach(reference -> item(out, reference));
    return out.toString();
  }

  /** The body as it is written, but for lines that a terminal would break anywhere. */
  private static void body(StringBuilder out, String body) {
    boolean code = false;
    for (String line : body.split("\n", -1)) {
      code ^= line.startsWith("```");
      if (code) {
        out.append(line).append('\n');
      } else {
        Wrap.append(out, 0, line.startsWith("- ") ? 2 : 0, List.of(line));
      }
    }
  }

  private static void section(StringBuilder out, String title, String text) {
    out.append("\n# ").append(title).append("\n\n");
    Wrap.append(out, 0, 0, List.of(text));
  }

  private static void item(StringBuilder out, String text) {
    out.append("- ");
    Wrap.append(out, 2, 2, List.of(text));
  }
}
