package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Real Compose files of public repositories, as an archive beside the project: {@code
 * ../shared/corpus/compose-open.tar.gz}, or what {@code TIGHTSHIP_CORPUS} names. Never part of the
 * project, so a machine without it skips the tests that need it.
 */
final class Corpus {

  private Corpus() {}

  /**
   * The files, unpacked below {@code target}, in the order of their paths; with {@code
   * -Dcorpus.only=PART} those whose path holds it.
   */
  static List<Path> filesOrSkip() throws IOException, InterruptedException {
    String given = System.getenv("TIGHTSHIP_CORPUS");
    Path archive = Path.of(given == null ? "../shared/corpus/compose-open.tar.gz" : given);
    Assumptions.assumeTrue(
        Files.isRegularFile(archive),
        "no corpus of Compose files at " + archive + ": set TIGHTSHIP_CORPUS to the archive");
    Path folder = Path.of("target", "corpus").toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      Path unpacked = Files.createTempDirectory(Path.of("target"), "corpus-");
      Process tar =
          new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", unpacked.toString())
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IOException("tar could not unpack " + archive);
      }
      Files.move(unpacked, folder);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      String part = System.getProperty("corpus.only", "");
      List<Path> found =
          files
              .filter(Files::isRegularFile)
              .filter(p -> !isOurs(p) && p.toString().contains(part))
              .sorted()
              .toList();
      assertThat(found).as("files below %s, which must be no link", folder).isNotEmpty();
      return found;
    }
  }

  /** Whether a test has put the file there. */
  static boolean isOurs(Path file) {
    return String.valueOf(file.getFileName()).startsWith(".tightship-");
  }

  static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
