package dev.tightship.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A text that knows of each char whether it stood in the original, or which fix brought it. Since
 * every change is a splice, no difference ever has to be searched for.
 */
public final class Traced {

  private final String original;
  private final List<Piece> pieces;

  /** A run of chars of one origin. */
  sealed interface Piece {
    int length();

    /** Chars {@code start} to {@code end} of the original. */
    record Kept(int start, int end) implements Piece {
      @Override
      public int length() {
        return end - start;
      }
    }

    /** Chars that a fix brought; empty where a fix only took something away. */
    record Added(String text, String fix) implements Piece {
      @Override
      public int length() {
        return text.length();
      }
    }
  }

  private Traced(String original, List<Piece> pieces) {
    this.original = original;
    this.pieces = List.copyOf(pieces);
  }

  /** A text in which nothing has changed yet. */
  public static Traced of(String original) {
    return new Traced(original, List.of(new Piece.Kept(0, original.length())));
  }

  public String original() {
    return original;
  }

  /** The text as it is now. */
  public String text() {
    var text = new StringBuilder(original.length());
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Kept kept) {
        text.append(original, kept.start(), kept.end());
      } else if (piece instanceof Piece.Added added) {
        text.append(added.text());
      }
    }
    return text.toString();
  }

  List<Piece> pieces() {
    return pieces;
  }

  /**
   * The text after edits whose spans speak of the text as it is now.
   *
   * @throws IllegalArgumentException if two edits overlap, or one reaches past the end of the text
   */
  public Traced apply(List<TextEdit> edits) {
    var result = new ArrayList<Piece>(pieces.size() + 2 * edits.size());
    var rest = new Cursor(pieces);
    int length = pieces.stream().mapToInt(Piece::length).sum();
    for (TextEdit edit : TextEdit.sorted(edits, length)) {
      rest.copyTo(edit.span().start(), result);
      rest.drop(edit.span().end());
      result.add(new Piece.Added(edit.text(), edit.fix()));
    }
    rest.copyTo(Integer.MAX_VALUE, result);
    return new Traced(original, result);
  }

  /** Walks over pieces, cutting them where an edit begins or ends. */
  private static final class Cursor {
    private final List<Piece> pieces;
    private int index;
    private int inside;
    private int at;

    Cursor(List<Piece> pieces) {
      this.pieces = pieces;
    }

    void copyTo(int offset, List<Piece> out) {
      while (index < pieces.size()) {
        Piece piece = pieces.get(index);
        int left = piece.length() - inside;
        int take = Math.min(left, offset - at);
        if (take > 0 || piece.length() == 0) {
          out.add(cut(piece, inside, inside + take));
        }
        at += take;
        if (take < left) {
          inside += take;
          return;
        }
        index++;
        inside = 0;
      }
    }

    void drop(int offset) {
      copyTo(offset, new ArrayList<>());
    }

    private static Piece cut(Piece piece, int from, int to) {
      if (piece instanceof Piece.Kept kept) {
        return new Piece.Kept(kept.start() + from, kept.start() + to);
      }
      var added = (Piece.Added) piece;
      return new Piece.Added(added.text().substring(from, to), added.fix());
    }
  }
}
