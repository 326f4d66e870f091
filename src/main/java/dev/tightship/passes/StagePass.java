package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A pass that looks at one stage of a Dockerfile at a time. Only at stages that the build of some
 * service needs: what nobody builds does no harm, and may be broken.
 */
interface StagePass extends Pass {

  /** What there is to say of a stage, one remark or more. */
  List<Remark> remarks(Project project, Dockerfile file, Stage stage);

  @Override
  default Stream<Remark> inspect(Project project) {
    return ofBuilt(project, (file, stage) -> remarks(project, file, stage));
  }

  /** What is said of the stages of a project that the build of some service needs. */
  static Stream<Remark> ofBuilt(
      Project project, BiFunction<Dockerfile, Stage, List<Remark>> remarks) {
    return project.dockerfiles().stream()
        .flatMap(
            file -> {
              BuiltStages built = BuiltStages.of(project, file);
              return file.stages().stream()
                  .filter(built::contains)
                  .flatMap(stage -> remarks.apply(file, stage).stream());
            });
  }

  /**
   * Whether a file has more instructions than a person writes. It is reported and not rewritten,
   * since each change reads it again. Those that a fix may take away do not count.
   */
  static boolean isTooLong(Dockerfile file) {
    return file.instructions().stream()
            .filter(i -> !REPLACED.contains(i.keyword()))
            .limit(LONGEST + 1)
            .count()
        > LONGEST;
  }

  int LONGEST = 1_000;

  /** Of these a stage needs one of each. */
  Set<String> REPLACED = Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK");

  /** Why such a file is not rewritten. */
  String TOO_LONG = "the file is too long to be rewritten";

  /** What is said of a stage whose own files no service gets. */
  static List<Remark> onlyCopied(Dockerfile file, Stage stage) {
    return List.of(Remark.fine(subject(file, stage), "only what is copied from it gets on"));
  }

  /** Remarks on a stage; where there are none, that it is fine. */
  static List<Remark> orFine(List<Remark> remarks, Dockerfile file, Stage stage, String because) {
    return remarks.isEmpty() ? List.of(Remark.fine(subject(file, stage), because)) : remarks;
  }

  /** A stage as what a remark is about. */
  static Subject subject(Dockerfile file, Stage stage) {
    return new Subject.OfStage(file.path(), stage.index());
  }

  /** An instruction as what a remark is about. */
  static Subject subject(Dockerfile file, Stage stage, Instruction instruction) {
    return new Subject.OfInstruction(file.path(), stage.index(), instruction.whole().text());
  }
}
