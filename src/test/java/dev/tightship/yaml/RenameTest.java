package dev.tightship.yaml;

import static dev.tightship.yaml.Given.given;
import static dev.tightship.yaml.Given.rename;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that is called otherwise. */
class RenameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: 1 # c        | b_FILE: 1 # c",
        "'a': 1          | 'b_FILE': 1",
        "\"a\": 1        | \"b_FILE\": 1",
        "a :   1         | b_FILE :   1",
        "{a: 1, c: 2}    | {b_FILE: 1, c: 2}",
        "{a, c}          | {b_FILE, c}",
        "{\"a\":1}       | {\"b_FILE\":1}",
        "? a             | ? b_FILE",
      })
  void is_written_as_it_was(String text, String after) {
    given(text + "\n").when(rename("a", "b_FILE")).gives(after + "\n");
  }

  @Test
  void its_value_and_its_place_stay() {
    given("x: 1\na:\n  - y # c\nz: 1\n")
        .when(rename("a", "b"))
        .gives("x: 1\nb:\n  - y # c\nz: 1\n");
    given("a: |+\n  t\n\nz: 1\n").when(rename("a", "b")).gives("b: |+\n  t\n\nz: 1\n");
  }

  @ParameterizedTest
  @CsvSource({"a: b, '\"a: b\"'", "5, '\"5\"'", "'a,b', '\"a,b\"'", "a.b, a.b"})
  void gets_quotes_where_it_needs_them(String key, String written) {
    given("a: 1\n").when(rename("a", key)).gives(written + ": 1\n");
  }

  @Test
  void is_done_already() {
    given("b: 1\n").when(rename("a", "b")).changesNothing();
    given("a: 1\n").when(rename("a", "a")).changesNothing();
  }

  @Test
  void is_held_where_it_cannot_be() {
    given("a: 1\nb: 2\n").when(rename("a", "b")).holds("has the key b already");
    given("c: 1\n").when(rename("a", "b")).holds("the key is not there");
    given("&k a: 1\n").when(rename("a", "b")).holds("an anchor or a tag");
    given("!t a: 1\n").when(rename("a", "b")).holds("an anchor or a tag");
    given("a: &n 1\nc: *n\n").when(rename("a", "b")).holds("inside the anchor &n");
  }
}
