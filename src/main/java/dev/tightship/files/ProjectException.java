package dev.tightship.files;

import org.jspecify.annotations.Nullable;

/**
 * Something that the user has to mend: a path that is not there, a file that may not be written.
 * The message is a sentence for people that reads on after the path, where there is one. File names
 * in it are as they are on disk, so whoever prints it escapes it.
 */
public final class ProjectException extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable String path;
  private final int line;
  private final int column;

  /** A sentence that stands for itself. */
  public ProjectException(String message) {
    this(null, 0, 0, message);
  }

  /** A sentence that reads on after {@code path}. */
  public ProjectException(@Nullable String path, String message) {
    this(path, 0, 0, message);
  }

  /**
   * A sentence about one place.
   *
   * @param line from 1; 0 when there is no place
   * @param column from 1, in chars; 0 when there is no place
   */
  public ProjectException(@Nullable String path, int line, int column, String message) {
    super(message);
    this.path = path;
    this.line = line;
    this.column = column;
  }

  /** The file or folder that the sentence is about, relative to the project where it lies in it. */
  public @Nullable String path() {
    return path;
  }

  /** Line from 1, or 0. */
  public int line() {
    return line;
  }

  /** Column from 1 in chars, or 0. */
  public int column() {
    return column;
  }

  /** Path, place and sentence in one line: {@code compose.yaml:3:7: is not UTF-8}. */
  public String describe() {
    if (path == null) {
      return String.valueOf(getMessage());
    }
    String place = line > 0 ? path + ":" + line + ":" + column : path;
    return place + ": " + getMessage();
  }
}
