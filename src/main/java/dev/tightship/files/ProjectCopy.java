package dev.tightship.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A complete copy of a project in which some files have new texts. It holds what git tracks; where
 * there is no git, everything but {@code .git}, {@code node_modules} and what is left out. Links
 * stay links, modes stay as they are, and {@code .git} is never copied.
 *
 * <p>It is written under another name beside its place and gets its own name at the end, so that an
 * interrupted run leaves nothing half written there. For one thread and one use.
 */
public final class ProjectCopy {

  /** The most files, links and folders that are copied. */
  public static final int MAX_ENTRIES = 200_000;

  /** The most bytes that are copied. */
  public static final long MAX_BYTES = 4L << 30;

  private static final int ALL_BITS = 0777;

  private final Disk disk;
  private final Path root;
  private final Map<String, String> replaced = new LinkedHashMap<>();
  private final Map<String, NewFile> created = new LinkedHashMap<>();
  private final Map<String, Integer> folders = new LinkedHashMap<>();
  private final Set<String> included = new TreeSet<>();
  private final Set<String> unlessTracked = new TreeSet<>();
  private final Set<String> leftOut = new TreeSet<>();
  private final Object writing = new Object();
  private volatile boolean cancelled;

  /** A copy of the project that {@code disk} reads. */
  public ProjectCopy(Disk disk) {
    this.disk = disk;
    this.root = disk.root();
  }

  private record NewFile(String text, int mode) {}

  /** The file, which exists, has this text in the copy. */
  public ProjectCopy replace(String file, String text) {
    replaced.put(file, text);
    return this;
  }

  /** The copy has this file besides, with mode 0644 less the umask. */
  public ProjectCopy create(String file, String text) {
    created.put(file, new NewFile(text, Plan.DEFAULT));
    return this;
  }

  /**
   * The copy has this file besides.
   *
   * @param mode the nine POSIX bits as a number, set exactly
   */
  public ProjectCopy create(String file, String text, int mode) {
    created.put(file, new NewFile(text, mode & ALL_BITS));
    return this;
  }

  /**
   * The copy has this folder besides.
   *
   * @param mode the nine POSIX bits as a number, set exactly
   */
  public ProjectCopy folder(String folder, int mode) {
    folders.put(folder, mode & ALL_BITS);
    return this;
  }

  /**
   * Copies a file, or a folder with all in it but {@code .git}, {@code node_modules} and what is
   * left out, whether git tracks it or not. One that does not exist is remarked on.
   */
  public ProjectCopy include(String path) {
    included.add(path);
    return this;
  }

  /**
   * Copies a folder as {@link #include} does, unless git tracks anything in it: then what git
   * tracks there is what belongs to the project.
   */
  public ProjectCopy includeUnlessTracked(String folder) {
    unlessTracked.add(folder);
    return this;
  }

  /** Leaves out a data folder (or file), unless git tracks it. */
  public ProjectCopy leaveOut(String path) {
    leftOut.add(path);
    return this;
  }

  /**
   * What was copied.
   *
   * @param entries how many files, links and folders
   * @param tracked whether git told what belongs to the project
   * @param remarks what was not copied and why, and links that lead out of the project; sorted
   */
  public record Copied(int entries, boolean tracked, List<Remark> remarks) {

    public Copied {
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Something to tell about one path.
   *
   * @param path from the root with {@code /}; empty for the root itself
   * @param sentence reads on after the path
   * @param trouble whether something is missing in the copy that should be there
   */
  public record Remark(String path, String sentence, boolean trouble) {

    /** Something to tell that is no trouble. */
    public Remark(String path, String sentence) {
      this(path, sentence, false);
    }
  }

  /**
   * Ends a copy that another thread writes, as when the process is told to stop. Returns when that
   * thread has taken away what it had written, or at once where nothing is written.
   */
  public void cancel() {
    cancelled = true;
    synchronized (writing) {
      // whoever writes holds the lock until all is gone
    }
  }

  /**
   * Writes the copy.
   *
   * @param target a folder that does not exist or is empty, neither in the project nor around it;
   *     missing folders above it are made
   * @throws ProjectException if nothing was written, with the reason
   */
  public Copied writeTo(Path target) throws ProjectException {
    CopyPlace place = CopyPlace.of(root, target);
    var selection = new Selection(disk, leftOut);
    boolean tracked = selection.addProject();
    for (String path : included) {
      selection.add(path);
    }
    for (String path : unlessTracked) {
      selection.addUnlessTracked(path);
    }
    var texts = new LinkedHashMap<Path, String>();
    for (Map.Entry<String, String> file : replaced.entrySet()) {
      texts.put(selection.require(file.getKey()), file.getValue());
    }
    var plan = new Plan(disk, "");
    for (Map.Entry<String, Integer> folder : folders.entrySet()) {
      plan.folder(folder.getKey(), folder.getValue());
    }
    for (Map.Entry<String, NewFile> file : created.entrySet()) {
      plan.create(file.getKey(), file.getValue().text(), file.getValue().mode());
    }
    synchronized (writing) {
      return write(target, place, selection, texts, plan, tracked);
    }
  }

  private Copied write(
      Path target,
      CopyPlace place,
      Selection selection,
      Map<Path, String> texts,
      Plan plan,
      boolean tracked)
      throws ProjectException {
    Path at = root;
    boolean done = false;
    try {
      var writer =
          new CopyWriter(root, place.stage(), selection.remarks(), this::stopWhenCancelled);
      for (Path path : selection.paths()) {
        at = path;
        writer.copy(path, texts.get(path));
      }
      for (Plan.Step step : plan.steps()) {
        at = step.change().target();
        writer.create(step);
      }
      writer.finish();
      at = root;
      place.open();
      done = true;
      return new Copied(writer.entries(), tracked, selection.remarks().sorted());
    } catch (IOException e) {
      String path = at.equals(root) ? target.toString() : Names.text(root, at);
      throw new ProjectException(path, "cannot be copied: " + Reasons.of(e));
    } finally {
      if (!done) {
        place.discard();
      }
    }
  }

  private void stopWhenCancelled() throws IOException {
    if (cancelled) {
      throw new IOException("the run was stopped");
    }
  }
}
