package dev.tightship.yaml;

import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a path leads into a file.
 *
 * @param nodes from the root to the last node that is there
 * @param entry the entry whose value the last node is, or null
 * @param item index of the last node in its list, or -1
 * @param repeated whether an item on the way stands twice in its list, so that its place is not one
 */
record Found(List<Node> nodes, Node.@Nullable Entry entry, int item, boolean repeated) {

  static Found of(YamlFile file, Place at) {
    var nodes = new ArrayList<Node>();
    Node node = Objects.requireNonNull(file.root());
    nodes.add(node);
    Node.Entry entry = null;
    int item = -1;
    boolean repeated = false;
    for (Segment segment : at.path()) {
      Node next = null;
      if (segment instanceof Segment.Key key && node instanceof Node.Mapping mapping) {
        Node.Entry inner = mapping.entries().get(key.name());
        if (inner != null) {
          entry = inner;
          item = -1;
          next = inner.value();
        }
      } else if (segment instanceof Segment.Item wanted && node instanceof Node.Sequence list) {
        int index = Splicer.indexOf(list, wanted.value());
        if (index >= 0) {
          entry = null;
          item = index;
          next = list.items().get(index);
          repeated |= Splicer.count(list, wanted.value()) > 1;
        }
      }
      if (next == null) {
        break;
      }
      node = next;
      nodes.add(node);
    }
    return new Found(nodes, entry, item, repeated);
  }

  Node last() {
    return nodes.get(nodes.size() - 1);
  }

  Node parent() {
    return nodes.get(nodes.size() - 2);
  }

  int depth() {
    return nodes.size() - 1;
  }

  /** Whether the last node, or one around it, is written in brackets or braces. */
  boolean isInFlow() {
    return nodes.stream().anyMatch(Found::isFlow);
  }

  private static boolean isFlow(Node node) {
    return (node instanceof Node.Mapping mapping && mapping.flow())
        || (node instanceof Node.Sequence list && list.flow());
  }

  /** Whether it stands in JSON, where all text is in double quotes. */
  boolean isJson() {
    return nodes.stream().anyMatch(Found::isJson);
  }

  private static boolean isJson(Node node) {
    return node instanceof Node.Mapping mapping
        && mapping.flow()
        && !mapping.entries().isEmpty()
        && mapping.entries().values().stream().allMatch(e -> e.key().style() == Node.Style.DOUBLE);
  }
}
