package dev.tightship.compose.model;

import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a project come from. Paths are absolute and without {@code .} and {@code ..}.
 */
public interface Files {

  /**
   * A Compose file.
   *
   * @return null where there is none
   */
  @Nullable YamlFile compose(String path) throws YamlException;

  /**
   * An env file or a file with labels.
   *
   * @return null where there is none
   */
  @Nullable String text(String path);
}
