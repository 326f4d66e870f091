package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of an instruction: an array of strings and nothing else. By hand, since anything
 * that is not just that counts as shell form, so there is nothing deeper to read.
 */
final class JsonStrings {

  private final String text;
  private int at;

  private JsonStrings(String text) {
    this.text = text;
  }

  /** The strings of the array, or null when the text is not an array of strings. */
  static @Nullable List<String> read(String text) {
    int start = Blanks.skip(text, 0, text.length());
    if (start == text.length() || text.charAt(start) != '[') {
      return null;
    }
    var reader = new JsonStrings(text);
    reader.at = start + 1;
    return reader.items();
  }

  private @Nullable List<String> items() {
    var items = new ArrayList<String>();
    int next = next();
    if (next == ']') {
      return next() < 0 ? List.of() : null;
    }
    while (next == '"') {
      String item = string();
      if (item == null) {
        return null;
      }
      items.add(item);
      next = next();
      if (next == ']') {
        return next() < 0 ? List.copyOf(items) : null;
      }
      next = next == ',' ? next() : 0;
    }
    return null;
  }

  /** The next char that is no JSON blank, taken; -1 at the end. */
  private int next() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        return c;
      }
    }
    return -1;
  }

  /** The string whose opening quote was just taken, or null if it is not one. */
  private @Nullable String string() {
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return withoutLoneSurrogates(value);
      }
      if (c < ' ') {
        return null;
      }
      if (c != '\\') {
        value.append(c);
      } else if (!escape(value)) {
        return null;
      }
    }
    return null;
  }

  private boolean escape(StringBuilder value) {
    if (at == text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    if (c == 'u') {
      return unicode(value);
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      return false;
    }
    value.append("\"\\/\b\f\n\r\t".charAt(known));
    return true;
  }

  private boolean unicode(StringBuilder value) {
    if (at + 4 > text.length()) {
      return false;
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = text.charAt(at++);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return false;
      }
      code = code * 16 + digit;
    }
    value.append((char) code);
    return true;
  }

  /** Builders hold UTF-8, where half a pair can't be said; they put U+FFFD in its place. */
  private static String withoutLoneSurrogates(StringBuilder value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        value.setCharAt(i, '\ufffd');
      }
    }
    return value.toString();
  }
}
