package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedTest {

  private static YamlFile file(String text) throws YamlException {
    return YamlFile.read("f.yaml", text);
  }

  private static Node.Scalar scalar(YamlFile file) {
    return (Node.Scalar) at(file, "x");
  }

  private static Node at(YamlFile file, String key) {
    var root = (Node.Mapping) Objects.requireNonNull(file.root());
    return Objects.requireNonNull(root.get(key), key);
  }

  private static String edited(String text, int start, int end, String with) throws YamlException {
    YamlFile file = file(text);
    var edits = List.of(new TextEdit(new Span(start, end), with, "fix"));
    var outer = Embedded.of(file, scalar(file)).edits(edits);
    return TextEdit.apply(text, Objects.requireNonNull(outer));
  }

  @Test
  void a_block_is_edited_where_it_stands() throws YamlException {
    assertThat(edited("x: |\n  FROM a\n  RUN b\ny: 1\n", 5, 6, "c:1"))
        .isEqualTo("x: |\n  FROM c:1\n  RUN b\ny: 1\n");
    assertThat(edited("x: |\n  FROM a\n  RUN b\ny: 1\n", 7, 7, "USER c\n"))
        .isEqualTo("x: |\n  FROM a\n  USER c\n  RUN b\ny: 1\n");
    assertThat(edited("x: |-\r\n    FROM a\r\ny: 1\r\n", 6, 6, "\nUSER c"))
        .isEqualTo("x: |-\r\n    FROM a\r\n    USER c\r\ny: 1\r\n");
  }

  @Test
  void a_line_goes_below_the_last_one() throws YamlException {
    assertThat(edited("x: |\n  FROM a\n\n# what follows\ny: 1\n", 7, 7, "USER c\n"))
        .isEqualTo("x: |\n  FROM a\n  USER c\n\n# what follows\ny: 1\n");
    assertThat(edited("x: |\n  FROM a\n", 7, 7, "USER c\n"))
        .isEqualTo("x: |\n  FROM a\n  USER c\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x: FROM a\n", "x: 'FROM a'\n", "x: \"FROM a\" # c\n", "{x: FROM a}"})
  void one_line_is_edited_where_it_stands(String text) throws YamlException {
    assertThat(edited(text, 5, 6, "b:1")).isEqualTo(text.replace("FROM a", "FROM b:1"));
    YamlFile file = file(text);
    var edits = List.of(new TextEdit(Span.at(6), "\nUSER b", "fix"));
    assertThat(Embedded.of(file, scalar(file)).edits(edits)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: >\n  FROM a\n  RUN b\n",
        "x: \"FROM a\\nRUN b\"\n",
        "x: FROM\n  a\n",
        "x: 'it''s'\n",
        "x: !t FROM a\n",
      })
  void what_is_written_otherwise_is_not_edited(String text) throws YamlException {
    YamlFile file = file(text);
    Embedded embedded = Embedded.of(file, scalar(file));
    assertThat(embedded.isExact()).isFalse();
    assertThat(embedded.line(0)).isBetween(2, text.length());
    assertThat(embedded.line(9)).isBetween(2, text.length());
  }

  @Test
  void an_edit_of_a_block_means_what_it_means_in_its_text() throws YamlException {
    var random = new Random(4);
    int exact = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = text(random);
      YamlFile file = file(text);
      Node.Scalar scalar = scalar(file);
      Embedded embedded = Embedded.of(file, scalar);
      if (!embedded.isExact()) {
        continue;
      }
      exact++;
      String says = scalar.text();
      var lines = new Lines(says);
      int line = random.nextInt(lines.count());
      boolean behind = line > 0 && lines.start(line) == says.length();
      boolean whole = lines.end(line) < says.length() || says.endsWith("\n");
      int start = lines.start(line);
      TextEdit edit =
          behind || (random.nextBoolean() && whole)
              ? new TextEdit(Span.at(start), "NEW line\n", "fix")
              : new TextEdit(new Span(start, lines.contentEnd(line)), "NEW", "fix");
      var outer = Objects.requireNonNull(embedded.edits(List.of(edit)));
      YamlFile after = file(TextEdit.apply(text, outer));
      assertThat(scalar(after).text()).as(text).isEqualTo(TextEdit.apply(says, List.of(edit)));
      assertThat(at(after, "y")).as(text).isNotNull();
    }
    assertThat(exact).isGreaterThan(10_000);
  }

  private static String text(Random random) {
    String lineBreak = random.nextInt(3) == 0 ? "\r\n" : "\n";
    String indent = " ".repeat(1 + random.nextInt(5));
    var lines = new ArrayList<String>();
    lines.add(random.nextBoolean() ? "x: |" : random.nextBoolean() ? "x: &a |" : "x: |-");
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      boolean blank = i > 0 && random.nextInt(4) == 0;
      boolean deep = i > 0 && random.nextInt(4) == 0;
      lines.add(blank ? "" : indent + (deep ? "  RUN x" : "FROM b" + i));
    }
    if (random.nextInt(3) == 0) {
      lines.add("");
    }
    if (random.nextInt(3) == 0) {
      lines.add("# a comment");
    }
    lines.add("y: 1");
    return String.join(lineBreak, lines) + (random.nextBoolean() ? lineBreak : "");
  }
}
