package dev.tightship.compose;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Paths from the project's root, as text: nothing here looks at a disk. */
public final class Paths {

  private Paths() {}

  /**
   * A path as seen from a folder of the project.
   *
   * @param folder from the root; empty for the root itself; null for a place outside
   * @return from the root, without {@code .} and {@code ..}; null when it lies outside of the root
   */
  public static @Nullable String resolve(@Nullable String folder, String path) {
    if (folder == null || path.startsWith("/") || path.startsWith("~")) {
      return null;
    }
    var parts = new ArrayDeque<String>();
    for (String part : (folder + "/" + path).split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  /** The folder of a file; empty for the root. */
  public static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
