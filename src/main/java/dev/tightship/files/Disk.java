package dev.tightship.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of one project. Nothing outside of its root is opened, nothing but regular files,
 * and nothing larger than a bound. Remembers the texts that it gave out, so that a {@link
 * Transaction} can tell whether a file changed meanwhile. For one thread.
 */
public final class Disk implements Tree {

  /** The largest file that is read, in bytes. The largest public Compose file seen has 1 MB. */
  public static final int MAX_BYTES = 8 << 20;

  /** The most entries of one folder that are listed. */
  public static final int MAX_ENTRIES = 20_000;

  private static final int OTHERS = 077;

  /** Names that every system takes for the same, but for the case of their letters. */
  private static final Pattern PLAIN = Pattern.compile("\\.?\\w[\\w.-]{0,99}");

  private final Path root;
  private final Inside inside;
  private final Map<Path, String> given = new HashMap<>();

  /**
   * By folder, from the root and with a slash behind it, the names in it in lower case: what is not
   * among them is not there, and need not be asked for.
   */
  private final Map<String, Set<String>> listed = new HashMap<>();

  private final Map<String, GitTree.Tracking> tracking = new HashMap<>();

  /** The disk as seen from the root of a project. */
  public Disk(ProjectRoot project) {
    this.root = project.folder();
    this.inside = new Inside(root);
  }

  /** What a name stands for, links followed. */
  public enum Kind {
    FILE,
    FOLDER,
    /** A device, pipe or socket, or something that may not be looked at. */
    OTHER,
    /** A link or a path that leads out of the root. It is not looked at. */
    OUTSIDE,
    MISSING
  }

  /**
   * Reads a file. A link that stays inside the root is followed.
   *
   * @param relative from the root, with {@code /}; {@code ..} is resolved in the text
   */
  @Override
  public Read read(String relative) {
    if (isMissing(relative)) {
      return new Read.Missing();
    }
    Inside.Found found = inside.find(relative);
    if (found instanceof Inside.Barred barred) {
      return new Read.Refused(barred.reason());
    }
    if (found instanceof Inside.Nowhere nowhere) {
      return nowhere.dangling()
          ? new Read.Refused("is a symbolic link to something that does not exist")
          : new Read.Missing();
    }
    var here = (Inside.Here) found;
    Read read = read(here.path(), here.attributes());
    if (read instanceof Read.Text text) {
      given.put(here.path(), text.text());
    }
    return read;
  }

  /**
   * Whether the folder of a name was listed and has none like it: not even one in other letters,
   * which is the same file for some systems. What is not plain ASCII is asked for.
   */
  private boolean isMissing(String relative) {
    int slash = relative.lastIndexOf('/');
    Set<String> names = listed.get(slash < 0 ? "/" : relative.substring(0, slash + 1));
    String name = relative.substring(slash + 1);
    return names != null
        && PLAIN.matcher(name).matches()
        && !names.contains(name.toLowerCase(Locale.ROOT));
  }

  /** What git does with a name, whether something is there or not. */
  @Override
  public GitTree.Tracking tracking(String relative) {
    return tracking.computeIfAbsent(relative, name -> GitTree.tracking(root, name));
  }

  /** What is at a name; never opens it. */
  @Override
  public Kind kind(String relative) {
    return kind(inside.find(relative));
  }

  /**
   * The names in a folder, links included, in the order of their chars. Empty when it is none or
   * may not be read; a name that is not UTF-8 is left out, since no text of a project can say it.
   */
  public List<String> list(String relative) {
    return list(relative, name -> true);
  }

  /**
   * The same, of those that are wanted.
   *
   * @param wanted asked for each entry of the folder
   */
  List<String> list(String relative, Predicate<String> wanted) {
    if (!(inside.find(relative) instanceof Inside.Here here) || !here.attributes().isDirectory()) {
      return List.of();
    }
    var names = new ArrayList<String>();
    var all = new HashSet<String>();
    int looked = 0;
    try (var entries = Files.newDirectoryStream(here.path())) {
      for (Path entry : entries) {
        if (looked++ == MAX_ENTRIES) {
          break;
        }
        String name = Names.of(here.path(), entry);
        if (name != null) {
          all.add(name.toLowerCase(Locale.ROOT));
          if (wanted.test(name)) {
            names.add(name);
          }
        }
      }
      if (looked <= MAX_ENTRIES) {
        listed.put(relative.endsWith("/") ? relative : relative + "/", all);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    names.sort(null);
    return List.copyOf(names);
  }

  /**
   * The regular files below a folder; none where there is no such folder. Links below it are left
   * out, a link in its own name is followed while it stays inside the root.
   *
   * @param enter whether to look into a folder, by its path from the root
   * @param most entries that are looked at, files and folders together
   */
  @Override
  public Walk walk(String relative, Predicate<String> enter, int most) {
    Inside.Found found = inside.find(relative);
    if (found instanceof Inside.Here here && here.attributes().isDirectory()) {
      return Walk.below(here.path(), relative, enter, most);
    }
    return found instanceof Inside.Barred barred
        ? new Walk.Partial(barred.reason())
        : new Walk.Whole(List.of());
  }

  /** Whether nobody but the owner of a folder may look into it, as far as the system tells. */
  public boolean isPrivate(String folder) {
    if (!Modes.SUPPORTED || !(inside.find(folder) instanceof Inside.Here here)) {
      return true;
    }
    try {
      return (Modes.number(Files.getPosixFilePermissions(here.path())) & OTHERS) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Inside inside() {
    return inside;
  }

  /** The text that was given out for this real path, or null. */
  @Nullable String given(Path real) {
    return given.get(real);
  }

  private static Kind kind(Inside.Found found) {
    if (found instanceof Inside.Here here) {
      BasicFileAttributes attributes = here.attributes();
      return attributes.isRegularFile()
          ? Kind.FILE
          : attributes.isDirectory() ? Kind.FOLDER : Kind.OTHER;
    }
    if (found instanceof Inside.Barred barred) {
      return barred.outside() ? Kind.OUTSIDE : Kind.OTHER;
    }
    return Kind.MISSING;
  }

  /** Reads a real path; never answers {@link Read.Missing} unless it vanished meanwhile. */
  static Read read(Path real, BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return new Read.Refused("is a folder, not a file");
    }
    if (!attributes.isRegularFile()) {
      return new Read.Refused("is a device, a pipe or a socket, not a file");
    }
    if (attributes.size() > MAX_BYTES) {
      return tooLarge();
    }
    try {
      byte[] bytes = bytes(real, (int) attributes.size());
      return bytes.length > MAX_BYTES ? tooLarge() : Utf8.decode(bytes);
    } catch (AccessDeniedException e) {
      return new Read.Refused("may not be read: permission denied");
    } catch (IOException e) {
      return new Read.Refused("cannot be read: " + Reasons.of(e));
    }
  }

  /** At most one byte more than the bound, however the file grows while it is read. */
  static byte[] bytes(Path real, int expected) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(expected, MAX_BYTES) + 1);
    try (SeekableByteChannel in =
        Files.newByteChannel(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (in.read(buffer) >= 0) {
        if (!buffer.hasRemaining()) {
          if (buffer.capacity() > MAX_BYTES) {
            break;
          }
          int larger = Math.min(2 * buffer.capacity(), MAX_BYTES + 1);
          buffer = ByteBuffer.allocate(larger).put(buffer.flip());
        }
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  static Read.Refused tooLarge() {
    return new Read.Refused("is larger than " + (MAX_BYTES >> 20) + " MiB, which is not read");
  }
}
