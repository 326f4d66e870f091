package dev.tightship.pass;

import dev.tightship.compose.Project;
import java.util.stream.Stream;

/** One hardening rule. Stateless and without effects. */
public interface Pass {

  /** Name in kebab-case: of the page, the fixtures, the reports. Never used twice. */
  String id();

  /** What there is to say of the project as it is now, one remark or more for each subject. */
  Stream<Remark> inspect(Project project);
}
