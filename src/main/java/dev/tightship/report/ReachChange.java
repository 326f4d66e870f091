package dev.tightship.report;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.network.Reach;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a project could be reached before a run, and what can be after it. */
record ReachChange(ReachState before, ReachState after) {

  /** Without a change of one of these all stays as it is. */
  private static final Set<String> KEYS = Set.of("networks", "network_mode", "ports");

  /** Services that a line names. */
  private static final int MOST_NAMED = 6;

  /** Null where the run changes nothing of it. */
  static @Nullable ReachChange of(Outcome outcome) {
    if (outcome.steps(Status.APPLIED).stream().noneMatch(ReachChange::concerns)) {
      return null;
    }
    var before = ReachState.of(outcome.before(), Reach.of(outcome.before()));
    var after = ReachState.of(outcome.after(), Reach.of(outcome.after()));
    return before.equals(after) ? null : new ReachChange(before, after);
  }

  private static boolean concerns(Step step) {
    Fix fix = step.remark() instanceof Finding finding ? finding.fix() : null;
    return fix != null
        && Stream.concat(fix.edits().stream(), step.written().stream())
            .anyMatch(ReachChange::concerns);
  }

  private static boolean concerns(Edit edit) {
    return edit instanceof Edit.Yaml yaml
        && yaml.at().path().stream()
            .anyMatch(segment -> segment instanceof Segment.Key key && KEYS.contains(key.name()));
  }

  /** What differs, for people; empty where only names and numbers of ports do. */
  List<String> parts() {
    var parts = new ArrayList<String>();
    if (before.pairs() != after.pairs()) {
      parts.add(
          "who can reach whom: %d pairs of services before, %d after"
              .formatted(before.pairs(), after.pairs()));
    }
    List<String> open = before.openToOthers();
    List<String> left = after.openToOthers();
    if (!open.equals(left)) {
      parts.add(
          "open to other machines: %d before, %d after (%s)"
              .formatted(open.size(), left.size(), difference(open, left)));
    }
    if (before.out().size() != after.out().size()) {
      parts.add(
          "with a way out of the project: %d before, %d after"
              .formatted(before.out().size(), after.out().size()));
    }
    return parts;
  }

  private static String difference(List<String> before, List<String> after) {
    var gone = new ArrayList<>(before);
    gone.removeAll(after);
    var fresh = new ArrayList<>(after);
    fresh.removeAll(before);
    var said = new ArrayList<String>();
    if (!gone.isEmpty()) {
      said.add("no longer " + ReachWords.listed(gone, MOST_NAMED));
    }
    if (!fresh.isEmpty()) {
      said.add("now also " + ReachWords.listed(fresh, MOST_NAMED));
    }
    return String.join("; ", said);
  }
}
