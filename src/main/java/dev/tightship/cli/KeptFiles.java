package dev.tightship.cli;

import dev.tightship.engine.Outcome;
import java.util.Map;

/**
 * The files of a run that hold secrets. A container reads them as whatever user it has, since
 * Docker mounts them with the mode that they have here; from other users of the host their folder
 * keeps them.
 *
 * @param secrets by path
 */
record KeptFiles(Map<String, String> secrets) {

  private static final int FOLDER = 0700;
  private static final int FILE = 0444;

  static KeptFiles of(Outcome outcome) {
    return new KeptFiles(outcome.after().others().kept());
  }

  /** Makes a folder unless it exists. */
  interface Folders {
    Object make(String folder, int mode);
  }

  /** Makes a file. */
  interface Files {
    Object make(String file, String text, int mode);
  }

  void write(Folders folders, Files files) {
    secrets.forEach(
        (path, secret) -> {
          int slash = path.lastIndexOf('/');
          if (slash > 0) {
            folders.make(path.substring(0, slash), FOLDER);
          }
          files.make(path, secret, FILE);
        });
  }

  @Override
  public String toString() {
    return secrets.keySet().toString();
  }
}
