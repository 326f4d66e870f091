package dev.tightship.knowledge.build;

import dev.tightship.knowledge.FactFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One mapping of an image file. Each field must be asked for by its type; {@link #end} complains of
 * those that nobody asked for.
 */
final class Fields implements FactFields {

  private final String file;
  private final String path;
  private final JsonNode node;
  private final Set<String> unread;
  private final List<Fields> nested = new ArrayList<>();

  Fields(String file, String path, JsonNode node) {
    this.file = file;
    this.path = path;
    this.node = node;
    if (!node.isObject()) {
      throw new InvalidImageFile(file, path, "a mapping is expected");
    }
    this.unread = new TreeSet<>(node.propertyNames());
  }

  boolean has(String field) {
    return node.has(field);
  }

  @Override
  public String text(String field) {
    String text = optionalText(field);
    if (text == null) {
      throw missing(field);
    }
    return text;
  }

  /** Only what YAML reads as text: an unquoted 1.30 would be the number 1.3. */
  @Override
  public @Nullable String optionalText(String field) {
    JsonNode value = take(field);
    return value == null ? null : textOf(value, field);
  }

  @Override
  public int integer(String field) {
    JsonNode value = required(field);
    if (!value.isInt() || value.intValue() < 1) {
      throw wrong(field, "a number above 0 is expected");
    }
    return value.intValue();
  }

  @Override
  public boolean bool(String field) {
    JsonNode value = required(field);
    if (!value.isBoolean()) {
      throw wrong(field, "true or false is expected");
    }
    return value.booleanValue();
  }

  /** False when the field is absent. */
  @Override
  public boolean optionalBool(String field) {
    return has(field) && bool(field);
  }

  <E extends Enum<E>> E one(String field, Class<E> type) {
    String text = text(field);
    for (E value : type.getEnumConstants()) {
      if (value.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return value;
      }
    }
    throw wrong(field, "unknown value " + text);
  }

  @Override
  public List<String> texts(String field) {
    JsonNode value = required(field);
    List<String> texts = new ArrayList<>();
    for (JsonNode item : items(value, field)) {
      texts.add(textOf(item, field));
    }
    return texts;
  }

  @Override
  public List<String> optionalTexts(String field) {
    return has(field) ? texts(field) : List.of();
  }

  /** The pairs of a mapping from text to text, in their order; empty when the field is absent. */
  @Override
  public Map<String, String> optionalPairs(String field) {
    Map<String, String> pairs = new LinkedHashMap<>();
    Fields fields = optional(field);
    if (fields != null) {
      for (String key : fields.names()) {
        pairs.put(key, fields.text(key));
      }
    }
    return pairs;
  }

  @Override
  public Map<String, List<String>> optionalLists(String field) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    Fields fields = optional(field);
    if (fields != null) {
      for (String key : fields.names()) {
        lists.put(key, fields.texts(key));
      }
    }
    return lists;
  }

  @Override
  public boolean isList(String field) {
    JsonNode value = node.get(field);
    return value != null && value.isArray();
  }

  /** The keys that are there, in their order. */
  List<String> names() {
    return List.copyOf(node.propertyNames());
  }

  @Override
  public Fields fields(String field) {
    Fields fields = new Fields(file, at(field), required(field));
    nested.add(fields);
    return fields;
  }

  @Nullable Fields optional(String field) {
    return has(field) ? fields(field) : null;
  }

  List<Fields> list(String field) {
    if (!has(field)) {
      return List.of();
    }
    List<Fields> list = new ArrayList<>();
    for (JsonNode item : items(required(field), field)) {
      list.add(new Fields(file, at(field) + "[" + list.size() + "]", item));
    }
    return list;
  }

  /** Complains of the first field that nobody asked for. */
  void end() {
    for (String field : unread) {
      throw wrong(field, "unknown key");
    }
    nested.forEach(Fields::end);
  }

  InvalidImageFile wrong(String field, String problem) {
    return new InvalidImageFile(file, at(field), problem);
  }

  private Iterable<JsonNode> items(JsonNode value, String field) {
    if (!value.isArray() || value.isEmpty()) {
      throw wrong(field, "a list with something in it is expected");
    }
    return value.values();
  }

  private String textOf(JsonNode value, String field) {
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw wrong(field, "text is expected; numbers need quotes");
    }
    return value.stringValue();
  }

  private JsonNode required(String field) {
    JsonNode value = take(field);
    if (value == null) {
      throw missing(field);
    }
    return value;
  }

  private @Nullable JsonNode take(String field) {
    unread.remove(field);
    return node.get(field);
  }

  private InvalidImageFile missing(String field) {
    return wrong(field, "missing");
  }

  private String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
