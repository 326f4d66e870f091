package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scalars that one document has at a place of a service: the values of a mapping, the items of
 * a list, or one text. Aliases and merge keys are followed, and each scalar is the node that is
 * really written somewhere.
 *
 * @param file in which they stand
 * @param frame from where their variables are seen
 * @param listed whether they are the items of a list
 */
public record Texts(YamlFile file, Frame frame, boolean listed, List<Text> all) {

  /** Stands in a path for the items of a list. */
  public static final String ITEMS = "[]";

  /**
   * @param key of a mapping that it stands under, else null
   */
  public record Text(@Nullable String key, Node.Scalar scalar) {}

  public Texts {
    all = List.copyOf(all);
  }

  static List<Texts> of(Layers layers, String... path) {
    int items = Arrays.asList(path).indexOf(ITEMS);
    String[] from = items < 0 ? path : Arrays.copyOf(path, items);
    var texts = new ArrayList<Texts>();
    for (Layers.Found found : layers.at(from)) {
      Layer layer = found.layer();
      if (items < 0) {
        add(layer, found.node(), texts);
      } else if (found.node() instanceof Node.Sequence list) {
        for (Node item : list.items()) {
          var hit = Merged.find(item, Arrays.copyOfRange(path, items + 1, path.length));
          if (hit != null) {
            add(layer, hit.node(), texts);
          }
        }
      }
    }
    return texts;
  }

  private static void add(Layer layer, Node node, List<Texts> texts) {
    var all = new ArrayList<Text>();
    if (node instanceof Node.Mapping mapping) {
      for (String key : Merged.keys(mapping)) {
        var hit = Merged.find(mapping, key);
        if (hit != null) {
          add(key, hit.node(), all);
        }
      }
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> add(null, Merged.resolve(item), all));
    } else {
      add(null, node, all);
    }
    if (!all.isEmpty()) {
      texts.add(new Texts(layer.file(), layer.frame(), node instanceof Node.Sequence, all));
    }
  }

  private static void add(@Nullable String key, Node node, List<Text> all) {
    if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      all.add(new Text(key, scalar));
    }
  }
}
