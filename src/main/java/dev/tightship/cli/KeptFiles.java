package dev.tightship.cli;

import dev.tightship.compose.OtherFiles;
import dev.tightship.compose.Project;
import dev.tightship.engine.Outcome;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a run that hold secrets. A container reads a file with one as whatever user it has,
 * since Docker mounts it with the mode that it has here; from other users of the host its folder
 * keeps it. A file of variables is read by Compose alone.
 */
final class KeptFiles {

  static final int FOLDER = 0700;

  private static final int FILE = 0444;
  private static final int VARIABLES = 0600;

  private final OtherFiles.Hidden files;
  private final Set<String> present;

  /**
   * @param before the project as it was read
   */
  KeptFiles(OtherFiles.Hidden files, Project before) {
    this.files = files;
    this.present = new TreeSet<>(files.variables().keySet());
    present.removeIf(path -> !before.exists(path));
  }

  static KeptFiles of(Outcome outcome) {
    OtherFiles files = outcome.after().others();
    return new KeptFiles(new OtherFiles.Hidden(files.kept(), files.variables()), outcome.before());
  }

  /** Makes a folder unless it exists. */
  interface Folders {
    Object make(String folder, int mode);
  }

  /** Makes a file. */
  interface Files {
    Object make(String file, String text, int mode);
  }

  /** Gives a file another text. */
  interface Texts {
    Object replace(String file, String text);
  }

  void write(Folders folders, Files make, Texts replace) {
    files
        .kept()
        .forEach(
            (path, secret) -> {
              int slash = path.lastIndexOf('/');
              if (slash > 0) {
                folders.make(path.substring(0, slash), FOLDER);
              }
              make.make(path, secret, FILE);
            });
    files
        .variables()
        .forEach(
            (path, text) -> {
              if (present.contains(path)) {
                replace.replace(path, text);
              } else {
                make.make(path, text, VARIABLES);
              }
            });
  }

  /** All of them that are new. */
  Set<String> made() {
    var made = new TreeSet<>(files.kept().keySet());
    made.addAll(files.variables().keySet());
    made.removeAll(present);
    return made;
  }

  /** Those that exist and get more. */
  Set<String> changed() {
    return present;
  }

  @Override
  public String toString() {
    return files.toString();
  }
}
