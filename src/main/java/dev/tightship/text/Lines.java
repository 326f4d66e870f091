package dev.tightship.text;

import java.util.Arrays;

/**
 * Where the lines of a text begin. A line ends with LF, CRLF or a lone CR, as YAML and Compose have
 * it.
 */
public final class Lines {

  private final String text;
  private final int[] starts;

  public Lines(String text) {
    this(text, true);
  }

  private Lines(String text, boolean loneReturns) {
    this.text = text;
    int[] found = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean loneReturn =
          c == '\r' && loneReturns && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
      if (c == '\n' || loneReturn) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
      }
    }
    this.starts = Arrays.copyOf(found, count);
  }

  /** The lines as git sees them, where only LF ends one. */
  static Lines atLineFeeds(String text) {
    return new Lines(text, false);
  }

  /** How many lines there are; a text that ends with a line break has an empty last one. */
  public int count() {
    return starts.length;
  }

  /** Index from 0 of the line that holds the char at {@code offset}. */
  public int lineAt(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** Offset of the first char of a line, counted from 0. */
  public int start(int line) {
    return starts[line];
  }

  /** Offset after the last char of a line, its line break included. */
  public int end(int line) {
    return line + 1 < starts.length ? starts[line + 1] : text.length();
  }

  /** Offset after the last char of a line, without its line break. */
  public int contentEnd(int line) {
    int end = end(line);
    int start = starts[line];
    if (end > start && text.charAt(end - 1) == '\n') {
      end--;
    }
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return end;
  }

  /** The line without its line break. */
  public String content(int line) {
    return text.substring(starts[line], contentEnd(line));
  }

  /** Line and column from 1, as editors show them; a tab counts as one column. */
  public Position position(int offset) {
    int line = lineAt(offset);
    return new Position(line + 1, offset - starts[line] + 1);
  }

  /**
   * A place for people.
   *
   * @param line from 1
   * @param column from 1, in chars
   */
  public record Position(int line, int column) {}
}
