package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.text.Traced.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each char knows where it comes from. */
class TracedTest {

  /** A char, and the offset it had in the original, or the fix that brought it. */
  private record Origin(char c, Object from) {}

  /** The plainest way to do it: a list of chars. */
  private static List<Origin> apply(List<Origin> text, List<TextEdit> edits) {
    var result = new ArrayList<>(text);
    List<TextEdit> sorted = TextEdit.sorted(edits, text.size());
    for (int i = sorted.size() - 1; i >= 0; i--) {
      TextEdit edit = sorted.get(i);
      result.subList(edit.span().start(), edit.span().end()).clear();
      result.addAll(
          edit.span().start(),
          edit.text().chars().mapToObj(c -> new Origin((char) c, edit.fix())).toList());
    }
    return result;
  }

  private static List<Origin> chars(Traced traced) {
    var result = new ArrayList<Origin>();
    for (Piece piece : traced.pieces()) {
      if (piece instanceof Piece.Kept kept) {
        for (int i = kept.start(); i < kept.end(); i++) {
          result.add(new Origin(traced.original().charAt(i), i));
        }
      } else if (piece instanceof Piece.Added added) {
        added.text().chars().forEach(c -> result.add(new Origin((char) c, added.fix())));
      }
    }
    return result;
  }

  @Test
  void edit_by_edit_each_char_has_its_origin() {
    var random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      String original = RandomEdits.text(random);
      Traced traced = Traced.of(original);
      List<Origin> expected = chars(traced);
      for (int round = 0; round < 4; round++) {
        List<TextEdit> edits = RandomEdits.edits(traced.text(), random);
        String text = TextEdit.apply(traced.text(), edits);
        traced = traced.apply(edits);
        expected = apply(expected, edits);
        assertThat(traced.text()).isEqualTo(text);
        assertThat(chars(traced)).isEqualTo(expected);
        assertThat(traced.original()).isEqualTo(original);
      }
    }
  }

  @Test
  void an_earlier_state_stays_as_it_was() {
    Traced first = Traced.of("ab").apply(List.of(new TextEdit(Span.at(1), "x", "f")));
    Traced second = first.apply(List.of(new TextEdit(new Span(0, 2), "", "g")));

    assertThat(first.text()).isEqualTo("axb");
    assertThat(second.text()).isEqualTo("b");
  }

  @Test
  void insertions_at_one_point_keep_their_order_and_come_before_a_replacement() {
    var edits =
        List.of(
            new TextEdit(new Span(1, 2), "C", "c"),
            new TextEdit(Span.at(1), "1", "a"),
            new TextEdit(Span.at(1), "2", "b"),
            new TextEdit(Span.at(2), "3", "d"));

    assertThat(TextEdit.apply("xyz", edits)).isEqualTo("x12C3z");
    assertThat(Traced.of("xyz").apply(edits).text()).isEqualTo("x12C3z");
  }

  @Test
  void edits_that_overlap_or_leave_the_text_are_refused() {
    var overlapping =
        List.of(new TextEdit(new Span(0, 2), "", "f"), new TextEdit(new Span(1, 3), "", "f"));
    var inside = List.of(new TextEdit(new Span(0, 2), "", "f"), new TextEdit(Span.at(1), "x", "f"));
    var outside = List.of(new TextEdit(new Span(2, 9), "", "f"));
    for (var edits : List.of(overlapping, inside, outside)) {
      assertThatThrownBy(() -> TextEdit.apply("abcd", edits))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Traced.of("abcd").apply(edits))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_span_has_an_order() {
    assertThatThrownBy(() -> new Span(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Span(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(new Span(1, 3).of("abcd")).isEqualTo("bc");
  }
}
