package dev.tightship.compose.model;

import dev.tightship.edit.Value.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values: no anchors, no merge keys, no tags, no places. Immutable. */
public sealed interface Data {

  /**
   * @param text a string itself; else the value as Go prints it ({@code true}, {@code 384}, {@code
   *     1e+06}, {@code 2001-01-01 00:00:00 +0000 UTC}, {@code <nil>})
   */
  record Scalar(Kind kind, String text) implements Data {

    /** Nothing, as {@code null} or an empty value says it. */
    static final Scalar NULL = new Scalar(Kind.NULL, "<nil>");
  }

  record Sequence(List<Data> items) implements Data {

    static final Sequence EMPTY = new Sequence(List.of());

    public Sequence {
      items = List.copyOf(items);
    }
  }

  record Mapping(Map<String, Data> entries) implements Data {

    static final Mapping EMPTY = new Mapping(Map.of());

    public Mapping {
      entries = Collections.unmodifiableMap(entries);
    }

    /**
     * What stands under a key; {@link Scalar#NULL} too where that is written, null where nothing
     * is.
     */
    public @Nullable Data get(String key) {
      return entries.get(key);
    }

    boolean has(String key) {
      return entries.containsKey(key);
    }

    /** With a key set. */
    Mapping with(String key, Data value) {
      var copy = new LinkedHashMap<>(entries);
      copy.put(key, value);
      return new Mapping(copy);
    }

    /** With a key set, unless it is there, be it null. */
    Mapping orElse(String key, Data value) {
      return has(key) ? this : with(key, value);
    }

    Mapping without(String key) {
      if (!has(key)) {
        return this;
      }
      var copy = new LinkedHashMap<>(entries);
      copy.remove(key);
      return new Mapping(copy);
    }
  }

  static Scalar string(String text) {
    return new Scalar(Kind.STRING, text);
  }

  static Scalar bool(boolean value) {
    return new Scalar(Kind.BOOL, Boolean.toString(value));
  }

  static Scalar integer(long value) {
    return new Scalar(Kind.INT, Long.toString(value));
  }

  static Mapping mapping(String key, Data value) {
    return new Mapping(Map.of(key, value));
  }

  static Sequence strings(List<String> items) {
    var list = new ArrayList<Data>();
    items.forEach(item -> list.add(string(item)));
    return new Sequence(list);
  }

  /** The text of a string; null for all else. */
  static @Nullable String text(@Nullable Data data) {
    return data instanceof Scalar scalar && scalar.kind == Kind.STRING ? scalar.text : null;
  }

  default boolean isNull() {
    return this instanceof Scalar scalar && scalar.kind == Kind.NULL;
  }

  /** As Go's {@code fmt.Sprint} prints it. */
  default String print() {
    if (this instanceof Scalar scalar) {
      return scalar.text;
    }
    var parts = new ArrayList<String>();
    if (this instanceof Sequence list) {
      list.items.forEach(item -> parts.add(item.print()));
      return parts.toString().replace(",", "");
    }
    ((Mapping) this).entries.forEach((key, value) -> parts.add(key + ":" + value.print()));
    Collections.sort(parts);
    return "map" + parts.toString().replace(",", "");
  }
}
