package dev.tightship.compose;

import dev.tightship.edit.Value;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nodes say once aliases and merge keys are written out; tags that Docker Compose gives a
 * meaning to stay. Bounded, since a small file of aliases of aliases may say very much.
 */
final class Unfolded {

  /** Values that one project may unfold to; a file of a megabyte with 1,900 services has 40,000. */
  private static final int MOST = 1_000_000;

  private static final int DEEPEST = 400;

  /** Tags that say no more than the kind of a scalar. */
  private static final Set<String> OF_YAML =
      Set.of("!!str", "!!int", "!!float", "!!bool", "!!null", "!!seq", "!!map");

  private int left = MOST;

  /** Thrown where the bounds are met. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuch() {
      super("its aliases and merge keys unfold to too much to be written out", null, false, false);
    }
  }

  Value of(Node node) {
    return of(node, 0);
  }

  private Value of(Node node, int depth) {
    Node at = Merged.resolve(node);
    if (--left < 0 || depth > DEEPEST) {
      throw new TooMuch();
    }
    Value plain;
    if (at instanceof Node.Mapping mapping) {
      var entries = new LinkedHashMap<String, Value>();
      for (String key : Merged.keys(mapping)) {
        var hit = Merged.find(mapping, key);
        if (hit != null) {
          entries.put(key, of(hit.node(), depth + 1));
        }
      }
      plain = new Value.Mapping(entries);
    } else if (at instanceof Node.Sequence list) {
      var items = new ArrayList<Value>();
      for (Node item : list.items()) {
        items.add(of(item, depth + 1));
      }
      plain = new Value.Sequence(items);
    } else {
      var scalar = (Node.Scalar) at;
      plain = new Value.Scalar(scalar.kind(), scalar.text());
    }
    String tag = at.tag();
    return means(tag) ? new Value.Marked(null, tag, plain) : plain;
  }

  private static boolean means(@Nullable String tag) {
    return tag != null && !OF_YAML.contains(tag);
  }
}
