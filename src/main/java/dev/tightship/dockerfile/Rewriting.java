package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an instruction say something else by changing just the words that differ, so that its
 * continuations, the comments between them and its spacing stay.
 */
final class Rewriting {

  /** Pairs of words that are compared; beyond that all between the first and last change goes. */
  private static final int MOST_PAIRS = 1_000_000;

  private final Dockerfile file;
  private final Instruction instruction;
  private final String fix;
  private final String after;
  private final List<String> old;
  private final List<String> now;
  private final int[] oldStarts;
  private final int[] nowStarts;
  private final List<TextEdit> edits = new ArrayList<>();
  private boolean broken;

  Rewriting(Dockerfile file, Instruction instruction, String after, String fix) {
    this.file = file;
    this.instruction = instruction;
    this.after = after;
    this.fix = fix;
    this.old = pieces(instruction.whole().text());
    this.now = pieces(after);
    this.oldStarts = starts(old);
    this.nowStarts = starts(now);
  }

  /** Words and what is between them, in turn: together they are the text. */
  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      boolean ends =
          i == text.length()
              || Blanks.isSeparator(text.charAt(i)) != Blanks.isSeparator(text.charAt(i - 1));
      if (ends) {
        pieces.add(text.substring(start, i));
        start = i;
      }
    }
    return pieces;
  }

  /** Null where a word that would change goes over the end of a line. */
  @Nullable List<TextEdit> edits() {
    int first = 0;
    int shorter = Math.min(old.size(), now.size());
    while (first < shorter && old.get(first).equals(now.get(first))) {
      first++;
    }
    int last = 0;
    while (last < shorter - first
        && old.get(old.size() - 1 - last).equals(now.get(now.size() - 1 - last))) {
      last++;
    }
    between(first, old.size() - last, now.size() - last);
    return broken ? null : List.copyOf(edits);
  }

  /** What differs: from the same index on, up to one index in each. */
  private void between(int first, int oldEnd, int nowEnd) {
    int n = oldEnd - first;
    int m = nowEnd - first;
    if ((long) n * m > MOST_PAIRS) {
      change(first, oldEnd, first, nowEnd);
      return;
    }
    int[][] common = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        common[i][j] =
            old.get(first + i).equals(now.get(first + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    int oldFrom = 0;
    int nowFrom = 0;
    while (i < n && j < m) {
      if (old.get(first + i).equals(now.get(first + j))) {
        change(first + oldFrom, first + i, first + nowFrom, first + j);
        oldFrom = ++i;
        nowFrom = ++j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    change(first + oldFrom, oldEnd, first + nowFrom, nowEnd);
  }

  private void change(int oldFrom, int oldTo, int nowFrom, int nowTo) {
    if (oldFrom == oldTo && nowFrom == nowTo) {
      return;
    }
    String text = after.substring(nowStarts[nowFrom], nowStarts[nowTo]);
    Word word = instruction.whole().word(oldStarts[oldFrom], oldStarts[oldTo]);
    if (!word.whole()) {
      broken = true;
      return;
    }
    Span span = word.span();
    edits.add(new TextEdit(span, span.isEmpty() ? onLines(text) : text, fix));
  }

  /** What is added after some blanks goes to a line of its own, indented by all but the first. */
  private String onLines(String added) {
    return added.startsWith("  ") ? " " + file.escape() + lineBreak() + added.substring(1) : added;
  }

  private String lineBreak() {
    int feed = file.text().indexOf('\n', instruction.span().start());
    feed = feed < 0 ? file.text().indexOf('\n') : feed;
    return feed > 0 && file.text().charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }

  /** Where each piece begins, and where the last one ends. */
  private static int[] starts(List<String> pieces) {
    int[] starts = new int[pieces.size() + 1];
    for (int i = 0; i < pieces.size(); i++) {
      starts[i + 1] = starts[i] + pieces.get(i).length();
    }
    return starts;
  }
}
