package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list of words by variant. */
final class VariantListsForm implements FactForm<Variants<List<String>>> {

  private static final String NONE = "none";

  private final boolean ofCapabilities;

  private VariantListsForm(boolean ofCapabilities) {
    this.ofCapabilities = ofCapabilities;
  }

  /** Any words, at least one. */
  static VariantListsForm any() {
    return new VariantListsForm(false);
  }

  /**
   * Capabilities of Docker's default set, as no fix hands out more; the word {@code none} says that
   * none is needed.
   */
  static VariantListsForm ofCapabilities() {
    return new VariantListsForm(true);
  }

  @Override
  public String write(Variants<List<String>> value) {
    List<String> entries = new ArrayList<>();
    value
        .values()
        .forEach(
            (variant, each) ->
                entries.add(variant + PART + (each.isEmpty() ? NONE : String.join(PART, each))));
    return String.join(ENTRY, entries);
  }

  @Override
  public Variants<List<String>> read(String text) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String entry : FactForm.split(text, ENTRY)) {
      List<String> parts = FactForm.split(entry, PART);
      if (parts.size() < 2) {
        throw new IllegalArgumentException("unknown value " + entry);
      }
      values.put(parts.get(0), items(parts.subList(1, parts.size())));
    }
    return new Variants<>(values);
  }

  @Override
  public String words(Variants<List<String>> value) {
    Map<String, String> lines = new LinkedHashMap<>();
    value
        .values()
        .forEach(
            (variant, each) -> lines.put(variant, each.isEmpty() ? NONE : String.join(" ", each)));
    return VariantsForm.words(lines);
  }

  @Override
  public Variants<List<String>> from(FactFields fields) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    List<String> always =
        fields.isList("value") ? fields.texts("value") : single(fields.optionalText("value"));
    if (!always.isEmpty()) {
      values.put("", items(always));
    }
    fields.optionalLists("variants").forEach((variant, list) -> values.put(variant, items(list)));
    if (values.isEmpty()) {
      throw new IllegalArgumentException("neither value nor variants");
    }
    return new Variants<>(values);
  }

  private List<String> items(List<String> words) {
    if (!ofCapabilities) {
      return words;
    }
    if (words.equals(List.of(NONE))) {
      return List.of();
    }
    for (String word : words) {
      if (!Capabilities.DEFAULT.contains(word)) {
        throw new IllegalArgumentException(word + " is not among Docker's default capabilities");
      }
    }
    return words;
  }

  private static List<String> single(@Nullable String text) {
    return text == null ? List.of() : List.of(text);
  }
}
