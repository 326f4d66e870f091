package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pass that looks at what the stages of a Dockerfile run, and at their other instructions. Only
 * at stages that the build of some service needs.
 */
interface ScriptPass extends Pass {

  /**
   * What there is to say of a stage, one remark or more.
   *
   * @param runs what its instructions run, in their order
   */
  List<Remark> remarks(Dockerfile file, Stage stage, List<Runs> runs);

  @Override
  default Stream<Remark> inspect(Project project) {
    return project.dockerfiles().stream().flatMap(file -> inspect(project, file).stream());
  }

  private List<Remark> inspect(Project project, Dockerfile file) {
    BuiltStages built = BuiltStages.of(project, file);
    List<List<Runs>> byStage = new ArrayList<>();
    file.stages().forEach(stage -> byStage.add(new ArrayList<>()));
    for (ShellScripts.Script script : ShellScripts.of(file)) {
      if (built.contains(script.stage())) {
        byStage.get(script.stage().index()).add(Runs.of(script));
      }
    }
    var remarks = new ArrayList<Remark>();
    for (Stage stage : file.stages()) {
      if (built.contains(stage)) {
        remarks.addAll(remarks(file, stage, byStage.get(stage.index())));
      }
    }
    return remarks;
  }
}
