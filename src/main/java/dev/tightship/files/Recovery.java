package dev.tightship.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * What was left of an interrupted run, and what became of it.
 *
 * @param files those that the run was about to change, from the root with {@code /}
 * @param leftAlone those among them that someone else changed meanwhile; they were not touched
 */
public record Recovery(Kind kind, List<String> files, List<String> leftAlone) {

  /** What became of an interrupted run. */
  public enum Kind {
    /** There was none. */
    NOTHING,
    /** Its files are as they were before it. */
    TAKEN_BACK,
    /** Its files are as it wanted them. */
    FINISHED
  }

  public Recovery {
    files = List.copyOf(files);
    leftAlone = List.copyOf(leftAlone);
  }

  /**
   * A journal is an input like any other: a repository may bring its own. So it can only name files
   * below the root, no link is followed, its helper files have names of ours, and bytes are
   * compared with its hashes before anything is touched.
   */
  static Recovery run(Path root, Mutations mutations) throws ProjectException {
    try (JournalLock lock = JournalLock.existing(root, mutations)) {
      if (lock == null) {
        return new Recovery(Kind.NOTHING, List.of(), List.of());
      }
      return run(root, lock, mutations);
    } catch (IOException e) {
      throw new ProjectException(
          Journal.NAME,
          "was left by an interrupted run, which cannot be recovered: "
              + Reasons.of(e)
              + "; look at the files, then remove it by hand");
    }
  }

  private static Recovery run(Path root, JournalLock lock, Mutations mutations)
      throws IOException, ProjectException {
    byte[] bytes = lock.read();
    if (bytes.length > Journal.MAX_BYTES) {
      throw refused("is larger than any that Tightship writes");
    }
    Journal.Content content = Journal.parse(root, bytes);
    if (content instanceof Journal.Strange strange) {
      throw refused(strange.reason());
    }
    if (content instanceof Journal.Torn) {
      lock.remove();
      return new Recovery(Kind.TAKEN_BACK, List.of(), List.of());
    }
    var whole = (Journal.Whole) content;
    checkPlaces(root, whole.changes());
    var settlement = new Settlement(whole.changes(), mutations);
    boolean forward = false;
    List<Path> foreign = List.of();
    if (whole.committed()) {
      Settlement.Result result = settlement.forwardOrBack();
      forward = result.forward();
      foreign = result.foreign();
    }
    settlement.clean();
    if (!forward) {
      settlement.removeFolders();
    }
    settlement.sync();
    lock.remove();
    return new Recovery(
        forward ? Kind.FINISHED : Kind.TAKEN_BACK,
        whole.changes().stream()
            .filter(change -> change.kind() != Change.Kind.FOLDER)
            .map(change -> Names.text(root, change.target()))
            .toList(),
        foreign.stream().map(path -> Names.text(root, path)).toList());
  }

  private static void checkPlaces(Path root, List<Change> changes) throws ProjectException {
    var inside = new Inside(root);
    for (Change change : changes) {
      if (!isItself(inside, change.target())
          || !isFileOrNothing(change.fresh())
          || !isFileOrNothing(change.kept())) {
        throw refused("names what no run of Tightship changes");
      }
    }
  }

  /** Whether no component of the path is a link, so that it names what it says. */
  private static boolean isItself(Inside inside, Path target) {
    Inside.Found found = inside.find(target);
    return found instanceof Inside.Here here
        ? here.path().equals(target)
        : found instanceof Inside.Nowhere nowhere && nowhere.path().equals(target);
  }

  private static boolean isFileOrNothing(Path path) {
    return !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static ProjectException refused(String reason) {
    return new ProjectException(Journal.NAME, reason + "; nothing was touched, remove it by hand");
  }
}
