package dev.tightship.yaml;

import dev.tightship.edit.Value;

/** New YAML that belongs to no file, in the form that most owners use. */
public final class Written {

  private static final Renderer RENDERER = new Renderer(new Layout(2, 2, false, false), "\n");

  private Written() {}

  /**
   * {@code key: value}, over as many lines as it needs, without a line break at its end.
   *
   * @param depth how many keys stand above it
   * @throws IllegalArgumentException for a value with an anchor, or a tag elsewhere than behind a
   *     key
   */
  public static String entry(String key, Value value, int depth) {
    String indent = "  ".repeat(depth);
    return indent + RENDERER.entry(key, value, indent);
  }

  /** The line of a key that has more keys below it, without a line break at its end. */
  public static String heading(String key, int depth) {
    return "  ".repeat(depth) + RENDERER.key(key, false) + ":";
  }
}
