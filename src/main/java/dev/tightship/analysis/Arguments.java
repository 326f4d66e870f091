package dev.tightship.analysis;

import java.util.ArrayList;
import java.util.List;

/** The arguments of a call in a program text, whatever its language. */
final class Arguments {

  /** Longer calls are cut: what counts stands in the first arguments. */
  private static final int LONGEST = 500;

  private Arguments() {}

  /**
   * The arguments of the call whose name ends before {@code from}: what stands in parentheses, or,
   * without them, on the rest of the line.
   */
  static List<String> of(String text, int from) {
    int end = Math.min(text.length(), from + LONGEST);
    int at = from;
    while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    boolean enclosed = at < end && text.charAt(at) == '(';
    int start = enclosed ? at + 1 : at;
    int depth = 0;
    var found = new ArrayList<String>();
    for (at = start; at < end; at++) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'' || c == '`') {
        at = closing(text, at, end);
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0 && --depth < 0) {
        break;
      } else if (c == ',' && depth == 0) {
        found.add(text.substring(start, at).strip());
        start = at + 1;
      } else if (!enclosed && (c == '\n' || c == ';')) {
        break;
      }
    }
    String last = text.substring(Math.min(start, end), Math.min(at, end)).strip();
    if (!last.isEmpty()) {
      found.add(last);
    }
    return found;
  }

  /** Where the quote that opens here is closed: on its line, unless it is a backtick. */
  private static int closing(String text, int open, int end) {
    char quote = text.charAt(open);
    for (int at = open + 1; at < end; at++) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == quote) {
        return at;
      } else if (c == '\n' && quote != '`') {
        return open;
      }
    }
    return open;
  }
}
