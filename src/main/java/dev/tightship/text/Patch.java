package dev.tightship.text;

import dev.tightship.text.LineDiff.Change;
import dev.tightship.text.LineDiff.Row;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one file as a unified diff that {@code git apply} takes: line ends kept, a missing
 * last one said, new files with their mode. No line that a mask would change is ever shown: context
 * ends before it, and a changed line is shown masked.
 */
public final class Patch {

  /** Lines of context that git shows and wants. */
  private static final int CONTEXT = 3;

  /** A run of rows that is shown together. */
  public record Hunk(List<Row> rows) {

    /** Ids of the fixes that changed its lines, in the order of the lines. */
    public Set<String> fixes() {
      var fixes = new LinkedHashSet<String>();
      rows.forEach(row -> fixes.addAll(row.fixes()));
      return fixes;
    }

    /** {@code @@ -a,b +c,d @@}. */
    public String header() {
      Row first = rows.get(0);
      return "@@ -%s +%s @@"
          .formatted(
              range(first.before(), count(Change.REMOVED)),
              range(first.after(), count(Change.ADDED)));
    }

    private long count(Change change) {
      return rows.stream().filter(r -> r.change() == change || r.change() == Change.KEPT).count();
    }

    private static String range(int index, long count) {
      return (count == 0 ? index : index + 1) + (count == 1 ? "" : "," + count);
    }
  }

  private final String path;
  private final boolean created;
  private final List<Row> rows;
  private final List<Hunk> hunks;
  private final UnaryOperator<String> mask;
  private final Traced traced;

  /** Index of the last line of the original, -1 where it has none. */
  private final int lastLine;

  private Patch(
      String path, boolean created, Traced traced, List<Row> rows, UnaryOperator<String> mask) {
    this.path = path;
    this.created = created;
    this.traced = traced;
    this.rows = rows;
    this.hunks = hunks(rows, mask);
    this.mask = mask;
    this.lastLine = (int) rows.stream().filter(r -> r.change() != Change.ADDED).count() - 1;
  }

  /**
   * @param path from the project's root
   * @param mask gives a line back with its secrets hidden, or as it is
   */
  public static Patch of(String path, Traced traced, UnaryOperator<String> mask) {
    return new Patch(path, false, traced, LineDiff.rows(traced), mask);
  }

  /** The patch that creates a file. */
  public static Patch created(String path, String text, UnaryOperator<String> mask) {
    var traced = Traced.of("").apply(List.of(new TextEdit(Span.at(0), text, "")));
    return new Patch(path, true, traced, LineDiff.rows(traced), mask);
  }

  public String path() {
    return path;
  }

  public List<Hunk> hunks() {
    return hunks;
  }

  private static List<Hunk> hunks(List<Row> rows, UnaryOperator<String> mask) {
    var hunks = new ArrayList<Hunk>();
    int shown = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).change() == Change.KEPT) {
        continue;
      }
      int from = i;
      while (from > shown && i - from < CONTEXT && isContext(rows.get(from - 1), mask)) {
        from--;
      }
      int to = i + 1;
      int quiet = 0;
      for (int j = to; j < rows.size(); j++) {
        Row row = rows.get(j);
        if (row.change() != Change.KEPT) {
          to = j + 1;
          quiet = 0;
        } else if (++quiet > 2 * CONTEXT || !isContext(row, mask)) {
          break;
        }
      }
      int end = to;
      while (end < rows.size() && end - to < CONTEXT && isContext(rows.get(end), mask)) {
        end++;
      }
      hunks.add(new Hunk(List.copyOf(rows.subList(from, end))));
      shown = end;
      i = end - 1;
    }
    return hunks;
  }

  private static boolean isContext(Row row, UnaryOperator<String> mask) {
    return row.change() == Change.KEPT && mask.apply(row.text()).equals(row.text());
  }

  /**
   * What stands below the first line of a patch for git alone, in which nothing is that it takes
   * away: it names the parts that stay by their place, so that git takes it for just this version
   * of the file. Null where a line that it brings has to be masked as well.
   */
  public @Nullable String binary() {
    return created || bringsSecret() ? null : GitDelta.of(traced);
  }

  /** Whether a fix wrote anything but a line break into a line that is masked. */
  private boolean bringsSecret() {
    var added = new BitSet();
    int at = 0;
    for (Traced.Piece piece : traced.pieces()) {
      if (piece instanceof Traced.Piece.Added brought) {
        for (int i = 0; i < piece.length(); i++) {
          char c = brought.text().charAt(i);
          added.set(at + i, c != '\n' && c != '\r');
        }
      }
      at += piece.length();
    }
    int start = 0;
    for (Row row : rows) {
      int end = start + (row.change() == Change.REMOVED ? 0 : row.text().length());
      int next = added.nextSetBit(start);
      if (next >= 0 && next < end && !mask.apply(row.text()).equals(row.text())) {
        return true;
      }
      start = end;
    }
    return false;
  }

  /** Whether a changed line had to be masked, so that the patch cannot be applied. */
  public boolean isMasked() {
    return hunks.stream()
        .flatMap(h -> h.rows().stream())
        .anyMatch(row -> !mask.apply(row.text()).equals(row.text()));
  }

  /**
   * Whether a hunk lacks a line of context because that line holds a secret, and {@code git apply}
   * wants {@code --unidiff-zero} for it: it takes a hunk without context behind it for the end of
   * the file, and one that adds lines below the first, with nothing before it, for the beginning.
   */
  public boolean needsUnidiffZero() {
    return !created && hunks.stream().anyMatch(h -> endsEarly(h) || followsFirstLine(h));
  }

  private boolean endsEarly(Hunk hunk) {
    Row last = hunk.rows().get(hunk.rows().size() - 1);
    return last.change() != Change.KEPT && nextOld(last) <= lastLine;
  }

  private static boolean followsFirstLine(Hunk hunk) {
    return hunk.rows().get(0).before() == 1
        && hunk.rows().stream().allMatch(row -> row.change() == Change.ADDED);
  }

  private static int nextOld(Row row) {
    return row.change() == Change.REMOVED ? row.before() + 1 : row.before();
  }

  /** The lines above the first hunk. */
  public String header() {
    String old = quoted("a/" + path);
    String now = quoted("b/" + path);
    return start() + "--- %s\n+++ %s\n".formatted(created ? "/dev/null" : old, now);
  }

  private String start() {
    return "diff --git %s %s\n".formatted(quoted("a/" + path), quoted("b/" + path))
        + (created ? "new file mode 100644\n" : "");
  }

  /** One row as it stands in a diff, with the words git has for a missing line break. */
  public String line(Row row) {
    char sign =
        switch (row.change()) {
          case KEPT -> ' ';
          case REMOVED -> '-';
          case ADDED -> '+';
        };
    String shown = mask.apply(row.text());
    return sign + shown + (shown.endsWith("\n") ? "" : "\n\\ No newline at end of file\n");
  }

  /** The whole patch; empty when nothing changed. A new file without text has no hunk. */
  public String text() {
    if (hunks.isEmpty()) {
      return created ? start() : "";
    }
    var out = new StringBuilder(header());
    for (Hunk hunk : hunks) {
      out.append(hunk.header()).append('\n');
      hunk.rows().forEach(row -> out.append(line(row)));
    }
    return out.toString();
  }

  /** A path as git writes it: in quotes, with escapes, where it holds anything unusual. */
  private static String quoted(String path) {
    var out = new StringBuilder();
    boolean unusual = false;
    for (byte b : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      if (c == '"' || c == '\\') {
        out.append('\\').append((char) c);
        unusual = true;
      } else if (c < 0x20 || c >= 0x7f) {
        out.append("\\%03o".formatted(c));
        unusual = true;
      } else {
        out.append((char) c);
      }
    }
    return unusual ? '"' + out.toString() + '"' : path;
  }
}
