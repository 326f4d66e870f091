package dev.tightship.cli;

import dev.tightship.compose.OtherFiles;
import dev.tightship.compose.Paths;
import dev.tightship.edit.Edit;
import dev.tightship.engine.Restoration;
import dev.tightship.files.ProjectException;
import dev.tightship.files.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the files with secrets that a project lacks, all at once or not at all. */
final class SecretFiles {

  private final Loaded loaded;
  private final Missing missing;
  private final Restoration restoration;

  SecretFiles(Loaded loaded, Missing missing) {
    this.loaded = loaded;
    this.missing = missing;
    this.restoration = new Restoration(loaded.project());
  }

  /** Why something that is lacking cannot have its secret, half a sentence; null where it can. */
  @Nullable String add(Lacked lacked, String secret) {
    return lacked.variable() == null
        ? restoration.add(new Edit.Keep(lacked.file(), secret))
        : restoration.add(new Edit.Variable(lacked.file(), lacked.variable(), secret));
  }

  /**
   * Writes what was added. A folder that is there for secrets alone becomes one for its owner, as
   * harden makes it: a clone has it with the mode of any other.
   *
   * @return what a person should know of it, a sentence each
   * @throws ProjectException if nothing was written, with the path as the user sees it
   */
  List<String> write() throws ProjectException {
    OtherFiles.Hidden files = restoration.files();
    var transaction = new Transaction(loaded.disk());
    new KeptFiles(files, loaded.project())
        .write(transaction::folder, transaction::create, transaction::replace);
    var folders = new TreeSet<String>();
    files.kept().keySet().forEach(path -> folders.add(Paths.folder(path)));
    folders.stream()
        .filter(folder -> missing.isOnlyForSecrets(folder, loaded))
        .forEach(folder -> transaction.mode(folder, KeptFiles.FOLDER));
    List<String> notes;
    try {
      notes = new ArrayList<>(transaction.commit());
    } catch (ProjectException e) {
      throw loaded.seen(e);
    }
    folders.stream()
        .filter(folder -> !loaded.disk().isPrivate(folder))
        .map(folder -> "other users of this machine can read them in " + loaded.shown(folder))
        .forEach(notes::add);
    return notes;
  }
}
