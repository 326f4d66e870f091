package dev.tightship.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the targets of a committed transaction to one version, wherever it stopped: all new where
 * that is possible, else all old. It looks at everything before it touches anything, and never
 * touches a target whose bytes are neither the old nor the new ones: someone else wrote those.
 */
final class Settlement {

  private final List<Change> changes;
  private final Mutations mutations;

  Settlement(List<Change> changes, Mutations mutations) {
    this.changes = changes;
    this.mutations = mutations;
  }

  /** What stands at a target. */
  private enum State {
    OLD,
    NEW,
    FOREIGN
  }

  /**
   * @param fresh whether the new bytes wait beside the target
   * @param kept whether the old file is kept beside it
   */
  private record Seen(Change change, State state, boolean fresh, boolean kept) {

    boolean canGoForward() {
      return state == State.NEW || (state == State.OLD && fresh);
    }

    boolean canGoBack() {
      return state == State.OLD
          || (state == State.NEW && (kept || change.kind() == Change.Kind.CREATE));
    }
  }

  /**
   * How it ended.
   *
   * @param forward whether the targets are new now
   * @param foreign targets that were left as they are
   * @param at the target that kept the others from being new, where there is one
   * @param trouble why it did; reads on after its name
   */
  record Result(boolean forward, List<Path> foreign, Path at, String trouble) {}

  /** All new, else all old. Helper files stay. */
  Result forwardOrBack() throws IOException {
    List<Seen> seen = look();
    List<Seen> ours = seen.stream().filter(s -> s.state() != State.FOREIGN).toList();
    // Where someone changed a file that was still the old one, the others go back to go with it.
    boolean foreignOld = seen.stream().anyMatch(s -> s.state() == State.FOREIGN && s.fresh());
    boolean canForward = ours.stream().allMatch(Seen::canGoForward);
    boolean canBack = ours.stream().allMatch(Seen::canGoBack);
    if (!canForward && !canBack) {
      throw new IOException("neither the old nor the new version is complete any more");
    }
    boolean forward = canForward && !(foreignOld && canBack);
    if (!forward) {
      return back(changes.get(0).target(), "the new version is not complete any more");
    }
    Path at = changes.get(0).target();
    try {
      for (Seen each : ours) {
        at = each.change().target();
        forward(each);
      }
    } catch (IOException e) {
      return back(at, Reasons.of(e));
    }
    sync();
    return new Result(true, foreign(seen), at, "");
  }

  /** All old. Helper files stay. */
  void back() throws IOException {
    back(changes.get(0).target(), "");
  }

  private Result back(Path at, String trouble) throws IOException {
    List<Seen> seen = look();
    for (Seen each : seen) {
      if (each.state() != State.FOREIGN && !each.canGoBack()) {
        throw new IOException("the old version is not complete any more");
      }
    }
    for (Seen each : seen) {
      back(each);
    }
    sync();
    return new Result(false, foreign(seen), at, trouble);
  }

  /** Removes all helper files. */
  void clean() throws IOException {
    for (Change change : changes) {
      if (change.kind() != Change.Kind.FOLDER) {
        mutations.delete(change.fresh());
        mutations.delete(change.kept());
      }
    }
  }

  /** Removes the folders that the transaction made, where they are empty. */
  void removeFolders() throws IOException {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Change change = changes.get(i);
      if (change.kind() == Change.Kind.FOLDER && isEmptyFolder(change.target())) {
        mutations.delete(change.target());
      }
    }
  }

  /** Waits until all names are on the disk. */
  void sync() throws IOException {
    for (Path folder : changes.stream().map(Change::folder).distinct().toList()) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        mutations.sync(folder);
      }
    }
  }

  private List<Seen> look() throws IOException {
    var seen = new ArrayList<Seen>();
    for (Change change : changes) {
      if (change.kind() != Change.Kind.FOLDER) {
        String now = hash(change.target());
        State state =
            now.equals(change.newHash())
                ? State.NEW
                : now.equals(change.oldHash()) ? State.OLD : State.FOREIGN;
        boolean fresh = hash(change.fresh()).equals(change.newHash());
        boolean kept = !change.oldHash().isEmpty() && hash(change.kept()).equals(change.oldHash());
        seen.add(new Seen(change, state, fresh, kept));
      }
    }
    return seen;
  }

  private void forward(Seen seen) throws IOException {
    Change change = seen.change();
    if (seen.state() != State.OLD) {
      return;
    }
    if (change.kind() == Change.Kind.REPLACE) {
      mutations.replace(change.fresh(), change.target());
      return;
    }
    try {
      // A link never replaces what someone else made there meanwhile; a rename would.
      mutations.link(change.target(), change.fresh());
    } catch (UnsupportedOperationException e) {
      mutations.replace(change.fresh(), change.target());
    }
  }

  private void back(Seen seen) throws IOException {
    Change change = seen.change();
    if (seen.state() != State.NEW) {
      return;
    }
    if (change.kind() == Change.Kind.REPLACE) {
      mutations.replace(change.kept(), change.target());
    } else {
      mutations.delete(change.target());
    }
  }

  private static List<Path> foreign(List<Seen> seen) {
    return seen.stream()
        .filter(s -> s.state() == State.FOREIGN)
        .map(s -> s.change().target())
        .toList();
  }

  /**
   * The hash of a regular file's bytes; empty where nothing is; a word that equals no hash for
   * anything else.
   */
  private static String hash(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return "";
    }
    if (!attributes.isRegularFile() || attributes.size() > Disk.MAX_BYTES) {
      return "other";
    }
    return Hash.of(Disk.bytes(path, (int) attributes.size()));
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (var entries = Files.newDirectoryStream(folder)) {
      return !entries.iterator().hasNext();
    }
  }
}
