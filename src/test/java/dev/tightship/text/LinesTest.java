package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.text.Lines.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesTest {

  private static List<String> contents(Lines lines) {
    var contents = new ArrayList<String>();
    for (int i = 0; i < lines.count(); i++) {
      contents.add(lines.content(i));
    }
    return contents;
  }

  @Test
  void end_with_lf_crlf_or_a_lone_cr() {
    assertThat(contents(new Lines("a\nb\r\nc\rd"))).containsExactly("a", "b", "c", "d");
    assertThat(contents(new Lines("\r\r\n\n"))).containsExactly("", "", "", "");
    assertThat(contents(new Lines("a\r"))).containsExactly("a", "");
    assertThat(contents(new Lines(""))).containsExactly("");
  }

  @Test
  void end_with_lf_alone_for_git() {
    assertThat(contents(Lines.atLineFeeds("a\rb\r\nc\r"))).containsExactly("a\rb", "c");
  }

  @Test
  void of_other_line_ends_there_are_none() {
    assertThat(new Lines("a\u0085b\u2028c\u000bd\u000ce").count()).isEqualTo(1);
  }

  @Test
  void have_a_position_for_each_char() {
    var lines = new Lines("ab\r\n\tc");
    assertThat(lines.position(0)).isEqualTo(new Position(1, 1));
    assertThat(lines.position(3)).isEqualTo(new Position(1, 4));
    assertThat(lines.position(5)).isEqualTo(new Position(2, 2));
    assertThat(lines.position(6)).isEqualTo(new Position(2, 3));
  }

  @Test
  void add_up_to_the_text() {
    var random = new Random(7);
    for (int i = 0; i < 500; i++) {
      String text = RandomEdits.text(random);
      for (Lines lines : List.of(new Lines(text), Lines.atLineFeeds(text))) {
        var whole = new StringBuilder();
        for (int line = 0; line < lines.count(); line++) {
          whole.append(text, lines.start(line), lines.end(line));
          for (int at = lines.start(line); at < lines.end(line); at++) {
            assertThat(lines.lineAt(at)).isEqualTo(line);
          }
        }
        assertThat(whole).hasToString(text);
      }
    }
  }
}
