package dev.tightship.cli;

import dev.tightship.compose.OwnImages;
import dev.tightship.compose.Problem;
import dev.tightship.files.Disk;
import dev.tightship.files.ProjectException;
import dev.tightship.files.ProjectRoot;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Images;
import dev.tightship.report.ImageReport;
import dev.tightship.report.Redactor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what is known of an image, and from where. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells what is known of an image, and from where.",
      "What the project around the present folder says in .tightship/images counts too."
    })
final class ImageCommand implements Callable<Integer> {

  @Parameters(arity = "1", paramLabel = "NAME[:TAG]", description = "as after image: and FROM")
  private String name = "";

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "the project that is asked too (the top of the git tree)")
  private @Nullable Path root;

  @Option(names = "--untrusted", description = "ask no project")
  private boolean untrusted;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "what standard output is (${DEFAULT-VALUE})",
      defaultValue = "text")
  private HardenCommand.Format format = HardenCommand.Format.TEXT;

  private final Terminal terminal;

  ImageCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    ImageReference image = ImageReference.parse(name).orElse(null);
    if (image == null) {
      terminal.error("not the name of an image: " + name);
      return ExitCode.USAGE;
    }
    Images images = Images.onClassPath();
    int code = ExitCode.DONE;
    if (!untrusted) {
      try {
        Path named = root == null ? null : Here.of(root);
        var project = ProjectRoot.of(named == null ? Here.folder() : named, named);
        var own = OwnImages.read(new InTree(new Disk(project)), images);
        for (Problem problem : own.problems()) {
          code = ExitCode.USAGE;
          var shown =
              new Problem(
                  Loaded.shown(project, problem.path()),
                  problem.line(),
                  problem.column(),
                  Redactor.error(problem.message()));
          terminal.error(shown.describe());
        }
        images = own.images();
      } catch (ProjectException e) {
        terminal.error(e.describe());
        return ExitCode.USAGE;
      }
    }
    ImageProfile profile = images.find(image).orElse(null);
    if (profile == null) {
      terminal.error(
          "nothing is known of %s; a project can say what it knows in a file of %s"
              .formatted(image.familiarName(), OwnImages.FOLDER));
      return ExitCode.USAGE;
    }
    var report = new ImageReport(image, profile);
    terminal.print(
        format == HardenCommand.Format.JSON
            ? report.json(Tightship.Version.text())
            : report.text());
    return code;
  }
}
