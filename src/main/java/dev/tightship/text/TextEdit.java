package dev.tightship.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One splice: the only thing in this program that changes a text.
 *
 * @param span what is replaced; empty for an insertion
 * @param text what stands there afterwards
 * @param fix id of the fix that asked for it, so that each changed line knows its why
 */
public record TextEdit(Span span, String text, String fix) {

  /**
   * Applies the edits in ascending order and copies what lies between them. Insertions at one point
   * keep the order in which they are given.
   *
   * @throws IllegalArgumentException if two edits overlap, or one reaches past the end of the text
   */
  public static String apply(String text, List<TextEdit> edits) {
    var out = new StringBuilder(text.length() + 64 * edits.size());
    int at = 0;
    for (TextEdit edit : sorted(edits, text.length())) {
      out.append(text, at, edit.span.start()).append(edit.text);
      at = edit.span.end();
    }
    return out.append(text, at, text.length()).toString();
  }

  /**
   * The edits by place: an insertion before what replaces the text behind it, and insertions at one
   * point in the order given (the sort is stable).
   *
   * @param length of the text that they speak of
   * @throws IllegalArgumentException if two edits overlap, or one reaches past the end of the text
   */
  static List<TextEdit> sorted(List<TextEdit> edits, int length) {
    var sorted = new ArrayList<>(edits);
    sorted.sort(
        Comparator.comparingInt((TextEdit e) -> e.span.start())
            .thenComparingInt(e -> e.span.end()));
    int at = 0;
    for (TextEdit edit : sorted) {
      if (edit.span.start() < at) {
        throw new IllegalArgumentException("edits overlap at char " + edit.span.start());
      }
      at = edit.span.end();
    }
    if (at > length) {
      throw new IllegalArgumentException("an edit ends at char %s of %s".formatted(at, length));
    }
    return sorted;
  }
}
