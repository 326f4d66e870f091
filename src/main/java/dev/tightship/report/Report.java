package dev.tightship.report;

import dev.tightship.compose.Problem;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.pass.Page;
import dev.tightship.text.Patch;
import dev.tightship.text.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One project's run as the formats see it.
 *
 * @param name of the project, as it was given
 * @param pages of the passes, by id
 */
public record Report(String name, Outcome outcome, Map<String, Page> pages) {

  /** The changes as patches that can be applied, by path. Secrets are hidden all the same. */
  public List<Patch> patches() {
    return patches(Masks::secrets);
  }

  /** The changes as they may be shown anywhere. */
  List<Patch> shown() {
    return patches(Masks::shown);
  }

  private List<Patch> patches(Function<Traced, UnaryOperator<String>> mask) {
    var patches = new ArrayList<Patch>();
    for (Map.Entry<String, Traced> e : new TreeMap<>(outcome.texts()).entrySet()) {
      Patch patch = Patch.of(e.getKey(), e.getValue(), mask.apply(e.getValue()));
      if (!patch.hunks().isEmpty()) {
        patches.add(patch);
      }
    }
    for (Map.Entry<String, String> e : new TreeMap<>(outcome.after().created()).entrySet()) {
      patches.add(Patch.created(e.getKey(), e.getValue(), mask.apply(Traced.of(e.getValue()))));
    }
    return patches;
  }

  List<Problem> problems() {
    return outcome.before().problems();
  }

  Page page(Step step) {
    return java.util.Objects.requireNonNull(pages.get(step.pass()), step.pass());
  }
}
