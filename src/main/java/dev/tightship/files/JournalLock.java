package dev.tightship.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The journal of a project, held. Its file is the lock as well: a live run holds a lock on it that
 * the system lets go when the process dies, so a journal that can be locked is one that a dead run
 * left behind.
 */
final class JournalLock implements AutoCloseable {

  /**
   * The roots held by this process. POSIX drops all locks of a process on a file when any of its
   * descriptors is closed, so a second run in one process must not even open the journal.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final String BUSY =
      "is being changed by another run of Tightship; try again later";

  private final Path root;
  private final FileChannel channel;
  private final Mutations mutations;

  private JournalLock(Path root, FileChannel channel, Mutations mutations) {
    this.root = root;
    this.channel = channel;
    this.mutations = mutations;
  }

  /**
   * Makes and holds the journal.
   *
   * @throws ProjectException if another run has one, or the root cannot be written
   */
  static JournalLock create(Path root, Mutations mutations) throws ProjectException {
    JournalLock lock = held(root, () -> make(root, mutations));
    if (lock == null) {
      throw new ProjectException(root.toString(), BUSY);
    }
    return lock;
  }

  private static @Nullable JournalLock make(Path root, Mutations mutations)
      throws IOException, ProjectException {
    Path file = root.resolve(Journal.NAME);
    try {
      mutations.create(file, new byte[0], Modes.PRIVATE);
    } catch (FileAlreadyExistsException e) {
      return null;
    } catch (IOException e) {
      throw new ProjectException(
          root.toString(), "cannot be written: " + Reasons.of(e) + "; nothing was changed");
    }
    try {
      return hold(root, mutations);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw new ProjectException(
          root.toString(), "cannot be locked: " + Reasons.of(e) + "; nothing was changed");
    }
  }

  /**
   * Holds the journal that a dead run left.
   *
   * @return null when there is none
   * @throws ProjectException if a live run has it, or it is no file of ours
   */
  static @Nullable JournalLock existing(Path root, Mutations mutations) throws ProjectException {
    if (!Files.exists(root.resolve(Journal.NAME), LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    return held(root, () -> hold(root, mutations));
  }

  /** A way to the journal that may throw either. */
  private interface Holding {
    @Nullable JournalLock run() throws IOException, ProjectException;
  }

  private static @Nullable JournalLock held(Path root, Holding holding) throws ProjectException {
    if (!HELD.add(root)) {
      throw new ProjectException(root.toString(), BUSY);
    }
    JournalLock lock = null;
    try {
      lock = holding.run();
      return lock;
    } catch (IOException e) {
      throw new ProjectException(Journal.NAME, "cannot be opened: " + Reasons.of(e));
    } finally {
      if (lock == null) {
        HELD.remove(root);
      }
    }
  }

  /** Opens and locks; null when the journal vanished, so that its run has ended. */
  private static @Nullable JournalLock hold(Path root, Mutations mutations)
      throws IOException, ProjectException {
    Path file = root.resolve(Journal.NAME);
    BasicFileAttributes before = attributes(file);
    if (before == null) {
      return null;
    }
    if (!before.isRegularFile()) {
      throw new ProjectException(Journal.NAME, "is not a journal of Tightship; remove it by hand");
    }
    Set<OpenOption> options =
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, options);
    } catch (NoSuchFileException e) {
      return null;
    }
    boolean keep = false;
    try {
      if (channel.tryLock() == null) {
        throw new ProjectException(root.toString(), BUSY);
      }
      // The run that made it may have removed it between the opening and the locking.
      BasicFileAttributes after = attributes(file);
      if (after == null) {
        return null;
      }
      if (!String.valueOf(after.fileKey()).equals(String.valueOf(before.fileKey()))) {
        throw new ProjectException(root.toString(), BUSY);
      }
      keep = true;
      return new JournalLock(root, channel, mutations);
    } catch (OverlappingFileLockException e) {
      throw new ProjectException(root.toString(), BUSY);
    } finally {
      if (!keep) {
        channel.close();
      }
    }
  }

  /** All bytes, or one more than {@link Journal#MAX_BYTES}. */
  byte[] read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Journal.MAX_BYTES + 1);
    channel.position(0);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // The loop is the work.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Adds bytes at the end, and waits until they are on the disk. */
  void append(byte[] bytes) throws IOException {
    channel.position(channel.size());
    mutations.write(channel, bytes);
  }

  /** Removes the journal: the project is whole. */
  void remove() throws IOException {
    mutations.delete(root.resolve(Journal.NAME));
    mutations.sync(root);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest.
    } finally {
      HELD.remove(root);
    }
  }

  private static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
