package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A text by variant. */
final class VariantsForm implements FactForm<Variants<String>> {

  @Override
  public String write(Variants<String> value) {
    List<String> entries = new ArrayList<>();
    value.values().forEach((variant, each) -> entries.add(variant + PART + each));
    return String.join(ENTRY, entries);
  }

  @Override
  public Variants<String> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String entry : FactForm.split(text, ENTRY)) {
      int at = entry.indexOf(PART);
      if (at < 0) {
        throw new IllegalArgumentException("unknown value " + entry);
      }
      values.put(entry.substring(0, at), entry.substring(at + 1));
    }
    return new Variants<>(values);
  }

  @Override
  public String words(Variants<String> value) {
    return words(value.values());
  }

  @Override
  public Variants<String> from(FactFields fields) {
    Map<String, String> values = new LinkedHashMap<>();
    String always = fields.optionalText("value");
    if (always != null) {
      values.put("", always);
    }
    values.putAll(fields.optionalPairs("variants"));
    if (values.isEmpty()) {
      throw new IllegalArgumentException("neither value nor variants");
    }
    return new Variants<>(values);
  }

  /** A line for all variants, for people. */
  static String words(Map<String, String> values) {
    List<String> lines = new ArrayList<>();
    values.forEach(
        (variant, each) -> lines.add(variant.isEmpty() ? each : variant + " tags: " + each));
    return String.join("; ", lines);
  }
}
