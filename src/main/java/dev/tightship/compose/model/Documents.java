package dev.tightship.compose.model;

import dev.tightship.edit.Value.Kind;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.Scalars;
import dev.tightship.yaml.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Plain values of nodes, as Compose's YAML reader makes them: aliases and merge keys are followed,
 * and what carries {@code !reset} is not there. An anchor is read once; its value is shared.
 *
 * <p>Inside of a value with {@code !override} no tag counts, and a scalar with a tag that YAML does
 * not know is a string.
 */
final class Documents {

  /**
   * Values that a document may have once its aliases are followed; Compose allows about as many.
   */
  static final int MOST_VALUES = 400_000;

  /** How deep values may lie once aliases are followed. */
  static final int MAX_DEPTH = 500;

  private static final int MOST_RESETS = 10_000;

  /**
   * @param data null where the value is taken away
   * @param resets places inside, from this value on
   */
  private record Read(@Nullable Data data, List<List<String>> resets, long size, int depth) {}

  private final IdentityHashMap<Node, Read> anchors = new IdentityHashMap<>();

  private Documents() {}

  /** The documents of a file. */
  static List<Document> of(YamlFile file) throws Refused {
    var documents = new ArrayList<Document>();
    for (Node root : file.documents()) {
      Read read = new Documents().read(root, false, true);
      documents.add(
          new Document(
              read.data == null ? Data.Scalar.NULL : read.data,
              read.resets.isEmpty() ? Resets.NONE : new Resets(read.resets)));
    }
    return documents;
  }

  private Read read(Node node, boolean raw, boolean root) throws Refused {
    if (node instanceof Node.Alias alias) {
      return read(alias.target(), raw, false);
    }
    if (node.anchor() == null) {
      return fresh(node, raw, root);
    }
    Read known = anchors.get(node);
    if (known == null) {
      known = fresh(node, raw, root);
      anchors.put(node, known);
    }
    return known;
  }

  private Read fresh(Node node, boolean raw, boolean root) throws Refused {
    if (!raw && "!reset".equals(node.tag())) {
      return new Read(null, List.of(List.of()), 1, 1);
    }
    if (!raw && "!override".equals(node.tag())) {
      Read read = fresh(node, true, root);
      return new Read(read.data, List.of(List.of()), read.size, read.depth);
    }
    if (node instanceof Node.Scalar scalar) {
      return new Read(scalar(scalar), List.of(), 1, 1);
    }
    var inside = new Inside();
    if (node instanceof Node.Sequence list) {
      return inside.done(new Data.Sequence(items(list, raw, inside)));
    }
    return inside.done(new Data.Mapping(entries((Node.Mapping) node, raw, root, inside)));
  }

  /** What the values inside of a collection add up to. */
  private static final class Inside {
    final List<List<String>> resets = new ArrayList<>();
    long size = 1;
    int depth;

    void add(Read read, @Nullable String step) throws Refused {
      size += read.size;
      depth = Math.max(depth, read.depth);
      for (List<String> reset : read.resets) {
        var path = new ArrayList<String>();
        if (step != null) {
          path.add(step);
        }
        path.addAll(reset);
        resets.add(path);
      }
      if (size > MOST_VALUES || depth >= MAX_DEPTH || resets.size() > MOST_RESETS) {
        throw new Refused("its aliases make it larger than Docker Compose would read");
      }
    }

    Read done(Data data) {
      return new Read(data, resets, size, depth + 1);
    }
  }

  private List<Data> items(Node.Sequence list, boolean raw, Inside inside) throws Refused {
    var items = new ArrayList<Data>();
    int index = 0;
    for (Node node : list.items()) {
      Read read = read(node, raw, false);
      inside.add(read, Integer.toString(index++));
      if (read.data != null && !isMergeSign(node)) {
        items.add(read.data);
      }
    }
    return items;
  }

  private Map<String, Data> entries(Node.Mapping mapping, boolean raw, boolean root, Inside inside)
      throws Refused {
    var entries = new LinkedHashMap<String, Data>();
    Node merge = null;
    for (Map.Entry<String, Node.Entry> e : mapping.entries().entrySet()) {
      Node.Scalar key = e.getValue().key();
      Node value = e.getValue().value();
      if (isMergeSign(key)) {
        merge = value;
        continue;
      }
      if (key.kind() != Kind.STRING) {
        throw new Refused("a key is no text");
      }
      Read read = read(value, raw, false);
      inside.add(read, e.getKey());
      if (read.data != null && !isMergeSign(value)) {
        entries.put(e.getKey(), read.data);
      }
    }
    if (merge != null) {
      // compose-go takes the sign out of the path, but not at the root
      merge(entries, merge, raw, root ? "<<" : null, inside);
    }
    return entries;
  }

  /** Adds what is merged: own keys win, then the earlier mapping of a list. */
  private void merge(
      Map<String, Data> entries, Node node, boolean raw, @Nullable String step, Inside inside)
      throws Refused {
    Node at = node instanceof Node.Alias alias ? alias.target() : node;
    if (at instanceof Node.Mapping) {
      Read read = read(node, raw, false);
      inside.add(read, step);
      if (read.data instanceof Data.Mapping merged) {
        merged.entries().forEach(entries::putIfAbsent);
      }
    } else if (at instanceof Node.Sequence list && step == null) {
      int index = 0;
      for (Node item : list.items()) {
        if (target(item) instanceof Node.Mapping) {
          merge(entries, item, raw, Integer.toString(index++), inside);
        } else {
          throw new Refused("what is merged is no mapping");
        }
      }
    } else if (at instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        merge(entries, item, raw, step, inside);
      }
    } else {
      throw new Refused("what is merged is no mapping");
    }
  }

  private static Node target(Node node) {
    return node instanceof Node.Alias alias ? alias.target() : node;
  }

  /** A merge key; as a value it is dropped. */
  private static boolean isMergeSign(Node node) {
    return node instanceof Node.Scalar scalar
        && scalar.style() == Node.Style.PLAIN
        && scalar.tag() == null
        && scalar.text().equals("<<");
  }

  private static Data scalar(Node.Scalar scalar) throws Refused {
    String tag = scalar.tag();
    String text = scalar.text();
    if (tag == null) {
      return of(scalar.kind(), text);
    }
    return switch (tag) {
      case "!!int" -> tagged(Kind.INT, text);
      case "!!bool" -> tagged(Kind.BOOL, text);
      case "!!null" -> tagged(Kind.NULL, text);
      case "!!timestamp" -> tagged(Kind.TIMESTAMP, text);
      case "!!float" -> {
        OptionalDouble number = Scalars.number(text);
        if (number.isEmpty()) {
          throw new Refused("a value does not fit its tag");
        }
        yield new Data.Scalar(Kind.FLOAT, String.valueOf(Scalars.canonical(text)));
      }
      case "!!binary" -> binary(text);
      default -> Data.string(text);
    };
  }

  private static Data of(Kind kind, String text) {
    if (kind == Kind.STRING) {
      return Data.string(text);
    }
    String canonical = Scalars.canonical(text);
    return canonical == null ? Data.Scalar.NULL : new Data.Scalar(kind, canonical);
  }

  private static Data tagged(Kind kind, String text) throws Refused {
    if (Scalars.kind(text) != kind) {
      throw new Refused("a value does not fit its tag");
    }
    return of(kind, text);
  }

  private static Data binary(String text) throws Refused {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replaceAll("[\r\n]", ""));
      return Data.string(new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Refused("a value does not fit its tag");
    }
  }
}
