package dev.tightship.text;

/**
 * A range of a text, in chars (UTF-16 units), as {@link String#substring(int, int)} counts them.
 *
 * @param start first char of the range
 * @param end the char after its last one; equal to {@code start} for an empty range
 */
public record Span(int start, int end) {

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("not a span: " + start + " to " + end);
    }
  }

  /** The empty range before the char at {@code offset}. */
  public static Span at(int offset) {
    return new Span(offset, offset);
  }

  public boolean isEmpty() {
    return start == end;
  }

  /** The part of {@code text} that this span covers. */
  public String of(String text) {
    return text.substring(start, end);
  }
}
