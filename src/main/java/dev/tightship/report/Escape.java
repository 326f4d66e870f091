package dev.tightship.report;

import java.util.regex.Pattern;

/**
 * Makes text from a project harmless to show: control, format and bidirectional characters, and
 * what a CI runner takes for a command, are written out.
 */
public final class Escape {

  /**
   * {@code ##[error]} and {@code ##vso[...]} are orders anywhere in a line to Azure Pipelines and
   * to GitHub Actions, {@code ##teamcity[...]} to TeamCity.
   */
  private static final Pattern HASHES = Pattern.compile("##(?=\\w{0,20}\\[)");

  private Escape() {}

  /** A text within a line of ours: line breaks are written out as well. */
  public static String text(String text) {
    return commands(escape(text, false));
  }

  /** A line of a file; its own line break stays. */
  static String line(String line) {
    int end = line.endsWith("\r\n") ? line.length() - 2 : line.length();
    end = end == line.length() && line.endsWith("\n") ? end - 1 : end;
    return commands(escape(line.substring(0, end), true)) + line.substring(end);
  }

  /** A JSON document that a parser reads as before, and that holds nothing harmful as such. */
  static String json(String document) {
    var out = new StringBuilder(document.length() + 64);
    for (int i = 0; i < document.length(); ) {
      int c = document.codePointAt(i);
      boolean hashes = c == '#' && i > 0 && document.charAt(i - 1) == '#';
      if (hashes || (c != '\n' && isHarmful(c))) {
        for (char unit : Character.toChars(c)) {
          out.append("\\u%04x".formatted((int) unit));
        }
      } else {
        out.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return out.toString();
  }

  private static String escape(String text, boolean tabs) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int length = Character.charCount(c);
      if (isHarmful(c) && !(tabs && c == '\t')) {
        out = out == null ? new StringBuilder(text.substring(0, i)) : out;
        out.append(length == 1 ? "\\u%04x".formatted(c) : "\\u{%x}".formatted(c));
      } else if (out != null) {
        out.appendCodePoint(c);
      }
      i += length;
    }
    return out == null ? text : out.toString();
  }

  /** Nothing of these is seen, yet a terminal, an editor or an encoder acts on it. */
  private static boolean isHarmful(int c) {
    if (c < 0x7f) {
      return c < ' ';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  /** {@code ::error::} at the start of a line, behind any blanks, is an order to GitHub Actions. */
  private static String commands(String text) {
    String safe = text.contains("##") ? HASHES.matcher(text).replaceAll("#\\\\u0023") : text;
    int start = 0;
    while (start < safe.length() && isBlank(safe.charAt(start))) {
      start++;
    }
    return safe.startsWith("::", start)
        ? safe.substring(0, start) + "\\u003a" + safe.substring(start + 1)
        : safe;
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
