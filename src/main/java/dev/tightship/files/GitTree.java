package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What git knows of a project. */
public final class GitTree {

  private static final String SUBMODULE = "160000";

  private GitTree() {}

  /**
   * The tracked files with changes that are not committed, in the order of their bytes. None where
   * there is no git tree, or no git to ask.
   *
   * @param files those to look at, from the root; all of the root when there is none. A link counts
   *     as itself and as the file that it leads to
   * @throws ProjectException if git cannot tell
   */
  public static List<String> uncommitted(ProjectRoot project, Collection<String> files)
      throws ProjectException {
    Path root = project.folder();
    Git git = Git.at(root);
    if (git == null) {
      return List.of();
    }
    Set<Path> wanted = places(root, files);
    var changed = new TreeSet<Path>();
    try {
      byte[] answer =
          git.askWithoutFilters(
              List.of(
                  "status",
                  "--porcelain=v1",
                  "-z",
                  "--no-renames",
                  "--untracked-files=no",
                  "--ignore-submodules=all"));
      for (byte[] entry : Git.split(answer)) {
        // Two letters, a blank, and the name from the top of the tree.
        Path path = place(git.top(), entry, 3);
        if (path != null && path.startsWith(root) && (files.isEmpty() || wanted.contains(path))) {
          changed.add(path);
        }
      }
    } catch (IOException e) {
      throw new ProjectException(root.toString(), Reasons.of(e));
    }
    return changed.stream().map(path -> Names.text(root, path)).toList();
  }

  /** Whether any of these tracked files has changes that are not committed. */
  public static boolean isDirty(ProjectRoot project, Collection<String> files)
      throws ProjectException {
    return !uncommitted(project, files).isEmpty();
  }

  /**
   * What git tracks below a root.
   *
   * @param files paths below the root, also those that are missing on the disk
   * @param submodules paths below the root
   */
  record Tracked(List<Path> files, List<Path> submodules) {}

  /**
   * What git tracks; null where there is no tree or no git.
   *
   * @throws IOException if git cannot read the tree
   */
  static @Nullable Tracked tracked(Path root) throws IOException {
    Git git = Git.at(root);
    if (git == null) {
      return null;
    }
    var files = new TreeSet<Path>();
    var submodules = new TreeSet<Path>();
    for (byte[] entry : Git.split(git.ask(List.of("ls-files", "-z", "--stage")))) {
      // Mode, hash and stage, a tab, and the name from the root.
      int tab = 0;
      while (tab < entry.length && entry[tab] != '\t') {
        tab++;
      }
      Path path = place(root, entry, tab + 1);
      if (path != null) {
        String mode = new String(entry, 0, Math.min(6, tab), StandardCharsets.US_ASCII);
        (mode.equals(SUBMODULE) ? submodules : files).add(path);
      }
    }
    return new Tracked(List.copyOf(files), List.copyOf(submodules));
  }

  /** Whether a project lies in a git tree, even where no git can be asked about it. */
  public static boolean isAround(ProjectRoot project) {
    return Git.topOf(project.folder()) != null;
  }

  /** What git does with a name. */
  public enum Tracking {
    /** It is in the index. */
    TRACKED,
    /** It is left out on purpose. */
    IGNORED,
    /** Nothing keeps it from being added. */
    UNTRACKED,
    /** There is no tree, or no git to ask, or git does not say. */
    UNKNOWN
  }

  /**
   * What git does with a name, whether something is there or not.
   *
   * @param name from the root, with {@code /}
   */
  static Tracking tracking(Path root, String name) {
    Git git = Git.at(root);
    byte[] bytes = Names.utf8(name);
    if (git == null || bytes == null || name.indexOf('\0') >= 0) {
      return Tracking.UNKNOWN;
    }
    try {
      if (git.ignores(name)) {
        return Tracking.IGNORED; // git does not say so of what it tracks
      }
      return isTracked(git, name, bytes) ? Tracking.TRACKED : Tracking.UNTRACKED;
    } catch (IOException e) {
      return Tracking.UNKNOWN;
    }
  }

  private static boolean isTracked(Git git, String name, byte[] bytes) throws IOException {
    if (bytes.length == name.length()) {
      return git.ask(List.of("ls-files", "-z", "--", name)).length > 0;
    }
    // a locale may keep such a name from being an argument
    for (byte[] tracked : Git.split(git.ask(List.of("ls-files", "-z")))) {
      boolean begins =
          tracked.length >= bytes.length
              && Arrays.equals(tracked, 0, bytes.length, bytes, 0, bytes.length);
      if (begins && (tracked.length == bytes.length || tracked[bytes.length] == '/')) {
        return true;
      }
    }
    return false;
  }

  /** A name from git as a path, or null when it is none that lies below {@code base}. */
  private static @Nullable Path place(Path base, byte[] entry, int from) {
    if (from >= entry.length || entry[from] == '/') {
      return null;
    }
    byte[] name = Arrays.copyOfRange(entry, from, entry.length);
    if (Names.isTooLong(name)) {
      return null;
    }
    Path path = Names.below(base, name);
    boolean plain = path.startsWith(base) && !path.equals(base) && path.equals(path.normalize());
    return plain ? path : null;
  }

  private static Set<Path> places(Path root, Collection<String> files) {
    var inside = new Inside(root);
    var places = new HashSet<Path>();
    for (String file : files) {
      byte[] name = Names.utf8(file);
      if (name != null) {
        places.add(Names.below(root, name).normalize());
      }
      Inside.Found found = inside.find(file);
      if (found instanceof Inside.Here here) {
        places.add(here.path());
        places.addAll(here.links());
      }
    }
    return places;
  }
}
