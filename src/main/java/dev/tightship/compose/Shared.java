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
}
