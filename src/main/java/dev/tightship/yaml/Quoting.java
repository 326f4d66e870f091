package dev.tightship.yaml;

import dev.tightship.edit.Value.Kind;
import java.util.Locale;
import java.util.Set;

/** When a string needs quotes, and how they are written. */
final class Quoting {

  /** Words that one reader or another takes for a boolean, null, merge key or default value. */
  private static final Set<String> WORDS =
      Set.of(
          "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<", ".nan",
          ".inf", "+.inf", "-.inf", "nan", "inf", "+inf", "-inf");

  private static final String NEVER_FIRST = "?:,[]{}#&*!|>'\"%@`=";

  /** Numbers of all readers, sexagesimals ({@code 22:22}), dates, versions, addresses. */
  private static final String OF_NUMBERS = "0123456789abcdefABCDEFxXoO_.:+-";

  private Quoting() {}

  static boolean needed(String text) {
    if (text.isEmpty() || !plainly(text)) {
      return true;
    }
    char first = text.charAt(0);
    if (NEVER_FIRST.indexOf(first) >= 0 || blank(first) || blank(text.charAt(text.length() - 1))) {
      return true;
    }
    if (text.equals("-") || text.startsWith("- ") || marksDocument(text)) {
      return true;
    }
    if (text.contains(": ") || text.endsWith(":") || text.contains(" #")) {
      return true;
    }
    return WORDS.contains(text.toLowerCase(Locale.ROOT))
        || likeNumber(text)
        || likeDate(text)
        || Scalars.kind(text) != Kind.STRING;
  }

  /** Older readers end a plain scalar at any colon or question mark in flow style. */
  static boolean neededInFlow(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (",[]{}:?".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return text.startsWith("-") && text.length() > 1 && ",[]{}".indexOf(text.charAt(1)) >= 0;
  }

  static String quoted(String text, boolean single) {
    if (single && plainly(text)) {
      return "'" + text.replace("'", "''") + "'";
    }
    var out = new StringBuilder(text.length() + 8).append('"');
    text.codePoints().forEach(c -> escape(c, out));
    return out.append('"').toString();
  }

  private static void escape(int c, StringBuilder out) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0 -> out.append("\\0");
      default -> {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          throw new IllegalArgumentException("half of a surrogate pair has no place in YAML");
        }
        if (printable(c)) {
          out.appendCodePoint(c);
        } else if (c < 0x100) {
          out.append(String.format(Locale.ROOT, "\\x%02x", c));
        } else {
          out.append(String.format(Locale.ROOT, "\\u%04x", c));
        }
      }
    }
  }

  /** Whether all of it can stand in a scalar of one line without escapes. */
  private static boolean plainly(String text) {
    return text.codePoints().allMatch(Quoting::printable);
  }

  /**
   * Line ends of YAML 1.1 (U+0085, U+2028, U+2029) and a byte order mark are kept out, as is the
   * tab, which not every reader takes everywhere.
   */
  private static boolean printable(int c) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
      return false;
    }
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !surrogate && c != 0x2028 && c != 0x2029 && c != 0xfeff && c != 0xfffe && c != 0xffff;
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static boolean marksDocument(String text) {
    return text.startsWith("---") || text.startsWith("...");
  }

  private static boolean likeNumber(String text) {
    boolean digit = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (OF_NUMBERS.indexOf(c) < 0) {
        return false;
      }
      digit |= c >= '0' && c <= '9';
    }
    return digit && "0123456789+-.".indexOf(text.charAt(0)) >= 0;
  }

  private static boolean likeDate(String text) {
    if (text.length() < 8 || text.charAt(4) != '-') {
      return false;
    }
    int digits = 0;
    for (int i = 0; i < text.length() && "0123456789-".indexOf(text.charAt(i)) >= 0; i++) {
      digits++;
    }
    return digits >= 8;
  }
}
