package dev.tightship.knowledge.file;

import dev.tightship.text.Lines.Position;

/** An image file that is not as it must be. The message names the file, the place and the field. */
public final class InvalidImageFile extends RuntimeException {

  private final String file;
  private final int line;
  private final int column;
  private final String problem;

  /** Without a place, as for a file that is not there twice. */
  public InvalidImageFile(String file, String field, String problem) {
    this(file, 0, 0, named(field, problem));
  }

  InvalidImageFile(String file, Position at, String field, String problem) {
    this(file, at.line(), at.column(), named(field, problem));
  }

  InvalidImageFile(String file, int line, int column, String problem) {
    super((line == 0 ? file : file + ":" + line + ":" + column) + ": " + problem);
    this.file = file;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }

  private static String named(String field, String problem) {
    return field.isEmpty() ? problem : field + ": " + problem;
  }

  public String file() {
    return file;
  }

  /** From 1, or 0 where there is none. */
  public int line() {
    return line;
  }

  /** From 1, or 0 where there is none. */
  public int column() {
    return column;
  }

  /** What is wrong, with the field, without the place. */
  public String problem() {
    return problem;
  }
}
