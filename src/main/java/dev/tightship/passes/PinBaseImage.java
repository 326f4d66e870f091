package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import java.util.stream.Stream;

/**
 * Names the version of the images that Dockerfiles start from or take files from, where their tag
 * floats.
 */
final class PinBaseImage implements Pass {

  @Override
  public String id() {
    return "pin-base-image";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return project.dockerfiles().stream()
        .flatMap(
            file ->
                Stream.concat(
                    Frontend.remark(file).stream(), new BasePins(project, file).remarks()));
  }
}
