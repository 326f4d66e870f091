package dev.tightship.compose;

import dev.tightship.edit.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a further file has to say, in the fewest words, so that Docker Compose sees one thing where
 * it saw another: a new item of a list alone, an item that takes the place of another alone where
 * Compose tells them apart by a key, and only else the whole list behind {@code !override}.
 */
public final class Difference {

  private Difference() {}

  /**
   * What is to be said at a path; null when nothing is.
   *
   * @param path from the root: {@code services}, a name, keys
   */
  public static @Nullable Value between(Value before, Value after, List<String> path) {
    MergeRule rule = MergeRule.of(path);
    if (same(before, after, path)) {
      return null;
    }
    if (rule == MergeRule.REPLACED) {
      return after;
    }
    if (rule == MergeRule.KEYED) {
      return keyed(before, after, path);
    }
    Value from = Spelling.held(before, rule);
    Value to = Spelling.held(after, rule);
    if (from instanceof Value.Mapping old && to instanceof Value.Mapping now) {
      boolean whole = rule == MergeRule.LOGGING && Merge.haveOtherDrivers(old, now);
      return whole ? now : mappings(old.entries(), now.entries(), path);
    }
    if (from instanceof Value.Sequence old && to instanceof Value.Sequence now) {
      return items(old, now, path);
    }
    return from instanceof Value.Scalar ? to : override(to);
  }

  /** A key can be reset where Compose holds a mapping; of a list only the whole can be replaced. */
  private static Value keyed(Value before, Value after, List<String> path) {
    Map<String, Value> old = Spelling.keyed(before);
    Map<String, Value> now = Spelling.keyed(after);
    return before instanceof Value.Mapping || now.keySet().containsAll(old.keySet())
        ? mappings(old, now, path)
        : override(new Value.Mapping(now));
  }

  private static Value mappings(Map<String, Value> old, Map<String, Value> now, List<String> path) {
    var said = new LinkedHashMap<String, Value>();
    now.forEach(
        (key, value) -> {
          Value before = old.get(key);
          Value more = before == null ? value : between(before, value, Merge.deeper(path, key));
          if (more != null) {
            said.put(key, more);
          }
        });
    for (String key : old.keySet()) {
      if (!now.containsKey(key)) {
        said.put(key, new Value.Marked(null, Merge.RESET, Spelling.NULL));
      }
    }
    return new Value.Mapping(said);
  }

  private static Value items(Value.Sequence old, Value.Sequence now, List<String> path) {
    var had = new HashSet<>(old.items());
    var more = new Value.Sequence(now.items().stream().filter(i -> !had.contains(i)).toList());
    return !more.items().isEmpty() && same(Merge.merge(old, more, path), now, path)
        ? more
        : override(now);
  }

  private static Value override(Value value) {
    return new Value.Marked(null, Merge.OVERRIDE, value);
  }

  /** Whether Compose sees the same at a path in two values without tags. */
  static boolean same(Value one, Value other, List<String> path) {
    MergeRule rule = MergeRule.of(path);
    if (rule == MergeRule.KEYED) {
      return Spelling.keyed(one).equals(Spelling.keyed(other));
    }
    Value a = Spelling.held(one, rule);
    Value b = Spelling.held(other, rule);
    if (a instanceof Value.Mapping first && b instanceof Value.Mapping second) {
      return first.entries().keySet().equals(second.entries().keySet())
          && first.entries().entrySet().stream()
              .allMatch(
                  e ->
                      same(
                          e.getValue(),
                          Objects.requireNonNull(second.entries().get(e.getKey())),
                          Merge.deeper(path, e.getKey())));
    }
    return (a instanceof Value.Sequence first
            && b instanceof Value.Sequence second
            && !MergeRule.isOrdered(path))
        ? counts(first).equals(counts(second))
        : a.equals(b);
  }

  private static Map<Value, Integer> counts(Value.Sequence list) {
    var counts = new HashMap<Value, Integer>();
    list.items().forEach(item -> counts.merge(item, 1, Integer::sum));
    return counts;
  }
}
