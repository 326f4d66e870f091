package dev.tightship.compose;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files with the variables of a project.
 *
 * @param paths from the project's root, in the order in which Compose reads them
 * @param named whether somebody asked for them by name: then a later one wins over an earlier, and
 *     one that is missing is a problem. Of several {@code .env} that were only found, the first
 *     wins
 */
public record EnvFiles(List<String> paths, boolean named) {

  /** The usual names of files that show which variables an {@code .env} has to give. */
  public static final List<String> EXAMPLES =
      List.of(
          ".env.example",
          ".env.sample",
          ".env.template",
          ".env.dist",
          "env.example",
          "example.env",
          "sample.env");

  /** None, even where a {@code .env} lies in the folder: somebody asked for that. */
  public static final EnvFiles NONE = new EnvFiles(List.of(), true);

  public EnvFiles {
    paths = List.copyOf(paths);
  }

  /** Those of {@code --env-file}. */
  public static EnvFiles named(List<String> paths) {
    return new EnvFiles(paths, true);
  }

  /** {@code .env} of some folders. */
  public static EnvFiles found(List<String> paths) {
    return new EnvFiles(paths, false);
  }

  /**
   * The file to which a variable is added, so that no other one hides it; null where Compose reads
   * none.
   *
   * @param directory of the project, in which a {@code .env} is found
   */
  public @Nullable String home(String directory) {
    if (paths.isEmpty()) {
      return named ? null : Paths.resolve(directory, ".env");
    }
    return paths.get(named ? paths.size() - 1 : 0);
  }

  /** The same with files that are new. */
  EnvFiles with(Collection<String> more) {
    var all = new ArrayList<>(paths);
    more.stream().filter(path -> !paths.contains(path)).forEach(all::add);
    return new EnvFiles(all, named);
  }
}
