package dev.tightship.text;

import dev.tightship.text.Traced.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines of a traced text beside those of its original. A line ends with LF alone here, as it
 * does for git.
 */
public final class LineDiff {

  private LineDiff() {}

  /** What became of a line. */
  public enum Change {
    KEPT,
    REMOVED,
    ADDED
  }

  /**
   * @param text the line with its line break
   * @param before index from 0 of the line in the original, or the index it would have
   * @param after index from 0 of the line in the new text, or the index it would have
   * @param fixes ids of the fixes that changed it
   */
  public record Row(Change change, String text, int before, int after, Set<String> fixes) {}

  /** All lines of both texts, removed ones before those that take their place. */
  public static List<Row> rows(Traced traced) {
    return new Builder(traced).rows();
  }

  private static final class Builder {
    private final String original;
    private final String text;
    private final Lines before;
    private final Lines after;
    private final List<Piece> pieces;
    private final List<Row> rows = new ArrayList<>();
    private final Map<Integer, Set<String>> byLine = new HashMap<>();
    private int nextOld;

    Builder(Traced traced) {
      this.original = traced.original();
      this.text = traced.text();
      this.before = Lines.atLineFeeds(original);
      this.after = Lines.atLineFeeds(text);
      this.pieces = traced.pieces();
    }

    List<Row> rows() {
      int piece = 0;
      int pieceStart = 0;
      int pendingNew = 0;
      var fixes = new LinkedHashSet<String>();
      for (int line = 0; line < after.count(); line++) {
        int start = after.start(line);
        int end = after.end(line);
        if (start == end) {
          continue; // behind the last line break
        }
        // pieces that end where this line begins belong to the change before it
        while (piece < pieces.size() && pieceStart + pieces.get(piece).length() <= start) {
          note(pieces.get(piece), fixes);
          pieceStart += pieces.get(piece).length();
          piece++;
        }
        int old = keptLine(pieces.get(piece), pieceStart, start, end);
        if (old >= 0) {
          flush(old, pendingNew, line, fixes);
          rows.add(new Row(Change.KEPT, text.substring(start, end), old, line, Set.of()));
          nextOld = old + 1;
          pendingNew = line + 1;
          fixes.clear();
          continue;
        }
        var own = new LinkedHashSet<String>();
        int atStart = pieceStart;
        for (int at = piece; at < pieces.size() && atStart < end; at++) {
          note(pieces.get(at), own);
          atStart += pieces.get(at).length();
        }
        byLine.put(line, own);
        fixes.addAll(own);
      }
      for (; piece < pieces.size(); piece++) {
        note(pieces.get(piece), fixes);
      }
      int oldLines = count(before, original);
      flush(oldLines, pendingNew, count(after, text), fixes);
      return rows;
    }

    private static void note(Piece piece, Set<String> fixes) {
      if (piece instanceof Piece.Added added) {
        fixes.add(added.fix());
      }
    }

    private static int count(Lines lines, String text) {
      int last = lines.count() - 1;
      return lines.start(last) == text.length() ? last : last + 1;
    }

    /** Index of the line of the original that stands here unchanged, or -1. */
    private int keptLine(Piece piece, int pieceStart, int start, int end) {
      if (!(piece instanceof Piece.Kept kept)
          || start < pieceStart
          || end > pieceStart + piece.length()) {
        return -1;
      }
      int from = kept.start() + (start - pieceStart);
      int to = from + (end - start);
      int old = before.lineAt(from);
      return before.start(old) == from && before.end(old) == to && old >= nextOld ? old : -1;
    }

    /**
     * Emits what lies between two kept lines. Lines at either end that came and went again, or were
     * replaced by their like, have not changed.
     */
    private void flush(int oldEnd, int newStart, int newEnd, Set<String> fixes) {
      int old = nextOld;
      int line = newStart;
      while (old < oldEnd && line < newEnd && oldLine(old).equals(newLine(line))) {
        rows.add(new Row(Change.KEPT, newLine(line), old++, line++, Set.of()));
      }
      int same = 0;
      while (oldEnd - same > old
          && newEnd - same > line
          && oldLine(oldEnd - same - 1).equals(newLine(newEnd - same - 1))) {
        same++;
      }
      int firstNew = line;
      for (; old < oldEnd - same; old++) {
        rows.add(new Row(Change.REMOVED, oldLine(old), old, firstNew, new LinkedHashSet<>(fixes)));
      }
      for (; line < newEnd - same; line++) {
        Set<String> own = byLine.getOrDefault(line, Set.of());
        rows.add(
            new Row(
                Change.ADDED,
                newLine(line),
                old,
                line,
                own.isEmpty() ? new LinkedHashSet<>(fixes) : own));
      }
      while (old < oldEnd) {
        rows.add(new Row(Change.KEPT, newLine(line), old++, line++, Set.of()));
      }
    }

    private String oldLine(int line) {
      return original.substring(before.start(line), before.end(line));
    }

    private String newLine(int line) {
      return text.substring(after.start(line), after.end(line));
    }
  }
}
