package dev.tightship.passes;

/** The text of a shell without what stands in quotes, comments and after escapes. */
final class Unquoted {

  private Unquoted() {}

  /**
   * The same text, as long as before, with blanks where quoted text and comments stood. A double
   * quote before {@code $(} or a backquote stays, and what stands in it: that is a command.
   */
  static String of(String text) {
    var plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '\\') {
        end = Math.min(at + 2, text.length());
      } else if (c == '\'') {
        end = close(text, at, '\'');
      } else if (c == '"' && !text.startsWith("$(", at + 1) && !text.startsWith("`", at + 1)) {
        end = close(text, at, '"');
      } else if (c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
        int feed = text.indexOf('\n', at);
        end = feed < 0 ? text.length() : feed;
      } else {
        plain.append(c);
        at = end;
        continue;
      }
      plain.append(" ".repeat(end - at));
      at = end;
    }
    return plain.toString();
  }

  /** Behind the quote that closes the one at {@code open}; the end of the text where none does. */
  private static int close(String text, int open, char quote) {
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote == '"') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return text.length();
  }
}
