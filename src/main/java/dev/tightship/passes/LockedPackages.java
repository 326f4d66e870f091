package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Remark;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Installs the versions that a lock file names, and tells of what has no version at all. */
final class LockedPackages implements StagePass {

  @Override
  public String id() {
    return "locked-packages";
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    var before = new ArrayList<Instruction>();
    Set<Integer> chain = new LinkedHashSet<>();
    BuildContext.chain(file, stage).forEach(s -> chain.add(s.index()));
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (!script.instruction().is("RUN") || !chain.contains(script.stage().index())) {
        continue;
      }
      if (script.stage().index() == stage.index()
          && script.script() instanceof ShellScript.Known known) {
        var step = new LockedStep(project, file, stage, script.instruction(), List.copyOf(before));
        remarks.addAll(step.remarks(known));
      }
      before.add(script.instruction());
    }
    return StagePass.orFine(
        remarks, file, stage, "it is not seen to install versions that change from day to day");
  }
}
