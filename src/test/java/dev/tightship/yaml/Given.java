package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * One sentence a test: given a text, when these goals are reached, it gives that text, holds, or
 * changes nothing.
 *
 * <p>What every case proves beside its own words: the data are what {@link Goals} says; planned
 * again, the goals ask for nothing; lines that no splice touches and comments that no removal takes
 * along are there, in order; and the same holds, with the same edit, for the text with CRLF,
 * without its last line break, with a byte order mark, behind a document start, behind characters
 * beyond the BMP, and before blank lines.
 */
final class Given {

  static final String FILE = "compose.yaml";

  private final String text;
  private final List<Edit.Yaml> goals;

  private Given(String text, List<Edit.Yaml> goals) {
    this.text = text;
    this.goals = goals;
  }

  static Given given(String text) {
    return new Given(text, List.of());
  }

  Given when(Edit.Yaml... edits) {
    return new Given(text, List.of(edits));
  }

  void gives(String expected) {
    Reached reached = Reached.from(Reached.read(text), goals);
    assertThat(reached.held()).as("held on\n%s", text).isEmpty();
    assertThat(reached.after().text()).isEqualTo(expected);
    reached.obeysTheLaws();
    for (Spelling spelling : Spelling.values()) {
      if (!spelling.fits(text, expected)) {
        continue;
      }
      Reached other = Reached.from(Reached.read(spelling.of(text)), goals);
      assertThat(other.held()).as("held as %s", spelling).isEmpty();
      assertThat(other.after().text())
          .as("the text as %s", spelling)
          .isEqualTo(spelling.of(expected));
      other.obeysTheLaws();
    }
  }

  /** The goals are reached in some way. */
  void reaches() {
    Reached reached = Reached.from(Reached.read(text), goals);
    assertThat(reached.held()).isEmpty();
    gives(reached.after().text());
  }

  /** The goal is not reached, and the reason given holds these words. */
  void holds(String reason) {
    assertThat(goals).hasSize(1);
    for (Spelling spelling : Spelling.values()) {
      if (spelling.fits(text, text)) {
        Reached reached = Reached.from(Reached.read(spelling.of(text)), goals);
        assertThat(reached.held()).as("as %s", spelling).hasSize(1);
        assertThat(reached.held().get(0)).contains(reason);
        assertThat(reached.after().text()).isEqualTo(spelling.of(text));
      }
    }
  }

  void changesNothing() {
    gives(text);
  }

  // ---- words for goals

  /** Keys with dots between them. */
  static Place at(String keys) {
    return Place.of(FILE, keys.split("\\."));
  }

  static Edit.Yaml set(String keys, Value value) {
    return new Edit.Set(at(keys), value);
  }

  static Edit.Yaml set(String keys, String value) {
    return new Edit.Set(at(keys), Value.string(value));
  }

  static Edit.Yaml ensure(String keys, String item) {
    return new Edit.Ensure(at(keys), Value.string(item));
  }

  static Edit.Yaml remove(String keys) {
    return new Edit.Remove(at(keys));
  }

  static Edit.Yaml removeItem(String keys, String item) {
    return new Edit.Remove(at(keys).item(Value.string(item)));
  }

  static Edit.Yaml rename(String keys, String key) {
    return new Edit.Rename(at(keys), key);
  }

  static final Value TRUE = Value.bool(true);

  static Value list(String... items) {
    return new Value.Sequence(Arrays.stream(items).map(i -> (Value) Value.string(i)).toList());
  }

  /** Keys and values in turn. */
  static Value map(Object... pairs) {
    var entries = new LinkedHashMap<String, Value>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      entries.put(
          (String) pairs[i], value instanceof Value v ? v : Value.string(String.valueOf(value)));
    }
    return new Value.Mapping(entries);
  }
}
