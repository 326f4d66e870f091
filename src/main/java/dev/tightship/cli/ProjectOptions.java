package dev.tightship.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which projects a command works on; the options mean what they mean to {@code docker compose}. */
final class ProjectOptions {

  @Parameters(
      paramLabel = "PROJECT",
      description = "a folder or a Compose file; the present folder without any")
  List<Path> projects = new ArrayList<>();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "a Compose file; several are merged in their order to one project")
  List<Path> files = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "variables from this file instead of .env")
  List<Path> envFiles = new ArrayList<>();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "enable a profile; services in others are hardened all the same")
  List<String> profiles = new ArrayList<>();

  @Option(
      names = "--project-directory",
      paramLabel = "DIR",
      description = "where paths in the Compose files begin")
  @Nullable Path projectDirectory;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "nothing outside of this folder is read or written (the top of the git tree)")
  @Nullable Path root;

  /** Whether a file of variables that is named need not exist, since the command makes it. */
  boolean makesVariableFiles;

  /** The root that was named, in a form that can be opened, or null. */
  @Nullable Path root() {
    return root == null ? null : Here.of(root);
  }

  /**
   * The projects that were asked for, in their order: the present one where none was named.
   *
   * @param environment the variables of the shell
   * @throws ParameterException if projects were named, and files as well
   */
  List<Asked> asked(CommandLine command, Map<String, String> environment, boolean untrusted) {
    if (!files.isEmpty() && !projects.isEmpty()) {
      throw new ParameterException(command, "name projects or files with -f, not both");
    }
    if (projects.isEmpty()) {
      Path first = files.isEmpty() ? Path.of("") : files.get(0);
      return List.of(new Asked(first, () -> Chosen.here(this, environment, untrusted)));
    }
    return projects.stream()
        .map(project -> new Asked(project, () -> Chosen.of(project, this, untrusted)))
        .toList();
  }
}
