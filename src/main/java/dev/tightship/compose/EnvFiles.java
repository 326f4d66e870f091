package dev.tightship.compose;

import java.util.List;

/**
 * The files with the variables of a project.
 *
 * @param paths from the project's root, in the order in which Compose reads them
 * @param named whether somebody asked for them by name: then a later one wins over an earlier, and
 *     one that is missing is a problem. Of several {@code .env} that were only found, the first
 *     wins
 */
public record EnvFiles(List<String> paths, boolean named) {

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
}
