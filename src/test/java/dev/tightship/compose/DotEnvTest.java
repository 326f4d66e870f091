package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.DotEnv.Entry;
import dev.tightship.compose.DotEnv.Quote;
import dev.tightship.compose.DotEnv.Read;
import dev.tightship.compose.DotEnv.Refused;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {

  private static final Map<String, String> OUTSIDE = Map.of("HOST", "h", "B", "outside");

  @Test
  void reads_plain_quoted_and_yaml_like_values_in_order() {
    var values =
        read("""
                # a comment
                A=1
                export C = two words   # not this
                D: yaml
                E='$A ${x'
                F="a\\tb \\"q\\" $A"
                G=
                H="two
                lines" # but not this
                I=a#b
                """)
            .values();

    assertThat(values)
        .containsExactly(
            Map.entry("A", "1"),
            Map.entry("C", "two words"),
            Map.entry("D", "yaml"),
            Map.entry("E", "$A ${x"),
            Map.entry("F", "a\tb \"q\" 1"),
            Map.entry("G", ""),
            Map.entry("H", "two\nlines"),
            Map.entry("I", "a#b"));
  }

  @Test
  void lets_a_variable_from_outside_win() {
    Read read = read("B=inside\nC=$B $HOST ${X:-d}\n");

    assertThat(read.values()).containsEntry("B", "inside").containsEntry("C", "outside h d");
    assertThat(read.over(OUTSIDE::get).apply("B")).isEqualTo("outside");
    assertThat(read.over(name -> null).apply("B")).isEqualTo("inside");
    assertThat(read.entries().get(1).unset()).containsExactly("X");
  }

  @Test
  void takes_a_lonely_key_from_outside() {
    Read read = read("HOST\nNONE\n");

    assertThat(read.values()).containsExactly(Map.entry("HOST", "h"));
    assertThat(read.entries()).extracting(Entry::inherited).containsExactly(true, true);
  }

  @Test
  void knows_where_keys_and_values_stand() {
    String text = "\ufeffexport A = b c  # d\r\nE=\"f\\\"\" \r\nG=\r\n";
    var entries = read(text).entries();

    assertThat(entries).extracting(e -> e.keySpan().of(text)).containsExactly("A", "E", "G");
    assertThat(entries)
        .extracting(e -> e.valueSpan().of(text))
        .containsExactly("b c", "\"f\\\"\"", "");
    assertThat(entries)
        .extracting(Entry::quote)
        .containsExactly(Quote.NONE, Quote.DOUBLE, Quote.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nB C=secret",
        "a\nB/=secret",
        "a\nB=\"secret",
        "a\nB=${secret",
        "a\nB=${C?secret}"
      })
  void refuses_a_file_with_its_line_and_without_the_value(String text) {
    assertThat(DotEnv.read(text, OUTSIDE::get))
        .isInstanceOfSatisfying(
            Refused.class,
            r -> {
              assertThat(r.line()).isEqualTo(2);
              assertThat(r.reason()).doesNotContain("secret");
            });
  }

  @Test
  void stands_a_file_whose_values_double() {
    var text = new StringBuilder("A=aaaaaaaaaa\n");
    for (int i = 0; i < 60; i++) {
      text.append("A=$A$A\n");
    }

    assertThat(DotEnv.read(text.toString(), name -> null)).isInstanceOf(Refused.class);

    String many = "A=" + "a".repeat(1 << 19) + "\n" + "B=$A\n".repeat(100_000);
    assertThat(DotEnv.read(many, name -> null)).isInstanceOf(Refused.class);
  }

  @Test
  void reads_a_long_file_in_one_go() {
    String text = "A=b\n".repeat(200_000);

    assertThat(read(text).entries()).hasSize(200_000);
  }

  private static Read read(String text) {
    return (Read) DotEnv.read(text, OUTSIDE::get);
  }
}
