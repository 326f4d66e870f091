package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pass that looks at what the stages of a Dockerfile run, and at their other instructions, and
 * only gives advice. Only at stages that the build of some service needs.
 */
interface ScriptPass extends Pass {

  /**
   * Something to say against an instruction.
   *
   * @param message one sentence, which is said once of each instruction
   * @param instead what to do
   */
  record Against(Severity severity, String message, String instead) {}

  /**
   * What there is to say against an instruction.
   *
   * @param runs what it runs, or null when it runs nothing
   */
  List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs);

  /** What holds of a stage against which there is nothing to say, half a sentence. */
  String nothing();

  /** The same for a stage of which not all could be read. */
  String nothingSeen();

  /** Whether it is of no matter what a stage does from which others only copy. */
  default boolean inImageOnly() {
    return false;
  }

  /** Whether instructions of a kind count. */
  default boolean looksAt(Instruction instruction) {
    return true;
  }

  @Override
  default boolean joins() {
    return true;
  }

  @Override
  default Stream<Remark> inspect(Project project) {
    return project.dockerfiles().stream().flatMap(file -> inspect(project, file).stream());
  }

  private List<Remark> inspect(Project project, Dockerfile file) {
    BuiltStages built = BuiltStages.of(project, file);
    var runs = new IdentityHashMap<Instruction, Runs>();
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (built.contains(script.stage()) && looksAt(script.instruction())) {
        runs.put(script.instruction(), Runs.of(script));
      }
    }
    var remarks = new ArrayList<Remark>();
    for (Stage stage : file.stages()) {
      if (built.contains(stage)) {
        boolean inImage = built.isInImage(stage);
        remarks.addAll(
            inImage || !inImageOnly()
                ? remarks(new StageInBuild(file, stage, inImage), runs)
                : StagePass.onlyCopied(file, stage));
      }
    }
    return remarks;
  }

  private List<Remark> remarks(StageInBuild in, Map<Instruction, Runs> runs) {
    var remarks = new ArrayList<Remark>();
    boolean known = true;
    for (Instruction instruction : in.stage().instructions()) {
      if (looksAt(instruction)) {
        Runs run = runs.get(instruction);
        known &= run == null || run.known();
        Subject subject = StagePass.subject(in.file(), in.stage(), instruction);
        var said = new HashSet<String>();
        for (Against one : against(in, instruction, run)) {
          if (said.add(one.message())) {
            remarks.add(Remark.advice(subject, one.severity(), one.message(), one.instead()));
          }
        }
      }
    }
    return remarks.isEmpty()
        ? List.of(
            Remark.fine(
                StagePass.subject(in.file(), in.stage()), known ? nothing() : nothingSeen()))
        : remarks;
  }
}
