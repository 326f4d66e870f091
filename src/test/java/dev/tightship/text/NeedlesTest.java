package dev.tightship.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NeedlesTest {

  @Test
  void finds_all_that_begin_at_a_place() {
    assertEquals(
        List.of("ab 1", "abc 1", "bc 2", "ab 4"), found(Set.of("ab", "abc", "bc"), "xabcab"));
  }

  @Test
  void finds_those_that_begin_alike_and_are_of_different_lengths() {
    assertEquals(
        List.of("password-1 0", "password-12 0", "password-3 12"),
        found(Set.of("password-1", "password-12", "password-3"), "password-12 password-3"));
  }

  @Test
  void finds_what_the_text_ends_with_and_nothing_beyond() {
    assertEquals(List.of("end 4"), found(Set.of("end", "ending"), "the end"));
    assertEquals(List.of(), found(Set.of("longer than the text"), "longer"));
  }

  @Test
  void looks_for_nothing() {
    assertEquals(List.of(), found(Set.of(), "a text"));
    assertThrows(IllegalArgumentException.class, () -> new Needles(List.of("a", "")));
  }

  private static List<String> found(Set<String> needles, String text) {
    var found = new ArrayList<String>();
    new Needles(needles).in(text, (needle, at) -> found.add(needle + " " + at));
    return found;
  }
}
