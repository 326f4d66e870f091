package dev.tightship.knowledge.file;

import dev.tightship.edit.Value.Kind;
import dev.tightship.knowledge.FactFields;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of an image file. Each field must be asked for by its type; {@link #end} complains of
 * those that nobody asked for.
 */
final class Fields implements FactFields {

  private final YamlFile file;
  private final String path;
  private final Node.Mapping node;
  private final Set<String> unread;
  private final List<Fields> nested = new ArrayList<>();

  Fields(YamlFile file, String path, Node node) {
    this.file = file;
    this.path = path;
    if (!(node instanceof Node.Mapping mapping)) {
      throw wrong(file, node, path, "a mapping is expected");
    }
    this.node = mapping;
    this.unread = new LinkedHashSet<>(mapping.entries().keySet());
  }

  boolean has(String field) {
    return node.get(field) != null;
  }

  /** Complains when a field is missing. */
  void require(String field) {
    if (!has(field)) {
      throw wrong(field, "missing");
    }
  }

  @Override
  public String text(String field) {
    return textOf(required(field), field);
  }

  /** Only what YAML reads as text: an unquoted 1.30 would be the number 1.3. */
  @Override
  public @Nullable String optionalText(String field) {
    return has(field) ? text(field) : null;
  }

  @Override
  public int integer(String field) {
    if (required(field) instanceof Node.Scalar scalar
        && scalar.kind() == Kind.INT
        && scalar.text().matches("[1-9][0-9]{0,8}")) {
      return Integer.parseInt(scalar.text());
    }
    throw wrong(field, "a number above 0 is expected");
  }

  @Override
  public boolean bool(String field) {
    if (required(field) instanceof Node.Scalar scalar && scalar.kind() == Kind.BOOL) {
      return scalar.text().equalsIgnoreCase("true");
    }
    throw wrong(field, "true or false is expected");
  }

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
    List<String> texts = new ArrayList<>();
    for (Node item : items(field)) {
      texts.add(textOf(item, field));
    }
    return texts;
  }

  @Override
  public List<String> optionalTexts(String field) {
    return has(field) ? texts(field) : List.of();
  }

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
    return node.get(field) instanceof Node.Sequence;
  }

  /** The keys that are there, in their order. */
  List<String> names() {
    return List.copyOf(node.entries().keySet());
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
    for (Node item : items(field)) {
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

  /** What is wrong with a field, at its key, or where the mapping begins that lacks it. */
  InvalidImageFile wrong(String field, String problem) {
    Node.Entry entry = node.entries().get(field);
    return wrong(file, entry == null ? node : entry.key(), at(field), problem);
  }

  static InvalidImageFile wrong(YamlFile file, Node node, String field, String problem) {
    return new InvalidImageFile(
        file.path(), file.lines().position(node.span().start()), field, problem);
  }

  private List<Node> items(String field) {
    if (required(field) instanceof Node.Sequence list && !list.items().isEmpty()) {
      return list.items();
    }
    throw wrong(field, "a list with something in it is expected");
  }

  /** A date needs no quotes: it is read as it is written. */
  private String textOf(Node value, String field) {
    if (value instanceof Node.Scalar scalar
        && (scalar.kind() == Kind.STRING || scalar.kind() == Kind.TIMESTAMP)
        && !scalar.text().isEmpty()) {
      return scalar.text();
    }
    throw wrong(field, "text is expected; numbers need quotes");
  }

  private Node required(String field) {
    unread.remove(field);
    Node value = node.get(field);
    if (value == null) {
      throw wrong(field, "missing");
    }
    return value;
  }

  private String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
