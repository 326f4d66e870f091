package dev.tightship.compose.model;

import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files by their absolute paths. */
record Texts(Map<String, String> byPath) implements Files {

  @Override
  public @Nullable YamlFile compose(String path) throws YamlException {
    String text = byPath.get(path);
    return text == null ? null : YamlFile.read(path, text);
  }

  @Override
  public @Nullable String text(String path) {
    return byPath.get(path);
  }
}
