package dev.tightship.engine;

import dev.tightship.text.Traced;
import java.util.List;
import java.util.Map;

/**
 * A run and what each of its passes changed: made one after the other, the changes give just what
 * the run gives. Files that hold secrets are in none of them.
 *
 * @param changes in the order of the passes, without those that changed nothing
 */
public record Series(Outcome outcome, List<Change> changes) {

  public Series {
    changes = List.copyOf(changes);
  }

  /**
   * What one pass changed.
   *
   * @param passes its id; several where they put text in one place, so that one after the other
   *     they would not give what they give together
   * @param texts by path, each file that it changed, with the origin of its chars in what the
   *     changes before it have left
   * @param created by path, the texts of the files that are new
   */
  public record Change(
      List<String> passes, Map<String, Traced> texts, Map<String, String> created) {

    public Change {
      passes = List.copyOf(passes);
      texts = Map.copyOf(texts);
      created = Map.copyOf(created);
    }

    boolean isEmpty() {
      return texts.isEmpty() && created.isEmpty();
    }
  }

  /** The steps of the run that a change comes from. */
  public List<Step> steps(Change change) {
    return outcome.steps(Step.Status.APPLIED).stream()
        .filter(step -> change.passes().contains(step.pass()))
        .toList();
  }
}
