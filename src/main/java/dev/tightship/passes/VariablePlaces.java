package dev.tightship.passes;

import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Walks over the values of a file that may hold a variable, where they are written: one under an
 * anchor counts once. What stands in an {@code x-} block that no alias names is left out, since no
 * container ever sees it.
 */
final class VariablePlaces {

  /** What is done with each of them. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param place made only when it is asked for, while the value is visited
     */
    void visit(Supplier<Place> place, Node.Scalar scalar);
  }

  private final YamlFile file;
  private final Visitor visitor;

  /** Keys and items that lead to the value. */
  private final Deque<Object> trail = new ArrayDeque<>();

  /** The next dollar sign; the walk is in the order of the text, so it only moves on. */
  private int dollar = -1;

  private VariablePlaces(YamlFile file, Visitor visitor) {
    this.file = file;
    this.visitor = visitor;
  }

  static void of(YamlFile file, Visitor visitor) {
    var places = new VariablePlaces(file, visitor);
    file.documents().forEach(root -> places.walk(root, true));
  }

  private void walk(Node node, boolean seen) {
    if (!holdsDollar(node)) {
      return;
    }
    boolean read = seen || file.isShared(node);
    if (node instanceof Node.Scalar scalar) {
      if (read) {
        visitor.visit(this::place, scalar);
      }
    } else if (node instanceof Node.Mapping mapping) {
      for (var entry : mapping.entries().entrySet()) {
        trail.addLast(entry.getKey());
        walk(entry.getValue().value(), read && !isExtension(entry.getKey()));
        trail.removeLast();
      }
    } else if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        trail.addLast(item);
        walk(item, read);
        trail.removeLast();
      }
    }
  }

  private boolean holdsDollar(Node node) {
    if (dollar < node.span().start()) {
      int next = file.text().indexOf('$', node.span().start());
      dollar = next < 0 ? Integer.MAX_VALUE : next;
    }
    return dollar < node.span().end();
  }

  /** Whether the last key is one of the root or of a service that Compose leaves to others. */
  private boolean isExtension(String key) {
    return key.startsWith("x-")
        && (trail.size() == 1 || (trail.size() == 3 && "services".equals(trail.peekFirst())));
  }

  private Place place() {
    var path = new ArrayList<Segment>();
    for (Object step : trail) {
      path.add(
          step instanceof Node item
              ? new Segment.Item(item.value())
              : new Segment.Key((String) step));
    }
    return new Place(file.path(), path);
  }
}
