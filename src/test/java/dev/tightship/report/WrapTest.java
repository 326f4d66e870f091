package dev.tightship.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrapTest {

  @Test
  void keeps_in_one_line_what_fits() {
    assertThat(wrap(10, "do this", "(because of that)")).isEqualTo("do this (because of that)\n");
  }

  @Test
  void begins_a_line_with_a_part_that_does_not_fit() {
    String part = "b".repeat(85);
    assertThat(wrap(10, "do this", part)).isEqualTo("do this\n    " + part + "\n");
  }

  @Test
  void breaks_long_parts_between_words() {
    String wrapped = wrap(10, "word ".repeat(60).strip());
    assertThat(("x".repeat(10) + wrapped).lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Wrap.WIDTH));
    assertThat(wrapped.replace("\n   ", "")).isEqualTo("word ".repeat(60).strip() + "\n");
  }

  @Test
  void leaves_a_word_whole_that_is_longer_than_a_line() {
    String word = "w".repeat(200);
    assertThat(wrap(10, "a " + word + " b")).isEqualTo("a\n    " + word + "\n    b\n");
  }

  @Test
  void makes_no_command_by_breaking_a_line() {
    assertThat(wrap(10, "a".repeat(88) + " ::error::x")).endsWith("\n    \\u003a:error::x\n");
  }

  private static String wrap(int column, String... parts) {
    var out = new StringBuilder();
    Wrap.append(out, column, 4, List.of(parts));
    return out.toString();
  }
}
