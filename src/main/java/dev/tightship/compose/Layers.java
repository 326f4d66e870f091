package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all documents say of one named thing, the later ones over the earlier ones. {@code !reset}
 * and {@code !override} cut off what lies below them (Compose specification, "Merge").
 */
public final class Layers {

  private static final String RESET = "!reset";
  private static final String OVERRIDE = "!override";

  private final List<Layer> layers;
  private final boolean cut;
  private final @Nullable String unread;

  private Layers(List<Layer> layers, @Nullable String unread) {
    this.layers = List.copyOf(layers);
    this.cut = layers.stream().anyMatch(layer -> layer.file().mayCut());
    this.unread = unread;
  }

  static Layers of(Declared declared) {
    var layers = new ArrayList<Layer>();
    return new Layers(layers, add(declared, false, layers, 0));
  }

  /** Adds what is declared; why something of it could not be read, or null. */
  private static @Nullable String add(
      Declared declared, boolean inherited, List<Layer> layers, int floor) {
    String unread = null;
    for (Declared.Part part : declared.parts()) {
      String tag = part.node().tag();
      boolean resets = RESET.equals(tag);
      if (resets || OVERRIDE.equals(tag)) {
        layers.subList(floor, layers.size()).clear();
        unread = null;
      }
      if (resets) {
        continue;
      }
      unread = unread == null ? part.unread() : unread;
      if (part.base() != null) {
        String why = add(part.base(), true, layers, layers.size());
        unread = unread == null ? why : unread;
      }
      if (part.included() != null) {
        String why = add(part.included(), inherited, layers, layers.size());
        unread = unread == null ? why : unread;
      }
      layers.add(new Layer(part.file(), part.frame(), part.node(), inherited, floor));
    }
    return unread;
  }

  /** From the lowest to the highest; empty where a later file resets the whole thing. */
  List<Layer> all() {
    return layers;
  }

  /** Why not all of it is known, half a sentence, or null. */
  @Nullable String unread() {
    return unread;
  }

  /**
   * What one layer says at a path.
   *
   * @param own whether no alias, no merge key and no base lies on the way
   */
  record Found(Layer layer, Node node, boolean own) {}

  /** What counts at a path of keys, from the lowest to the highest layer; nulls are left out. */
  List<Found> at(String... path) {
    var found = new ArrayList<Found>();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      String tag = cut ? cutting(layer.node(), path) : null;
      var hit = RESET.equals(tag) ? null : Merged.find(layer.node(), path);
      if (hit != null && !isNull(hit.node())) {
        found.add(new Found(layer, hit.node(), hit.own() && !layer.inherited()));
      }
      if (tag != null) {
        i = layer.floor(); // nothing below counts, but what it does not reach
      }
    }
    Collections.reverse(found);
    return found;
  }

  /** What the highest layer says that says anything, or null. */
  @Nullable Found last(String... path) {
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      String tag = cut ? cutting(layer.node(), path) : null;
      var hit = RESET.equals(tag) ? null : Merged.find(layer.node(), path);
      if (hit != null && !isNull(hit.node())) {
        return new Found(layer, hit.node(), hit.own() && !layer.inherited());
      }
      if (tag != null) {
        i = layer.floor();
      }
    }
    return null;
  }

  /** What the project says at a path of keys. */
  public Answer find(String... path) {
    Found found = last(path);
    String odd = found == null ? null : odd(found.layer().node(), path);
    if (odd != null) {
      return new Answer.Unknown("the tag " + odd + " is not understood");
    }
    if (found != null) {
      return new Answer.Known(
          found.node(), found.layer().file(), found.layer().frame(), found.own());
    }
    return unread == null ? new Answer.Absent() : new Answer.Unknown(unread);
  }

  /**
   * Why what a layer says at a path would not count, half a sentence: a layer above it cuts that
   * off, or the project takes it away by name. Null where it would count.
   */
  @Nullable String cutOff(Layer from, String... path) {
    if (!cut) {
      return null;
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      Layer layer = layers.get(i);
      String tag = cutting(layer.node(), path);
      boolean above = i > layers.indexOf(from) && layer.floor() <= layers.indexOf(from);
      if (RESET.equals(tag) || (tag != null && above)) {
        return "%s takes %s away with %s"
            .formatted(layer.file().path(), path[path.length - 1], tag);
      }
    }
    return null;
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.isNull();
  }

  /** The first tag on the way that cuts, or null. */
  private static @Nullable String cutting(Node from, String... path) {
    for (int i = 1; i <= path.length; i++) {
      var hit = Merged.find(from, Arrays.copyOf(path, i));
      String tag = hit == null ? null : hit.node().tag();
      if (RESET.equals(tag) || OVERRIDE.equals(tag)) {
        return tag;
      }
    }
    return null;
  }

  /** A tag of the value that Compose gives no meaning of its own, or null. */
  private static @Nullable String odd(Node from, String... path) {
    var hit = Merged.find(from, path);
    String tag = hit == null ? null : hit.node().tag();
    boolean known =
        tag == null
            || tag.equals(OVERRIDE)
            || tag.startsWith("!!")
            || tag.startsWith("tag:yaml.org");
    return known ? null : Objects.requireNonNull(tag);
  }
}
