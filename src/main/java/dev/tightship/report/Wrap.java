package dev.tightship.report;

import java.util.List;

/**
 * Lines for a terminal: 100 columns, on any terminal, so that the same run gives the same bytes.
 */
final class Wrap {

  static final int WIDTH = 100;

  private Wrap() {}

  /**
   * Ends a line that has reached a column. A part that does not fit into what is left of its line
   * begins one of its own.
   *
   * @param indent where the further lines begin
   */
  static void append(StringBuilder out, int column, int indent, List<String> parts) {
    int at = column;
    boolean fresh = true;
    for (String part : parts) {
      if (!fresh && at + 1 + part.length() > WIDTH) {
        at = WIDTH; // the next word begins a line
      }
      for (String word : part.split(" ", -1)) {
        String shown = word;
        if (!fresh && at + 1 + word.length() > WIDTH) {
          out.append('\n').append(" ".repeat(indent));
          at = indent;
          shown = Escape.text(word); // what was harmless within a line begins one now
        } else if (!fresh) {
          out.append(' ');
          at++;
        }
        out.append(shown);
        at += shown.length();
        fresh = false;
      }
    }
    out.append('\n');
  }
}
