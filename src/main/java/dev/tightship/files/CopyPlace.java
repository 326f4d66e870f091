package dev.tightship.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The folder that becomes the copy, and the hidden one beside it in which the copy grows. */
final class CopyPlace {

  private static final int PRIVATE = 0700;

  private final Path place;
  private final Path stage;
  private final List<Path> parents = new ArrayList<>();

  private CopyPlace(Path place) {
    this.place = place;
    this.stage = place.resolveSibling(Change.PREFIX + UUID.randomUUID());
  }

  /**
   * Checks the folder that the user named; touches nothing.
   *
   * @throws ProjectException if it is not free, or lies in or around the project
   */
  static CopyPlace of(Path root, Path target) throws ProjectException {
    String name = target.toString();
    try {
      Path place = real(target.toAbsolutePath().normalize());
      if (place.startsWith(root)) {
        throw new ProjectException(
            name, "lies in the project, whose root is " + root + "; name a folder outside of it");
      }
      if (root.startsWith(place)) {
        throw new ProjectException(name, "contains the project; name another folder");
      }
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
          throw new ProjectException(name, "exists and is not a folder");
        }
        try (var entries = Files.newDirectoryStream(place)) {
          if (entries.iterator().hasNext()) {
            throw new ProjectException(name, "is not empty; name a new folder or an empty one");
          }
        }
      }
      return new CopyPlace(place);
    } catch (IOException e) {
      throw new ProjectException(name, "cannot be used: " + Reasons.of(e));
    }
  }

  /** Makes the folder in which the copy grows. */
  Path stage() throws IOException {
    for (Path at = place.getParent(); at != null && !Files.exists(at); at = at.getParent()) {
      parents.add(0, at);
    }
    for (Path parent : parents) {
      Files.createDirectory(parent);
    }
    return Files.createDirectory(stage, Modes.attributes(PRIVATE));
  }

  /** Gives the copy its name. */
  void open() throws IOException {
    if (Modes.SUPPORTED && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(stage, Files.getPosixFilePermissions(place));
    }
    // Replaces an empty folder and fails on any other.
    Files.move(stage, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes everything that was made. */
  void discard() {
    try {
      if (Files.exists(stage, LinkOption.NOFOLLOW_LINKS)) {
        Files.walkFileTree(stage, new Removal());
      }
      for (int i = parents.size() - 1; i >= 0; i--) {
        Files.deleteIfExists(parents.get(i));
      }
    } catch (IOException e) {
      // The failure that led here is told; its name says whose the folder is.
    }
  }

  private static Path real(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(path.toString());
    }
    Path parent = path.getParent();
    Path name = path.getFileName();
    return parent == null || name == null ? path : real(parent).resolve(name);
  }

  /** Takes a tree away, read-only folders included. */
  private static final class Removal extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      if (Modes.SUPPORTED) {
        Files.setPosixFilePermissions(folder, Modes.permissions(PRIVATE));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
