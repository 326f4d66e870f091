package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Named;
import dev.tightship.compose.Problem;
import dev.tightship.compose.Project;
import dev.tightship.files.Discovery;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.knowledge.Images;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A project from disk.
 *
 * @param name as it was given
 * @param envFiles the files with variables, from the root; they need not exist
 */
record Loaded(String name, ProjectRoot root, Disk disk, Project project, List<String> envFiles) {

  /**
   * A folder or a Compose file, found as {@code docker compose} finds it.
   *
   * @throws ProjectException with the path as the user sees it
   */
  static Loaded of(Path given, ProjectOptions options, Images images, boolean untrusted)
      throws ProjectException {
    var root = ProjectRoot.of(Here.of(given), options.root());
    List<String> files;
    try {
      files = Discovery.of(root).files();
    } catch (ProjectException e) {
      throw new ProjectException(
          shown(root, e.path() == null ? root.projectFolder() : e.path()),
          e.line(),
          e.column(),
          String.valueOf(e.getMessage()));
    }
    return load(given.toString(), root, files, options, images, untrusted);
  }

  /**
   * The files of {@code -f}, merged in their order.
   *
   * @throws ProjectException with the path as the user sees it
   */
  static Loaded of(List<Path> files, ProjectOptions options, Images images, boolean untrusted)
      throws ProjectException {
    var root = ProjectRoot.of(Here.of(files.get(0)), options.root());
    var relative = new ArrayList<String>();
    for (Path file : files) {
      relative.add(ProjectRoot.of(Here.of(file), root.folder()).project());
    }
    return load(files.get(0).toString(), root, relative, options, images, untrusted);
  }

  private static Loaded load(
      String name,
      ProjectRoot root,
      List<String> files,
      ProjectOptions options,
      Images images,
      boolean untrusted)
      throws ProjectException {
    var disk = new Disk(root);
    String first = files.get(0);
    Path directory = options.projectDirectory;
    String folder =
        directory == null
            ? first.substring(0, Math.max(0, first.lastIndexOf('/')))
            : ProjectRoot.of(Here.of(directory), root.folder()).project();
    var envFiles = new ArrayList<String>();
    for (Path file : options.envFiles) {
      envFiles.add(ProjectRoot.of(Here.of(file), root.folder()).project());
    }
    var request = new Project.Request(files, folder, List.copyOf(envFiles), untrusted);
    if (envFiles.isEmpty()) {
      envFiles.add(folder.isEmpty() ? ".env" : folder + "/.env");
    }
    try {
      Project project = Project.load(new OnDisk(disk), images, request);
      return new Loaded(name.isEmpty() ? "." : name, root, disk, project, List.copyOf(envFiles));
    } catch (ComposeException e) {
      Problem problem = e.problem();
      throw new ProjectException(
          shown(root, problem.path()), problem.line(), problem.column(), problem.message());
    }
  }

  /**
   * The project with its root narrowed to the folder around all that it names, so that a copy holds
   * the project and not the whole repository that it lies in.
   */
  Loaded narrowed(ProjectOptions options, Images images, boolean untrusted)
      throws ProjectException {
    String folder = common();
    if (folder.isEmpty()) {
      return this;
    }
    Path base = root.folder().resolve(folder);
    var narrow = new ProjectRoot(base, within(folder, root.project()), root.isFile());
    var files = project.files().stream().map(f -> within(folder, f.path())).toList();
    return load(name, narrow, files, options, images, untrusted);
  }

  /** The nearest folder around everything that the project names, from the root. */
  private String common() {
    var paths = new ArrayList<String>();
    Named named = project.named();
    paths.add(project.directory());
    named.files().forEach(path -> paths.add(folderOf(path)));
    envFiles.forEach(path -> paths.add(folderOf(path)));
    paths.addAll(named.contexts());
    named.binds().forEach(bind -> paths.add(bind.path()));
    String common = paths.get(0);
    for (String path : paths) {
      while (!common.isEmpty() && !path.equals(common) && !path.startsWith(common + "/")) {
        common = common.substring(0, Math.max(0, common.lastIndexOf('/')));
      }
    }
    return common;
  }

  private static String folderOf(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static String within(String folder, String path) {
    return path.equals(folder)
        ? ""
        : path.startsWith(folder + "/") ? path.substring(folder.length() + 1) : path;
  }

  /** A path of the project as it is seen from the present folder, so that it can be opened. */
  String shown(String path) {
    return shown(root, path);
  }

  /** The same, with the path as it is seen from the present folder. */
  ProjectException seen(ProjectException e) {
    return seen(root, e);
  }

  static ProjectException seen(ProjectRoot root, ProjectException e) {
    return e.path() == null
        ? e
        : new ProjectException(
            shown(root, e.path()), e.line(), e.column(), String.valueOf(e.getMessage()));
  }

  static String shown(ProjectRoot root, String path) {
    String name = root.folder() + "/" + path;
    String absolute =
        path.startsWith("/") ? path : path.isEmpty() ? root.folder().toString() : name;
    String here = Here.folder().toString();
    return Seen.from(here, absolute);
  }
}
