package dev.tightship.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 7, '\b', 0x0b, '\r', 0x1b, 0x7f, 0x85, 0x9b, 0xad, 0x061c, 0x200b, 0x200d, 0x200e,
        0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0x206a, 0xfeff, 0xd800, 0xdc00,
        0xfff9, 0xe0001, 0xe0041, 0x1d173
      })
  void writes_out_what_is_not_seen(int c) {
    String text = "a" + Character.toString(c) + "b";

    assertThat(Escape.text(text)).matches("a\\\\u(?:[0-9a-f]{4}|\\{[0-9a-f]+})b");
    assertThat(Escape.line(text + "\r\n")).isEqualTo(Escape.text(text) + "\r\n");
    assertThat(Escape.json("\"" + text + "\"")).matches("\"a(?:\\\\u[0-9a-f]{4}){1,2}b\"");
  }

  @Test
  void writes_out_line_breaks_within_a_text() {
    assertThat(Escape.text("a\nb\tc")).isEqualTo("a\\u000ab\\u0009c");
    assertThat(Escape.line("a\tb\n")).isEqualTo("a\tb\n");
    assertThat(Escape.line("a\r\r\n")).isEqualTo("a\\u000d\r\n");
    assertThat(Escape.line("a\nb\n")).isEqualTo("a\\u000ab\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "::error::x, \\u003a:error::x",
        "`  ::error::x`, `  \\u003a:error::x`",
        "`\u00a0\u3000::error::x`, `\u00a0\u3000\\u003a:error::x`",
        "a ##[error]x, a #\\u0023[error]x",
        "###[error]x, ##\\u0023[error]x",
        "##vso[task.x]y, #\\u0023vso[task.x]y",
        "##TeamCity[x], #\\u0023TeamCity[x]",
      })
  void takes_commands_from_ci_runners(String text, String shown) {
    assertThat(Escape.text(text)).isEqualTo(shown);
    assertThat(Escape.line(text + "\n")).isEqualTo(shown + "\n");
    assertThat(Escape.json("\"" + text + "\"")).doesNotContain("##");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a: b # c", "## heading", "a::b", "bücher 漢字 😀", "[x](y) *z*"})
  void keeps_the_rest(String text) {
    assertThat(Escape.text(text)).isEqualTo(text);
    assertThat(Escape.line(text)).isEqualTo(text);
  }
}
