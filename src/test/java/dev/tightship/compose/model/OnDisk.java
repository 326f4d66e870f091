package dev.tightship.compose.model;

import dev.tightship.yaml.YamlException;
import dev.tightship.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of a disk, links followed, as Compose reads them. */
public final class OnDisk implements dev.tightship.compose.model.Files {

  @Override
  public @Nullable YamlFile compose(String path) throws YamlException {
    String text = text(path);
    return text == null ? null : YamlFile.read(path, text);
  }

  @Override
  public @Nullable String text(String path) {
    Path file = Path.of(path);
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
