package dev.tightship.compose;

/**
 * Something that could not be read, in words for people.
 *
 * @param path from the project's root
 * @param line from 1, or 0 where there is none
 * @param column from 1, or 0 where there is none
 * @param message what is wrong and what to do, without a full stop
 */
public record Problem(String path, int line, int column, String message) {

  /** {@code path:line:column: message}. */
  public String describe() {
    String at = line == 0 ? path : path + ":" + line + ":" + column;
    return at + ": " + message;
  }
}
