package dev.tightship.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void reads_what_is_json() throws Json.Invalid {
    assertThat(
            Json.read("\ufeff {\"a\\n\\u00e9\\/\": [1, -0.5e+3, \"\", {}, [],\r\n\ttrue, null]} "))
        .isEqualTo(
            Map.of(
                "a\né/",
                List.of(
                    new Json.Literal("1"),
                    new Json.Literal("-0.5e+3"),
                    "",
                    Map.of(),
                    List.of(),
                    new Json.Literal("true"),
                    new Json.Literal("null"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a: 1}",
        "{\"a\" 1}",
        "\"a",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\u12",
        "01",
        "1.",
        "tru",
        "1 2",
        "{\"a\": 1, \"a\": 2}",
        "// x\n1",
        "'a'"
      })
  void refuses_all_else(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(Json.Invalid.class);
  }

  @Test
  void is_not_led_down_for_ever() {
    assertThatThrownBy(() -> Json.read("[".repeat(100_000))).isInstanceOf(Json.Invalid.class);
  }
}
