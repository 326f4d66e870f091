package dev.tightship.dockerfile;

/**
 * A text that no builder would take as a Dockerfile. Its words name a place and at most a keyword,
 * never other parts of the text, since those may hold a secret.
 */
public final class DockerfileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final int line;
  private final int column;
  private final String reason;

  DockerfileException(String path, int line, int column, String reason) {
    super(path + ":" + line + ":" + column + ": " + reason);
    this.path = path;
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** Path of the file, as it was given to the reader. */
  public String path() {
    return path;
  }

  /** Line from 1. Only LF ends a line, as builders count. */
  public int line() {
    return line;
  }

  /** Column from 1, in chars. */
  public int column() {
    return column;
  }

  /** What is wrong, in one clause, without the place. */
  public String reason() {
    return reason;
  }
}
