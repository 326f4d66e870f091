package dev.tightship.compose;

import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import java.util.List;

/**
 * A mapping that several services draw from: an anchor that they merge or stand for, or a service
 * that others extend.
 *
 * @param place where it stands
 * @param node the mapping itself
 * @param users the services that draw from it, the one that it belongs to included, in the order of
 *     the project
 * @param foreign whether something else than these services uses it too
 */
public record Shared(Place place, Node.Mapping node, List<String> users, boolean foreign) {

  public Shared {
    users = List.copyOf(users);
  }

  /** The name for people: {@code &base} or {@code services.base}. */
  public String describe() {
    String anchor = node.anchor();
    return anchor == null ? place.describe() : "&" + anchor;
  }

  /** Another mapping may say the same: only this one is shared. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isThis(Node other) {
    return other == node;
  }

  /** Whether the mapping is what some file says of this very service. */
  public boolean isOwnOf(Service service) {
    return service.layers().all().stream()
        .anyMatch(layer -> !layer.inherited() && isThis(layer.node()));
  }

  /**
   * Whether what the mapping says at a path of keys reaches a service. Within a document the key of
   * a nearer mapping hides that of a merged one; from a base or an earlier file Compose adds lists
   * and mappings up, and only a value at the very path takes its place.
   *
   * @param adds whether it is an item that is added to a list
   */
  public boolean reaches(Service service, boolean adds, String... path) {
    List<Layer> all = service.layers().all();
    for (int i = all.size() - 1; i >= 0; i--) {
      Layer layer = all.get(i);
      for (Node.Mapping mapping : Merged.layers(layer.node())) {
        if (isThis(mapping)) {
          return service.layers().cutOff(layer, path) == null;
        }
        if (mapping.get(path[0]) != null) {
          break; // a nearer mapping hides what this document merges
        }
      }
      if (!adds && Merged.find(layer.node(), path) != null) {
        return false;
      }
    }
    return false;
  }
}
