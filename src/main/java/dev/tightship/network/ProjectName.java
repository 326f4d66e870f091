package dev.tightship.network;

import dev.tightship.compose.Project;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What Compose calls a project, and puts before the names of its containers: a variable of its own,
 * {@code name:} in the last file that has it, else the name of the folder.
 */
final class ProjectName {

  private ProjectName() {}

  /** Null where it cannot be told: the name of the root folder is not known here. */
  static @Nullable String of(Project project) {
    String set = project.variables().get("COMPOSE_PROJECT_NAME");
    if (set != null && !set.isEmpty()) {
      return set;
    }
    String written = null;
    for (YamlFile file : project.files()) {
      if (file.root() instanceof Node.Mapping root
          && root.get("name") instanceof Node.Scalar name
          && !name.isNull()) {
        written = name.text();
      }
    }
    if (written != null) {
      return written.indexOf('$') < 0 ? written : null;
    }
    String folder = project.directory();
    String clean =
        folder
            .substring(folder.lastIndexOf('/') + 1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]|^[_-]+", "");
    return clean.isEmpty() ? null : clean;
  }
}
