package dev.tightship.analysis;

import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where scalars are written, whatever aliases and merge keys lead to them. Each file is looked at
 * once, when somebody asks for a scalar of it.
 */
public final class ScalarPlaces {

  private final Map<String, Map<Node.Scalar, Place>> files = new HashMap<>();

  /** The place of a scalar of a file; null where that has no such scalar. */
  public @Nullable Place of(YamlFile file, Node.Scalar scalar) {
    return files.computeIfAbsent(file.path(), path -> look(file)).get(scalar);
  }

  private static Map<Node.Scalar, Place> look(YamlFile file) {
    var places = new IdentityHashMap<Node.Scalar, Place>();
    Place root = Place.of(file.path());
    file.documents().forEach(document -> add(document, root, places));
    return places;
  }

  private static void add(Node node, Place place, Map<Node.Scalar, Place> places) {
    if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach((key, entry) -> add(entry.value(), place.key(key), places));
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> add(item, place.item(item.value()), places));
    } else if (node instanceof Node.Scalar scalar) {
      places.put(scalar, place);
    }
  }
}
