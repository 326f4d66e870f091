package dev.tightship.passes;

import org.jspecify.annotations.Nullable;

/**
 * A list of strings that is meant to be JSON and is none, as it has quotes of another kind or a
 * comma too many. A builder takes it for the text of a shell, which finds no program of that name.
 */
final class BrokenArray {

  private static final String OPENING = "\"'\u201c\u201d\u201e\u2018\u2019\u201a";
  private static final String DOUBLE = "\"\u201c\u201d";
  private static final String SINGLE = "'\u2018\u2019";

  private final String text;
  private final StringBuilder json = new StringBuilder("[");
  private int at = 1;

  private BrokenArray(String text) {
    this.text = text;
  }

  /** The JSON that is meant; null where the text is anything else, or not certainly that. */
  static @Nullable String mended(String text) {
    return text.startsWith("[") && text.endsWith("]") ? new BrokenArray(text).items() : null;
  }

  private @Nullable String items() {
    int end = text.length() - 1;
    int comma = -1;
    while (skip() < end) {
      if (comma < 0 && json.indexOf("\"") >= 0) {
        return null;
      }
      if (!item(end)) {
        return null;
      }
      comma = -1;
      if (skip() < end && text.charAt(at++) == ',') {
        comma = json.length();
        json.append(',');
      }
    }
    if (comma >= 0) {
      json.deleteCharAt(comma);
    }
    return json.indexOf("\"") < 0 ? null : json.append(']').toString();
  }

  private int skip() {
    while (text.charAt(at) == ' ' || text.charAt(at) == '\t') {
      json.append(text.charAt(at++));
    }
    return at;
  }

  private boolean item(int end) {
    char first = text.charAt(at++);
    if (OPENING.indexOf(first) < 0) {
      return false;
    }
    json.append('"');
    String closing = DOUBLE.indexOf(first) >= 0 || first == '\u201e' ? DOUBLE : SINGLE;
    for (; at < end && closing.indexOf(text.charAt(at)) < 0; at++) {
      char c = text.charAt(at);
      // an escape or a reference would mean one thing in a shell and another in JSON
      if (c < ' ' || "\\$`".indexOf(c) >= 0) {
        return false;
      }
      json.append(c == '"' ? "\\\"" : c);
    }
    json.append('"');
    return at++ < end;
  }
}
