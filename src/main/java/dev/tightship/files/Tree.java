package dev.tightship.files;

import java.util.function.Predicate;

/** The files below the root of a project: those of a disk, or of a version that git holds. */
public interface Tree {

  /**
   * Reads a file. A link that stays inside the root is followed.
   *
   * @param relative from the root, with {@code /}; {@code ..} is resolved in the text
   */
  Read read(String relative);

  /** What is at a name; never opens it. */
  Disk.Kind kind(String relative);

  /**
   * The regular files below a folder; none where there is no such folder. Links below it are left
   * out, a link in its own name is followed while it stays inside the root.
   *
   * @param enter whether to look into a folder, by its path from the root
   * @param most entries that are looked at, files and folders together
   */
  Walk walk(String relative, Predicate<String> enter, int most);

  /** What git does with a name, whether something is there or not. */
  GitTree.Tracking tracking(String relative);
}
