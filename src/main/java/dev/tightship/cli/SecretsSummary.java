package dev.tightship.cli;

import dev.tightship.report.Escape;
import dev.tightship.report.Redactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a project that lacked something, for people. It names values and never shows one.
 */
final class SecretsSummary {

  private final Loaded loaded;
  private final Map<Lacked, String> made = new LinkedHashMap<>();
  private final Map<Lacked, String> missing = new LinkedHashMap<>();
  private final List<String> more = new ArrayList<>();

  SecretsSummary(Loaded loaded) {
    this.loaded = loaded;
  }

  /**
   * @param version that had the value
   */
  void made(Lacked lacked, String version) {
    made.put(lacked, ", from " + Escape.text(version));
  }

  /** It is still missing, and nobody looked for it. */
  void missing(Lacked lacked) {
    missing.put(lacked, "");
  }

  /**
   * It may not be made.
   *
   * @param because half a sentence
   */
  void refused(Lacked lacked, String because) {
    missing.put(lacked, ": " + Escape.text(because));
  }

  /**
   * It could not be made.
   *
   * @param because half a sentence
   */
  void notMade(Lacked lacked, String because) {
    missing.put(lacked, ": %s\n           %s".formatted(Escape.text(because), lacked.hint(loaded)));
  }

  /** Something else to know, as half a sentence. */
  void also(String sentence) {
    more.add("  " + Escape.text(Redactor.line(sentence)) + "\n");
  }

  boolean isMissing() {
    return !missing.isEmpty();
  }

  String text() {
    var text = new StringBuilder(Escape.text(loaded.name())).append(": ").append(outcome());
    made.forEach((each, rest) -> line(text, "made   ", each, rest));
    missing.forEach((each, rest) -> line(text, "missing", each, rest));
    if (!made.isEmpty()) {
      text.append("  whoever changed one of them since then has to write the new one\n");
    }
    more.forEach(text::append);
    return text.toString();
  }

  private String outcome() {
    int all = made.size() + missing.size();
    if (all == 0) {
      return "nothing is missing\n";
    }
    String values = all == 1 ? "1 value" : all + " values";
    return made.isEmpty()
        ? "%s %s missing\n".formatted(values, all == 1 ? "is" : "are")
        : "made %d of %s that %s missing\n"
            .formatted(made.size(), values, all == 1 ? "was" : "were");
  }

  private void line(StringBuilder text, String word, Lacked lacked, String rest) {
    text.append("  ").append(word).append("  ").append(lacked.describe(loaded)).append(rest);
    text.append('\n');
  }
}
