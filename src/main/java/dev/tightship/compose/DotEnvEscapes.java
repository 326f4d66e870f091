package dev.tightship.compose;

/** The escapes of a double-quoted value in a {@code .env} file. */
final class DotEnvEscapes {

  private static final int OCTAL_DIGITS = 3;

  private DotEnvEscapes() {}

  /**
   * Replaces {@code \n} and its like. A dollar sign behind a backslash is doubled, so that it stays
   * when variables are substituted. What is no escape stays as it is, but an octal escape that is
   * not complete loses its zero, as it does in Compose.
   */
  static String expand(String raw) {
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    var out = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i++);
      if (c != '\\' || i == raw.length()) {
        out.append(c);
        continue;
      }
      char next = raw.charAt(i++);
      switch (next) {
        case 'a' -> out.append('\u0007');
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'v' -> out.append('\u000b');
        case '"', '\\' -> out.append(next);
        case '$' -> out.append("$$");
        case '0' -> i = octal(raw, i, out);
        default -> out.append(c).append(next);
      }
    }
    return out.toString();
  }

  private static int octal(String raw, int start, StringBuilder out) {
    int end = start;
    while (end < raw.length()
        && end - start < OCTAL_DIGITS
        && raw.charAt(end) >= '0'
        && raw.charAt(end) <= '9') {
      end++;
    }
    String digits = raw.substring(start, end);
    if (digits.matches("[0-3][0-7]{2}")) {
      out.append((char) Integer.parseInt(digits, 8));
    } else {
      out.append('\\').append(digits);
    }
    return end;
  }
}
