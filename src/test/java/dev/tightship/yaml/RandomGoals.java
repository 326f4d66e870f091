package dev.tightship.yaml;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/** Goals for a document, most of which make sense there. */
final class RandomGoals {

  private static final List<String> NAMES =
      List.of("read_only", "tmpfs", "cap_drop", "image", "a,b", "x: y", "5");

  private static final List<String> TEXTS =
      List.of(
          "/tmp", "80:80", "yes", "a: b", "", "two\nlines", "it's \"so\"", "[x]", "\ud83d\ude80");

  private final Random random;
  private final List<Place> places = new ArrayList<>();

  /** Where a key can be added. */
  private final List<Place> mappings = new ArrayList<>();

  /** Where an item can be added. */
  private final List<Place> lists = new ArrayList<>();

  private RandomGoals(Random random) {
    this.random = random;
  }

  static List<Edit.Yaml> of(Value document, int count, Random random) {
    var goals = new RandomGoals(random);
    goals.collect(Place.of(Given.FILE), document);
    var result = new ArrayList<Edit.Yaml>();
    for (int i = 0; i < count; i++) {
      result.add(goals.goal());
    }
    return result;
  }

  private void collect(Place at, Value value) {
    Value plain = Splicer.plain(value);
    boolean nothing = plain instanceof Value.Scalar s && s.kind() == Value.Kind.NULL;
    if (!at.path().isEmpty()) {
      places.add(at);
    }
    if (nothing || plain instanceof Value.Mapping) {
      mappings.add(at);
    }
    if (nothing || plain instanceof Value.Sequence || plain instanceof Value.Alias) {
      lists.add(at);
    }
    if (plain instanceof Value.Mapping mapping) {
      mapping.entries().forEach((key, inner) -> collect(at.key(key), inner));
    } else if (plain instanceof Value.Sequence list) {
      list.items().forEach(item -> collect(at.item(Splicer.plain(item)), item));
    }
  }

  private <T> T any(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Edit.Yaml goal() {
    Place place = any(places);
    Place mapping = any(mappings);
    return switch (random.nextInt(13)) {
      case 0, 1, 2 -> new Edit.Set(place, value(2));
      case 3, 4 -> new Edit.Set(mapping.key(any(NAMES)), value(2));
      case 5 -> new Edit.Set(mapping.key(any(NAMES)).key(any(NAMES)), value(1));
      case 6 -> new Edit.Ensure(place, value(0));
      case 7 -> new Edit.Ensure(lists.isEmpty() ? place : any(lists), value(random.nextInt(2)));
      case 8 -> new Edit.Ensure(mapping.key(any(NAMES)), value(0));
      case 9, 10 -> new Edit.Remove(place);
      case 11 -> new Edit.Text(place, any(NAMES));
      default -> new Edit.Rename(place, any(NAMES));
    };
  }

  private Value value(int depth) {
    int form = random.nextInt(depth == 0 ? 5 : 8);
    if (form == 7) {
      var entries = new LinkedHashMap<String, Value>();
      for (int i = random.nextInt(3); i > 0; i--) {
        entries.put(any(NAMES), value(depth - 1));
      }
      return new Value.Mapping(entries);
    }
    if (form > 4) {
      var items = new ArrayList<Value>();
      for (int i = random.nextInt(3); i > 0; i--) {
        items.add(value(depth - 1));
      }
      return new Value.Sequence(items);
    }
    return form == 0 ? Value.bool(true) : form == 1 ? Value.integer(512) : Value.string(any(TEXTS));
  }
}
