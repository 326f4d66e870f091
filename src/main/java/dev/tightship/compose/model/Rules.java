package dev.tightship.compose.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table from paths to rules, with a cursor in it: {@code services.*.build.args}. A star stands
 * for any key and any item of a list, {@code []} for any item.
 */
final class Rules<T> {

  /** Where a service and a job are alike. */
  static final List<String> WORKLOADS = List.of("services.*", "jobs.*");

  /** Everything that describes a container. */
  static final List<String> CONTAINERS = List.of("services.*", "jobs.*", "services.*.pre_start.*");

  private final Map<String, Rules<T>> below = new HashMap<>();
  private @Nullable T here;

  /** Adds a rule; for the one that builds the table. */
  Rules<T> add(String path, T rule) {
    add(List.of(path.split("\\.")), rule);
    return this;
  }

  void add(List<String> path, T rule) {
    Rules<T> at = this;
    for (String part : path) {
      at = at.below.computeIfAbsent(part, p -> new Rules<>());
    }
    at.here = rule;
  }

  /** Adds a rule below each of several places. */
  Rules<T> add(List<String> prefixes, String path, T rule) {
    prefixes.forEach(prefix -> add(prefix + "." + path, rule));
    return this;
  }

  /** The rule for this very place. */
  @Nullable T here() {
    return here;
  }

  /** The rules below a key, or null where there are none. */
  @Nullable Rules<T> key(String key) {
    Rules<T> exact = below.get(key);
    return exact != null ? exact : below.get("*");
  }

  /** The rules below the items of a list, or null where there are none. */
  @Nullable Rules<T> item() {
    return key("[]");
  }
}
