package dev.tightship.move;

import dev.tightship.analysis.ScalarPlaces;
import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the places of scalars; each file is looked at once. */
final class ScalarFinder {

  private final Map<String, ScalarPlaces> files = new HashMap<>();

  /** Where a scalar is really written; null where that is no place that can be named. */
  @Nullable Place place(YamlFile file, Node.Scalar scalar) {
    return files.computeIfAbsent(file.path(), path -> ScalarPlaces.of(file)).of(scalar);
  }
}
