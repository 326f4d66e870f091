package dev.tightship.compose;

import dev.tightship.edit.Value;
import dev.tightship.yaml.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks keys up through aliases and merge keys ({@code <<}), as the YAML 1.1 merge type has it. */
final class Merged {

  private static final String MERGE = "<<";

  private Merged() {}

  /**
   * @param own whether no alias and no merge key lies on the way
   */
  record Hit(Node node, boolean own) {}

  /** The value at a path of keys below a node, or null. */
  static @Nullable Hit find(Node from, String... path) {
    Node node = resolve(from);
    boolean own = node == from;
    for (String key : path) {
      Hit hit = node instanceof Node.Mapping mapping ? get(mapping, key) : null;
      if (hit == null) {
        return null;
      }
      node = resolve(hit.node);
      own &= hit.own && node == hit.node;
    }
    return new Hit(node, own);
  }

  /** Whether the value at a path hides another one that a merge key brings to the same mapping. */
  static boolean isHidden(Node from, String... path) {
    Hit parent = find(from, Arrays.copyOf(path, path.length - 1));
    if (parent == null || !(parent.node instanceof Node.Mapping mapping)) {
      return false;
    }
    String key = path[path.length - 1];
    Node merge = mapping.get(MERGE);
    if (merge == null || mapping.get(key) == null) {
      return false;
    }
    Node merged = resolve(merge);
    return merged instanceof Node.Sequence list
        ? list.items().stream().anyMatch(item -> find(item, key) != null)
        : find(merged, key) != null;
  }

  static Node resolve(Node node) {
    Node at = node;
    while (at instanceof Node.Alias alias) {
      at = alias.target();
    }
    return at;
  }

  /** The keys of a mapping and of all that is merged into it. */
  static Set<String> keys(Node.Mapping mapping) {
    var keys = new LinkedHashSet<String>();
    layers(mapping).forEach(layer -> keys.addAll(layer.entries().keySet()));
    keys.remove(MERGE);
    return keys;
  }

  private static @Nullable Hit get(Node.Mapping mapping, String key) {
    Node own = mapping.get(key);
    if (own != null) {
      return new Hit(own, true);
    }
    if (mapping.get(MERGE) == null || key.equals(MERGE)) {
      return null;
    }
    for (Node.Mapping layer : layers(mapping)) {
      Node found = layer.get(key);
      if (found != null) {
        return new Hit(found, false);
      }
    }
    return null;
  }

  /**
   * The mapping itself, then what is merged into it; the first that has a key wins. Each mapping is
   * looked at once, so merges of merges stay linear.
   */
  static List<Node.Mapping> layers(Node mapping) {
    var layers = new ArrayList<Node.Mapping>();
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Node> open = new ArrayDeque<>();
    open.push(mapping);
    while (!open.isEmpty()) {
      Node node = resolve(open.pop());
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Node.Sequence list) {
        pushInOrder(open, list.items());
      } else if (node instanceof Node.Mapping layer) {
        layers.add(layer);
        Node more = layer.get(MERGE);
        if (more != null) {
          open.push(more);
        }
      }
    }
    return layers;
  }

  /** Values beyond this size are not written out: aliases of aliases grow without bound. */
  private static final int MOST = 10_000;

  /**
   * What a node says with all aliases and merge keys followed, and without its anchors; null where
   * that is too large to be written out.
   */
  static @Nullable Value flat(Node from) {
    return new Flat().of(from);
  }

  private static final class Flat {
    private int seen;

    @Nullable Value of(Node from) {
      if (++seen > MOST) {
        return null;
      }
      Node node = resolve(from);
      if (node instanceof Node.Mapping mapping) {
        var entries = new LinkedHashMap<String, Value>();
        for (String key : keys(mapping)) {
          Hit hit = get(mapping, key);
          Value value = hit == null ? null : of(hit.node);
          if (value == null) {
            return null;
          }
          entries.put(key, value);
        }
        return new Value.Mapping(entries);
      }
      if (node instanceof Node.Sequence list) {
        var items = new ArrayList<Value>();
        for (Node item : list.items()) {
          Value value = of(item);
          if (value == null) {
            return null;
          }
          items.add(value);
        }
        return new Value.Sequence(items);
      }
      var scalar = (Node.Scalar) node;
      return new Value.Scalar(scalar.kind(), scalar.text());
    }
  }

  private static void pushInOrder(Deque<Node> open, List<Node> items) {
    for (int i = items.size() - 1; i >= 0; i--) {
      open.push(items.get(i));
    }
  }
}
