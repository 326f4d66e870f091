package dev.tightship.cli;

import dev.tightship.cli.Said.Sayings;
import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Paths;
import dev.tightship.compose.Project;
import dev.tightship.files.Discovery;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.files.Siblings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what Docker Compose would load. Measured with Compose 5.6.0: options win over the
 * environment, and that over {@code .env}; the first {@code .env} lies in the project directory, in
 * the folder of the first {@code -f}, or where Compose is run, a second one beside the first file
 * that was found; {@code COMPOSE_FILE} is relative to where Compose is run, wherever it is said;
 * {@code COMPOSE_ENV_FILES} counts in the environment alone; and what a {@code .env} says of files
 * and profiles counts even where it says that it shall not be read.
 */
final class Chooser {

  /** Far more than anybody merges. */
  private static final int MOST_FILES = 100;

  /** As Go reads a boolean (strconv.ParseBool). */
  private static final Set<String> YES = Set.of("1", "t", "T", "TRUE", "true", "True");

  private static final Set<String> NO = Set.of("0", "f", "F", "FALSE", "false", "False");

  private final ProjectOptions options;
  private final Map<String, String> environment;
  private final Path base;
  private final Path place;
  private final ProjectRoot ofPlace;
  private final List<String> notes = new ArrayList<>();
  private ProjectRoot root;
  private Disk disk;

  /**
   * @param environment the variables of the shell, as far as they speak of this project
   * @param base where Compose would be run
   * @param place where the project is looked for: a folder, or a Compose file
   */
  Chooser(ProjectOptions options, Map<String, String> environment, Path base, Path place)
      throws ProjectException {
    this.options = options;
    this.environment = environment;
    this.base = base;
    this.place = place;
    this.root = ProjectRoot.of(place, options.root());
    this.ofPlace = root;
    this.disk = new Disk(root);
  }

  /**
   * @param given Compose files that were named; without any they are found
   * @throws ProjectException with the path as the user sees it
   */
  Chosen choose(String name, List<Path> given, boolean untrusted) throws ProjectException {
    List<String> files = inside(given);
    var first = new Sayings(environment, disk, envFiles(files));
    EnvFiles env = first.files();
    boolean found = false;
    if (files.isEmpty()) {
      Said said = first.of("COMPOSE_FILE");
      found = said == null;
      ProjectRoot before = root;
      files = said == null ? discovered() : named(said, first.of("COMPOSE_PATH_SEPARATOR"));
      if (!root.folder().equals(before.folder())) {
        env = new EnvFiles(List.of(), env.named());
      }
    }
    String directory = directory(files);
    env = withSecond(env, directory, first.of("COMPOSE_DISABLE_ENV_FILE"));
    Sayings last =
        env.paths().size() > first.files().paths().size()
            ? new Sayings(environment, disk, env)
            : first;
    List<String> profiles = profiles(last.of("COMPOSE_PROFILES"));
    Said named = last.of("COMPOSE_PROJECT_NAME");
    var request =
        new Project.Request(files, directory, env, siblings(files), profiles, notes, untrusted);
    String projectName = named == null || named.value().isEmpty() ? null : named.value();
    return new Chosen(name, root, disk, request, projectName, found);
  }

  // ---- Compose files

  /** Paths that the user named, from the root. */
  private List<String> inside(List<Path> paths) throws ProjectException {
    var inside = new ArrayList<String>();
    for (Path path : paths) {
      Path file = Here.of(path);
      inside.add(
          file.equals(place) && root.equals(ofPlace)
              ? root.project()
              : ProjectRoot.of(file, root.folder()).project());
    }
    return List.copyOf(inside);
  }

  /**
   * @param path where the message stands
   * @param says what begins the message
   * @throws ProjectException for what Compose reads and we do not
   */
  static void refuseElsewhere(String file, String path, String says) throws ProjectException {
    if (file.equals("-")) {
      throw new ProjectException(
          path, says + "standard input is not read, since a fix has to go into a file: name one");
    }
    if (file.matches("[a-z]{2,}:/.*|git@.*")) {
      throw new ProjectException(
          path, says + "a Compose file from elsewhere is not read: name one on this machine");
    }
  }

  private List<String> discovered() throws ProjectException {
    try {
      return Discovery.of(root).files();
    } catch (ProjectException e) {
      String path = e.path() == null ? root.projectFolder() : e.path();
      throw new ProjectException(
          Loaded.shown(root, path), e.line(), e.column(), String.valueOf(e.getMessage()));
    }
  }

  private List<String> named(Said said, @Nullable Said separator) throws ProjectException {
    String by = separator == null ? "" : separator.value();
    by = by.isEmpty() ? File.pathSeparator : by;
    List<String> entries = List.of(said.value().split(java.util.regex.Pattern.quote(by), -1));
    String where = said.file() == null ? said.name() : Loaded.shown(root, said.file());
    if (entries.size() > MOST_FILES) {
      throw new ProjectException(
          where, "COMPOSE_FILE names more than %d files".formatted(MOST_FILES));
    }
    for (String entry : entries) {
      refuseElsewhere(entry, where, "COMPOSE_FILE: ");
      if (entry.isEmpty()) {
        throw new ProjectException(
            where, "COMPOSE_FILE has an empty entry, which Docker Compose refuses");
      }
    }
    List<String> files = said.file() == null ? ofUser(entries) : ofProject(entries, where);
    notes.add("%s names %s".formatted(said.describe(), String.join(", ", files)));
    return files;
  }

  /** Files that the environment names: they may lie elsewhere, as those of {@code -f} may. */
  private List<String> ofUser(List<String> entries) throws ProjectException {
    List<Path> paths = entries.stream().map(entry -> base.resolve(entry)).toList();
    ProjectRoot first = ProjectRoot.of(paths.get(0), null);
    if (options.root == null && !absolute(first).startsWith(root.folder())) {
      root = first;
      disk = new Disk(root);
    }
    return inside(paths);
  }

  private static Path absolute(ProjectRoot file) {
    return file.folder().resolve(file.project());
  }

  /** Files that the project itself names: what lies outside of its root is not even looked at. */
  private List<String> ofProject(List<String> entries, String where) throws ProjectException {
    String from = seenFromRoot(base);
    String above = root.folder() + "/";
    var files = new ArrayList<String>();
    for (String entry : entries) {
      String path =
          entry.startsWith(above)
              ? Paths.resolve("", entry.substring(above.length()))
              : Paths.resolve(from, entry);
      Disk.Kind kind = path == null ? Disk.Kind.OUTSIDE : disk.kind(path);
      if (path == null || kind != Disk.Kind.FILE) {
        throw new ProjectException(
            where,
            "COMPOSE_FILE names %s, which %s"
                .formatted(
                    entry,
                    switch (kind) {
                      case OUTSIDE -> "leads out of the project's root";
                      case MISSING -> "does not exist";
                      default -> "is not a file";
                    }));
      }
      files.add(path);
    }
    return List.copyOf(files);
  }

  /** From the root; null for a folder outside of it. */
  private @Nullable String seenFromRoot(Path folder) throws ProjectException {
    ProjectRoot at = ProjectRoot.of(folder, null);
    return absolute(at).startsWith(root.folder())
        ? ProjectRoot.of(folder, root.folder()).project()
        : null;
  }

  /** What lies beside the first file and may be merged over it. */
  private List<String> siblings(List<String> files) {
    Siblings.Found beside = Siblings.of(disk, files);
    if (beside.more() > 0) {
      notes.add("%d more Compose files beside these are not looked at".formatted(beside.more()));
    }
    return beside.found();
  }

  private String directory(List<String> files) throws ProjectException {
    Path directory = options.projectDirectory;
    return directory == null
        ? Paths.folder(files.get(0))
        : ProjectRoot.of(Here.of(directory), root.folder()).project();
  }

  // ---- files with variables

  private EnvFiles envFiles(List<String> files) throws ProjectException {
    if (!options.envFiles.isEmpty()) {
      return EnvFiles.named(variableFiles(options.envFiles));
    }
    List<Path> said =
        Arrays.stream(environment.getOrDefault("COMPOSE_ENV_FILES", "").split(",", -1))
            .filter(path -> !path.isEmpty())
            .map(base::resolve)
            .toList();
    if (!said.isEmpty()) {
      List<String> paths = variableFiles(said);
      notes.add("COMPOSE_ENV_FILES in the environment names " + String.join(", ", paths));
      return EnvFiles.named(paths);
    }
    String folder =
        !files.isEmpty() || options.projectDirectory != null
            ? directory(files.isEmpty() ? List.of("") : files)
            : root.projectFolder();
    List<String> found = dotEnv(folder);
    String disabled = environment.get("COMPOSE_DISABLE_ENV_FILE");
    if (disabled == null || !isOn(new Said("COMPOSE_DISABLE_ENV_FILE", disabled, null))) {
      return EnvFiles.found(found);
    }
    if (!found.isEmpty()) {
      notes.add(
          "COMPOSE_DISABLE_ENV_FILE in the environment: %s is not read".formatted(found.get(0)));
    }
    return EnvFiles.NONE;
  }

  /** Files that the user named, from the root; one that the command makes need not be there. */
  private List<String> variableFiles(List<Path> paths) throws ProjectException {
    var files = new ArrayList<String>();
    for (Path path : paths) {
      Path file = Here.of(path).toAbsolutePath();
      Path folder = file.getParent();
      boolean absent = options.makesVariableFiles && !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      if (absent && folder != null) {
        String in = ProjectRoot.of(folder, root.folder()).project();
        files.add((in.isEmpty() ? "" : in + "/") + file.getFileName());
      } else {
        files.addAll(inside(List.of(path)));
      }
    }
    return List.copyOf(files);
  }

  /** Compose passes over a folder of that name. */
  private List<String> dotEnv(String folder) {
    String path = folder.isEmpty() ? ".env" : folder + "/.env";
    Disk.Kind kind = disk.kind(path);
    return kind == Disk.Kind.MISSING || kind == Disk.Kind.FOLDER ? List.of() : List.of(path);
  }

  private EnvFiles withSecond(EnvFiles first, String directory, @Nullable Said disabled)
      throws ProjectException {
    if (first.named()) {
      return first;
    }
    if (disabled != null && isOn(disabled)) {
      if (disabled.file() != null) {
        notes.add("%s: its other variables are not used".formatted(disabled.describe()));
      }
      return EnvFiles.NONE;
    }
    var paths = new ArrayList<>(first.paths());
    dotEnv(directory).stream().filter(path -> !paths.contains(path)).forEach(paths::add);
    return EnvFiles.found(paths);
  }

  private static boolean isOn(Said said) throws ProjectException {
    if (!YES.contains(said.value()) && !NO.contains(said.value())) {
      throw new ProjectException(
          null, said.describe() + " is neither true nor false, which Docker Compose refuses");
    }
    return YES.contains(said.value());
  }

  // ---- profiles

  private List<String> profiles(@Nullable Said said) {
    if (!options.profiles.isEmpty() || said == null) {
      return options.profiles;
    }
    List<String> names =
        Arrays.stream(said.value().split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (!names.isEmpty()) {
      notes.add("%s enables %s".formatted(said.describe(), String.join(", ", names)));
    }
    return names;
  }
}
