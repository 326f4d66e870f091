package dev.tightship.yaml;

import dev.tightship.text.TextEdit;
import java.util.List;
import java.util.Set;

/** What a goal comes to on one version of a file. */
public sealed interface Plan {

  /**
   * The goal can be reached.
   *
   * @param splices nothing when the goal already holds
   * @param locks what no other goal may touch in the same splice of the file
   */
  record Ready(List<Splice> splices, Set<Lock> locks) implements Plan {
    static final Ready NOTHING = new Ready(List.of(), Set.of());
  }

  /**
   * The goal cannot be reached without a risk for the text.
   *
   * @param reason half a sentence for people
   */
  record Held(String reason) implements Plan {}

  /**
   * @param depth how deep in the file the text belongs: of two insertions at one point the deeper
   *     one comes first
   */
  record Splice(TextEdit edit, int depth) {}

  /**
   * @param offset where the collection stands that is changed
   * @param key the key that is added to it, or empty for the collection as a whole
   */
  record Lock(int offset, String key) {}
}
