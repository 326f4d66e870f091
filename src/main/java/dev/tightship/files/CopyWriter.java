package dev.tightship.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the entries of a copy. Modes of folders come last, since they may forbid writing. */
final class CopyWriter {

  private static final int DEFAULT_FILE = 0644;
  private static final int DEFAULT_FOLDER = 0755;
  private static final int PRIVATE_FOLDER = 0700;
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path root;
  private final Path stage;
  private final Inside inside;
  private final Remarks remarks;
  private final Stop stop;
  private final Set<Path> folders = new HashSet<>();
  private final Map<Path, Set<PosixFilePermission>> modes = new LinkedHashMap<>();
  private int entries;
  private long bytes;

  /** Asked before each entry and each piece of a large one. */
  interface Stop {

    /**
     * @throws IOException if the copy is to end here
     */
    void orGoOn() throws IOException;
  }

  CopyWriter(Path root, Path stage, Remarks remarks, Stop stop) {
    this.root = root;
    this.stage = stage;
    this.inside = new Inside(root);
    this.remarks = remarks;
    this.stop = stop;
  }

  int entries() {
    return entries;
  }

  /**
   * Copies one entry of the project; what cannot be copied is remarked on and does not stop the
   * others.
   *
   * @param text what the file shall hold; null for its own bytes
   */
  void copy(Path source, @Nullable String text) throws IOException {
    stop.orGoOn();
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(source, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (attributes.isDirectory()) {
      folder(source);
      return;
    }
    if (attributes.isOther()) {
      remarks.add(source, "is a device, a pipe or a socket, which was not copied");
      return;
    }
    folder(above(source));
    Path target = place(source);
    if (attributes.isSymbolicLink()) {
      link(source, target);
    } else if (text != null) {
      write(target, text, Modes.PRIVATE);
      likeSource(source, target);
    } else if (!copyBytes(source, target)) {
      return;
    } else {
      likeSource(source, target);
      Files.setLastModifiedTime(target, attributes.lastModifiedTime());
    }
    entries++;
  }

  /** Makes a file or folder that the project does not have. */
  void create(Plan.Step step) throws IOException {
    Path source = step.change().target();
    Path target = place(source);
    boolean exact = step.mode() >= 0;
    folder(above(source));
    if (step.change().kind() == Change.Kind.FOLDER) {
      if (folders.add(source)) {
        Files.createDirectory(target, Modes.attributes(exact ? PRIVATE_FOLDER : DEFAULT_FOLDER));
        if (exact) {
          modes.put(target, Modes.permissions(step.mode()));
        }
      }
    } else {
      write(target, step.after(), exact ? Modes.PRIVATE : DEFAULT_FILE);
      if (exact && Modes.SUPPORTED) {
        Files.setPosixFilePermissions(target, Modes.permissions(step.mode()));
      }
    }
    entries++;
  }

  /** Sets the modes of folders, deepest first. */
  void finish() throws IOException {
    if (Modes.SUPPORTED) {
      modes.put(stage, Files.getPosixFilePermissions(root));
      List<Path> made = List.copyOf(modes.keySet());
      for (int i = made.size() - 1; i >= 0; i--) {
        Path folder = made.get(i);
        if (!folder.equals(stage)) {
          Files.setPosixFilePermissions(folder, modes.getOrDefault(folder, Set.of()));
        }
      }
      Files.setPosixFilePermissions(stage, modes.getOrDefault(stage, Set.of()));
    }
  }

  private void folder(Path source) throws IOException {
    if (source.equals(root) || !folders.add(source)) {
      return;
    }
    folder(above(source));
    Path target = place(source);
    Files.createDirectory(target, Modes.attributes(PRIVATE_FOLDER));
    entries++;
    if (Modes.SUPPORTED) {
      modes.put(target, Files.getPosixFilePermissions(source, LinkOption.NOFOLLOW_LINKS));
      sameOwner(source, target);
    }
  }

  private void link(Path source, Path target) throws IOException {
    Path text = Files.readSymbolicLink(source);
    Files.createSymbolicLink(target, text);
    if (text.isAbsolute()
        || (inside.find(source) instanceof Inside.Barred barred && barred.outside())) {
      remarks.add(source, "is a symbolic link that leads out of the copy");
    }
  }

  /** False when the source may not be read. */
  private boolean copyBytes(Path source, Path target) throws IOException {
    FileChannel in;
    try {
      in = FileChannel.open(source, READ);
    } catch (AccessDeniedException e) {
      remarks.trouble(source, "was not copied: " + Reasons.of(e));
      return false;
    }
    try (in;
        FileChannel out = FileChannel.open(target, NEW, Modes.attributes(Modes.PRIVATE))) {
      long position = 0;
      while (true) {
        long moved = in.transferTo(position, 1 << 20, out);
        if (moved <= 0) {
          return true;
        }
        position += moved;
        count(moved);
        stop.orGoOn();
      }
    }
  }

  private void write(Path target, String text, int mode) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    count(buffer.remaining());
    try (FileChannel out = FileChannel.open(target, NEW, Modes.attributes(mode))) {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
    }
  }

  private void count(long more) throws IOException {
    bytes += more;
    if (bytes > ProjectCopy.MAX_BYTES) {
      throw new IOException(
          "the project has more than " + (ProjectCopy.MAX_BYTES >> 30) + " GiB to copy");
    }
  }

  private void likeSource(Path source, Path target) throws IOException {
    if (Modes.SUPPORTED) {
      sameOwner(source, target);
      Files.setPosixFilePermissions(
          target, Files.getPosixFilePermissions(source, LinkOption.NOFOLLOW_LINKS));
    }
  }

  /** Only root can give files away, and only then a container may depend on it. */
  private static void sameOwner(Path source, Path target) throws IOException {
    for (String attribute : List.of("unix:gid", "unix:uid")) {
      Object wanted = Files.getAttribute(source, attribute, LinkOption.NOFOLLOW_LINKS);
      if (!wanted.equals(Files.getAttribute(target, attribute, LinkOption.NOFOLLOW_LINKS))) {
        try {
          Files.setAttribute(target, attribute, wanted, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
          // The copy then belongs to who makes it, as any copy does.
        }
      }
    }
  }

  private Path place(Path source) {
    return stage.resolve(root.relativize(source));
  }

  private Path above(Path path) {
    Path parent = path.getParent();
    return parent == null ? root : parent;
  }
}
