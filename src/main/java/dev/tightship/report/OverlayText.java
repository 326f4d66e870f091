package dev.tightship.report;

import dev.tightship.engine.Overlay;
import dev.tightship.engine.Overlay.Setting;
import dev.tightship.engine.Step;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of an overlay, in which each setting has its why above it. */
public final class OverlayText {

  /** How the first line of each overlay begins, and of no other file. */
  public static final String MARK = "# An overlay by Tightship";

  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

  /**
   * How an overlay is put to use; all paths from the folder of the first file.
   *
   * @param directory the project directory; null where it is that folder
   * @param files of the project, in their order
   * @param overlay the file that it is written to
   */
  public record Use(@Nullable String directory, List<String> files, String overlay) {

    private String command() {
      var command = new StringBuilder("docker compose");
      if (directory != null) {
        command.append(" --project-directory ").append(word(directory));
      }
      files.forEach(file -> command.append(" -f ").append(word(file)));
      return command.append(" -f ").append(word(overlay)).append(" up").toString();
    }
  }

  private OverlayText() {}

  static String of(Overlay overlay, Use use, UnaryOperator<String> mask) {
    var out = new StringBuilder();
    comment(
        out, 0, MARK.substring(2) + ": it hardens the project and leaves its files as they are.");
    comment(out, 0, "  " + use.command());
    if (overlay.hasTags()) {
      comment(
          out, 0, "What it tags with !override or !reset needs Docker Compose 2.24.4 or later.");
    }
    if (overlay.settings().isEmpty()) {
      return out.append("services: {}\n").toString();
    }
    List<String> above = List.of();
    List<Step> last = List.of();
    for (Setting setting : overlay.settings()) {
      if (!setting.above().equals(above)) {
        setting.headings(above).forEach(out::append);
        last = List.of();
      }
      for (Step step : setting.steps()) {
        if (!last.contains(step)) {
          comment(out, setting.above().size(), mask.apply(step.pass() + ": " + title(step)));
        }
      }
      out.append(setting.text());
      above = setting.above();
      last = setting.steps();
    }
    return out.toString();
  }

  private static String title(Step step) {
    Fix fix = step.remark() instanceof Finding finding ? finding.fix() : null;
    return fix == null ? "" : fix.title();
  }

  private static void comment(StringBuilder out, int depth, String text) {
    out.append("  ".repeat(depth)).append("# ").append(Escape.text(text)).append('\n');
  }

  /** A word of a shell. */
  private static String word(String text) {
    return PLAIN_WORD.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
