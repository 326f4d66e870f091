package dev.tightship.cli;

import dev.tightship.compose.Project;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Docker Compose would load.
 *
 * @param name as it was given
 * @param projectName what {@code COMPOSE_PROJECT_NAME} says, or null
 * @param found whether the Compose files were found by their names, since nobody named any
 */
record Chosen(
    String name,
    ProjectRoot root,
    Disk disk,
    Project.Request request,
    @Nullable String projectName,
    boolean found) {

  /** What a run without PROJECT means: the project of the present folder, or that of {@code -f}. */
  static Chosen here(ProjectOptions options, Map<String, String> environment, boolean untrusted)
      throws ProjectException {
    Path here = Here.folder();
    Path directory = options.projectDirectory;
    List<Path> files = options.files;
    for (Path file : files) {
      Chooser.refuseElsewhere(file.toString(), file.toString(), "");
    }
    Path place = directory == null ? here : Here.of(directory);
    return new Chooser(options, environment, here, files.isEmpty() ? place : Here.of(files.get(0)))
        .choose(files.isEmpty() ? "." : files.get(0).toString(), files, untrusted);
  }

  /**
   * A PROJECT that was named. The variables of the shell speak of the project that one works in,
   * not of this one: it is chosen as Compose would in its own folder, with an empty environment.
   */
  static Chosen of(Path project, ProjectOptions options, boolean untrusted)
      throws ProjectException {
    Chooser.refuseElsewhere(project.toString(), project.toString(), "");
    Path real = Here.of(project);
    boolean isFile = Files.exists(real) && !Files.isDirectory(real);
    return new Chooser(options, Map.of(), isFile ? Here.folder() : real, real)
        .choose(
            project.toString().isEmpty() ? "." : project.toString(),
            isFile ? List.of(project) : List.of(),
            untrusted);
  }

  /**
   * The same without an overlay that an earlier run wrote.
   *
   * @throws ProjectException where the file is none that this program may write
   */
  Chosen without(@Nullable Path overlay) throws ProjectException {
    if (overlay == null) {
      return this;
    }
    List<String> files = OverlayFile.without(overlay, root, request.files());
    List<String> siblings =
        request.siblings().stream().filter(f -> !root.isSame(f, overlay)).toList();
    var others =
        new Project.Request(
            files,
            request.directory(),
            request.envFiles(),
            siblings,
            request.profiles(),
            request.notes(),
            request.untrusted());
    return new Chosen(name, root, disk, others, projectName, found);
  }
}
