package dev.tightship.cli;

/** Paths as a person sees them. Text alone, since a locale may be unable to say the name. */
final class Seen {

  private Seen() {}

  /**
   * A path from a folder: from there where that is shorter, so that it can be opened as it stands.
   *
   * @param here an absolute path
   * @param path an absolute path
   */
  static String from(String here, String path) {
    String[] at = parts(here);
    int common = common(at, parts(path));
    String relative = relative(here, path);
    boolean below = common == at.length;
    return below || (common > 0 && relative.length() < path.length()) ? relative : path;
  }

  /** A path from a folder, however far away that is: the same wherever both lie. */
  static String relative(String folder, String path) {
    String[] at = parts(folder);
    String[] to = parts(path);
    int common = common(at, to);
    var seen = new StringBuilder("../".repeat(at.length - common));
    for (int i = common; i < to.length; i++) {
      seen.append(to[i]).append('/');
    }
    return seen.isEmpty() ? "." : seen.substring(0, seen.length() - 1);
  }

  private static int common(String[] at, String[] to) {
    int common = 0;
    while (common < at.length && common < to.length && at[common].equals(to[common])) {
      common++;
    }
    return common;
  }

  private static String[] parts(String path) {
    String bare = path.replaceAll("^/+|/+$", "");
    return bare.isEmpty() ? new String[0] : bare.split("/+", -1);
  }
}
