package dev.tightship.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds what a name below a root stands for, one component at a time, so that nothing outside of
 * the root is touched, not even to ask whether it exists: a link that leads out is seen by its text
 * alone.
 */
final class Inside {

  /** As many links in a row as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path root;

  /**
   * @param root a real path
   */
  Inside(Path root) {
    this.root = root;
  }

  /** What a name stands for. */
  sealed interface Found {}

  /**
   * Something is there.
   *
   * @param path where it really is: no component of it is a link
   * @param links the links that were followed to it, in order
   */
  record Here(Path path, BasicFileAttributes attributes, List<Path> links) implements Found {}

  /**
   * Nothing is there.
   *
   * @param path where it would be
   * @param links the links that were followed, in order
   * @param dangling whether it is the target of a link that is missing
   */
  record Nowhere(Path path, List<Path> links, boolean dangling) implements Found {}

  /**
   * It is not looked at.
   *
   * @param reason reads on after the name
   * @param outside whether it lies outside of the root
   */
  record Barred(String reason, boolean outside) implements Found {

    /** A reason that has nothing to do with the root. */
    Barred(String reason) {
      this(reason, false);
    }
  }

  private static final Barred LINK_OUT =
      new Barred("is a symbolic link that leads out of the project's root", true);

  /**
   * @param name a path with {@code /}; {@code ..} is taken as Compose takes it, from the text
   */
  Found find(String name) {
    byte[] bytes = Names.utf8(name);
    if (bytes == null || name.indexOf('\0') >= 0) {
      return new Barred("is not a file name");
    }
    if (name.startsWith("/")) {
      return new Barred("is an absolute path; only files below the project's root are used", true);
    }
    if (Names.isTooLong(bytes)) {
      return new Barred("is a name that is too long for a file system");
    }
    Path path = Names.below(root, bytes).normalize();
    if (!path.startsWith(root)) {
      return new Barred("leads out of the project's root", true);
    }
    return find(path);
  }

  /**
   * @param path below the root, normalized
   */
  Found find(Path path) {
    try {
      return walk(path);
    } catch (IOException e) {
      return new Barred("cannot be looked at: " + Reasons.of(e));
    }
  }

  private Found walk(Path path) throws IOException {
    Path at = root;
    BasicFileAttributes found = null;
    var links = new ArrayList<Path>();
    var todo = new ArrayDeque<Path>();
    push(root.relativize(path), todo);
    // How many of the components left are the name's own; those of links lie on top of them.
    int own = todo.size();
    while (!todo.isEmpty()) {
      Path component = todo.pop();
      boolean ofLink = todo.size() >= own;
      own = Math.min(own, todo.size());
      String name = component.toString();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        if (at.equals(root)) {
          return LINK_OUT;
        }
        at = above(at);
        found = null;
        continue;
      }
      Path next = at.resolve(component);
      BasicFileAttributes attributes;
      try {
        attributes = attributes(next);
      } catch (NoSuchFileException e) {
        return nowhere(next, todo, links, ofLink);
      }
      if (!attributes.isSymbolicLink()) {
        if (!attributes.isDirectory() && !todo.isEmpty()) {
          return nowhere(next, todo, links, ofLink);
        }
        at = next;
        found = attributes;
        continue;
      }
      links.add(next);
      if (links.size() > MOST_LINKS) {
        return new Barred("is a symbolic link that runs in circles");
      }
      Path target = Files.readSymbolicLink(next);
      if (target.isAbsolute()) {
        if (!target.startsWith(root)) {
          return LINK_OUT;
        }
        at = root;
        found = null;
        target = root.relativize(target);
      }
      push(target, todo);
    }
    return new Here(at, found == null ? attributes(at) : found, List.copyOf(links));
  }

  private Found nowhere(Path missing, Deque<Path> rest, List<Path> links, boolean dangling) {
    Path path = missing;
    for (Path component : rest) {
      path = path.resolve(component);
    }
    path = path.normalize();
    return path.startsWith(root) ? new Nowhere(path, List.copyOf(links), dangling) : LINK_OUT;
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static Path above(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static void push(Path relative, Deque<Path> todo) {
    for (int i = relative.getNameCount() - 1; i >= 0; i--) {
      todo.push(relative.getName(i));
    }
  }
}
