package dev.tightship.knowledge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of an image file that states one fact. Whoever implements it names file and field
 * where a field is missing or of another type.
 */
public interface FactFields {

  String text(String field);

  @Nullable String optionalText(String field);

  /** A number above 0. */
  int integer(String field);

  boolean bool(String field);

  /** False when the field is absent. */
  boolean optionalBool(String field);

  /** The items of a list, at least one. */
  List<String> texts(String field);

  List<String> optionalTexts(String field);

  /** The pairs of a mapping in their order; empty when the field is absent. */
  Map<String, String> optionalPairs(String field);

  /**
   * The mapping from names to lists under a field, in its order; empty when the field is absent.
   */
  Map<String, List<String>> optionalLists(String field);

  /** The mapping under a field. */
  FactFields fields(String field);

  /** Whether the field holds a list. */
  boolean isList(String field);
}
