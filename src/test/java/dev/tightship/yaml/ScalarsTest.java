package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.edit.Value.Kind;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

class ScalarsTest {

  @ParameterizedTest
  @CsvSource({
    "yes, STRING",
    "on, STRING",
    "True, BOOL",
    "tRUE, STRING",
    "~, NULL",
    "Null, NULL",
    "0600, INT",
    "0o600, INT",
    "0x1F, INT",
    "0b101, INT",
    "1_000, INT",
    "010, INT",
    "08, FLOAT",
    "22:22, STRING",
    "1.0, FLOAT",
    "1., FLOAT",
    ".5, FLOAT",
    "., STRING",
    "-, STRING",
    "1e3, FLOAT",
    "1e400, STRING",
    "-0, FLOAT",
    "-00, INT",
    ".inf, FLOAT",
    "inf, STRING",
    "18446744073709551615, INT",
    "18446744073709551616, FLOAT",
    "-9223372036854775809, FLOAT",
    "+9223372036854775808, FLOAT",
    "0xFFFFFFFFFFFFFFFFF, STRING",
    "0x, STRING",
    "0_x1F, INT",
    "2001-01-01, TIMESTAMP",
    "2001-1-1, TIMESTAMP",
    "2001-02-29, STRING",
    "01-01-01, STRING",
    "2001-12-14t21:59:43.10-05:00, TIMESTAMP",
    "2001-12-14 21:59:43.10 -5, STRING",
    "1_0.5, FLOAT",
    "._5, STRING",
    ".1_0, FLOAT",
    "_1, STRING",
    "<<, STRING",
    "１, STRING"
  })
  void knows_what_a_plain_scalar_is(String plain, Kind kind) {
    assertThat(Scalars.kind(plain)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "0600, 384",
    "3.10, 3.1",
    "True, true",
    "1e3, 1000",
    "100000.0, 100000",
    "1000000.0, 1e+06",
    "123456789.5, 1.234567895e+08",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-0, -0",
    "5e-324, 5e-324",
    "2e-3, 0.002",
    "5.684341886080802e-14, 5.684341886080802e-14",
    "2001-1-2, 2001-01-02 00:00:00 +0000 UTC",
    "2001-12-14T21:59:43.100-05:30, 2001-12-14 21:59:43.1 -0530 -0530",
    "1.2.3, 1.2.3"
  })
  void writes_a_scalar_as_the_string_that_compose_makes_of_it(String plain, String canonical) {
    assertThat(Scalars.canonical(plain)).isEqualTo(canonical);
  }

  @Test
  void has_no_string_for_null() {
    assertThat(Scalars.canonical("~")).isNull();
  }

  @Test
  void gives_the_values_behind_the_texts() {
    assertThat(Scalars.integer("0x1F")).hasValue(BigInteger.valueOf(31));
    assertThat(Scalars.integer("1.0")).isEmpty();
    assertThat(Scalars.number("08")).hasValue(8.0);
    assertThat(Scalars.bool("yes")).isEmpty();
    assertThat(Scalars.boolField("Yes")).hasValue(true);
    assertThat(Scalars.boolField("OFF")).hasValue(false);
    assertThat(Scalars.boolField("1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " a",
        "a ",
        "\ta",
        "a\tb",
        "a\nb",
        "yes",
        "Y",
        "off",
        "NULL",
        "~",
        "1",
        "0600",
        "1_0",
        "22:22",
        "190:20:30",
        "1.2.3",
        "127.0.0.1",
        "2001-01-01",
        "2001-12-14 21:59:43.10 -5",
        "0o17",
        ".inf",
        "+.Inf",
        "=",
        "<<",
        "-",
        "- a",
        "? a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "[a]",
        "{a}",
        "'a",
        "\"a",
        "---",
        "--- a",
        "...",
        "a\u0085b",
        "a\u2028b",
        "\ufeffa",
        "a\u0000b",
        "\u00a0a"
      })
  void quotes_what_a_reader_might_take_for_something_else(String text) {
    assertThat(Scalars.needsQuotes(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx:1.27",
        "--appendonly",
        "a b",
        "${A:-x}",
        "http://x/y?z=1#a",
        "it's",
        "/var/run",
        "unless-stopped",
        "no-new-privileges:true",
        "64m",
        "a,b",
        "über"
      })
  void leaves_a_harmless_text_plain(String text) {
    assertThat(Scalars.needsQuotes(text)).isFalse();
  }

  @Test
  void is_stricter_between_brackets() {
    assertThat(Scalars.needsQuotes("a,b")).isFalse();
    assertThat(Scalars.needsQuotesInFlow("a,b")).isTrue();
    assertThat(Scalars.needsQuotesInFlow("nginx:1.27")).isTrue();
    assertThat(Scalars.needsQuotesInFlow("ALL")).isFalse();
    assertThat(Scalars.needsQuotesAsKey("no")).isTrue();
    assertThat(Scalars.needsQuotesAsKey("cap_drop")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        " a ",
        "it's",
        "say \"hi\"",
        "back\\slash",
        "a\nb\r\n",
        "tab\t",
        "\u0000\u001b",
        "\u0085\u2028\u2029\ufeff",
        "\ud83d\udea2 ship",
        "$$A: #b",
        "\ufffe\uffff\u007f"
      })
  void quotes_a_text_so_that_it_is_read_back(String text) {
    var load = new Load(LoadSettings.builder().setSchema(new CoreSchema()).build());

    assertThat(load.loadFromString(Scalars.quoted(text, true))).isEqualTo(text);
    assertThat(load.loadFromString(Scalars.quoted(text, false))).isEqualTo(text);
  }

  @Test
  void prefers_single_quotes_only_where_they_can_hold_the_text() {
    assertThat(Scalars.quoted("it's", true)).isEqualTo("'it''s'");
    assertThat(Scalars.quoted("a\nb", true)).isEqualTo("\"a\\nb\"");
    assertThat(Scalars.quoted("a", false)).isEqualTo("\"a\"");
  }

  @Test
  void refuses_half_a_surrogate_pair() {
    assertThatThrownBy(() -> Scalars.quoted("\ud800", false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
