package dev.tightship.yaml;

/** A file that cannot be read as YAML, with the place and a sentence for people. */
public final class YamlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  YamlException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** Line from 1, or 0 where there is none. */
  public int line() {
    return line;
  }

  /** Column from 1, in chars, or 0 where there is none. */
  public int column() {
    return column;
  }
}
