package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places of a document that carry {@code !reset} or {@code !override}: what an earlier
 * document, a base or an included file says there does not count. Items of lists can't be taken
 * away.
 */
final class Resets {

  static final Resets NONE = new Resets(List.of());

  private final Rules<Boolean> places = new Rules<>();
  private final boolean none;

  Resets(List<List<String>> paths) {
    none = paths.isEmpty();
    for (List<String> path : paths) {
      add(path);
      // the old name of develop, under which a file may still take it away
      if (path.size() > 2 && path.get(0).equals("services") && path.get(2).equals("x-develop")) {
        var renamed = new ArrayList<>(path);
        renamed.set(2, "develop");
        add(renamed);
      }
    }
  }

  private void add(List<String> path) {
    places.add(path, true);
  }

  Data.Mapping apply(Data.Mapping data) {
    return none ? data : (Data.Mapping) apply(data, places);
  }

  /** What is left of one resource; all of it where the resource itself is tagged. */
  Data at(String section, String name, Data resource) {
    if (none) {
      return resource;
    }
    Rules<Boolean> resources = places.key(section);
    Rules<Boolean> place =
        resources == null || resources.here() != null ? null : resources.key(name);
    return place == null || place.here() != null ? resource : apply(resource, place);
  }

  private static Data apply(Data data, @Nullable Rules<Boolean> places) {
    if (places == null || !(data instanceof Data.Mapping mapping)) {
      return data;
    }
    var left = new LinkedHashMap<String, Data>();
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              Rules<Boolean> place = places.key(key);
              if (place == null || place.here() == null) {
                left.put(key, apply(value, place));
              }
            });
    return new Data.Mapping(left);
  }
}
