package dev.tightship.dockerfile;

/**
 * The two ideas of a blank that builders have: any Unicode space where lines are trimmed, and five
 * ASCII chars where an instruction is split.
 */
final class Blanks {

  private Blanks() {}

  /** What trimming removes: the Unicode property White_Space. */
  static boolean isSpace(char c) {
    if (c <= ' ') {
      return c == ' ' || (c >= '\t' && c <= '\r');
    }
    return c == '\u0085'
        || c == '\u00a0'
        || c == '\u2028'
        || c == '\u2029'
        || (c > '\u007f' && Character.isSpaceChar(c));
  }

  /** What parts the words of an instruction. */
  static boolean isSeparator(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\u000b' || c == '\f';
  }

  /** The first char from {@code start} that is no space, or {@code end}. */
  static int skip(CharSequence text, int start, int end) {
    int at = start;
    while (at < end && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the text ends once the spaces at its end are gone; not before {@code start}. */
  static int trimEnd(CharSequence text, int start, int end) {
    int at = end;
    while (at > start && isSpace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }
}
