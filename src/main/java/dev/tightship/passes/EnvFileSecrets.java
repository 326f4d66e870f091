package dev.tightship.passes;

import dev.tightship.analysis.LiteralSecrets;
import dev.tightship.compose.Paths;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.compose.Sources.Source;
import dev.tightship.compose.Sources.Tracking;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at what version control does with the files of variables that hold secrets: one that is
 * tracked is reported, one that could be added by accident is ignored from now on.
 */
final class EnvFileSecrets implements Pass {

  /** As many as a line of a report holds. */
  private static final int MOST_NAMES = 5;

  /** Chars of a file that is looked at. */
  private static final int LONGEST = 1 << 20;

  @Override
  public String id() {
    return "env-file-secrets";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    Set<String> paths = new LinkedHashSet<>(project.envFiles().paths());
    for (Service service : project.services()) {
      service.environmentFiles().forEach(file -> paths.add(file.path()));
    }
    return paths.stream().filter(project::exists).map(path -> remark(project, path));
  }

  private static Remark remark(Project project, String path) {
    Subject subject = new Subject.OfFile(Place.of(path));
    if (!(project.read(path) instanceof Source.Text text) || text.text().length() > LONGEST) {
      return Remark.fine(subject, "it cannot be looked at");
    }
    List<String> names = LiteralSecrets.names(text.text());
    if (names.isEmpty()) {
      return Remark.fine(subject, "no secret is known in it");
    }
    String which =
        String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
            + (names.size() > MOST_NAMES ? " and more" : "");
    Tracking tracking = project.tracking(path);
    return switch (tracking) {
      case IGNORED -> Remark.fine(subject, "git leaves it out");
      case UNKNOWN -> Remark.fine(subject, "there is no git that could hold it");
      case TRACKED ->
          Remark.advice(
              subject,
              Severity.HIGH,
              "git tracks it, and the secrets of %s with it".formatted(which),
              "git rm --cached %s, name it in .gitignore, and change the secrets: the history has them"
                  .formatted(path));
      case UNTRACKED ->
          Remark.finding(
              subject,
              Severity.MEDIUM,
              "it holds the secrets of %s, and nothing keeps git from adding it".formatted(which),
              Fix.of(
                  "let git leave it out",
                  Risk.NEUTRAL,
                  "git does not track it so far",
                  new Edit.Line(ignore(path), "", name(path))));
    };
  }

  /** The file beside it that tells git what to leave out. */
  private static String ignore(String path) {
    String folder = Paths.folder(path);
    return (folder.isEmpty() ? "" : folder + "/") + ".gitignore";
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
