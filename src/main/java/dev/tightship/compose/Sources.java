package dev.tightship.compose;

/** Where the texts of a project come from: a disk, an archive, or a map in a test. */
@FunctionalInterface
public interface Sources {

  /**
   * @param path from the project's root, with {@code /}, without {@code .} and {@code ..}
   */
  Source read(String path);

  /** What there is at a path. */
  sealed interface Source {

    /**
     * @param text decoded; a byte order mark stays its first char
     */
    record Text(String text) implements Source {}

    record Missing() implements Source {}

    /**
     * @param line from 1, or 0 where there is none
     * @param column from 1, or 0 where there is none
     * @param reason a sentence for people, without a full stop
     */
    record Refused(int line, int column, String reason) implements Source {}
  }
}
