package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.EnvFiles;
import dev.tightship.compose.Named;
import dev.tightship.compose.Problem;
import dev.tightship.compose.Project;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.knowledge.Images;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A project from disk.
 *
 * @param chosen what was asked for
 */
record Loaded(Chosen chosen, Project project) {

  /**
   * @throws ProjectException with the path as the user sees it
   */
  static Loaded of(Chosen chosen, Images images) throws ProjectException {
    try {
      return new Loaded(chosen, Project.load(new InTree(chosen.disk()), images, chosen.request()));
    } catch (ComposeException e) {
      throw seen(chosen.root(), e);
    }
  }

  /**
   * @param services names that must be those of services
   * @throws ProjectException for the first that is not
   */
  void require(Collection<String> services) throws ProjectException {
    for (String name : services) {
      if (project.service(name) == null) {
        throw new ProjectException(name(), "there is no service " + name);
      }
    }
  }

  /** As it was given. */
  String name() {
    return chosen.name();
  }

  ProjectRoot root() {
    return chosen.root();
  }

  Disk disk() {
    return chosen.disk();
  }

  /** The files with variables, from the root. */
  List<String> envFiles() {
    return chosen.request().envFiles().paths();
  }

  /**
   * The project with its root narrowed to the folder around all that it names, so that a copy holds
   * the project and not the whole repository that it lies in.
   */
  Loaded narrowed(Images images) throws ProjectException {
    String folder = common();
    if (folder.isEmpty()) {
      return this;
    }
    ProjectRoot root = root();
    Path base = root.folder().resolve(folder);
    var narrow = new ProjectRoot(base, within(folder, root.project()), root.isFile());
    Project.Request request = chosen.request();
    var narrowed =
        new Project.Request(
            within(folder, request.files()),
            within(folder, request.directory()),
            new EnvFiles(within(folder, envFiles()), request.envFiles().named()),
            within(folder, request.siblings()),
            request.profiles(),
            request.notes(),
            request.untrusted());
    var disk = new Disk(narrow);
    return of(
        new Chosen(name(), narrow, disk, narrowed, chosen.projectName(), chosen.found()), images);
  }

  /** The nearest folder around everything that the project names, from the root. */
  private String common() {
    var paths = new ArrayList<String>();
    Named named = project.named();
    paths.add(project.directory());
    named.files().forEach(path -> paths.add(folderOf(path)));
    envFiles().forEach(path -> paths.add(folderOf(path)));
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

  private static List<String> within(String folder, List<String> paths) {
    return paths.stream().map(path -> within(folder, path)).toList();
  }

  private static String within(String folder, String path) {
    return path.equals(folder)
        ? ""
        : path.startsWith(folder + "/") ? path.substring(folder.length() + 1) : path;
  }

  /** A path of the project as it is seen from the present folder, so that it can be opened. */
  String shown(String path) {
    return shown(root(), path);
  }

  /** The same, with the path as it is seen from the present folder. */
  ProjectException seen(ProjectException e) {
    return seen(root(), e);
  }

  /** The same for what a reader of Compose files has to say. */
  ProjectException seen(ComposeException e) {
    return seen(root(), e);
  }

  private static ProjectException seen(ProjectRoot root, ComposeException e) {
    Problem problem = e.problem();
    return new ProjectException(
        shown(root, problem.path()), problem.line(), problem.column(), problem.message());
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
