package dev.tightship.yaml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of a text that it cannot read, in words for the owner of the file. Its own
 * words speak of tokens, and some repeat pieces of the text, which may be a secret.
 */
final class Problems {

  /**
   * @param said a piece of what the engine says
   * @param atStart whether the place that helps is where the construct began
   */
  private record Problem(String said, String words, boolean atStart) {
    Problem(String said, String words) {
      this(said, words, false);
    }
  }

  private static final List<Problem> KNOWN =
      List.of(
          new Problem("TAB", "a tab where YAML wants spaces"),
          new Problem("found unexpected end of stream", "a quote that is never closed", true),
          new Problem("found unexpected document separator", "a quote that is never closed", true),
          new Problem("got <stream end>", "a bracket that is never closed", true),
          new Problem(
              "expected ',' or", "a bracket that is not closed, or a comma that is missing"),
          new Problem(
              "mapping values are not allowed",
              "a colon where no key can be; a value with a colon needs quotes, and keys of one"
                  + " mapping the same indentation"),
          new Problem("sequence entries are not allowed", "a dash where no list can begin"),
          new Problem("mapping keys are not allowed", "a question mark where no key can begin"),
          new Problem(
              "could not find expected ':'", "a line without a colon where a key is wanted"),
          new Problem("simple key is required", "a line without a colon where a key is wanted"),
          new Problem(
              "expected <block end>",
              "no key or item can begin here; is the indentation right, and are quotes closed?"),
          new Problem("expected the node content", "a value is missing here"),
          new Problem(
              "cannot start any token",
              "no value can begin with this character; put the value in quotes"),
          new Problem("escape", "an escape with a backslash that YAML does not know"),
          new Problem("tag", "a tag that is not right, or whose handle is not declared"),
          new Problem(
              "indentation indicator", "a header of a block text (| or >) that is not right"),
          new Problem("unexpected character found", "an anchor or alias without a proper name"),
          new Problem("directive", "a directive that is not right"),
          new Problem("<document start>", "the document goes on where it should end"));

  private Problems() {}

  /**
   * @param said what the engine was doing, and what went wrong
   */
  static String words(String said) {
    Problem known = find(said);
    return known == null ? "not YAML" : "not YAML: " + known.words;
  }

  /** Whether the place that helps is where the construct began, not where it failed. */
  static boolean isAtStart(String said) {
    Problem known = find(said);
    return known != null && known.atStart;
  }

  private static @Nullable Problem find(String said) {
    for (Problem known : KNOWN) {
      if (said.contains(known.said)) {
        return known;
      }
    }
    return null;
  }
}
