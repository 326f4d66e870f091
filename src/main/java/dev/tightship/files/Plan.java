package dev.tightship.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a transaction will do, checked as far as that is possible before anything is touched. */
final class Plan {

  /** The mode that a new file or folder has where none is said, less the umask. */
  static final int DEFAULT = -1;

  private static final int DEFAULT_FILE = 0644;
  private static final int DEFAULT_FOLDER = 0755;
  private static final int WRITE_BITS = 0222;

  private final Disk disk;
  private final Path root;
  private final String id;
  private final Map<Path, Step> steps = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final FolderModes modes;

  /**
   * @param id 16 hexadecimal digits that no other run has
   */
  Plan(Disk disk, String id) {
    this.disk = disk;
    this.root = disk.root();
    this.id = id;
    this.modes = new FolderModes(root);
  }

  /**
   * One change with what it takes to prepare it.
   *
   * @param before the old text; empty unless something is replaced
   * @param after the new text; empty for a folder
   * @param mode exact, or {@link #DEFAULT}
   */
  record Step(Change change, String before, String after, int mode) {

    byte[] oldBytes() {
      return before.getBytes(StandardCharsets.UTF_8);
    }

    byte[] newBytes() {
      return after.getBytes(StandardCharsets.UTF_8);
    }
  }

  String id() {
    return id;
  }

  /** In the order in which they can be prepared: a folder before what lies in it. */
  Collection<Step> steps() {
    return steps.values();
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  void folder(String name, int mode) throws ProjectException {
    Inside.Found found = find(name);
    if (found instanceof Inside.Here here) {
      if (!here.attributes().isDirectory()) {
        throw refused(name, "exists and is not a folder");
      }
      return;
    }
    Path target = absent(name, found);
    parents(name, target);
    add(Change.Kind.FOLDER, target, "", "", mode);
  }

  void mode(String name, int mode) throws ProjectException {
    if (!(find(name) instanceof Inside.Here here) || !here.attributes().isDirectory()) {
      throw refused(name, "is no folder");
    }
    modes.add(here.path(), mode);
  }

  FolderModes modes() {
    return modes;
  }

  void replace(String name, String text) throws ProjectException {
    if (!(find(name) instanceof Inside.Here here)) {
      throw refused(name, "was removed by someone else meanwhile");
    }
    Path target = here.path();
    String given = disk.given(target);
    if (given == null) {
      throw new IllegalStateException("not read before: " + name);
    }
    if (!new Read.Text(given).equals(Disk.read(target, here.attributes()))) {
      throw refused(name, "was changed by someone else meanwhile");
    }
    if (given.equals(text)) {
      return;
    }
    check(name, text);
    Step other = steps.get(target);
    if (other != null) {
      if (!other.after().equals(text)) {
        throw refused(name, "is one file under two names that shall get two texts");
      }
      return;
    }
    int mode = checkWritable(name, target);
    add(Change.Kind.REPLACE, target, given, text, mode);
  }

  void create(String name, String text, int mode) throws ProjectException {
    Inside.Found found = find(name);
    if (found instanceof Inside.Here) {
      throw refused(name, "exists already");
    }
    Path target = absent(name, found);
    if (steps.containsKey(target)) {
      throw refused(name, "is one file under two names");
    }
    check(name, text);
    parents(name, target);
    add(Change.Kind.CREATE, target, "", text, mode);
  }

  /** Everything of a step that can be done without touching its target. */
  void make(Step step, Mutations mutations) throws IOException {
    Change change = step.change();
    switch (change.kind()) {
      case FOLDER -> {
        mutations.folder(change.target(), step.mode() < 0 ? DEFAULT_FOLDER : step.mode());
        if (step.mode() >= 0) {
          mutations.mode(change.target(), step.mode());
        }
      }
      case CREATE -> {
        mutations.create(
            change.fresh(), step.newBytes(), step.mode() < 0 ? DEFAULT_FILE : Modes.PRIVATE);
        if (step.mode() >= 0) {
          mutations.mode(change.fresh(), step.mode());
        }
      }
      case REPLACE -> {
        mutations.create(change.fresh(), step.newBytes(), Modes.PRIVATE);
        int mode = sameOwner(change, step.mode(), mutations);
        mutations.mode(change.fresh(), mode);
        keep(step, mutations);
      }
    }
  }

  /** A second name keeps the very file; where the system has none, a copy keeps its bytes. */
  private static void keep(Step step, Mutations mutations) throws IOException {
    Change change = step.change();
    try {
      mutations.link(change.kept(), change.target());
    } catch (UnsupportedOperationException | FileSystemException e) {
      mutations.create(change.kept(), step.oldBytes(), Modes.PRIVATE);
      mutations.mode(change.kept(), step.mode());
    }
  }

  /**
   * Gives the new file the owner and group of the old one.
   *
   * @return the mode for it: where the group could not be kept, its members get no more than others
   *     had
   */
  private int sameOwner(Change change, int mode, Mutations mutations) throws IOException {
    if (!Modes.SUPPORTED) {
      return mode;
    }
    String name = Names.text(root, change.target());
    int allowed = mode;
    for (String attribute : List.of("unix:gid", "unix:uid")) {
      Object wanted = attribute(change.target(), attribute);
      if (wanted.equals(attribute(change.fresh(), attribute))) {
        continue;
      }
      boolean group = attribute.equals("unix:gid");
      try {
        mutations.owner(change.fresh(), attribute, wanted);
      } catch (FileSystemException e) {
        notes.add(
            "The "
                + (group ? "group" : "owner")
                + " of "
                + name
                + " could not be kept: "
                + Reasons.of(e));
        allowed &= group ? ~070 | (mode & 07) << 3 : ~0;
      }
    }
    return allowed;
  }

  private int checkWritable(String name, Path target) throws ProjectException {
    if (!Files.isWritable(target)) {
      throw refused(name, "may not be written: permission denied");
    }
    if (!Modes.SUPPORTED) {
      return Modes.PRIVATE;
    }
    try {
      int mode = Modes.number(Files.getPosixFilePermissions(target, LinkOption.NOFOLLOW_LINKS));
      if ((mode & WRITE_BITS) == 0) {
        throw refused(name, "is read-only");
      }
      if (attribute(target, "unix:nlink") instanceof Integer links && links > 1) {
        notes.add(name + " has " + (links - 1) + " more hard link(s); they keep the old text.");
      }
      return mode;
    } catch (IOException e) {
      throw refused(name, "cannot be looked at: " + Reasons.of(e));
    }
  }

  private void add(Change.Kind kind, Path target, String before, String after, int mode) {
    String oldHash = kind == Change.Kind.REPLACE ? hash(before) : "";
    String newHash = kind == Change.Kind.FOLDER ? "" : hash(after);
    Change change = Change.of(kind, target, id, steps.size(), oldHash, newHash);
    steps.put(target, new Step(change, before, after, mode));
  }

  /** Plans the folders above a target that do not exist yet. */
  private void parents(String name, Path target) throws ProjectException {
    var missing = new ArrayDeque<Path>();
    for (Path at = target.getParent(); at != null && !at.equals(root); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
          throw refused(name, "cannot be made, since " + Names.text(root, at) + " is not a folder");
        }
        break;
      }
      missing.push(at);
    }
    for (Path folder : missing) {
      Step other = steps.get(folder);
      if (other == null) {
        add(Change.Kind.FOLDER, folder, "", "", DEFAULT);
      } else if (other.change().kind() != Change.Kind.FOLDER) {
        throw refused(name, "cannot be made in a file");
      }
    }
  }

  private Inside.Found find(String name) throws ProjectException {
    Inside.Found found = disk.inside().find(name);
    if (found instanceof Inside.Barred barred) {
      throw refused(name, barred.reason());
    }
    Path path = found instanceof Inside.Here here ? here.path() : ((Inside.Nowhere) found).path();
    if (!Journal.mayChange(root, path)) {
      throw refused(name, "belongs to git or to Tightship itself, and is never changed");
    }
    return found;
  }

  private static Path absent(String name, Inside.Found found) throws ProjectException {
    Inside.Nowhere nowhere = (Inside.Nowhere) found;
    if (nowhere.dangling()) {
      throw refused(name, "is a symbolic link to something that does not exist");
    }
    return nowhere.path();
  }

  private static String hash(String text) {
    return Hash.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void check(String name, String text) throws ProjectException {
    byte[] bytes = Names.utf8(text);
    if (bytes == null) {
      throw new IllegalArgumentException("half a surrogate pair in the text of " + name);
    }
    if (bytes.length > Disk.MAX_BYTES) {
      throw refused(name, "would be larger than " + (Disk.MAX_BYTES >> 20) + " MiB");
    }
  }

  private static Object attribute(Path path, String attribute) throws IOException {
    return Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
  }

  private static ProjectException refused(String name, String reason) {
    return new ProjectException(name, reason + "; nothing was changed");
  }
}
