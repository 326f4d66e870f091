package dev.tightship.compose;

import dev.tightship.edit.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How Docker Compose merges what a later file says into what the files before it said, on data
 * whose variables are not filled in (compose-go v2.16.1 and v2.9.1, packages override and loader).
 */
final class Merge {

  /** Removes what the files before said. */
  static final String RESET = "!reset";

  /** Takes the place of what the files before said, whatever the rule of the place. */
  static final String OVERRIDE = "!override";

  private Merge() {}

  /** What Compose sees at a path where one file says one thing and a later one another. */
  static Value merge(Value earlier, Value later, List<String> path) {
    return merged(without(earlier, later, path), bare(later), path);
  }

  /** What is left of a value when all is gone that a later file tags, as Compose does first. */
  private static Value without(Value earlier, Value later, List<String> path) {
    Value held = Spelling.held(earlier, MergeRule.of(path));
    if (!(held instanceof Value.Mapping old) || !(later instanceof Value.Mapping more)) {
      return earlier;
    }
    var entries = new LinkedHashMap<>(old.entries());
    more.entries()
        .forEach(
            (key, value) -> {
              if (isTagged(value)) {
                entries.remove(key);
              } else {
                entries.computeIfPresent(key, (k, v) -> without(v, value, deeper(path, k)));
              }
            });
    return new Value.Mapping(entries);
  }

  /** What a file says by itself: nothing where it only resets. */
  private static Value bare(Value value) {
    if (value instanceof Value.Mapping mapping) {
      var entries = new LinkedHashMap<String, Value>();
      mapping
          .entries()
          .forEach(
              (key, inner) -> {
                if (!isReset(inner)) {
                  entries.put(key, bare(inner));
                }
              });
      return new Value.Mapping(entries);
    }
    if (value instanceof Value.Sequence list) {
      return new Value.Sequence(
          list.items().stream().filter(item -> !isReset(item)).map(Merge::bare).toList());
    }
    return isTagged(value) ? ((Value.Marked) value).value() : value;
  }

  private static Value merged(Value earlier, Value later, List<String> path) {
    MergeRule rule = MergeRule.of(path);
    if (rule == MergeRule.REPLACED) {
      return later;
    }
    if (Spelling.isNull(later)) {
      return earlier;
    }
    if (rule == MergeRule.KEYED) {
      Map<String, Value> keyed = Spelling.keyed(earlier);
      keyed.putAll(Spelling.keyed(later));
      return Spelling.list(keyed);
    }
    Value from = Spelling.held(earlier, rule);
    Value to = Spelling.held(later, rule);
    if (from instanceof Value.Mapping old && to instanceof Value.Mapping more) {
      boolean replaced = rule == MergeRule.LOGGING && haveOtherDrivers(old, more);
      return replaced ? more : mappings(old, more, path);
    }
    return from instanceof Value.Sequence old && to instanceof Value.Sequence more
        ? joined(old, more, path)
        : to;
  }

  private static Value mappings(Value.Mapping old, Value.Mapping more, List<String> path) {
    var entries = new LinkedHashMap<>(old.entries());
    more.entries()
        .forEach(
            (key, value) -> {
              Value before = entries.get(key);
              entries.put(key, before == null ? value : merged(before, value, deeper(path, key)));
            });
    return new Value.Mapping(entries);
  }

  /** Items of which only one may be there: the later one, in the place of the earlier one. */
  private static Value joined(Value.Sequence old, Value.Sequence more, List<String> path) {
    var items = new LinkedHashMap<Object, Value>();
    for (Value.Sequence list : List.of(old, more)) {
      list.items().forEach(item -> items.put(MergeRule.index(item, path), item));
    }
    return new Value.Sequence(new ArrayList<>(items.values()));
  }

  /** Whether both name a driver, and not the same one: then their options have no common ground. */
  static boolean haveOtherDrivers(Value.Mapping one, Value.Mapping other) {
    Value driver = one.entries().get("driver");
    Value another = other.entries().get("driver");
    return driver != null && another != null && !driver.equals(another);
  }

  static List<String> deeper(List<String> path, String key) {
    var longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  static boolean isReset(Value value) {
    return value instanceof Value.Marked marked && RESET.equals(marked.tag());
  }

  static boolean isTagged(Value value) {
    return value instanceof Value.Marked marked
        && (RESET.equals(marked.tag()) || OVERRIDE.equals(marked.tag()));
  }
}
