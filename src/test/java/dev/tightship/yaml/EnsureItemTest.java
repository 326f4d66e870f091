package dev.tightship.yaml;

import static dev.tightship.yaml.Given.ensure;
import static dev.tightship.yaml.Given.given;
import static dev.tightship.yaml.Given.map;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An item that a list lacks: where it goes, and how it is written. */
class EnsureItemTest {

  private static final Edit.Yaml TMP = ensure("a", "/tmp");

  @ParameterizedTest
  @ValueSource(
      strings = {"a:\n%s- /x\n", "a:\n%s- /x # c\n", "a: # c\n%s- /x\n", "a: &unused\n%s- /x\n"})
  void a_new_item_stands_under_the_others(String text) {
    for (String indent : new String[] {"", " ", "  ", "    ", "      "}) {
      String list = text.formatted(indent);
      given(list).when(TMP).gives(list + indent + "- /tmp\n");
      given(list + "b: 1\n").when(TMP).gives(list + indent + "- /tmp\nb: 1\n");
    }
  }

  @Test
  void has_as_many_blanks_behind_its_dash() {
    given("a:\n  -   /x\n").when(TMP).gives("a:\n  -   /x\n  -   /tmp\n");
    given("a:\n  -\n    /x\n").when(TMP).gives("a:\n  -\n    /x\n  - /tmp\n");
    given("a:\n  - # c\n    /x\n").when(TMP).gives("a:\n  - # c\n    /x\n  - /tmp\n");
  }

  @Test
  void has_the_quotes_of_all_its_neighbours() {
    given("a:\n  - 'x'\n").when(TMP).gives("a:\n  - 'x'\n  - '/tmp'\n");
    given("a:\n  - \"x\"\n  - \"y\"\n").when(TMP).gives("a:\n  - \"x\"\n  - \"y\"\n  - \"/tmp\"\n");
    given("a:\n  - 'x'\n  - y\n").when(TMP).gives("a:\n  - 'x'\n  - y\n  - /tmp\n");
    given("a:\n  - 'x'\n").when(ensure("a", "it's")).gives("a:\n  - 'x'\n  - 'it''s'\n");
  }

  @Test
  void goes_behind_comments_of_the_list() {
    given("a:\n  - /x\n  # - /y\n  #- /z\n    # deeper\n# about b\nb: 1\n")
        .when(TMP)
        .gives("a:\n  - /x\n  # - /y\n  #- /z\n    # deeper\n  - /tmp\n# about b\nb: 1\n");
    given("a:\n  - /x\n#  - /y\nb: 1\n").when(TMP).gives("a:\n  - /x\n#  - /y\n  - /tmp\nb: 1\n");
    given("a:\n  - /x\n\n  # apart\nb: 1\n")
        .when(TMP)
        .gives("a:\n  - /x\n  - /tmp\n\n  # apart\nb: 1\n");
  }

  @Test
  void under_its_key_takes_only_items_that_were_commented_out_for_its_own() {
    given("a:\n- /x\n# - /y\n#- /z\n# about b\nb: 1\n")
        .when(TMP)
        .gives("a:\n- /x\n# - /y\n#- /z\n- /tmp\n# about b\nb: 1\n");
  }

  @Test
  void goes_behind_items_of_all_forms() {
    given("a:\n  - k: v\n    l: w\n    # in\n")
        .when(TMP)
        .gives("a:\n  - k: v\n    l: w\n    # in\n  - /tmp\n");
    given("a:\n  - - x\n    - y\n").when(TMP).gives("a:\n  - - x\n    - y\n  - /tmp\n");
    given("a:\n  - |+\n    t\n\nb: 1\n").when(TMP).gives("a:\n  - |+\n    t\n\n  - /tmp\nb: 1\n");
    given("a:\n  - |\n    t\n\nb: 1\n").when(TMP).gives("a:\n  - |\n    t\n  - /tmp\n\nb: 1\n");
    given("a:\n  -\n  - [x,\n    y]\n").when(TMP).gives("a:\n  -\n  - [x,\n    y]\n  - /tmp\n");
    given("a:\n  -\n").when(TMP).gives("a:\n  -\n  - /tmp\n");
    given("x: &x 1\na:\n  - *x\n").when(TMP).gives("x: &x 1\na:\n  - *x\n  - /tmp\n");
  }

  @Test
  void a_mapping_is_written_as_one() {
    given("a:\n  -   k: v\n")
        .when(new Edit.Ensure(Given.at("a"), map("type", "bind", "o", map("p", "q"))))
        .gives("a:\n  -   k: v\n  -   type: bind\n      o:\n        p: q\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: [/x]              | a: [/x, /tmp]",
        "a: [ /x ] # c        | a: [ /x, /tmp ] # c",
        "a: [/x, ]            | a: [/x, /tmp, ]",
        "a: [/x,]             | a: [/x, /tmp,]",
        "a: ['/x']            | a: ['/x', '/tmp']",
        "a: [\"/x\", \"/y\"]  | a: [\"/x\", \"/y\", \"/tmp\"]",
        "a: [/x, b: c]        | a: [/x, b: c, /tmp]",
        "a: [/x, {b: c}]      | a: [/x, {b: c}, /tmp]",
        "a: []                | a: [/tmp]",
        "a: [ ] # c           | a: [ /tmp ] # c",
        "{a: [/x]}            | {a: [/x, /tmp]}",
        "{\"a\": []}          | {\"a\": [\"/tmp\"]}",
        "{a: }                | {a: [/tmp] }",
        "{a}                  | {a: [/tmp]}",
        "a: ~ # c             | a: [/tmp] # c",
        "a: /x # c            | a: [/x, /tmp] # c",
        "a: '/x'              | a: ['/x', /tmp]",
        "a: x,y               | a: [\"x,y\", /tmp]",
        "a: 5                 | a: [5, /tmp]",
        "a: &unused /x        | a: &unused [/x, /tmp]",
      })
  void brackets(String text, String after) {
    // a list in brackets elsewhere shows what the owner likes
    String more = text.startsWith("{") ? "" : "z: [1]\n";
    given(more + text + "\n").when(TMP).gives(more + after + "\n");
  }

  @Test
  void brackets_over_several_lines() {
    given("a: [\n  /x, # c\n  /y # d\n]\n")
        .when(TMP)
        .gives("a: [\n  /x, # c\n  /y, # d\n  /tmp\n]\n");
    given("a: [\n  /x,\n\n  # d\n] # e\n")
        .when(TMP)
        .gives("a: [\n  /x,\n  /tmp,\n\n  # d\n] # e\n");
    given("a: [/x,\n    /y]\n").when(TMP).gives("a: [/x,\n    /y, /tmp]\n");
    given("a: [\n  /x\n  ,/y\n]\n").when(TMP).gives("a: [\n  /x\n  ,/y,\n  /tmp\n]\n");
    given("a: [\n]\n").when(TMP).gives("a: [\n  /tmp\n]\n");
  }

  @Test
  void a_list_is_made_where_there_is_none() {
    given("a:\n").when(TMP).gives("a:\n  - /tmp\n");
    given("a: # c\n# about b\nb: 1\n").when(TMP).gives("a: # c\n  - /tmp\n# about b\nb: 1\n");
    given("a:\n  # - /x\n").when(TMP).gives("a:\n  # - /x\n  - /tmp\n");
    given("b:\n- 1\na:\n").when(TMP).gives("b:\n- 1\na:\n- /tmp\n");
    given("b: 1\n").when(TMP).gives("b: 1\na:\n  - /tmp\n");
  }

  @Test
  void holds_already() {
    given("a:\n- '/tmp' # c\n").when(TMP).changesNothing();
    given("a: [\"/tmp\"]\n").when(TMP).changesNothing();
    given("a: /tmp\n").when(TMP).changesNothing();
    given("a: &x [/tmp]\nb: *x\n").when(TMP).changesNothing();
    given("x: &x [/tmp]\na: *x\n").when(TMP).changesNothing();
    given("a: [80]\n").when(new Edit.Ensure(Given.at("a"), Value.integer(80))).changesNothing();
  }

  @Test
  void a_number_is_no_text() {
    given("a: [80]\n").when(ensure("a", "80")).gives("a: [80, \"80\"]\n");
  }

  @Test
  void is_held_where_there_is_something_else() {
    given("a: {b: 1}\n").when(TMP).holds("a mapping stands where a list is wanted");
    given("a: |\n  /x\n").when(TMP).holds("a text over several lines");
    given("a: one\n  two\n").when(TMP).holds("a text over several lines");
    given("x: &x [1]\na: *x\n").when(TMP).holds("an alias of a list that other places share");
    given("a: &x [1]\nb: *x\n").when(TMP).holds("inside the anchor &x");
    given("a: !override\n  - /x\n").when(TMP).holds("the tag !override");
  }
}
