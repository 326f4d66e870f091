package dev.tightship.network;

/**
 * A place in a file, for people.
 *
 * @param file path from the project's root
 * @param line from 1
 * @param column from 1, in chars
 */
public record Where(String file, int line, int column) {

  @Override
  public String toString() {
    return "%s:%d:%d".formatted(file, line, column);
  }
}
