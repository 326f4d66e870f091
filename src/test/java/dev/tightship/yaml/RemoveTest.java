package dev.tightship.yaml;

import static dev.tightship.yaml.Given.at;
import static dev.tightship.yaml.Given.given;
import static dev.tightship.yaml.Given.map;
import static dev.tightship.yaml.Given.remove;
import static dev.tightship.yaml.Given.removeItem;
import static dev.tightship.yaml.Given.set;

import dev.tightship.edit.Edit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes with an entry or item that is removed, and what stays. */
class RemoveTest {

  private static final Edit.Yaml B = remove("b");

  @Test
  void an_entry_goes_with_its_lines() {
    given("a: 1\nb: 2\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
    given("b: 2\nc: 3\n").when(B).gives("c: 3\n");
    given("a: 1\nb: 2\n").when(B).gives("a: 1\n");
    given("a: 1\nb:\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
    given("a: 1\nb:\n  - x\n  - y:\n      z: 1\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
    given("a: 1\nb: one\n  two\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
    given("a: 1\nb: {x: 1,\n  y: 2\n}\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
    given("x: &x 1\nb: *x\n").when(B).gives("x: &x 1\n");
  }

  @Test
  void a_block_text_goes_with_the_lines_that_are_its_own() {
    given("a: 1\nb: |\n  x\n\nc: 3\n").when(B).gives("a: 1\n\nc: 3\n");
    given("a: 1\nb: |+\n  x\n\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
    given("a: 1\nb: >-\n  x\n\n  y\n").when(B).gives("a: 1\n");
  }

  @Test
  void a_comment_on_its_line_stays() {
    given("a: 1\nb: 2 # c\nc: 3\n").when(B).gives("a: 1\n# c\nc: 3\n");
    given("a:\n  c: 1\n  b:\n    d: 1 # c\n").when(remove("a.b")).gives("a:\n  c: 1\n  # c\n");
    given("a:\n- x\n- b # c\n- z\n").when(removeItem("a", "b")).gives("a:\n- x\n# c\n- z\n");
  }

  @Test
  void comments_around_it_stay() {
    given("a: 1\n# about b\nb: 2\n# about c\nc: 3\n")
        .when(B)
        .gives("a: 1\n# about b\n# about c\nc: 3\n");
    given("a: 1\nb:\n  d: 1\n  # deeper\nc: 3\n").when(B).gives("a: 1\n  # deeper\nc: 3\n");
  }

  @Test
  void comments_within_it_go_along() {
    given("a: 1\nb: # on\n  # above\n  d: 1\nc: 3\n").when(B).gives("a: 1\nc: 3\n");
  }

  @Test
  void no_gap_grows() {
    given("a: 1\n\nb: 2\n\nc: 3\n").when(B).gives("a: 1\n\nc: 3\n");
    given("a: 1\n\n\nb: 2\n\n\nc: 3\n").when(B).gives("a: 1\n\n\nc: 3\n");
    given("a: 1\n\nb: 2\n").when(B).gives("a: 1\n");
    given("b: 2\n\nc: 3\n").when(B).gives("c: 3\n");
    given("# top\n\nb: 2\n\nc: 3\n").when(B).gives("# top\n\nc: 3\n");
    given("# of b\nb: 2\n\nc: 3\n").when(B).gives("# of b\n\nc: 3\n");
    given("s:\n  b: 1\n\n  c: 2\n").when(remove("s.b")).gives("s:\n  c: 2\n");
    given("s:\n  a: 1\n\n  b: 1\n\n\nd: 1\n").when(remove("s.b")).gives("s:\n  a: 1\n\n\nd: 1\n");
  }

  @Test
  void the_text_before_it_keeps_its_blank_lines_and_gets_no_more() {
    given("s:\n  a: |+\n    x\n\n  b: 1\n\n  d: 2\n")
        .when(remove("s.b"))
        .gives("s:\n  a: |+\n    x\n\n  d: 2\n");
    given("s:\n  a: |+\n    x\n  b: 1\n\n  d: 2\n")
        .when(remove("s.b"))
        .gives("s:\n  a: |+\n    x\n  d: 2\n");
    given("s:\n  a: |+\n    x\n\n  b: 1\nd: 2\n")
        .when(remove("s.b"))
        .gives("s:\n  a: |+\n    x\n\nd: 2\n");
  }

  @Test
  void the_first_behind_a_dash_gives_its_place_to_the_next() {
    var item = at("v").item(map("b", "1", "c", "2"));
    given("v:\n  -   b: '1'\n      c: '2'\n")
        .when(new Edit.Remove(item.key("b")))
        .gives("v:\n  -   c: '2'\n");
    given("v:\n  - b: '1' # c\n    c: '2'\n")
        .when(new Edit.Remove(item.key("b")))
        .holds("something else stands");
    given("v:\n  - b: '1'\n    # c\n    c: '2'\n")
        .when(new Edit.Remove(item.key("b")))
        .holds("a comment");
    given("v:\n  - b: '1'\n    c: '2'\n")
        .when(new Edit.Remove(item.key("c")))
        .gives("v:\n  - b: '1'\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: 1, b: 2, c: 3}    | {a: 1, c: 3}",
        "{b: 2, c: 3}          | {c: 3}",
        "{a: 1, b: 2}          | {a: 1}",
        "{ a: 1, b: 2 } # c    | { a: 1 } # c",
        "{a: 1, b: 2, }        | {a: 1, }",
        "{a: 1, b, c: 2}       | {a: 1, c: 2}",
        "{a: 1, b: [1, 2]}     | {a: 1}",
        "{\"a\":1,\"b\":2}     | {\"a\":1}",
      })
  void an_entry_in_braces_goes_with_its_comma(String text, String after) {
    given(text + "\n").when(B).gives(after + "\n");
  }

  @Test
  void an_entry_in_braces_goes_with_its_line() {
    given("{\n  a: 1,\n  b: 2\n}\n").when(B).gives("{\n  a: 1\n}\n");
    given("{\n  a: 1,\n  b: 2,\n}\n").when(B).gives("{\n  a: 1,\n}\n");
    given("{\n  b: 2,\n  c: 3\n}\n").when(B).gives("{\n  c: 3\n}\n");
    given("{\n  a: 1, # of a\n  b: {\n    x: 2\n  },\n  c: 3\n}\n")
        .when(B)
        .gives("{\n  a: 1, # of a\n  c: 3\n}\n");
    given("{\n  a: 1, # of a\n  b: 2 # of b\n}\n").when(B).gives("{\n  a: 1 # of a\n  # of b\n}\n");
    given("{\n  a: 1,\n  b: 2, # of b\n  c: 3\n}\n")
        .when(B)
        .gives("{\n  a: 1,\n  # of b\n  c: 3\n}\n");
    given("{\n  a: 1, b: 2,\n  c: 3 }\n").when(B).gives("{\n  a: 1,\n  c: 3 }\n");
    given("{\n  a: 1\n  , b: 2\n}\n").when(B).gives("{\n  a: 1\n}\n");
  }

  @Test
  void a_comment_between_two_on_one_line_holds_it() {
    given("{a: 1, # c\n  b: 2, c: 3}\n").when(B).holds("a comment stands beside it");
  }

  @Test
  void an_item_goes_as_an_entry_does() {
    Edit.Yaml item = removeItem("a", "b");
    given("a:\n  - x\n  - b\n  - z\n").when(item).gives("a:\n  - x\n  - z\n");
    given("a:\n  - 'b'\n  - z\n").when(item).gives("a:\n  - z\n");
    given("a:\n- x\n- b\nc: 1\n").when(item).gives("a:\n- x\nc: 1\n");
    given("a: [x, b, z]\n").when(item).gives("a: [x, z]\n");
    given("a: [b, z]\n").when(item).gives("a: [z]\n");
    given("a: [x, 'b', ]\n").when(item).gives("a: [x, ]\n");
    given("a: [\n  x,\n  b,\n]\n").when(item).gives("a: [\n  x,\n]\n");
    given("a:\n  - x\n  - k: v\n    l: w\n  - z\n")
        .when(new Edit.Remove(at("a").item(map("k", "v", "l", "w"))))
        .gives("a:\n  - x\n  - z\n");
  }

  @Test
  void the_only_one_is_held_since_removal_never_climbs() {
    given("a:\n  b: 1\n").when(remove("a.b")).holds("nothing would be left around it");
    given("b: 1\n").when(B).holds("nothing would be left around it");
    given("a: [b]\n").when(removeItem("a", "b")).holds("nothing would be left around it");
    given("a: {b: 1}\n").when(remove("a.b")).holds("nothing would be left around it");
  }

  @Test
  void what_is_not_there_needs_no_removal() {
    given("a: 1\n").when(B).changesNothing();
    given("a: 1\n").when(remove("a.b.c")).changesNothing();
    given("a: [x]\n").when(removeItem("a", "b")).changesNothing();
    given("x: &x {b: 1}\na: *x\n").when(remove("a.b")).changesNothing();
  }

  @Test
  void others_keep_what_they_share() {
    given("a: 1\nb: &n 2\nc: *n\n").when(B).holds("inside the anchor &n");
    given("a: 1\nb:\n  d: &n 2\nc: *n\n").when(B).holds("it holds the anchor &n");
    given("x: &n\n  b: 1\n  c: 2\ny: *n\n").when(remove("x.b")).holds("inside the anchor &n");
    given("a: 1\nb: !reset null\n").when(B).holds("the tag !reset");
  }

  @Test
  void an_item_that_stands_twice_is_not_one_place() {
    given("a: [b, c, b]\n").when(removeItem("a", "b")).holds("the item stands twice");
  }

  @Test
  void neighbours_can_go_together_and_others_come() {
    given("a: 1\nb: 2\nc: 3\nd: 4\n").when(B, remove("c"), remove("d")).gives("a: 1\n");
    given("{a: 1, b: 2, c: 3}\n").when(B, remove("c")).gives("{a: 1}\n");
    given("a: 1\nb: 2\n").when(B, set("c", "x")).gives("a: 1\nc: x\n");
    given("a: 1\n\nb: 2\n\n").when(B, set("c", "x")).gives("a: 1\nc: x\n\n");
  }

  @Test
  void a_question_mark_holds_it() {
    given("a: 1\n? b\n: 2\nc: 3\n").when(B).holds("something else stands on the line before it");
  }
}
