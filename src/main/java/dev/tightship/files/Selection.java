package dev.tightship.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What of a project belongs into a copy: real places, so no path leads through a link. */
final class Selection {

  private final Disk disk;
  private final Path root;
  private final Set<Path> leftOut = new HashSet<>();
  private final SortedSet<Path> paths = new TreeSet<>();
  private final Remarks remarks;
  private Set<Path> tracked = Set.of();

  Selection(Disk disk, Collection<String> leaveOut) {
    this.disk = disk;
    this.root = disk.root();
    this.remarks = new Remarks(root);
    for (String name : leaveOut) {
      // The root itself is never left out, or there would be no copy.
      if (disk.inside().find(name) instanceof Inside.Here here && !here.path().equals(root)) {
        leftOut.add(here.path());
      }
    }
  }

  /** In the order of their bytes, so a folder comes before what lies in it. */
  SortedSet<Path> paths() {
    return paths;
  }

  Remarks remarks() {
    return remarks;
  }

  /**
   * Adds what belongs to the project.
   *
   * @return whether git told
   */
  boolean addProject() throws ProjectException {
    try {
      GitTree.Tracked tracked = GitTree.tracked(root);
      if (tracked != null && !tracked.files().isEmpty()) {
        addTracked(tracked);
        this.tracked = Set.copyOf(paths);
        return true;
      }
      if (tracked != null) {
        remarks.add(root, "has no file that git tracks, so all of it was copied");
      }
    } catch (IOException e) {
      remarks.add(root, Reasons.of(e) + ", so all of it was copied");
    }
    walk(root);
    return false;
  }

  /** Adds a file, or a folder with all in it, and the links that lead there. */
  void add(String name) throws ProjectException {
    Inside.Found found = disk.inside().find(name);
    if (found instanceof Inside.Barred barred) {
      remarks.add(name, barred.reason() + ", so it was not copied");
    } else if (found instanceof Inside.Nowhere nowhere) {
      addAll(nowhere.links());
      remarks.add(name, "does not exist, so it was not copied");
    } else if (found instanceof Inside.Here here) {
      addAll(here.links());
      if (isPrivate(here.path())) {
        remarks.add(name, "belongs to git, so it was not copied");
      } else if (!here.path().equals(root)) {
        addAll(Set.of(here.path()));
      }
      if (here.attributes().isDirectory() && !isPrivate(here.path())) {
        walk(here.path());
      }
    }
  }

  /** Adds a folder with all in it, unless git tracks anything below it. */
  void addUnlessTracked(String name) throws ProjectException {
    boolean known =
        disk.inside().find(name) instanceof Inside.Here here
            && tracked.stream().anyMatch(path -> path.startsWith(here.path()));
    if (!known) {
      add(name);
    }
  }

  /**
   * Adds a file that must exist.
   *
   * @return its real place
   */
  Path require(String name) throws ProjectException {
    if (disk.inside().find(name) instanceof Inside.Here here && here.attributes().isRegularFile()) {
      addAll(here.links());
      addAll(Set.of(here.path()));
      return here.path();
    }
    throw new ProjectException(name, "is not there any more; nothing was copied");
  }

  private void addTracked(GitTree.Tracked tracked) throws ProjectException {
    var folders = new HashSet<Path>();
    for (Path path : tracked.files()) {
      if (isInFolders(path, folders) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        addAll(Set.of(path));
      }
    }
    for (Path path : tracked.submodules()) {
      remarks.add(path, "is a submodule, which was not copied");
    }
  }

  /**
   * Whether every folder above a path is one; git may track what lies behind a link by now.
   *
   * @param known folders that were looked at
   */
  private boolean isInFolders(Path path, Set<Path> known) {
    Path parent = path.getParent();
    if (parent == null || parent.equals(root) || known.contains(parent)) {
      return true;
    }
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS) || !isInFolders(parent, known)) {
      return false;
    }
    known.add(parent);
    return true;
  }

  private void walk(Path folder) throws ProjectException {
    var todo = new ArrayDeque<Path>();
    todo.push(folder);
    while (!todo.isEmpty()) {
      Path at = todo.pop();
      try (var entries = Files.newDirectoryStream(at)) {
        for (Path entry : entries) {
          boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
          if (leftOut.contains(entry)) {
            remarks.add(entry, "is data, which was not copied");
          } else if (!isLeftOut(entry, isFolder)) {
            addAll(Set.of(entry));
            if (isFolder) {
              todo.push(entry);
            }
          }
        }
      } catch (IOException e) {
        remarks.trouble(at, "was not copied: " + Reasons.of(e));
      } catch (DirectoryIteratorException e) {
        remarks.trouble(at, "was not copied: " + Reasons.of(Objects.requireNonNull(e.getCause())));
      }
    }
  }

  private boolean isPrivate(Path path) {
    return !path.equals(root) && !Journal.mayChange(root, path);
  }

  private static boolean isLeftOut(Path entry, boolean isFolder) {
    String name = String.valueOf(entry.getFileName());
    return name.equals(".git")
        || name.startsWith(Change.PREFIX)
        || (isFolder && name.equals("node_modules"));
  }

  private void addAll(Collection<Path> more) throws ProjectException {
    paths.addAll(more);
    if (paths.size() > ProjectCopy.MAX_ENTRIES) {
      throw new ProjectException(
          root.toString(),
          "has more than " + ProjectCopy.MAX_ENTRIES + " files to copy; nothing was copied");
    }
  }
}
