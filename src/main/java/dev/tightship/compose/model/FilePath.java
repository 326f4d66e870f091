package dev.tightship.compose.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Paths as text, the way Go's {@code filepath} handles them on Unix. */
final class FilePath {

  private FilePath() {}

  static boolean isAbsolute(String path) {
    return path.startsWith("/");
  }

  /** The shortest path of the same meaning; {@code .} for nothing. */
  static String clean(String path) {
    boolean rooted = isAbsolute(path);
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
        parts.removeLast();
      } else if (part.equals("..") ? !rooted : !part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    String joined = String.join("/", parts);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** Both parts as one path; an empty one counts for nothing. */
  static String join(String folder, String path) {
    if (folder.isEmpty() || path.isEmpty()) {
      return folder.isEmpty() && path.isEmpty() ? "" : clean(folder + path);
    }
    return clean(folder + "/" + path);
  }

  /** The folder of a file. */
  static String folder(String path) {
    return clean(path.substring(0, path.lastIndexOf('/') + 1));
  }

  /** The last part of a path. */
  static String name(String path) {
    String clean = clean(path);
    return clean.substring(clean.lastIndexOf('/') + 1);
  }

  /** How one absolute path is said from another. */
  static String relative(String from, String to) {
    Deque<String> base = parts(from);
    Deque<String> target = parts(to);
    Iterator<String> each = base.iterator();
    while (each.hasNext() && !target.isEmpty() && each.next().equals(target.peekFirst())) {
      each.remove();
      target.removeFirst();
    }
    String path = "../".repeat(base.size()) + String.join("/", target);
    return clean(path);
  }

  private static Deque<String> parts(String path) {
    var parts = new ArrayDeque<String>();
    for (String part : clean(path).split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return parts;
  }

  /** Whether Windows would call a path absolute: a drive with a slash, or a share. */
  static boolean isWindowsAbsolute(String path) {
    if (path.length() < 2) {
      return false;
    }
    if (path.charAt(1) == ':') {
      return path.length() > 2 && isSlash(path.charAt(2));
    }
    return isSlash(path.charAt(0)) && isSlash(path.charAt(1));
  }

  private static boolean isSlash(char c) {
    return c == '\\' || c == '/';
  }
}
