package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.stream.Stream;

/** Removes the top-level {@code version}, which Docker Compose ignores with a warning. */
final class ObsoleteVersion implements Pass {

  @Override
  public String id() {
    return "obsolete-version";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return project.allFiles().stream().map(file -> inspect(project, file));
  }

  private Remark inspect(Project project, YamlFile file) {
    Place at = Place.of(file.path(), "version");
    var subject = new Subject.OfFile(at);
    if (!(file.root() instanceof Node.Mapping root) || root.get("version") == null) {
      return Remark.fine(subject, "the file has no version");
    }
    String message = "Docker Compose ignores version: and warns about it";
    String swarm = project.swarm();
    if (swarm != null) {
      return Remark.advice(
          subject,
          Severity.INFO,
          message,
          swarm
              + " shows that the file is deployed as a stack, and docker stack reads the version");
    }
    return Remark.finding(
        subject,
        Severity.INFO,
        message,
        Fix.of(
            "remove the obsolete version",
            Risk.NEUTRAL,
            "Compose has ignored it since its second major version",
            new Edit.Remove(at)));
  }
}
