package dev.tightship.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the hardened project goes. */
final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "write a complete hardened copy of the project, which starts from there")
  @Nullable Path directory;

  @Option(
      names = {"-i", "--in-place"},
      description = "rewrite the files of the project")
  boolean inPlace;

  @Option(
      names = "--patch",
      paramLabel = "FILE",
      description = "write a patch for git apply; - for standard output")
  @Nullable String patch;

  @Option(
      names = "--series",
      paramLabel = "DIR",
      description = "write one numbered patch per pass for git am")
  @Nullable Path series;

  @Option(
      names = "--overlay",
      paramLabel = "FILE",
      description =
          "write an override file that says the same and leaves the project as it is; - for"
              + " standard output")
  @Nullable String overlay;

  @Option(names = "--force", description = "-i: also where the git tree has uncommitted changes")
  boolean force;

  boolean overlayOnStandardOutput() {
    return "-".equals(overlay);
  }

  /** The file that becomes the overlay; null where none does. */
  @Nullable Path overlayFile() {
    return overlay == null || overlayOnStandardOutput() ? null : Here.of(Path.of(overlay));
  }

  boolean patchOnStandardOutput() {
    return "-".equals(patch);
  }

  /**
   * @throws ParameterException where the options do not go together
   */
  void validate(CommandLine line, int projects, boolean check) {
    int ways =
        (directory == null ? 0 : 1)
            + (inPlace ? 1 : 0)
            + (patch == null ? 0 : 1)
            + (series == null ? 0 : 1)
            + (overlay == null ? 0 : 1);
    if (ways > 1) {
      throw new ParameterException(
          line, "only one of -o, -i, --patch, --series and --overlay at a time");
    }
    if ((directory != null || series != null || overlay != null) && projects > 1) {
      String option = directory != null ? "-o" : series != null ? "--series" : "--overlay";
      throw new ParameterException(line, option + " takes one project at a time");
    }
    if (check && ways > 0) {
      throw new ParameterException(
          line, "--check writes nothing: leave out -o, -i, --patch, --series and --overlay");
    }
    if (force && !inPlace) {
      throw new ParameterException(line, "--force belongs to -i");
    }
  }
}
