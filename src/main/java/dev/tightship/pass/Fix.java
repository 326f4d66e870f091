package dev.tightship.pass;

import dev.tightship.edit.Edit;
import java.util.List;

/**
 * The edits that answer a finding: applied as a whole or not at all.
 *
 * @param title what is done, imperative, without a full stop
 * @param why why it has this risk, half a sentence
 */
public record Fix(String title, Risk risk, String why, List<Edit> edits) {

  public Fix {
    edits = List.copyOf(edits);
    if (risk == Risk.MANUAL || edits.isEmpty()) {
      throw new IllegalArgumentException("a fix has edits that may be applied");
    }
  }

  public static Fix of(String title, Risk risk, String why, Edit... edits) {
    return new Fix(title, risk, why, List.of(edits));
  }
}
