package dev.tightship.pass;

import dev.tightship.compose.Project;
import java.util.stream.Stream;

/** One hardening rule. Stateless and without effects. */
public interface Pass {

  /** Name in kebab-case: of the page, the fixtures, the reports. Never used twice. */
  String id();

  /**
   * Whether its fixes join the step of the pass before it, as it asks for nothing that those
   * change: a file is read again once a step.
   */
  default boolean joins() {
    return false;
  }

  /** What there is to say of the project as it is now, one remark or more for each subject. */
  Stream<Remark> inspect(Project project);
}
