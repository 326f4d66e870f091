package dev.tightship.network;

import dev.tightship.compose.DotEnv;
import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.text.Lines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that show which variables a file that is not here has to give, and often with the values
 * that everybody uses: the hosts of the project itself.
 */
final class Examples {

  private static final int LONGEST_FILE = 1 << 20;

  private static final List<String> ENDINGS = List.of(".example", ".sample", ".template", ".dist");

  /**
   * @param path from the project's root
   */
  record Example(String path, Lines lines, List<DotEnv.Entry> entries) {

    Where where(DotEnv.Entry entry) {
      Lines.Position at = lines.position(entry.keySpan().start());
      return new Where(path, at.line(), at.column());
    }

    /** The last value of a variable, or null. */
    @Nullable String value(String name) {
      String value = null;
      for (DotEnv.Entry entry : entries) {
        value = entry.key().equals(name) && entry.value() != null ? entry.value() : value;
      }
      return value;
    }
  }

  private final Project project;
  private final Map<String, @Nullable Example> known = new HashMap<>();

  Examples(Project project) {
    this.project = project;
  }

  /** That of the variables of the project; null where there is none. */
  @Nullable Example ofProject() {
    String folder = project.directory();
    return of(folder.isEmpty() ? ".env" : folder + "/.env");
  }

  /** That of a file of variables; null where there is none. */
  @Nullable Example of(String path) {
    if (!known.containsKey(path)) {
      known.put(path, look(path));
    }
    return known.get(path);
  }

  private @Nullable Example look(String path) {
    for (String ending : ENDINGS) {
      Example example = read(path + ending);
      if (example != null) {
        return example;
      }
    }
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    for (String name : EnvFiles.EXAMPLES) {
      Example example = path.endsWith(".env") ? read(folder + name) : null;
      if (example != null) {
        return example;
      }
    }
    return null;
  }

  private @Nullable Example read(String path) {
    return project.read(path) instanceof Source.Text source
            && source.text().length() <= LONGEST_FILE
            && DotEnv.read(source.text(), name -> null) instanceof DotEnv.Read read
        ? new Example(path, new Lines(source.text()), read.entries())
        : null;
  }
}
