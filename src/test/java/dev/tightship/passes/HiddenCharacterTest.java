package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCharacterTest extends PassTest {

  private static final String FINE = "all that it holds is there to be seen";

  HiddenCharacterTest() {
    super(new HiddenCharacter());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0085", "\u2028", "\u2029"})
  void a_setting_behind_a_comment_that_only_compose_sees(String end, @TempDir Path folder) {
    String text = "services:\n  a:\n    image: x # note%s    privileged: true\n".formatted(end);

    Object model = Compose.orSkip().model(folder, text);

    assertThat(Json.at(model, "services", "a", "privileged")).isEqualTo(true);
    assertThat(findings(text))
        .singleElement()
        .matches(f -> f.severity() == Severity.HIGH)
        .extracting(Remark.Finding::message)
        .asString()
        .startsWith("U+%04X in line 3, column 20 ends the line".formatted((int) end.charAt(0)));
  }

  @ParameterizedTest
  @CsvSource({
    "'services:\n  a:\n    image: \ufeffx\n', MEDIUM, U+FEFF in line 3, column 12 is a byte",
    "'services:\n  a:\n    image: x # a\u202eb\n', MEDIUM, U+202E in line 3, column 17 changes",
    "'services:\n  a:\n    labels: {a\u2066: b}\n', MEDIUM, U+2066 in line 3, column 15 changes",
    "'services:\n  a:\n    labels: {a\u200b: b}\n', MEDIUM, U+200B in line 3, column 15 shows",
    "'services:\n  a:\n    labels: {a: b\u200d}\n', MEDIUM, U+200D in line 3, column 18 shows",
    "'services:\n  a:\n    labels: {a: \u200eb}\n', LOW, U+200E in line 3, column 17 is a mark",
    "'services:\n  a:\n    image: x\n    \u00a0tty: true\n', MEDIUM, U+00A0 in line 4, column 5 looks",
    "'services:\n  a:\n    image: x # a\u2028\n', LOW, U+2028 in line 3, column 17 ends",
  })
  void names_the_place(String text, Severity severity, String message) {
    assertThat(findings(text))
        .singleElement()
        .matches(f -> f.severity() == severity)
        .matches(f -> f.message().startsWith(message));
  }

  @Test
  void counts_lines_once_a_character() {
    assertThat(
            findings(
                """
                services:
                  a:
                    image: x
                    command: [a\u200b, b\u200b,
                      c\u200b]
                """))
        .extracting(Remark.Finding::message)
        .containsExactly(
            "U+200B in line 4, column 16 (and in 5) shows as nothing: names that look alike differ"
                + " by it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ufeffservices: {a: {image: x}}\n",
        "services: {a: {image: x, labels: {a: 'b\u00a0c \ud83d\udc68\u200d\ud83d\udcbb'}}}\n",
        "services: {a: {image: x, labels: {a: '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647'}}}\n",
        "services: {a: {image: x, labels: {a: \"\\u200b\\u202e\"}}} # zero\u200bwidth\n",
        "services: {a: {image: x, labels: {a: \u00fc\u20ac}}}\n",
      })
  void leaves_what_is_meant(String text) {
    leaves(text, FINE);
  }
}
