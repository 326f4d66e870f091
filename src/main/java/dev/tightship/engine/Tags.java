package dev.tightship.engine;

import dev.tightship.edit.Value;
import java.util.Set;

/** Tags in what is to be said. */
final class Tags {

  private static final Set<String> KNOWN = Set.of("!reset", "!override");

  private Tags() {}

  /** Whether it takes something away, or takes the place of something, by a tag. */
  static boolean isTagged(Value value) {
    return value instanceof Value.Marked
        || (value instanceof Value.Mapping mapping
            && mapping.entries().values().stream().anyMatch(Tags::isTagged));
  }

  /** Whether it holds a tag that is none of ours: only values of the project may have one. */
  static boolean hasUnknown(Value value) {
    if (value instanceof Value.Marked marked) {
      return !KNOWN.contains(String.valueOf(marked.tag())) || isTaggedWithin(marked.value());
    }
    return value instanceof Value.Mapping mapping
        ? mapping.entries().values().stream().anyMatch(Tags::hasUnknown)
        : isTaggedWithin(value);
  }

  private static boolean isTaggedWithin(Value value) {
    if (value instanceof Value.Sequence list) {
      return list.items().stream().anyMatch(Tags::isTaggedWithin);
    }
    return value instanceof Value.Mapping mapping
        ? mapping.entries().values().stream().anyMatch(Tags::isTaggedWithin)
        : !(value instanceof Value.Scalar);
  }
}
