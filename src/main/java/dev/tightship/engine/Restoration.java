package dev.tightship.engine;

import dev.tightship.compose.OtherFiles;
import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import org.jspecify.annotations.Nullable;

/**
 * Gives a project the secrets that it lacks, as a fix would have made them: nothing that exists is
 * overwritten, and no value changes.
 */
public final class Restoration {

  private final MadeFiles made;

  public Restoration(Project project) {
    this.made = new MadeFiles(project);
  }

  /** Why a file does not get its secret, half a sentence; null where it does, or has it. */
  public @Nullable String add(Edit.Keep secret) {
    return made.keep(secret).held();
  }

  /** Why a variable does not get its secret, half a sentence; null where it does, or has it. */
  public @Nullable String add(Edit.Variable secret) {
    return made.variable(secret).held();
  }

  /** The files that hold what was added. */
  public OtherFiles.Hidden files() {
    return made.hidden();
  }
}
