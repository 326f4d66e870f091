package dev.tightship.passes;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lets an image that is built here start as another user than root, where that user works. */
final class DockerfileUser implements Pass {

  private static final String MESSAGE =
      "its program runs as root: whoever breaks into it may change all of the container";

  private static final String UNKNOWN = "it is not known whether its program runs as root";

  @Override
  public String id() {
    return "dockerfile-user";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var variants = new VariantUsers(project);
    return StagePass.ofBuilt(
        project, (file, stage) -> List.of(remark(project, file, stage, variants)));
  }

  private static Remark remark(
      Project project, Dockerfile file, Stage stage, VariantUsers variants) {
    Subject subject = StagePass.subject(file, stage);
    var verdicts = new ArrayList<UserVerdict>();
    for (Service service : project.services()) {
      UserVerdict verdict = starts(service, file, stage) ? ServiceUser.judge(service, stage) : null;
      if (verdict != null) {
        verdicts.add(verdict);
      }
    }
    if (verdicts.isEmpty()) {
      return Remark.fine(subject, "no service starts it");
    }
    UserVerdict verdict = UserVerdict.together(verdicts);
    if (verdict instanceof UserVerdict.Change change) {
      verdict = variants.with(file, stage, change);
    }
    return remark(verdict, subject, file, stage);
  }

  /** Whether the image of a service is this stage, or a variable may make it so. */
  static boolean starts(Service service, Dockerfile file, Stage stage) {
    Build build = service.build().orElse(null);
    if (build == null || !file.path().equals(build.dockerfile())) {
      return false;
    }
    boolean unknown = build.target() == null && service.has("build", "target");
    return unknown || stage.equals(file.target(build.target()));
  }

  private static Remark remark(UserVerdict verdict, Subject subject, Dockerfile file, Stage stage) {
    if (verdict instanceof UserVerdict.Fine fine) {
      return Remark.fine(subject, fine.because());
    }
    if (verdict instanceof UserVerdict.Unclear unclear) {
      return Remark.advice(subject, Severity.LOW, UNKNOWN, unclear.because());
    }
    if (verdict instanceof UserVerdict.Against against) {
      return Remark.advice(subject, Severity.MEDIUM, MESSAGE, against.because());
    }
    var change = (UserVerdict.Change) verdict;
    Instruction next = stage.beforeUser();
    String run = run(change);
    if (run != null && next != null) {
      String says = next.whole().text();
      boolean twice =
          stage.instructions().stream().filter(i -> i.whole().text().equals(says)).count() > 1;
      if (twice) {
        return Remark.advice(
            subject,
            Severity.MEDIUM,
            MESSAGE,
            "line %s stands there twice: add `RUN %s` and USER %s before its CMD"
                .formatted(next.line(), run, change.user().written()));
      }
    }
    var edits = new ArrayList<Edit>();
    if (run != null) {
      edits.add(
          new Edit.Insert(
              file.path(), stage.index(), "RUN " + run, next == null ? null : next.whole().text()));
    }
    edits.add(new Edit.SetUser(file.path(), stage.index(), change.user().written()));
    boolean sure = change.open().isEmpty();
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        MESSAGE,
        new Fix(
            change.user().title(),
            sure ? Risk.INFERRED : Risk.BREAKING,
            sure
                ? "%s, and %s".formatted(change.user().why(), change.looked())
                : String.join("; ", change.open()),
            edits));
  }

  /** What has to be done as root before; null for nothing. */
  private static @Nullable String run(UserVerdict.Change change) {
    var commands = new ArrayList<String>();
    if (change.user().made() != null) {
      commands.add(change.user().made());
    }
    if (!change.folders().isEmpty()) {
      String folders = String.join(" ", change.folders());
      commands.add("mkdir -p " + folders);
      commands.add("chown -R %s %s".formatted(change.user().owner(), folders));
    }
    return commands.isEmpty() ? null : String.join(" && ", commands);
  }
}
