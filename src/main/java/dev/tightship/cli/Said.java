package dev.tightship.cli;

import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Variables;
import dev.tightship.files.Disk;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a variable says that chooses a project.
 *
 * @param file the file that says it, from the root; null for the environment
 */
record Said(String name, String value, @Nullable String file) {

  /** {@code COMPOSE_FILE in .env}. */
  String describe() {
    return name + " in " + (file == null ? "the environment" : file);
  }

  /** The variables of an environment, and below them those of some files. */
  static final class Sayings {
    private final Map<String, String> environment;
    private final InTree disk;
    private final EnvFiles files;
    private final Variables all;

    Sayings(Map<String, String> environment, Disk disk, EnvFiles files) {
      this.environment = environment;
      this.disk = new InTree(disk);
      this.files = files;
      this.all = Variables.read(this.disk, files);
    }

    EnvFiles files() {
      return files;
    }

    @Nullable Said of(String name) {
      String outside = environment.get(name);
      if (outside != null) {
        return new Said(name, outside, null);
      }
      String value = all.get(name);
      return value == null ? null : new Said(name, value, source(name));
    }

    private String source(String name) {
      List<String> saying = files.paths().stream().filter(path -> says(path, name)).toList();
      return saying.get(files.named() ? saying.size() - 1 : 0);
    }

    private boolean says(String path, String name) {
      // behind no other file: a key that stands there alone has its value from one of those
      return files.paths().size() == 1
          || Variables.read(disk, new EnvFiles(List.of(path), files.named())).isSet(name);
    }
  }
}
