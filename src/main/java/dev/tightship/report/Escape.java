package dev.tightship.report;

/**
 * Makes text from a project harmless to show: control and bidirectional characters, and what a CI
 * runner takes for a command, are written out.
 */
public final class Escape {

  private Escape() {}

  /** A text within a line of ours: line breaks are written out as well. */
  public static String text(String text) {
    return commands(escape(text, false));
  }

  /** A line of a file; its own line break stays. */
  static String line(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return commands(escape(line.substring(0, end), true)) + line.substring(end);
  }

  private static String escape(String text, boolean tabs) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isHarmful(c) && !(tabs && c == '\t')) {
        out = out == null ? new StringBuilder(text.substring(0, i)) : out;
        out.append("\\u%04x".formatted((int) c));
      } else if (out != null) {
        out.append(c);
      }
    }
    return out == null ? text : out.toString();
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069')
        || (c >= '\u200b' && c <= '\u200f')
        || c == '\u061c'
        || c == '\u2028'
        || c == '\u2029'
        || c == '\ufeff';
  }

  /**
   * {@code ::error::} at the start of a line, and {@code ##[error]} anywhere, are orders to the
   * runners of GitHub Actions and Azure Pipelines.
   */
  private static String commands(String text) {
    String safe = text.replace("##[", "#\\u0023[").replace("##vso[", "#\\u0023vso[");
    String start = safe.stripLeading();
    return start.startsWith("::")
        ? safe.substring(0, safe.length() - start.length()) + "\\u003a" + start.substring(1)
        : safe;
  }
}
