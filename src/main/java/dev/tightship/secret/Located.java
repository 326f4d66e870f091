package dev.tightship.secret;

import dev.tightship.text.Span;
import java.util.Arrays;

/**
 * A text of which each char knows what it was written as: quotes and escapes are gone from the
 * text, and the places still tell where it stands.
 */
public final class Located {

  /**
   * Stands for what is not known here: the value of a variable. A text with one in it is no
   * literal.
   */
  public static final char UNKNOWN = '\ufffc';

  private final String text;
  private final int[] starts;
  private final int[] ends;

  private Located(String text, int[] starts, int[] ends) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
  }

  /** A text that is written as it is. */
  public static Located of(String text) {
    var builder = new Builder();
    for (int i = 0; i < text.length(); i++) {
      builder.add(text.charAt(i), i, i + 1);
    }
    return builder.build();
  }

  public String text() {
    return text;
  }

  public Located part(int start, int end) {
    return new Located(
        text.substring(start, end),
        Arrays.copyOfRange(starts, start, end),
        Arrays.copyOfRange(ends, start, end));
  }

  /** Where a part of the text is written. */
  public Span span(int start, int end) {
    return start == end
        ? Span.at(start < starts.length ? starts[start] : start == 0 ? 0 : ends[start - 1])
        : new Span(starts[start], ends[end - 1]);
  }

  /** Puts one together char by char. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private int[] starts = new int[32];
    private int[] ends = new int[32];

    /**
     * @param start where it is written
     * @param end behind that
     */
    public void add(char c, int start, int end) {
      int at = text.length();
      if (at == starts.length) {
        starts = Arrays.copyOf(starts, at * 2);
        ends = Arrays.copyOf(ends, at * 2);
      }
      starts[at] = start;
      ends[at] = end;
      text.append(c);
    }

    /** Adds a char of another text, with its place. */
    public void add(Located from, int index) {
      add(from.text.charAt(index), from.starts[index], from.ends[index]);
    }

    public Located build() {
      int length = text.length();
      return new Located(
          text.toString(), Arrays.copyOf(starts, length), Arrays.copyOf(ends, length));
    }
  }
}
