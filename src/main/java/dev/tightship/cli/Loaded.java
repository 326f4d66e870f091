package dev.tightship.cli;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.Problem;
import dev.tightship.compose.Project;
import dev.tightship.compose.Sources.Source;
import dev.tightship.files.Discovery;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.files.Read;
import dev.tightship.knowledge.Images;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A project from disk.
 *
 * @param name as it was given
 */
record Loaded(String name, ProjectRoot root, Disk disk, Project project) {

  /** A folder or a Compose file, found as {@code docker compose} finds it. */
  static Loaded of(Path given, ProjectOptions options, Images images) throws ProjectException {
    var root = ProjectRoot.of(given, options.root);
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
    return load(given.toString(), root, files, options, images);
  }

  /** The files of {@code -f}, merged in their order. */
  static Loaded of(List<Path> files, ProjectOptions options, Images images)
      throws ProjectException {
    var root = ProjectRoot.of(files.get(0), options.root);
    var relative = new ArrayList<String>();
    for (Path file : files) {
      relative.add(ProjectRoot.of(file, root.folder()).project());
    }
    return load(files.get(0).toString(), root, relative, options, images);
  }

  private static Loaded load(
      String name, ProjectRoot root, List<String> files, ProjectOptions options, Images images)
      throws ProjectException {
    var disk = new Disk(root);
    String first = files.get(0);
    Path directory = options.projectDirectory;
    String folder =
        directory == null
            ? first.substring(0, Math.max(0, first.lastIndexOf('/')))
            : ProjectRoot.of(directory, root.folder()).project();
    var envFiles = new ArrayList<String>();
    for (Path file : options.envFiles) {
      envFiles.add(ProjectRoot.of(file, root.folder()).project());
    }
    var request = new Project.Request(files, folder, envFiles);
    try {
      Project project = Project.load(path -> source(disk.read(path)), images, request);
      return new Loaded(name.isEmpty() ? "." : name, root, disk, project);
    } catch (ComposeException e) {
      Problem problem = e.problem();
      throw new ProjectException(
          shown(root, problem.path()), problem.line(), problem.column(), problem.message());
    }
  }

  private static Source source(Read read) {
    if (read instanceof Read.Text text) {
      return new Source.Text(text.text());
    }
    return read instanceof Read.Refused refused
        ? new Source.Refused(refused.line(), refused.column(), refused.reason())
        : new Source.Missing();
  }

  /** A path of the project as it is seen from the present folder, so that it can be opened. */
  String shown(String path) {
    return shown(root, path);
  }

  private static String shown(ProjectRoot root, String path) {
    Path absolute = root.folder().resolve(path);
    Path here = Path.of("").toAbsolutePath();
    String seen =
        absolute.startsWith(here) ? here.relativize(absolute).toString() : absolute.toString();
    return seen.isEmpty() ? "." : seen;
  }
}
