package dev.tightship.knowledge;

import java.util.List;

/**
 * What the values of a fact look like: in the image files, in their compiled form, and for people.
 *
 * <p>Classes and no lambdas, whose first use costs a run some milliseconds.
 */
interface FactForm<T> {

  /** Apart from each other in a text; no text of a profile holds them. */
  String ENTRY = "\u001e";

  String PART = "\u001f";

  /** A value as one text without tabs and line breaks. */
  String write(T value);

  /**
   * The value that {@link #write} wrote.
   *
   * @throws IllegalArgumentException for any other text
   */
  T read(String text);

  /**
   * The value that an image file states.
   *
   * @throws IllegalArgumentException for a value that cannot be
   */
  T from(FactFields fields);

  /** A value for people, half a sentence. */
  String words(T value);

  static List<String> split(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator, -1));
  }

  static int integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
  }
}
