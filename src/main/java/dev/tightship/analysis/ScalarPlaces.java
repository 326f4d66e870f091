package dev.tightship.analysis;

import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Where each scalar of a file is written, whatever aliases and merge keys lead to it. */
public final class ScalarPlaces {

  private final IdentityHashMap<Node.Scalar, Place> places = new IdentityHashMap<>();

  private ScalarPlaces() {}

  /** Looks at all documents of a file. */
  public static ScalarPlaces of(YamlFile file) {
    var all = new ScalarPlaces();
    Place root = Place.of(file.path());
    file.documents().forEach(document -> all.add(document, root));
    return all;
  }

  private void add(Node node, Place place) {
    if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach((key, entry) -> add(entry.value(), place.key(key)));
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> add(item, place.item(item.value())));
    } else if (node instanceof Node.Scalar scalar) {
      places.put(scalar, place);
    }
  }

  /** The place of a scalar of that file; null for one of another. */
  public @Nullable Place of(Node.Scalar scalar) {
    return places.get(scalar);
  }
}
