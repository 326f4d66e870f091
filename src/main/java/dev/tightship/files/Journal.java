package dev.tightship.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a transaction is about to do, as text. It grows in three parts, each sealed by the hash of
 * all that stands before: nothing is touched before {@code prepared} is on the disk, and {@code
 * committed} decides whether an interrupted run is taken back or finished.
 *
 * <pre>{@code
 * tightship 1 0123456789abcdef
 * folder secrets
 * replace OLDHASH NEWHASH compose.yaml
 * create NEWHASH secrets/db.txt
 * prepared HASH
 * committed HASH
 * }</pre>
 */
final class Journal {

  /** Lies in the root of a project while its files are being changed. */
  static final String NAME = ".tightship-journal";

  /** The longest journal that is written or read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final String HEADER = "tightship 1 ";
  private static final int ID_DIGITS = 16;

  private Journal() {}

  /** What a journal says. */
  sealed interface Content {}

  /** It was not written to its end, so nothing was touched yet. */
  record Torn() implements Content {}

  /** It is not a journal of this program; the reason reads on after its name. */
  record Strange(String reason) implements Content {}

  /** It is whole. */
  record Whole(List<Change> changes, boolean committed) implements Content {}

  /** The first part, up to {@code prepared}. */
  static String prepared(Path root, String id, List<Change> changes) {
    var text = new StringBuilder(HEADER).append(id).append('\n');
    for (Change change : changes) {
      text.append(change.kind().name().toLowerCase(Locale.ROOT)).append(' ');
      if (change.kind() == Change.Kind.REPLACE) {
        text.append(change.oldHash()).append(' ');
      }
      if (change.kind() != Change.Kind.FOLDER) {
        text.append(change.newHash()).append(' ');
      }
      text.append(Names.encode(Names.bytes(root, change.target()))).append('\n');
    }
    return seal(text.toString(), "prepared");
  }

  /** The last part, which follows {@code prepared}. */
  static String committed(String prepared) {
    return seal(prepared, "committed").substring(prepared.length());
  }

  /**
   * Reads a journal and trusts nothing in it.
   *
   * @param bytes of the whole file
   */
  static Content parse(Path root, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String start = text.substring(0, Math.min(text.length(), HEADER.length()));
    if (!HEADER.startsWith(start)) {
      return new Strange("is not a journal of Tightship");
    }
    int sealed = text.indexOf("\nprepared ") + 1;
    int end = text.indexOf('\n', sealed) + 1;
    if (sealed == 0 || end == 0) {
      return new Torn();
    }
    String prepared = text.substring(0, end);
    if (!prepared.equals(seal(text.substring(0, sealed), "prepared"))) {
      return new Strange("is damaged");
    }
    String rest = text.substring(end);
    String committed = committed(prepared);
    if (!committed.startsWith(rest)) {
      return new Strange("is damaged");
    }
    try {
      List<Change> changes = changes(root, text.substring(0, sealed));
      return new Whole(changes, rest.equals(committed));
    } catch (IllegalArgumentException e) {
      return new Strange("names what no run of Tightship changes");
    }
  }

  private static List<Change> changes(Path root, String text) {
    List<String> lines = text.lines().toList();
    String id = lines.get(0).substring(HEADER.length());
    require(id.length() == ID_DIGITS && isHex(id));
    var changes = new ArrayList<Change>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      changes.add(change(root, id, changes.size(), kind(words[0]), words));
    }
    return List.copyOf(changes);
  }

  private static Change change(Path root, String id, int index, Change.Kind kind, String[] words) {
    int hashes = kind == Change.Kind.REPLACE ? 2 : kind == Change.Kind.CREATE ? 1 : 0;
    require(words.length == 2 + hashes);
    for (int i = 1; i <= hashes; i++) {
      require(words[i].length() == Hash.DIGITS && isHex(words[i]));
    }
    String oldHash = hashes == 2 ? words[1] : "";
    String newHash = hashes == 0 ? "" : words[hashes];
    Path target = target(root, words[1 + hashes]);
    return Change.of(kind, target, id, index, oldHash, newHash);
  }

  /** A name below the root that a run may change; the same rules hold when a journal is written. */
  private static Path target(Path root, String encoded) {
    byte[] bytes = Names.decode(encoded);
    require(bytes.length > 0 && !Names.isTooLong(bytes));
    for (byte b : bytes) {
      require(b != 0);
    }
    require(bytes[0] != '/');
    Path target = Names.below(root, bytes);
    require(target.startsWith(root) && !target.equals(root) && target.equals(target.normalize()));
    require(encoded.equals(Names.encode(Names.bytes(root, target))));
    require(mayChange(root, target));
    return target;
  }

  /** Whether a run may change this path: nothing of git's, and none of its own helper files. */
  static boolean mayChange(Path root, Path target) {
    for (Path name : root.relativize(target)) {
      String text = name.toString().toLowerCase(Locale.ROOT);
      if (text.equals(".git") || text.startsWith(Change.PREFIX)) {
        return false;
      }
    }
    return true;
  }

  private static Change.Kind kind(String word) {
    return switch (word) {
      case "folder" -> Change.Kind.FOLDER;
      case "replace" -> Change.Kind.REPLACE;
      case "create" -> Change.Kind.CREATE;
      default -> throw new IllegalArgumentException("no kind of change");
    };
  }

  private static String seal(String text, String word) {
    String hash = Hash.of(text.getBytes(StandardCharsets.ISO_8859_1));
    return text + word + " " + hash + "\n";
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException("not a journal of ours");
    }
  }
}
