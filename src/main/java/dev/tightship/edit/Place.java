package dev.tightship.edit;

import java.util.ArrayList;
import java.util.List;

/**
 * Where something stands in a YAML file: by keys and list items, never by offset or index, so that
 * it means the same in every version of the file.
 *
 * @param file path from the project's root, with {@code /}
 */
public record Place(String file, List<Segment> path) {

  /** One step of a path. */
  public sealed interface Segment {

    /** The value under a key of a mapping. */
    record Key(String name) implements Segment {
      @Override
      public String toString() {
        return name;
      }
    }

    /** The first item of a list that equals this value. */
    record Item(Value value) implements Segment {
      @Override
      public String toString() {
        return value instanceof Value.Scalar scalar ? "[" + scalar.text() + "]" : "[…]";
      }
    }
  }

  public Place {
    path = List.copyOf(path);
  }

  /** A place by keys alone. */
  public static Place of(String file, String... keys) {
    var path = new Segment[keys.length];
    for (int i = 0; i < keys.length; i++) {
      path[i] = new Segment.Key(keys[i]);
    }
    return new Place(file, List.of(path));
  }

  /** The place one key deeper. */
  public Place key(String name) {
    return with(new Segment.Key(name));
  }

  /** The place of the first item here that equals {@code value}. */
  public Place item(Value value) {
    return with(new Segment.Item(value));
  }

  /** The same below another place: what follows the first segments here comes behind it. */
  public Place moved(int from, Place to) {
    var longer = new ArrayList<>(to.path);
    longer.addAll(path.subList(from, path.size()));
    return new Place(to.file, longer);
  }

  private Place with(Segment segment) {
    var longer = new ArrayList<>(path);
    longer.add(segment);
    return new Place(file, longer);
  }

  /** The path in words, {@code services.web.ports.[80:80]}. */
  public String describe() {
    var words = new StringBuilder();
    for (Segment segment : path) {
      words.append(words.isEmpty() ? "" : ".").append(segment);
    }
    return words.toString();
  }
}
