package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be read: where, and in words for people. */
class UnreadableTest {

  private static YamlException error(String text) {
    var error = catchThrowableOfType(YamlException.class, () -> YamlFile.read("f", text));
    assertThat(error).as("reading `%s`", text).isNotNull();
    return error;
  }

  private static void says(String text, int line, int column, String words) {
    YamlException error = error(text);
    assertThat(error).hasMessageContaining(words);
    assertThat(List.of(error.line(), error.column())).isEqualTo(List.of(line, column));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "a:␊\tb: 1                        ¦ 2 ¦ 1 ¦ a tab where YAML wants spaces",
        "a:␊  - b␊\t- c                   ¦ 3 ¦ 1 ¦ a tab where YAML wants spaces",
        "a: 1␊b: 2␊a: 3                   ¦ 3 ¦ 1 ¦ stands twice in one mapping, first in line 1",
        "{a: 1, 'a': 2}                   ¦ 1 ¦ 8 ¦ stands twice in one mapping",
        "x: &x {}␊a:␊  <<: *x␊  <<: *x    ¦ 4 ¦ 3 ¦ stands twice in one mapping, first in line 3",
        "a:␊  b: *nowhere                 ¦ 2 ¦ 6 ¦ an alias of an anchor that is not there",
        "a: *later␊b: &later 1            ¦ 1 ¦ 4 ¦ an alias of an anchor that is not there",
        "a: &x 1␊---␊b: *x                ¦ 3 ¦ 4 ¦ an alias of an anchor that is not there",
        "a: &x [1, *x]                    ¦ 1 ¦ 11 ¦ an anchor that contains itself",
        "a: &x␊  b:␊    c: *x             ¦ 3 ¦ 8 ¦ an anchor that contains itself",
        "[a]: 1                           ¦ 1 ¦ 1 ¦ a key that is a list or a mapping",
        "b: 1␊? {a: 1}␊: 1                ¦ 2 ¦ 3 ¦ a key that is a list or a mapping",
        "x: &x y␊*x : 1                   ¦ 2 ¦ 1 ¦ an alias as a key",
        "a: 1␊b: \"x␊c: 1                 ¦ 2 ¦ 4 ¦ a quote that is never closed",
        "a: 'x␊---␊b: 1'                  ¦ 1 ¦ 4 ¦ a quote that is never closed",
        "a: 1␊b: [x,␊  y                  ¦ 2 ¦ 4 ¦ a bracket that is never closed",
        "a: {x: 1                         ¦ 1 ¦ 4 ¦ a bracket that is never closed",
        "a: [x␊b: 1                       ¦ 2 ¦ 2 ¦ a bracket that is not closed",
        "a: }                             ¦ 1 ¦ 4 ¦ a value is missing here",
        "a: [,]                           ¦ 1 ¦ 5 ¦ a value is missing here",
        "a: b: c                          ¦ 1 ¦ 5 ¦ a value with a colon needs quotes",
        "a: 1␊ b: 2                       ¦ 2 ¦ 3 ¦ keys of one mapping the same indentation",
        "a:␊    b: 1␊  c: 2               ¦ 3 ¦ 3 ¦ is the indentation right",
        "a: 'x' y                         ¦ 1 ¦ 8 ¦ are quotes closed",
        "a: 1␊- b                         ¦ 2 ¦ 1 ¦ no key or item can begin here",
        "a: - b                           ¦ 1 ¦ 4 ¦ a dash where no list can begin",
        "a: 1␊words                       ¦ 3 ¦ 1 ¦ a line without a colon",
        "a: @x                            ¦ 1 ¦ 4 ¦ put the value in quotes",
        "a: %x                            ¦ 1 ¦ 4 ¦ put the value in quotes",
        "a: \"\\q\"                       ¦ 1 ¦ 6 ¦ an escape with a backslash",
        "a: \"\\xZZ\"                     ¦ 1 ¦ 7 ¦ an escape with a backslash",
        "a: |x␊  b                        ¦ 1 ¦ 5 ¦ a header of a block text",
        "a: !e!x 1                        ¦ 1 ¦ 4 ¦ a tag that is not right",
        "a: &                             ¦ 1 ¦ 5 ¦ an anchor or alias without a proper name",
        "%YAML x␊---␊a: 1                 ¦ 1 ¦ 7 ¦ a directive that is not right",
        "%YAML 9.0␊---␊a: 1               ¦ 1 ¦ 1 ¦ of a version that can be read",
        "'a'␊b                            ¦ 2 ¦ 1 ¦ goes on where it should end",
      })
  void is_said_with_its_place(String text, int line, int column, String words) {
    String spelled = text.replace("␊", "\n") + "\n";
    says(spelled, line, column, words);
    says(spelled.replace("\n", "\r\n"), line, column, words);
    if (!text.startsWith("%")) {
      says(
          "# \ud83d\ude80\n" + spelled,
          line + 1,
          column,
          words.replace("in line 1", "in line 2").replace("in line 3", "in line 4"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0001, U+0001",
    "001b, U+001B",
    "000c, U+000C",
    "007f, ",
    "009f, U+009F",
    "d800, U+D800",
    "dc00, U+DC00",
    "ffff, U+FFFF"
  })
  void characters_that_are_not_allowed_have_a_name(String code, String name) {
    String text = "a: 1\nb: \ud83d\ude80" + (char) Integer.parseInt(code, 16) + "\n";
    if (name == null) {
      assertThat(error(text)).isNotNull();
    } else {
      says(text, 2, 6, name);
    }
  }

  @Test
  void utf_16_is_suspected_where_a_nul_stands() {
    says("a\u0000:\u0000 \u0000", 1, 2, "UTF-16");
  }

  @Test
  void nesting_ends_at_200_levels() {
    assertThat(Reached.read("[".repeat(200) + "]".repeat(200)).documents()).hasSize(1);
    for (String open : List.of("[", "{a: ", "- ")) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () ->
              assertThat(error(open.repeat(10_000)))
                  .hasMessageContaining("deeper than 200 levels"));
    }
  }

  @Test
  void nesting_by_indentation_ends_there_too() {
    var text = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }
    assertThat(error(text.toString())).hasMessageContaining("deeper than 200 levels");
  }

  @Test
  void a_bomb_of_aliases_is_read_but_not_unfolded() {
    var text = new StringBuilder("a0: &a0 [lol]\n");
    for (int i = 1; i < 60; i++) {
      text.append("a%d: &a%d [%s]\n".formatted(i, i, "*a%d, ".formatted(i - 1).repeat(10)));
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          YamlFile file = Reached.read(text.toString());
          assertThat(Splicer.plan(file, Given.set("b", "c"), "fix")).isInstanceOf(Plan.Ready.class);
          assertThat(Goals.reached(file, List.of(Given.remove("a0")))).isNotNull();
        });
  }

  @Test
  void long_texts_and_many_lines_take_no_time() {
    for (String text :
        List.of(
            "a: \"" + "x".repeat(2_000_000) + "\"\n",
            "a: 1" + "\n".repeat(500_000) + "b: 2\n",
            "a: 1" + "\n# c".repeat(300_000) + "\nb: 2\n")) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> Reached.from(Reached.read(text), List.of(Given.set("c", "d"))));
    }
  }

  /** Each piece holds a secret where the engine would repeat it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "a: \"x\" hunter2: hunter2",
        "a: hunter2: hunter2",
        "a: 'hunter2",
        "a: !hunter2!x hunter2",
        "a: !<hunter2 x",
        "a: *hunter2",
        "a: &hunter2 [*hunter2]",
        "a: &hunter2 &hunter2 x",
        "hunter2: 1␊hunter2: 2",
        "a: \"\\hunter2\"",
        "a: \"\\uhunter2\"",
        "a: |hunter2␊  x",
        "a: @hunter2",
        "%hunter2␊a: 1",
        "%YAML hunter2␊---␊a",
        "%TAG hunter2␊---␊a",
        "a: [hunter2␊hunter2: 1",
        "[hunter2]: 1",
      })
  void no_message_repeats_the_file(String text) {
    assertThat(error(text.replace("␊", "\n") + "\n").getMessage())
        .doesNotContainIgnoringCase("hunter")
        .doesNotContain("hu", "(104)");
  }
}
