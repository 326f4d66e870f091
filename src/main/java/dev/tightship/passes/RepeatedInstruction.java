package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes away a CMD, ENTRYPOINT or HEALTHCHECK that a later one of its stage replaces. It has no
 * effect on the image: the builder keeps the last one, and an ENTRYPOINT drops what the base image
 * has as CMD whichever of them it is (BuildKit 0.33, dockerfile2llb/convert.go).
 */
final class RepeatedInstruction implements StagePass {

  private static final List<String> ONCE = List.of("CMD", "ENTRYPOINT", "HEALTHCHECK");

  @Override
  public String id() {
    return "repeated-instruction";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    for (String keyword : ONCE) {
      List<Instruction> all =
          stage.instructions().stream().filter(instruction -> instruction.is(keyword)).toList();
      if (all.size() > 1) {
        remarks.add(remark(file, stage, all));
      }
    }
    Stage named = stage.name() == null ? null : file.stage(stage.name());
    if (named != null && named.index() != stage.index()) {
      remarks.add(
          Remark.advice(
              StagePass.subject(file, stage),
              Severity.LOW,
              "a stage further down has the same name, so the name means this one or that one",
              "give each stage a name of its own"));
    }
    return StagePass.orFine(remarks, file, stage, "each thing is said once");
  }

  private static Remark remark(Dockerfile file, Stage stage, List<Instruction> all) {
    String keyword = all.get(0).keyword();
    Subject subject = StagePass.subject(file, stage, all.get(0));
    String message =
        "of the %s instructions of a stage only the last counts, here that of line %s"
            .formatted(keyword, all.get(all.size() - 1).line());
    return StagePass.isTooLong(file)
        ? Remark.advice(subject, Severity.LOW, message, StagePass.TOO_LONG)
        : Remark.finding(
            subject,
            Severity.LOW,
            message,
            Fix.of(
                "keep the %s that counts".formatted(keyword),
                Risk.NEUTRAL,
                "what is taken away has no effect on the image",
                new Edit.KeepLast(file.path(), stage.index(), keyword)));
  }
}
