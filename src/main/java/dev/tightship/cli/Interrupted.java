package dev.tightship.cli;

import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.files.Recovery;
import dev.tightship.files.Transaction;
import java.nio.file.Path;

/** What a run left that was interrupted while it wrote. */
final class Interrupted {

  private Interrupted() {}

  /**
   * Puts it in order, and says so: it changes files. To be called before a project is read that may
   * be written.
   *
   * @throws ProjectException with the path as the user sees it
   */
  static void settle(Path given, ProjectOptions options, Terminal terminal)
      throws ProjectException {
    var root = ProjectRoot.of(Here.of(given), options.root());
    Recovery recovery;
    try {
      recovery = Transaction.recover(root);
    } catch (ProjectException e) {
      throw Loaded.seen(root, e);
    }
    if (recovery.kind() == Recovery.Kind.NOTHING) {
      return;
    }
    boolean back = recovery.kind() == Recovery.Kind.TAKEN_BACK;
    String files = String.join(", ", recovery.files());
    String foreign = String.join(", ", recovery.leftAlone());
    terminal.error(
        "%s: an earlier run was interrupted and is now %s%s%s"
            .formatted(
                given,
                back ? "taken back" : "finished",
                files.isEmpty() ? "" : ": " + files,
                foreign.isEmpty() ? "" : "; changed by someone else and left alone: " + foreign));
  }
}
