package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files of one version that git holds, below the root of a project. A link is followed in the
 * version itself, and never out of it.
 */
public final class GitVersion implements Tree {

  /** As many links in a row as Linux follows. */
  private static final int MOST_LINKS = 40;

  private static final String REGULAR = "100";
  private static final String LINK = "120";

  private static final Read.Refused LINK_OUT =
      new Read.Refused("is a symbolic link that leads out of the project's root");

  private final GitHistory history;
  private final TreeMap<String, Entry> entries = new TreeMap<>();

  /** Whether there are names beside these that are none, or not UTF-8. */
  private boolean strange;

  /**
   * @param listing what {@code git ls-tree -r -z} prints
   */
  GitVersion(GitHistory history, byte[] listing) {
    this.history = history;
    for (byte[] line : Git.split(listing)) {
      add(line);
    }
  }

  /**
   * @param mode as git writes it, six digits
   */
  private record Entry(String mode, String hash) {
    boolean isLink() {
      return mode.startsWith(LINK);
    }

    boolean isFile() {
      return mode.startsWith(REGULAR);
    }
  }

  /** Mode, type and hash parted by blanks, a tab, and the name from the root. */
  private void add(byte[] line) {
    int tab = 0;
    while (tab < line.length && line[tab] != '\t') {
      tab++;
    }
    String[] words = new String(line, 0, tab, StandardCharsets.US_ASCII).split(" ", -1);
    byte[] bytes = Arrays.copyOfRange(line, Math.min(tab + 1, line.length), line.length);
    String name = Utf8.decode(bytes) instanceof Read.Text text ? text.text() : null;
    boolean odd = name == null || !name.equals(normal(name)) || Names.isTooLong(bytes);
    if (odd || words.length != 3) {
      strange = true;
    } else {
      entries.put(name, new Entry(words[0], words[2]));
    }
  }

  @Override
  public Read read(String relative) {
    Place place = find(relative);
    if (place.refused != null) {
      return place.refused;
    }
    Entry entry = entries.get(place.path);
    if (entry != null && entry.isFile()) {
      return history.blob(entry.hash);
    }
    return entry != null || isFolder(place.path)
        ? new Read.Refused("is a folder, not a file")
        : place.linked
            ? new Read.Refused("is a symbolic link to something that does not exist")
            : new Read.Missing();
  }

  @Override
  public Disk.Kind kind(String relative) {
    Place place = find(relative);
    if (place.refused != null) {
      return place.refused.equals(LINK_OUT) ? Disk.Kind.OUTSIDE : Disk.Kind.OTHER;
    }
    Entry entry = entries.get(place.path);
    if (entry != null && entry.isFile()) {
      return Disk.Kind.FILE;
    }
    // what else has an entry is a project of its own, which lies in a folder
    return entry != null || isFolder(place.path) ? Disk.Kind.FOLDER : Disk.Kind.MISSING;
  }

  private boolean isFolder(String path) {
    String first = entries.ceilingKey(path + "/");
    return path.isEmpty() || (first != null && first.startsWith(path + "/"));
  }

  @Override
  public Walk walk(String relative, Predicate<String> enter, int most) {
    Place place = find(relative);
    if (place.refused != null) {
      return new Walk.Partial(place.refused.reason());
    }
    String base = place.path.isEmpty() ? "" : place.path + "/";
    String named = relative.isEmpty() ? "" : relative + "/";
    var entered = new HashMap<String, Boolean>(Map.of("", true));
    var files = new ArrayList<String>();
    var hashes = new ArrayList<String>();
    for (var each : entries.tailMap(base, true).entrySet()) {
      if (!each.getKey().startsWith(base)) {
        break;
      }
      String path = each.getKey().substring(base.length());
      if (isEntered(folder(path), named, enter, entered) && each.getValue().isFile()) {
        files.add(named + path);
        hashes.add(each.getValue().hash);
      }
      if (files.size() + entered.size() - 1 > most) {
        return new Walk.Partial("holds more than " + most + " files and folders");
      }
    }
    return strange ? new Walk.Partial("holds a name that no file can have") : sized(files, hashes);
  }

  private static boolean isEntered(
      String folder, String named, Predicate<String> enter, Map<String, Boolean> known) {
    Boolean entered = known.get(folder);
    if (entered == null) {
      entered = isEntered(folder(folder), named, enter, known) && enter.test(named + folder);
      known.put(folder, entered);
    }
    return entered;
  }

  private Walk sized(List<String> files, List<String> hashes) {
    if (files.isEmpty()) {
      return new Walk.Whole(List.of());
    }
    try {
      List<Long> sizes = history.sizes(hashes);
      var sized = new ArrayList<Walk.File>();
      for (int i = 0; i < files.size(); i++) {
        sized.add(new Walk.File(files.get(i), sizes.get(i)));
      }
      return new Walk.Whole(List.copyOf(sized));
    } catch (IOException e) {
      return new Walk.Partial("cannot be looked through: " + Reasons.of(e));
    }
  }

  /** What is in the version is tracked; of other names it does not say anything. */
  @Override
  public GitTree.Tracking tracking(String relative) {
    return kind(relative) == Disk.Kind.MISSING
        ? GitTree.Tracking.UNKNOWN
        : GitTree.Tracking.TRACKED;
  }

  /**
   * Where a name leads.
   *
   * @param linked whether by a link
   * @param refused why it is not looked at, or null
   */
  private record Place(String path, boolean linked, Read.@Nullable Refused refused) {}

  private Place find(String relative) {
    String path = relative.startsWith("/") ? null : normal(relative);
    if (path == null) {
      return new Place("", false, new Read.Refused("leads out of the project's root"));
    }
    for (int links = 0; links <= MOST_LINKS; links++) {
      byte[] bytes = Names.utf8(path);
      if (bytes == null || Names.isTooLong(bytes)) {
        return new Place("", links > 0, new Read.Refused("is not a file name"));
      }
      String link = link(path);
      if (link == null) {
        return new Place(path, links > 0, null);
      }
      Read target = history.blob(Objects.requireNonNull(entries.get(link)).hash);
      path =
          target instanceof Read.Text text && !text.text().startsWith("/")
              ? normal(folder(link) + "/" + text.text() + path.substring(link.length()))
              : null;
      if (path == null) {
        return new Place("", true, LINK_OUT);
      }
    }
    return new Place("", true, new Read.Refused("is a symbolic link that runs in circles"));
  }

  /** The first link on the way to a path, itself included; null where there is none. */
  private @Nullable String link(String path) {
    for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      String part = end < 0 ? path : path.substring(0, end);
      Entry entry = entries.get(part);
      if (entry != null && entry.isLink()) {
        return part;
      }
      if (end < 0) {
        return null;
      }
    }
  }

  /** Without {@code .}, {@code ..} and double slashes; null where it leads out of the root. */
  private static @Nullable String normal(String path) {
    var parts = new ArrayDeque<String>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        if (parts.pollLast() == null) {
          return null;
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
