package dev.tightship.knowledge;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that depends on the variant of an image, which its tag names ({@code 16-alpine3.23}).
 *
 * @param values by variant; the empty one holds for tags that name none of the others
 */
public record Variants<T>(Map<String, T> values) {

  public Variants {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The same value whatever the variant. */
  public static <T> Variants<T> always(T value) {
    return new Variants<>(Map.of("", value));
  }

  /**
   * The value for a tag: that of the longest variant that stands in it, at the start of one of its
   * parts. Null where nothing is known of this variant.
   *
   * @param tag null where none is written
   */
  public @Nullable T of(@Nullable String tag) {
    String found = "";
    for (String variant : values.keySet()) {
      if (variant.length() > found.length() && tag != null && names(tag, variant)) {
        found = variant;
      }
    }
    return values.get(found);
  }

  private static boolean names(String tag, String variant) {
    return tag.startsWith(variant) || tag.contains("-" + variant);
  }
}
