package dev.tightship.compose;

import dev.tightship.yaml.Node;
import org.jspecify.annotations.Nullable;

/**
 * The service that another one extends.
 *
 * @param file in which it stands, from the root; null for the same document
 * @param service its name, or null where that is not known
 * @param at where it is named
 * @param unread why it cannot be told, half a sentence, or null
 */
record Extends(@Nullable String file, @Nullable String service, Node at, @Nullable String unread) {

  /** Null for a service that extends none. */
  static @Nullable Extends of(Node node, Frame frame) {
    var hit = Merged.find(node, "extends");
    if (hit == null) {
      return null;
    }
    Node at = hit.node();
    String name = text(at instanceof Node.Mapping ? find(at, "service") : at, frame);
    if (name == null) {
      return unread(at, "it extends a service whose name is not known here");
    }
    Node file = at instanceof Node.Mapping ? find(at, "file") : null;
    if (file == null) {
      return new Extends(null, name, at, null);
    }
    String written = text(file, frame);
    if (written == null) {
      return unread(at, "it extends a service of a file whose name is not known here");
    }
    if (Include.isRemote(written)) {
      return unread(at, "it extends a service of a remote file, which is never fetched");
    }
    String path = frame.path(written);
    return path == null
        ? unread(at, "it extends a service of a file outside of the project")
        : new Extends(path, name, at, null);
  }

  /** The name, where it is known. */
  String named() {
    return String.valueOf(service);
  }

  private static Extends unread(Node at, String why) {
    return new Extends(null, null, at, why);
  }

  private static @Nullable Node find(Node node, String key) {
    var hit = Merged.find(node, key);
    return hit == null || (hit.node() instanceof Node.Scalar s && s.isNull()) ? null : hit.node();
  }

  private static @Nullable String text(@Nullable Node node, Frame frame) {
    return node instanceof Node.Scalar scalar ? frame.interpolated(scalar).orElse(null) : null;
  }
}
