package dev.tightship.compose;

import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a place below a service comes there, in the file that the place names.
 *
 * @param depth how many keys of the path, from the service on, are written in the service itself;
 *     the next one, if it is there at all, comes from an alias or a merge key
 * @param alias the anchor that the whole service stands for, or null
 * @param value what the next key holds, all of it written out; null where it is not there, or too
 *     large
 * @param listed whether the service has an entry of its own in that file
 */
public record Written(int depth, @Nullable String alias, @Nullable Value value, boolean listed) {

  /** Null where the file does not define the service. */
  public static @Nullable Written of(Service service, Place place) {
    for (Layer layer : service.layers().all()) {
      if (!layer.inherited() && layer.file().path().equals(place.file())) {
        return of(service.name(), layer, keys(place));
      }
    }
    return null;
  }

  /** The keys of a place below a service, up to the first item of a list. */
  private static List<String> keys(Place place) {
    var keys = new ArrayList<String>();
    for (Segment segment : place.path().subList(2, place.path().size())) {
      if (!(segment instanceof Segment.Key key)) {
        break;
      }
      keys.add(key.name());
    }
    return keys;
  }

  private static Written of(String name, Layer layer, List<String> keys) {
    Node root = layer.file().root();
    var services = root == null ? null : Merged.find(root, "services");
    boolean listed =
        services != null
            && services.node() instanceof Node.Mapping all
            && all.get(name) != null
            && services.own();
    String alias = layer.node() instanceof Node.Alias a ? a.name() : null;
    for (int i = 1; i <= keys.size(); i++) {
      var hit = Merged.find(layer.node(), keys.subList(0, i).toArray(String[]::new));
      if (hit == null || !hit.own()) {
        return new Written(i - 1, alias, hit == null ? null : Merged.flat(hit.node()), listed);
      }
    }
    return new Written(keys.size(), alias, null, listed);
  }
}
