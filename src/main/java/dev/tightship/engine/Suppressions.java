package dev.tightship.engine;

import dev.tightship.compose.Project;
import dev.tightship.edit.Place;
import dev.tightship.pass.Subject;
import dev.tightship.text.Lines;
import dev.tightship.text.Lines.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a project asks to be left as it is: {@code # tightship: ignore ID reason} behind a line or
 * above it. On a service's name it holds for the service, elsewhere for the line. Read here and
 * nowhere else.
 */
final class Suppressions {

  static final Suppressions NONE = new Suppressions(Map.of());

  private static final String MARK = "tightship: ignore ";

  /** By path and line from 1. */
  private final Map<String, Map<Integer, List<Ignore>>> lines;

  private record Ignore(String pass, String reason) {}

  private Suppressions(Map<String, Map<Integer, List<Ignore>>> lines) {
    this.lines = lines;
  }

  static Suppressions of(Project project) {
    var all = new LinkedHashMap<String, Map<Integer, List<Ignore>>>();
    project.allFiles().forEach(f -> read(f.path(), f.text(), all));
    project.dockerfiles().stream()
        .filter(f -> project.inline(f.path()) == null)
        .forEach(f -> read(f.path(), f.text(), all));
    return all.isEmpty() ? NONE : new Suppressions(all);
  }

  private static void read(String path, String text, Map<String, Map<Integer, List<Ignore>>> all) {
    if (!text.contains(MARK)) {
      return;
    }
    var lines = new Lines(text);
    var found = new HashMap<Integer, List<Ignore>>();
    var above = new ArrayList<Ignore>();
    for (int line = 0; line < lines.count(); line++) {
      String content = lines.content(line);
      Ignore ignore = ignore(content);
      boolean comment = content.stripLeading().startsWith("#");
      if (ignore != null && comment) {
        above.add(ignore);
      } else if (!comment) {
        var here = new ArrayList<>(above);
        if (ignore != null) {
          here.add(ignore);
        }
        if (!here.isEmpty()) {
          found.put(line + 1, here);
        }
        above.clear();
      }
    }
    all.put(path, found);
  }

  private static @Nullable Ignore ignore(String line) {
    int mark = line.indexOf(MARK);
    int hash = line.lastIndexOf('#', mark < 0 ? 0 : mark);
    if (mark < 0 || hash < 0 || !line.substring(hash + 1, mark).isBlank()) {
      return null;
    }
    String[] words = line.substring(mark + MARK.length()).strip().split("\\s+", 2);
    return new Ignore(words[0], words.length > 1 ? words[1] : "");
  }

  /** Why a pass shall leave a subject alone, or null. */
  @Nullable String reason(String pass, Subject subject, Positions positions) {
    if (lines.isEmpty()) {
      return null;
    }
    String reason = at(lines.get(positions.fileOf(subject)), positions.of(subject), pass);
    if (reason != null || !(subject instanceof Subject.OfService service)) {
      return reason;
    }
    // the name counts in each file that has it, wherever the setting itself would be written
    for (Map.Entry<String, Map<Integer, List<Ignore>>> e : lines.entrySet()) {
      Place name = Place.of(e.getKey(), "services", service.service());
      reason = reason == null ? at(e.getValue(), positions.exactly(name), pass) : reason;
    }
    return reason;
  }

  private static @Nullable String at(
      @Nullable Map<Integer, List<Ignore>> file, @Nullable Position position, String pass) {
    if (file == null || position == null) {
      return null;
    }
    for (Ignore ignore : file.getOrDefault(position.line(), List.of())) {
      if (ignore.pass.equals(pass)) {
        return ignore.reason.isEmpty() ? "ignored without a reason" : "ignored: " + ignore.reason;
      }
    }
    return null;
  }
}
