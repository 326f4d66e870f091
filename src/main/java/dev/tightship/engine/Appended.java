package dev.tightship.engine;

import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Edit;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Plan;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line at the end of a text, in the way of that text. */
final class Appended {

  private Appended() {}

  /**
   * What has to stand behind a text so that it has a line; null where it has it already. Line
   * breaks are those of the text, and a text without a last one stays so.
   */
  static @Nullable String to(String text, String line) {
    boolean has = text.contains(line) && text.lines().anyMatch(line::equals);
    return has ? null : behind(text, line);
  }

  /**
   * A line in the way of a text, of which several may stand behind it. The first line tells the
   * way, so that a long text is not gone through for each of many.
   */
  static String behind(String text, String line) {
    int first = text.indexOf('\n');
    String breaks = first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : "\n";
    boolean open = !text.isEmpty() && !text.endsWith("\n");
    return open ? breaks + line : line + breaks;
  }

  /** A line of a file of the project. Of two that are alike the second one finds the first. */
  static Plan plan(Project project, Edit.Line edit, String fix) {
    String path = edit.file();
    if (project.file(path) != null || project.dockerfile(path) != null) {
      return new Plan.Held("the file is read as a Compose file or a Dockerfile");
    }
    Source source = project.read(path);
    if (!(source instanceof Source.Text text)) {
      String reason = source instanceof Source.Refused refused ? refused.reason() : "is gone";
      return new Plan.Held("%s %s".formatted(path, reason));
    }
    String more = to(text.text(), edit.line());
    if (more == null) {
      return new Plan.Ready(List.of(), Set.of());
    }
    var end = new TextEdit(Span.at(text.text().length()), more, fix);
    return new Plan.Ready(
        List.of(new Plan.Splice(end, 0)), Set.of(new Plan.Lock(-1, path + "\n" + edit.line())));
  }
}
