package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.text.LineDiff.Change;
import dev.tightship.text.LineDiff.Row;
import dev.tightship.text.Traced.Piece;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The lines of two texts, and who changed which. */
class LineDiffTest {

  private static TextEdit edit(int start, int end, String text, String fix) {
    return new TextEdit(new Span(start, end), text, fix);
  }

  private static List<String> rows(Traced traced) {
    return LineDiff.rows(traced).stream()
        .map(
            row ->
                sign(row.change())
                    + row.text().strip()
                    + (row.fixes().isEmpty() ? "" : " " + row.fixes()))
        .toList();
  }

  private static String sign(Change change) {
    return change == Change.KEPT ? " " : change == Change.REMOVED ? "-" : "+";
  }

  private static String side(List<Row> rows, Change other) {
    return rows.stream()
        .filter(row -> row.change() != other)
        .map(Row::text)
        .collect(Collectors.joining());
  }

  @Test
  void nothing_changed() {
    assertThat(rows(Traced.of("a\nb"))).containsExactly(" a", " b");
    assertThat(rows(Traced.of(""))).isEmpty();
  }

  @Test
  void each_changed_line_names_the_fixes_that_changed_it() {
    Traced traced =
        Traced.of("a: 1\nb: 2\nc: 3\n")
            .apply(List.of(edit(3, 4, "9", "one"), edit(10, 10, "new: x\n", "two")))
            .apply(List.of(edit(0, 1, "A", "three"), edit(22, 22, "last: y\n", "four")));

    assertThat(rows(traced))
        .containsExactly(
            "-a: 1 [three, one]",
            "+A: 9 [three, one]",
            " b: 2",
            "+new: x [two]",
            " c: 3",
            "+last: y [four]");
  }

  @Test
  void a_line_taken_away_names_who_took_it() {
    assertThat(rows(Traced.of("a\nb\nc\n").apply(List.of(edit(2, 4, "", "gone")))))
        .containsExactly(" a", "-b [gone]", " c");
    assertThat(rows(Traced.of("a\nb\n").apply(List.of(edit(0, 4, "", "gone")))))
        .containsExactly("-a [gone]", "-b [gone]");
  }

  @Test
  void a_line_that_gets_its_line_break_has_changed() {
    assertThat(rows(Traced.of("a").apply(List.of(edit(1, 1, "\nb", "more")))))
        .containsExactly("-a [more]", "+a [more]", "+b [more]");
  }

  @Test
  void what_comes_and_goes_again_is_no_change() {
    Traced traced =
        Traced.of("one\ntwo\n")
            .apply(List.of(edit(2, 2, "x", "in"), edit(4, 4, "new\n", "in")))
            .apply(List.of(edit(2, 3, "", "out"), edit(5, 9, "", "out")));

    assertThat(traced.text()).isEqualTo("one\ntwo\n");
    assertThat(rows(traced)).containsExactly(" one", " two");
  }

  @Test
  void rows_add_up_to_both_texts_and_count_their_lines() {
    var random = new Random(3);
    for (int i = 0; i < 4_000; i++) {
      Traced traced = RandomEdits.traced(random);
      List<Row> rows = LineDiff.rows(traced);

      assertThat(side(rows, Change.ADDED)).isEqualTo(traced.original());
      assertThat(side(rows, Change.REMOVED)).isEqualTo(traced.text());
      int before = 0;
      int after = 0;
      for (Row row : rows) {
        assertThat(row.before()).isEqualTo(row.change() == Change.ADDED ? row.before() : before);
        if (row.change() != Change.ADDED) {
          before++;
        }
        if (row.change() != Change.REMOVED) {
          assertThat(row.after()).isEqualTo(after);
          after++;
        }
        assertThat(row.text().indexOf('\n')).isIn(-1, row.text().length() - 1);
        assertThat(row.text()).isNotEmpty();
      }
    }
  }

  @Test
  void every_change_has_a_fix_and_names_each_that_left_a_char_in_the_line() {
    var random = new Random(4);
    for (int i = 0; i < 4_000; i++) {
      Traced traced = RandomEdits.traced(random);
      int at = 0;
      for (Row row : LineDiff.rows(traced)) {
        assertThat(row.fixes().isEmpty()).isEqualTo(row.change() == Change.KEPT);
        if (row.change() != Change.REMOVED) {
          if (row.change() == Change.ADDED) {
            assertThat(row.fixes()).containsAll(added(traced, at, at + row.text().length()));
          }
          at += row.text().length();
        }
      }
    }
  }

  private static Set<String> added(Traced traced, int from, int to) {
    var fixes = new HashSet<String>();
    int at = 0;
    for (Piece piece : traced.pieces()) {
      int start = Math.max(at, from);
      int end = Math.min(at + piece.length(), to);
      if (piece instanceof Piece.Added added && start < end) {
        fixes.add(added.fix());
      }
      at += piece.length();
    }
    return fixes;
  }

  @Test
  void lines_that_no_fix_touched_are_kept() {
    var random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      String original = RandomEdits.text(random);
      List<TextEdit> edits = RandomEdits.edits(original, random);
      List<Row> rows = LineDiff.rows(Traced.of(original).apply(edits));
      var lines = Lines.atLineFeeds(original);
      var kept = new boolean[lines.count()];
      rows.stream().filter(r -> r.change() == Change.KEPT).forEach(r -> kept[r.before()] = true);
      for (int line = 0; line < lines.count(); line++) {
        int start = lines.start(line);
        int end = lines.end(line);
        boolean whole = end > start && original.charAt(end - 1) == '\n';
        // an edit that ends where the line begins may have joined it to the one before
        boolean apart =
            edits.stream().map(TextEdit::span).allMatch(s -> s.end() < start || s.start() >= end);
        if (whole && apart) {
          assertThat(kept[line]).as("line %s of\n%s\nafter %s", line, original, edits).isTrue();
        }
      }
    }
  }
}
