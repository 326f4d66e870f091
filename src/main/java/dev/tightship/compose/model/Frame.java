package dev.tightship.compose.model;

/**
 * From where a file is seen.
 *
 * @param directory the folder that its paths are relative to, itself relative to that of the file
 *     which includes this one
 * @param absolute the folder in which included files and bases are looked for
 * @param environment its variables
 */
record Frame(String directory, String absolute, Environment environment) {

  /** The place of another file. */
  String locate(String path) {
    return FilePath.isAbsolute(path) ? FilePath.clean(path) : FilePath.join(absolute, path);
  }

  /** How a folder is said from here. */
  String relative(String folder) {
    return FilePath.relative(absolute, folder);
  }
}
