package dev.tightship.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Every single step by which a transaction changes the disk, so that a test can stop the world
 * between any two of them.
 */
final class Mutations {

  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Watch watch;

  Mutations(Watch watch) {
    this.watch = watch;
  }

  /** Called before each step; what it throws happens instead of the step. */
  interface Watch {
    void before(String step) throws IOException;
  }

  /**
   * Makes a file that must not exist, with its bytes on the disk. The umask takes from the mode.
   */
  void create(Path file, byte[] bytes, int mode) throws IOException {
    watch.before("create " + file.getFileName());
    try (FileChannel out = FileChannel.open(file, NEW, Modes.attributes(mode))) {
      if (bytes.length > 0) {
        write(out, bytes);
      }
    }
  }

  /** Writes at the channel's position, and waits until it is on the disk. */
  void write(FileChannel out, byte[] bytes) throws IOException {
    int half = bytes.length / 2;
    for (ByteBuffer part : new ByteBuffer[] {ByteBuffer.wrap(bytes, 0, half), rest(bytes, half)}) {
      watch.before("write");
      while (part.hasRemaining()) {
        out.write(part);
      }
    }
    watch.before("force");
    out.force(true);
  }

  void folder(Path folder, int mode) throws IOException {
    watch.before("folder " + folder.getFileName());
    Files.createDirectory(folder, Modes.attributes(mode));
  }

  void mode(Path path, int mode) throws IOException {
    watch.before("mode " + path.getFileName());
    Files.setPosixFilePermissions(path, Modes.permissions(mode));
  }

  /** Sets {@code unix:uid} or {@code unix:gid}. */
  void owner(Path path, String attribute, Object id) throws IOException {
    watch.before("owner " + path.getFileName());
    Files.setAttribute(path, attribute, id, LinkOption.NOFOLLOW_LINKS);
  }

  /** Gives a file a second name, which must not exist. */
  void link(Path second, Path existing) throws IOException {
    watch.before("link " + second.getFileName());
    Files.createLink(second, existing);
  }

  /** Replaces {@code to} in one step. */
  void replace(Path from, Path to) throws IOException {
    watch.before("replace " + to.getFileName());
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  void delete(Path path) throws IOException {
    watch.before("delete " + path.getFileName());
    Files.deleteIfExists(path);
  }

  /** Waits until the names in a folder are on the disk, where the system can do that. */
  void sync(Path folder) throws IOException {
    watch.before("sync " + folder.getFileName());
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every file system lets a folder be synced; the order of steps protects without it too.
    }
  }

  private static ByteBuffer rest(byte[] bytes, int from) {
    return ByteBuffer.wrap(bytes, from, bytes.length - from);
  }
}
