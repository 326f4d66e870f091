package dev.tightship.engine;

import dev.tightship.compose.DotEnv;
import dev.tightship.compose.DotEnvLine;
import dev.tightship.compose.OtherFiles;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.edit.Edit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files that a wave of edits makes, beside those that the ones before it have made. */
final class MadeFiles {

  private final Project project;
  private final Map<String, Made> created = new LinkedHashMap<>();
  private final Map<String, String> kept = new LinkedHashMap<>();
  private final Map<String, Variables> variables = new LinkedHashMap<>();

  /**
   * A file that is shown.
   *
   * @param start what it began with, which tells how a line is added
   */
  private record Made(String start, StringBuilder text, Set<String> lines) {
    Made(String start) {
      this(start, new StringBuilder(start), start.lines().collect(Collectors.toSet()));
    }

    /** Whether it was not there. */
    boolean add(String line) {
      boolean is = lines.add(line);
      text.append(is ? Appended.behind(start, line) : "");
      return is;
    }
  }

  /**
   * A file of variables.
   *
   * @param values what it gives so far
   * @param present its text as it was read
   */
  private record Variables(Map<String, String> values, String present, StringBuilder text) {
    boolean isReadAsMeant() {
      return values.equals(MadeFiles.values(text.toString()));
    }
  }

  MadeFiles(Project project) {
    this.project = project;
  }

  /** By path, the texts of those that this wave has made or added to. */
  Map<String, String> created() {
    var texts = new LinkedHashMap<String, String>();
    created.forEach((path, file) -> texts.put(path, file.text.toString()));
    return texts;
  }

  /** What this wave has made that is shown nowhere. */
  OtherFiles.Hidden hidden() {
    var texts = new LinkedHashMap<String, String>();
    variables.forEach(
        (path, file) -> {
          if (file.text.length() > file.present.length()) {
            texts.put(path, file.text.toString());
          }
        });
    return new OtherFiles.Hidden(kept, texts);
  }

  /** Whether the project as it was read has no such file. */
  boolean isNew(String path) {
    return !project.exists(path);
  }

  Answer create(Edit.Create edit) {
    String path = edit.file();
    String before = text(path);
    if (before != null) {
      boolean later = created.containsKey(path) && !before.equals(edit.text());
      return before.equals(edit.text())
          ? Answer.IDLE
          : later ? Answer.LATER : Answer.of("there is a file of that name already");
    }
    if (secret(path) != null || !isNew(path)) {
      return Answer.of("there is a file of that name already");
    }
    created.put(path, new Made(edit.text()));
    return Answer.CHANGES;
  }

  /** A line of a file that is new. */
  Answer line(Edit.Line edit) {
    String path = edit.file();
    if (secret(path) != null) {
      return Answer.of("%s holds a secret".formatted(path));
    }
    Made file = created.get(path);
    boolean isNew = file == null;
    if (file == null) {
      String before = project.created().get(path);
      isNew = before == null;
      file = new Made(before == null ? edit.heading() : before);
    }
    boolean changes = file.add(edit.line()) || isNew;
    if (changes) {
      created.put(path, file);
    }
    return changes ? Answer.CHANGES : Answer.IDLE;
  }

  Answer keep(Edit.Keep edit) {
    String path = edit.file();
    String before = secret(path);
    if (before != null) {
      return before.equals(edit.secret())
          ? Answer.IDLE
          : Answer.of("%s is to hold another secret already".formatted(path));
    }
    if (text(path) == null && isNew(path)) {
      kept.put(path, edit.secret());
      return Answer.CHANGES;
    }
    boolean same =
        project.read(path) instanceof Source.Text text && text.text().equals(edit.secret());
    return same
        ? Answer.IDLE
        : Answer.of(
            "%s exists and holds something else, which is never overwritten".formatted(path));
  }

  /** A variable of a file of variables, which may be there already; an empty one has no value. */
  Answer variable(Edit.Variable edit) {
    String path = edit.file();
    if (project.file(path) != null || project.dockerfile(path) != null || text(path) != null) {
      return Answer.of("%s is no file of variables alone".formatted(path));
    }
    Variables file = variables.get(path);
    if (file == null) {
      Source source = project.read(path);
      if (source instanceof Source.Refused refused) {
        return Answer.of("%s %s".formatted(path, refused.reason()));
      }
      String present = source instanceof Source.Text text ? text.text() : "";
      Map<String, String> values = values(present);
      if (values == null) {
        return Answer.of("%s cannot be read".formatted(path));
      }
      file = new Variables(values, present, new StringBuilder(present));
      variables.put(path, file);
    }
    String line = DotEnvLine.of(edit.name(), edit.secret());
    if (line == null) {
      return Answer.of("no file of variables can hold such a value");
    }
    String value = file.values.getOrDefault(edit.name(), "");
    if (!value.isEmpty()) {
      return value.equals(edit.secret())
          ? Answer.IDLE
          : Answer.of("%s gives %s another value already".formatted(path, edit.name()));
    }
    boolean first = file.text.length() == file.present.length();
    file.text.append(Appended.behind(file.present, line));
    file.values.put(edit.name(), edit.secret());
    if (first && !file.isReadAsMeant()) {
      variables.remove(path);
      return Answer.of("a line at the end of %s would not mean what was intended".formatted(path));
    }
    return Answer.CHANGES;
  }

  /** Whether each file of variables gives what it is to give, read as a whole. */
  boolean isReadAsMeant() {
    return variables.values().stream().allMatch(Variables::isReadAsMeant);
  }

  private static @Nullable Map<String, String> values(String text) {
    return DotEnv.read(text, name -> null) instanceof DotEnv.Read read
        ? new LinkedHashMap<>(read.values())
        : null;
  }

  private @Nullable String text(String path) {
    Made file = created.get(path);
    return file == null ? project.created().get(path) : file.text.toString();
  }

  private @Nullable String secret(String path) {
    return kept.getOrDefault(path, project.others().kept().get(path));
  }
}
