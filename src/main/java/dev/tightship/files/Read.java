package dev.tightship.files;

/** What came of reading a file of the project. */
public sealed interface Read {

  /**
   * The whole file. Encoded in UTF-8 it gives the same bytes again: a byte order mark is the first
   * char, U+FEFF.
   */
  record Text(String text) implements Read {}

  /** There is no such file. */
  record Missing() implements Read {}

  /**
   * There is something, but it is not read.
   *
   * @param reason reads on after the file's name: {@code is a folder, not a file}
   * @param line from 1; 0 when there is no place
   * @param column from 1, in chars; 0 when there is no place
   */
  record Refused(String reason, int line, int column) implements Read {

    /** A reason without a place. */
    public Refused(String reason) {
      this(reason, 0, 0);
    }
  }
}
