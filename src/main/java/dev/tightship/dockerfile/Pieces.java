package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text as its words and what is between them, in turn: together they are the text. */
final class Pieces {

  /** Pairs of pieces that are compared; beyond that all between the first and last change goes. */
  private static final int MOST_PAIRS = 1_000_000;

  private final String text;
  private final List<String> pieces = new ArrayList<>();
  private final List<Integer> starts = new ArrayList<>();

  /** Some pieces in the place of others; each range may be empty, but not both. */
  record Change(int from, int to, int otherFrom, int otherTo) {}

  Pieces(String text) {
    this.text = text;
    int start = 0;
    for (int i = 1; i <= text.length(); i++) {
      boolean ends =
          i == text.length()
              || Blanks.isSeparator(text.charAt(i)) != Blanks.isSeparator(text.charAt(i - 1));
      if (ends) {
        starts.add(start);
        pieces.add(text.substring(start, i));
        start = i;
      }
    }
    starts.add(text.length());
  }

  /** Where a piece begins, or after the last one the text ends. */
  int start(int piece) {
    return starts.get(piece);
  }

  private String part(int from, int to) {
    return text.substring(start(from), start(to));
  }

  /** What makes the other text of this one, in order. */
  List<Change> changes(Pieces other) {
    int first = 0;
    int shorter = Math.min(pieces.size(), other.pieces.size());
    while (first < shorter && pieces.get(first).equals(other.pieces.get(first))) {
      first++;
    }
    int last = 0;
    while (last < shorter - first && fromEnd(last).equals(other.fromEnd(last))) {
      last++;
    }
    var changes = new ArrayList<Change>();
    between(other, first, pieces.size() - last, other.pieces.size() - last, changes);
    return changes;
  }

  private String fromEnd(int index) {
    return pieces.get(pieces.size() - 1 - index);
  }

  /** What differs: from the same index on, up to one index in each. */
  private void between(Pieces other, int first, int end, int otherEnd, List<Change> changes) {
    int n = end - first;
    int m = otherEnd - first;
    if ((long) n * m > MOST_PAIRS) {
      add(changes, first, end, first, otherEnd);
      return;
    }
    int[][] common = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        common[i][j] =
            pieces.get(first + i).equals(other.pieces.get(first + j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    int from = 0;
    int otherFrom = 0;
    while (i < n && j < m) {
      if (pieces.get(first + i).equals(other.pieces.get(first + j))) {
        add(changes, first + from, first + i, first + otherFrom, first + j);
        from = ++i;
        otherFrom = ++j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    add(changes, first + from, end, first + otherFrom, otherEnd);
  }

  private static void add(List<Change> changes, int from, int to, int otherFrom, int otherTo) {
    if (from < to || otherFrom < otherTo) {
      changes.add(new Change(from, to, otherFrom, otherTo));
    }
  }

  private boolean says(Change change, Pieces other, Change by) {
    return change.from == by.from
        && change.to == by.to
        && part(change.otherFrom, change.otherTo).equals(other.part(by.otherFrom, by.otherTo));
  }

  /**
   * What a text is with the changes that make {@code after} of {@code before}.
   *
   * @param now what became of {@code before} by other changes, and perhaps by these
   * @return null where both change the same words
   */
  static @Nullable String merged(String before, String after, String now) {
    String without = both(after, before, now);
    boolean holds =
        without != null && !without.equals(now) && now.equals(both(before, after, without));
    return holds ? now : both(before, after, now);
  }

  private static @Nullable String both(String before, String after, String now) {
    var base = new Pieces(before);
    var one = new Pieces(now);
    var two = new Pieces(after);
    List<Change> ones = base.changes(one);
    List<Change> twos = base.changes(two);
    var merged = new StringBuilder();
    int at = 0;
    int i = 0;
    int j = 0;
    while (i < ones.size() || j < twos.size()) {
      Change a = i < ones.size() ? ones.get(i) : null;
      Change b = j < twos.size() ? twos.get(j) : null;
      if (a != null && b != null && one.says(a, two, b)) {
        i++; // the same by both
        continue;
      }
      boolean isFirst = b == null || (a != null && (a.from < b.from || a.to <= b.from));
      Change next = isFirst && a != null ? a : b;
      if (next == null || next.from < at) {
        return null;
      }
      merged.append(base.part(at, next.from));
      merged.append((isFirst ? one : two).part(next.otherFrom, next.otherTo));
      at = next.to;
      i += isFirst ? 1 : 0;
      j += isFirst ? 0 : 1;
    }
    return merged.append(base.part(at, base.pieces.size())).toString();
  }
}
