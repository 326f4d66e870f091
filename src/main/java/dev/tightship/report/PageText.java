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
    out.append(page.body().strip()).append('\n');
    section(out, "How to check", page.check());
    section(out, "How to undo", page.undo());
    out.append("\n# References\n\n");
    page.references().forEach(reference -> item(out, reference));
    return out.toString();
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
