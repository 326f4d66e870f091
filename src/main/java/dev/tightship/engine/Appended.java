package dev.tightship.engine;

import org.jspecify.annotations.Nullable;

/** A line at the end of a text, in the way of that text. */
final class Appended {

  private Appended() {}

  /**
   * What has to stand behind a text so that it has a line; null where it has it already. Line
   * breaks are those of the text, and a text without a last one stays so.
   */
  static @Nullable String to(String text, String line) {
    if (text.lines().anyMatch(line::equals)) {
      return null;
    }
    String breaks = text.contains("\r\n") ? "\r\n" : "\n";
    boolean open = !text.isEmpty() && !text.endsWith("\n");
    return open ? breaks + line : line + breaks;
  }
}
