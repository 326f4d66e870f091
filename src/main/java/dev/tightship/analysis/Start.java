package dev.tightship.analysis;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Command;
import dev.tightship.dockerfile.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service starts: its own entry point and command where it has them, else those of its
 * Dockerfile. What the base image brings is not in it.
 *
 * @param lines the entry point, then the command
 */
record Start(List<Line> lines) {

  /**
   * A command as one text.
   *
   * @param file from the project's root
   * @param line from 1
   */
  record Line(String file, int line, String text) {}

  static Start of(Service service, @Nullable BuiltImage image, @Nullable String dockerfile) {
    var lines = new ArrayList<Line>();
    Line entrypoint = of(service, "entrypoint");
    Line command = of(service, "command");
    if (entrypoint != null) {
      lines.add(entrypoint);
    } else if (image != null && dockerfile != null) {
      add(lines, image.entrypoint(), dockerfile);
    }
    if (command != null) {
      lines.add(command);
    } else if (entrypoint == null && image != null && dockerfile != null) {
      // An entry point of the service's own takes the command of the image away.
      add(lines, image.command(), dockerfile);
    }
    return new Start(List.copyOf(lines));
  }

  private static void add(List<Line> lines, Setting<Command> setting, String dockerfile) {
    if (setting instanceof Setting.Given<Command> given) {
      lines.add(new Line(dockerfile, given.by().line(), String.join(" ", given.value().words())));
    }
  }

  private static @Nullable Line of(Service service, String key) {
    String text = service.line(key).orElse(null);
    if (text == null || !(service.find(key) instanceof Answer.Known known)) {
      return null;
    }
    int line = known.file().lines().position(known.node().span().start()).line();
    return new Line(known.file().path(), line, text);
  }

  /** All of it as one text. */
  String text() {
    return String.join("\n", lines.stream().map(Line::text).toList());
  }
}
