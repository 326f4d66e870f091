package dev.tightship.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The present folder. Java turns its name into text by the locale of the process and back again, so
 * that under {@code LC_ALL=C} a folder like {@code bücher} does not seem to exist; the kernel's own
 * link to it does.
 */
final class Here {

  private Here() {}

  static Path folder() {
    Path here = Path.of("").toAbsolutePath();
    if (Files.isDirectory(here)) {
      return here;
    }
    try {
      return Path.of("/proc/self/cwd").toRealPath();
    } catch (IOException e) {
      return here;
    }
  }

  /** A path that the user gave, in a form that can be opened. */
  static Path of(Path given) {
    return given.isAbsolute() || Files.isDirectory(Path.of("").toAbsolutePath())
        ? given
        : folder().resolve(given.toString().isEmpty() ? Path.of(".") : given).normalize();
  }
}
