package dev.tightship.engine;

import dev.tightship.compose.Project;
import dev.tightship.text.Lines.Position;
import dev.tightship.text.Traced;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a run did: everything a report needs.
 *
 * @param before the project as it was read
 * @param after the project as it is hardened
 * @param steps in the order of the passes
 * @param texts by path, each file of the project with the origin of its chars
 */
public record Outcome(
    Project before, Project after, Level level, List<Step> steps, Map<String, Traced> texts) {

  /** Whether any file differs from the original, or is new. */
  public boolean changed() {
    return !after.created().isEmpty()
        || !after.others().kept().isEmpty()
        || !after.others().variables().isEmpty()
        || texts.values().stream().anyMatch(t -> !t.text().equals(t.original()));
  }

  /**
   * The text of a file of the project with the origin of its chars.
   *
   * @throws IllegalArgumentException if the project has no such file
   */
  public Traced text(String path) {
    Traced traced = texts.get(path);
    if (traced == null) {
      throw new IllegalArgumentException("no file of the project: " + path);
    }
    return traced;
  }

  /**
   * Where in the original a step is about something: line and column from 1; null for a file that
   * has no lines.
   */
  public @Nullable Position position(Step step) {
    return new Positions(before).of(step.remark().subject());
  }

  /** The file in which it stands: of a Dockerfile inside a Compose file, the latter. */
  public String file(Step step) {
    return before.fileOf(step.remark().subject().file());
  }

  /** The steps with a status. */
  public List<Step> steps(Step.Status status) {
    return steps.stream().filter(s -> s.status() == status).toList();
  }
}
