package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes several files of a project in place: all of them or none, even when the process is
 * killed. First a journal says what will happen. Then the new bytes are written beside each target,
 * and each old file gets a second name. Then the journal says that it is decided, each target is
 * replaced by a rename, and the helper files and the journal go. {@link #recover} takes back what
 * was not decided and finishes what was.
 *
 * <p>A link is followed inside the root and its target is replaced, so the link stays one. Mode,
 * owner and group are kept where the system permits; access lists and extended attributes are not.
 * A file with several hard links is replaced under this name only. A file that its owner may not
 * write is refused, although a rename could replace it: somebody meant that. For one thread and one
 * use.
 */
public final class Transaction {

  private static final int ALL_BITS = 0777;

  private final Disk disk;
  private final Path root;
  private final Mutations mutations;
  private final Map<String, String> replaced = new LinkedHashMap<>();
  private final Map<String, NewFile> created = new LinkedHashMap<>();
  private final Map<String, Integer> folders = new LinkedHashMap<>();
  private final Map<String, Integer> modes = new LinkedHashMap<>();

  /** A transaction on the project that {@code disk} has read. */
  public Transaction(Disk disk) {
    this(disk, new Mutations(step -> {}));
  }

  Transaction(Disk disk, Mutations mutations) {
    this.disk = disk;
    this.root = disk.root();
    this.mutations = mutations;
  }

  private record NewFile(String text, int mode) {}

  /** The file, which the disk has read, gets this text. */
  public Transaction replace(String file, String text) {
    replaced.put(file, text);
    return this;
  }

  /** A file that does not exist is made, with mode 0644 less the umask, and its folders too. */
  public Transaction create(String file, String text) {
    created.put(file, new NewFile(text, Plan.DEFAULT));
    return this;
  }

  /**
   * A file that does not exist is made, and its folders too.
   *
   * @param mode the nine POSIX bits as a number, set exactly
   */
  public Transaction create(String file, String text, int mode) {
    created.put(file, new NewFile(text, mode & ALL_BITS));
    return this;
  }

  /**
   * A folder is made unless it exists; one that exists keeps its mode.
   *
   * @param mode the nine POSIX bits as a number, set exactly
   */
  public Transaction folder(String folder, int mode) {
    folders.put(folder, mode & ALL_BITS);
    return this;
  }

  /**
   * A folder that exists gets another mode before anything is written into it. Where the rest fails
   * it gets its old one back, but not where the process is killed; where it may not be changed, a
   * sentence says so.
   *
   * @param mode the nine POSIX bits as a number, set exactly
   */
  public Transaction mode(String folder, int mode) {
    modes.put(folder, mode & ALL_BITS);
    return this;
  }

  /**
   * Does all of it or nothing.
   *
   * @return sentences on what could not be kept, such as an owner; mostly none
   * @throws ProjectException if nothing was changed, with the reason; in the rare case that taking
   *     back failed as well, the sentence says so and {@link #recover} can finish it
   * @throws IllegalStateException if a file to replace was not read by the disk
   */
  public List<String> commit() throws ProjectException {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    Plan plan = new Plan(disk, HexFormat.of().formatHex(random));
    for (Map.Entry<String, Integer> folder : folders.entrySet()) {
      plan.folder(folder.getKey(), folder.getValue());
    }
    for (Map.Entry<String, Integer> folder : modes.entrySet()) {
      plan.mode(folder.getKey(), folder.getValue());
    }
    for (Map.Entry<String, String> file : replaced.entrySet()) {
      plan.replace(file.getKey(), file.getValue());
    }
    for (Map.Entry<String, NewFile> file : created.entrySet()) {
      plan.create(file.getKey(), file.getValue().text(), file.getValue().mode());
    }
    return plan.steps().isEmpty() ? List.of() : commit(plan);
  }

  /**
   * Takes back or finishes what an interrupted run left. To be called before a project is read by
   * anything that may write it.
   *
   * @throws ProjectException if another run is at work, or the journal is not one of ours; nothing
   *     was touched then
   */
  public static Recovery recover(ProjectRoot project) throws ProjectException {
    return Recovery.run(project.folder(), new Mutations(step -> {}));
  }

  private List<String> commit(Plan plan) throws ProjectException {
    List<Change> changes = plan.steps().stream().map(Plan.Step::change).toList();
    String prepared = Journal.prepared(root, plan.id(), changes);
    String committed = Journal.committed(prepared);
    if (prepared.length() + committed.length() > Journal.MAX_BYTES) {
      throw new ProjectException("too many files to change at once; nothing was changed");
    }
    try (JournalLock lock = JournalLock.create(root, mutations)) {
      var settlement = new Settlement(changes, mutations);
      prepare(plan, lock, settlement, ascii(prepared));
      decide(plan, lock, settlement, ascii(committed));
      cleanUp(plan, lock, settlement);
    }
    return plan.notes();
  }

  private void prepare(Plan plan, JournalLock lock, Settlement settlement, byte[] journal)
      throws ProjectException {
    Path at = root;
    try {
      lock.append(journal);
      mutations.sync(root);
      plan.modes().set(mutations).forEach(plan::note);
      for (Plan.Step step : plan.steps()) {
        at = step.change().target();
        plan.make(step, mutations);
      }
      settlement.sync();
    } catch (IOException e) {
      throw takeBack(plan, lock, settlement, false, at, "cannot be written: " + Reasons.of(e));
    }
  }

  private void decide(Plan plan, JournalLock lock, Settlement settlement, byte[] journal)
      throws ProjectException {
    Settlement.Result result;
    try {
      lock.append(journal);
      result = settlement.forwardOrBack();
    } catch (IOException e) {
      throw takeBack(plan, lock, settlement, true, root, "cannot be written: " + Reasons.of(e));
    }
    if (!result.foreign().isEmpty()) {
      Path changed = result.foreign().get(0);
      throw takeBack(
          plan, lock, settlement, true, changed, "was changed by someone else meanwhile");
    }
    if (!result.forward()) {
      throw takeBack(
          plan, lock, settlement, true, result.at(), "cannot be replaced: " + result.trouble());
    }
  }

  /** The new version stands; what goes wrong from here is no failure. */
  private static void cleanUp(Plan plan, JournalLock lock, Settlement settlement) {
    try {
      settlement.clean();
      settlement.sync();
      lock.remove();
    } catch (IOException e) {
      plan.note("Helper files are left, which the next run removes: " + Reasons.of(e));
    }
  }

  private ProjectException takeBack(
      Plan plan, JournalLock lock, Settlement settlement, boolean decided, Path at, String reason) {
    plan.modes().back(mutations);
    String path = at.equals(root) ? root.toString() : Names.text(root, at);
    try {
      if (decided) {
        settlement.back();
      }
      settlement.clean();
      settlement.removeFolders();
      settlement.sync();
      lock.remove();
    } catch (IOException e) {
      return new ProjectException(
          path, reason + "; it could not all be taken back, which the next run will try again");
    }
    return new ProjectException(path, reason + "; nothing was changed");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
