package dev.tightship.yaml;

import dev.tightship.edit.Value;
import java.util.Map;

/**
 * Writes a new value as the owner of the file would. Only what is new is written; nothing that was
 * read is ever printed back.
 *
 * @param eol the line break to use
 */
record Renderer(Layout layout, String eol) {

  private static final String MERGE = "<<";

  /** {@code key: value}, without indentation before it or a line break after it. */
  String entry(String key, Value value, String indent) {
    return key(key, false) + ":" + after(value, indent);
  }

  /** What follows the colon of an entry whose key stands at {@code indent}. */
  String after(Value value, String indent) {
    if (value instanceof Value.Marked marked && marked.anchor() == null) {
      return " " + marked.tag() + after(marked.value(), indent);
    }
    if (value instanceof Value.Mapping mapping && !mapping.entries().isEmpty()) {
      String deeper = indent + " ".repeat(Math.max(1, layout.step()));
      var lines = new StringBuilder();
      mapping
          .entries()
          .forEach(
              (key, inner) -> lines.append(eol).append(deeper).append(entry(key, inner, deeper)));
      return lines.toString();
    }
    if (value instanceof Value.Sequence list && !list.items().isEmpty() && !isFlow(list)) {
      String deeper = indent + " ".repeat(layout.listStep());
      var lines = new StringBuilder();
      for (Value item : list.items()) {
        lines.append(eol).append(deeper).append("- ").append(item(item, deeper + "  "));
      }
      return lines.toString();
    }
    return " " + flow(value, false, false);
  }

  /**
   * An item of a block list.
   *
   * @param indent where the second line of a mapping begins
   */
  String item(Value value, String indent) {
    if (!(value instanceof Value.Mapping mapping) || mapping.entries().isEmpty()) {
      return flow(value, false, false);
    }
    var lines = new StringBuilder();
    mapping
        .entries()
        .forEach(
            (key, inner) ->
                lines
                    .append(lines.isEmpty() ? "" : eol + indent)
                    .append(entry(key, inner, indent)));
    return lines.toString();
  }

  /**
   * A value on one line.
   *
   * @param inside whether it stands in brackets or braces, where more characters need quotes
   * @param json whether all text is in double quotes
   */
  String flow(Value value, boolean inside, boolean json) {
    if (value instanceof Value.Scalar scalar) {
      return scalar(scalar, inside, json);
    }
    if (value instanceof Value.Alias alias) {
      return "*" + alias.anchor();
    }
    var parts = new StringBuilder();
    if (value instanceof Value.Sequence list) {
      for (Value item : list.items()) {
        parts.append(parts.isEmpty() ? "" : ", ").append(flow(item, true, json));
      }
      return "[" + parts + "]";
    }
    if (value instanceof Value.Mapping mapping) {
      for (Map.Entry<String, Value> e : mapping.entries().entrySet()) {
        parts
            .append(parts.isEmpty() ? "" : ", ")
            .append(key(e.getKey(), json))
            .append(": ")
            .append(flow(e.getValue(), true, json));
      }
      return "{" + parts + "}";
    }
    throw new IllegalArgumentException("no anchor is ever written, and no tag but behind a key");
  }

  String key(String key, boolean json) {
    if (key.equals(MERGE)) {
      return key; // in quotes it would be a key like any other
    }
    return json
        ? Scalars.quoted(key, false)
        : Scalars.needsQuotesAsKey(key) ? Scalars.quoted(key, layout.single()) : key;
  }

  private String scalar(Value.Scalar scalar, boolean inside, boolean json) {
    if (scalar.kind() != Value.Kind.STRING) {
      return scalar.text();
    }
    if (json) {
      return Scalars.quoted(scalar.text(), false);
    }
    boolean quote =
        Scalars.needsQuotes(scalar.text()) || (inside && needsQuotesInside(scalar.text()));
    return quote ? Scalars.quoted(scalar.text(), layout.single()) : scalar.text();
  }

  private static boolean needsQuotesInside(String text) {
    return text.chars().anyMatch(c -> ",[]{}".indexOf(c) >= 0);
  }

  private boolean isFlow(Value.Sequence list) {
    return layout.flowLists() && list.items().stream().allMatch(Value.Scalar.class::isInstance);
  }
}
