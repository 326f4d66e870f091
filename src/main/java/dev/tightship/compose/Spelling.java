package dev.tightship.compose;

import dev.tightship.edit.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The short and the long way to say the same, where Docker Compose knows both. */
final class Spelling {

  static final Value NULL = new Value.Scalar(Value.Kind.NULL, "null");

  private Spelling() {}

  /** The form in which Compose holds what one file says, before it merges a later one into it. */
  static Value held(Value value, MergeRule rule) {
    return switch (rule) {
      case BUILD ->
          value instanceof Value.Scalar ? new Value.Mapping(Map.of("context", value)) : value;
      case NAMED -> value instanceof Value.Sequence names ? named(names) : value;
      case LISTED -> value instanceof Value.Mapping ? list(keyed(value)) : asList(value);
      default -> value;
    };
  }

  private static Value asList(Value value) {
    return value instanceof Value.Scalar && !isNull(value) ? Value.sequence(value) : value;
  }

  private static Value named(Value.Sequence names) {
    var entries = new LinkedHashMap<String, Value>();
    names.items().forEach(name -> entries.put(text(name), NULL));
    return new Value.Mapping(entries);
  }

  /** A mapping, or a list of {@code KEY=value}, by key; all values are text, or null without. */
  static Map<String, Value> keyed(Value value) {
    var entries = new LinkedHashMap<String, Value>();
    if (value instanceof Value.Mapping mapping) {
      mapping
          .entries()
          .forEach((key, v) -> entries.put(key, isNull(v) ? NULL : Value.string(text(v))));
    } else if (value instanceof Value.Sequence list) {
      for (Value item : list.items()) {
        String text = text(item);
        int equals = text.indexOf('=');
        entries.put(
            equals < 0 ? text : text.substring(0, equals),
            equals < 0 ? NULL : Value.string(text.substring(equals + 1)));
      }
    }
    return entries;
  }

  static Value.Sequence list(Map<String, Value> keyed) {
    var items = new ArrayList<Value>();
    keyed.forEach((key, v) -> items.add(Value.string(isNull(v) ? key : key + "=" + text(v))));
    return new Value.Sequence(items);
  }

  static boolean isNull(Value value) {
    return value instanceof Value.Scalar scalar && scalar.kind() == Value.Kind.NULL;
  }

  static String text(Value value) {
    return value instanceof Value.Scalar scalar ? scalar.text() : "";
  }

  /** The target of a mount, in its short or long form; the item itself where it is not known. */
  static Object target(Value item) {
    if (item instanceof Value.Mapping mapping) {
      Value target = mapping.entries().get("target");
      return target == null ? item : text(target);
    }
    List<String> parts = parts(text(item));
    return parts.size() < 2 ? parts.get(0) : parts.get(1);
  }

  /** A text cut at its colons, but those of variables and of a drive of Windows. */
  private static List<String> parts(String text) {
    var parts = new ArrayList<String>();
    int from = 0;
    int braces = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      braces += c == '{' ? 1 : c == '}' ? -1 : 0;
      boolean drive =
          i == from + 1
              && Character.isLetter(text.charAt(from))
              && i + 1 < text.length()
              && "/\\".indexOf(text.charAt(i + 1)) >= 0;
      if (c == ':' && braces == 0 && !drive) {
        parts.add(text.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
