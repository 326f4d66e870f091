package dev.tightship.passes;

import java.util.List;

/** Whether a {@code .dockerignore} may keep a path out; in doubt it does. */
final class IgnoreFile {

  private final List<String> lines;

  IgnoreFile(String text) {
    this.lines = text.lines().map(String::strip).filter(line -> !line.startsWith("#")).toList();
  }

  /**
   * @param path as seen from the context
   */
  boolean mayKeepOut(String path) {
    return lines.stream()
        .anyMatch(line -> covers(line.startsWith("!") ? line.substring(1) : line, path));
  }

  /** Patterns are seen from the context, and a folder stands for all that lies in it. */
  private static boolean covers(String line, String path) {
    String pattern = BuildContext.plain(line.strip());
    if (pattern.isEmpty()) {
      return false;
    }
    String[] names = pattern.split("/", -1);
    String[] parts = path.split("/", -1);
    if (names[0].equals("**")) {
      for (String part : parts) {
        if (names.length == 1 || names[1].equals("*") || BuildContext.matches(names[1], part)) {
          return true;
        }
      }
      return false;
    }
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals("**")) {
        return true;
      }
      if (i == parts.length || !BuildContext.matches(names[i], parts[i])) {
        return false;
      }
    }
    return true;
  }
}
