package dev.tightship.yaml;

import static dev.tightship.yaml.Given.TRUE;
import static dev.tightship.yaml.Given.at;
import static dev.tightship.yaml.Given.given;
import static dev.tightship.yaml.Given.list;
import static dev.tightship.yaml.Given.map;
import static dev.tightship.yaml.Given.set;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another value where one stands. */
class ReplaceValueTest {

  private static final Edit.Yaml NEW = set("a", "new");
  private static final Edit.Yaml LIST = set("a", list("new", "b c"));
  private static final Edit.Yaml MAPPING = set("a", map("k", "v", "l", list("new")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: old                | a: new",
        "a:    old   # c       | a:    new   # c",
        "a : old               | a : new",
        "a: 'old' # c          | a: 'new' # c",
        "a: \"old\"            | a: \"new\"",
        "'a': 5                | 'a': new",
        "a:                    | a: new",
        "a: # c                | a: new # c",
        "a: ~ # c              | a: new # c",
        "a: [x, y] # c         | a: new # c",
        "a: {b: 1}             | a: new",
        "a: {}                 | a: new",
        "a: &unused old        | a: &unused new",
        "? a                   | ? a",
        "{a: old, b: 1}        | {a: new, b: 1}",
        "{a: , b: 1}           | {a: new , b: 1}",
        "{a, b: 1}             | {a: new, b: 1}",
        "{a: [x], b: 1}        | {a: new, b: 1}",
        "{\"a\":1}             | {\"a\": \"new\"}",
        "{\"a\": {\"b\": 1}}   | {\"a\": \"new\"}",
      })
  void a_word(String text, String after) {
    if (text.equals(after)) {
      given(text + "\n").when(NEW).holds("question mark");
    } else {
      given(text + "\n").when(NEW).gives(after + "\n");
    }
  }

  @Test
  void a_text_is_another_for_all_that_share_it() {
    var other = new Edit.Text(at("a").key("b"), "new");
    given("x: 1\na: &y\n  b: old # c\nz: *y\n")
        .when(other)
        .gives("x: 1\na: &y\n  b: new # c\nz: *y\n");
    given("a:\n  b: &y 'old'\nz: *y\n").when(other).gives("a:\n  b: &y 'new'\nz: *y\n");
    given("a:\n  b: |\n    one: old # c\n    two: x\n\n    three\nc: 1\n")
        .when(new Edit.Text(at("a").key("b"), "one: new # c\ntwo: x\n\nthree\n"))
        .gives("a:\n  b: |\n    one: new # c\n    two: x\n\n    three\nc: 1\n");
    given("a:\n  b: >-\n    one old\n    two: x\n\n    three\nc: 1\n")
        .when(new Edit.Text(at("a").key("b"), "one new-er two: x\nthree"))
        .gives("a:\n  b: >-\n    one new-er\n    two: x\n\n    three\nc: 1\n");
    given("a:\n  b: \"one \\\"q\\\"\n    old two\"\nc: 1\n")
        .when(new Edit.Text(at("a").key("b"), "one \"q\" new two"))
        .gives("a:\n  b: \"one \\\"q\\\"\n    new two\"\nc: 1\n");
    given("a:\n  b: new\n").when(other).gives("a:\n  b: new\n");
    given("a:\n  c: old\n").when(other).holds("no text stands there");
    given("a:\n  b: [old]\n").when(other).holds("no text stands there");
    given("a:\n  b: !reset old\n").when(other).holds("the tag !reset");
    given("a:\n- old # c\n- x\n")
        .when(new Edit.Text(at("a").item(Value.string("old")), "new"))
        .gives("a:\n- new # c\n- x\n");
  }

  @Test
  void a_word_for_several_lines() {
    given("a: one\n  two # c\nb: 1\n").when(NEW).gives("a: new # c\nb: 1\n");
    given("a: \"one\n  two\"\nb: 1\n").when(NEW).gives("a: \"new\"\nb: 1\n");
    given("a:\n  old\nb: 1\n").when(NEW).gives("a:\n  new\nb: 1\n");
    given("? a\n: old\n").when(NEW).gives("? a\n: new\n");
  }

  @ParameterizedTest
  @CsvSource({"|", "|-", "|+", ">", ">-", ">+", "|2"})
  void a_word_for_a_block_text(String header) {
    String text = "a: " + header + "\n  one # no comment\n\n  two\n";
    given(text + "b: 1\n").when(NEW).gives("a: new\nb: 1\n");
    given(text + "\n\nb: 1\n").when(NEW).gives("a: new\n\n\nb: 1\n");
    given(text).when(NEW).gives("a: new\n");
  }

  @Test
  void a_word_for_lines_of_a_list_or_mapping() {
    given("a:\n  - x\n  - y\nb: 1\n").when(NEW).gives("a: new\nb: 1\n");
    given("a:\n- x\nb: 1\n").when(NEW).gives("a: new\nb: 1\n");
    given("a: # c\n\n  k: v\nb: 1\n").when(NEW).gives("a: new # c\nb: 1\n");
    given("a: &unused\n  k: v\n").when(NEW).gives("a: &unused new\n");
    given("a:\n  - |+\n    t\n\nb: 1\n").when(NEW).gives("a: new\n\nb: 1\n");
  }

  @Test
  void a_list_for_a_word() {
    given("a: old\nb: 1\n").when(LIST).gives("a:\n  - new\n  - b c\nb: 1\n");
    given("a: old # c\nb: 1\n").when(LIST).gives("a: # c\n  - new\n  - b c\nb: 1\n");
    given("z: [1]\na: old # c\n").when(LIST).gives("z: [1]\na: [new, b c] # c\n");
    given("a: one\n  two # c\nb: 1\n").when(LIST).gives("a: # c\n  - new\n  - b c\nb: 1\n");
    given("a:\n  old\n").when(LIST).gives("a:\n  - new\n  - b c\n");
    given("a: |\n  old\n\nb: 1\n").when(LIST).gives("a:\n  - new\n  - b c\n\nb: 1\n");
    given("x: &x 1\na: *x\n").when(LIST).gives("x: &x 1\na:\n  - new\n  - b c\n");
  }

  @Test
  void a_list_for_a_list() {
    given("a:\n    - x\n    - y\nb: 1\n").when(LIST).gives("a:\n    - new\n    - b c\nb: 1\n");
    given("a: # c\n- x\nb: 1\n").when(LIST).gives("a: # c\n- new\n- b c\nb: 1\n");
    given("a: [x, y] # c\n").when(LIST).gives("a: [new, b c] # c\n");
    given("a: [\n  x,\n  y\n]\n").when(LIST).gives("a: [new, b c]\n");
    given("a: [\"CMD\", \"x # y\"]\n").when(LIST).gives("a: [\"new\", \"b c\"]\n");
    given("a: []\n").when(LIST).gives("a: [new, b c]\n");
    given("{a: [x], b: 1}\n").when(LIST).gives("{a: [new, b c], b: 1}\n");
    given("{\"a\": [1]}\n").when(LIST).gives("{\"a\": [\"new\", \"b c\"]}\n");
  }

  @Test
  void a_mapping_for_a_list() {
    given("a:\n  - x\nb: 1\n").when(MAPPING).gives("a:\n  k: v\n  l:\n    - new\nb: 1\n");
    given("a: [x]\n").when(MAPPING).gives("a: {k: v, l: [new]}\n");
    given("a: x # c\n").when(MAPPING).gives("a: # c\n  k: v\n  l:\n    - new\n");
  }

  @Test
  void nothing_for_something() {
    given("a:\n  - x\nb: 1\n").when(set("a", list())).gives("a: []\nb: 1\n");
    given("a: x # c\n").when(set("a", map())).gives("a: {} # c\n");
    given("a: x\n").when(set("a", "")).gives("a: \"\"\n");
  }

  @Test
  void an_item() {
    Place old = at("a").item(Value.string("old"));
    var word = new Edit.Set(old, Value.string("80:80"));
    given("a:\n  -   old # c\n  - z\n").when(word).gives("a:\n  -   \"80:80\" # c\n  - z\n");
    given("a:\n- 'old'\n").when(word).gives("a:\n- '80:80'\n");
    given("a: [old, z]\n").when(word).gives("a: [\"80:80\", z]\n");
    given("a:\n  -\n    old\n").when(word).gives("a:\n  -\n    \"80:80\"\n");
    given("a:\n  - |-\n    old\n  - z\n").when(word).gives("a:\n  - \"80:80\"\n  - z\n");
    given("a:\n  - old\n  - z\n")
        .when(new Edit.Set(old, map("k", "v", "l", "w")))
        .gives("a:\n  - k: v\n    l: w\n  - z\n");
    given("a:\n  - k: v\n    l: w # c\n  - z\n")
        .when(new Edit.Set(at("a").item(map("k", "v", "l", "w")), Value.string("x")))
        .gives("a:\n  - x # c\n  - z\n");
  }

  @Test
  void an_item_that_gave_way_already() {
    given("a: [new, z]\n")
        .when(new Edit.Set(at("a").item(Value.string("old")), Value.string("new")))
        .changesNothing();
    given("a: [x, z]\n")
        .when(new Edit.Set(at("a").item(Value.string("old")), Value.string("new")))
        .holds("the list item is not there");
  }

  @Test
  void what_is_there_already_stays_as_it_is_written() {
    given("a: 'new' # c\n").when(NEW).changesNothing();
    given("a: |-\n  new\n").when(NEW).changesNothing();
    given("a: &x new\nb: *x\n").when(NEW).changesNothing();
    given("a: !!str new\n").when(NEW).changesNothing();
    given("a: true\n").when(set("a", TRUE)).changesNothing();
    given("a: {l: [new], k: v}\n").when(MAPPING).changesNothing();
  }

  @Test
  void the_kind_counts_as_well_as_the_text() {
    given("a: \"true\"\n").when(set("a", TRUE)).gives("a: true\n");
    given("a: true\n").when(set("a", "true")).gives("a: \"true\"\n");
  }

  @Test
  void no_comment_is_lost() {
    given("a: | # c\n  one\n").when(NEW).holds("a comment stands inside the value");
    given("a: [x, # c\n  y]\n").when(NEW).holds("a comment stands inside the value");
    given("a:\n  - x # c\n  - y\n").when(LIST).holds("a comment stands inside the value");
    given("a:\n  - x\n  - y # c\n").when(LIST).holds("a comment stands beside the value");
    given("a:\n  # c\n  - x\n").when(LIST).holds("a comment stands beside the value");
    given("a: # c\n  old\n").when(LIST).holds("a comment stands inside the value");
    given("a: # c\n  old\n").when(NEW).gives("a: # c\n  new\n");
    given("a: [\"x#y\", 'p # q']\n").when(NEW).gives("a: new\n");
  }

  @Test
  void others_keep_what_they_share() {
    given("a: &x old\nb: *x\n").when(NEW).holds("inside the anchor &x");
    given("a:\n  b: &x old\nc: *x\n").when(NEW).holds("it holds the anchor &x");
    given("b: &x old\na: *x\n").when(NEW).gives("b: &x old\na: new\n");
    given("a: !reset null\n").when(NEW).holds("the tag !reset");
    given("a: &unused old\n").when(LIST).holds("an anchor stands before the value");
  }

  @Test
  void a_block_text_in_the_column_of_its_key_is_held() {
    given("a:\n|\n  text\n").when(NEW).holds("in the column of its key");
  }

  @Test
  void the_file_as_a_whole_is_no_place() {
    given("old\n")
        .when(new Edit.Set(Place.of(Given.FILE), Value.string("new")))
        .holds("the whole file");
    given("- x\n")
        .when(new Edit.Ensure(Place.of(Given.FILE), Value.string("y")))
        .holds("the whole file");
    given("a: 1\n").when(new Edit.Remove(Place.of(Given.FILE))).holds("the whole file");
  }
}
