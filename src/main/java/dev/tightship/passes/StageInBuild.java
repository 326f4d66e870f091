package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stage that some service needs, as it stands to the images that the services run. */
final class StageInBuild {

  private final Dockerfile file;
  private final Stage stage;
  private final boolean inImage;
  private @Nullable CopiedOut copied;

  /**
   * @param inImage whether it is part of what some service runs, not only one that others copy from
   */
  StageInBuild(Dockerfile file, Stage stage, boolean inImage) {
    this.file = file;
    this.stage = stage;
    this.inImage = inImage;
  }

  Dockerfile file() {
    return file;
  }

  Stage stage() {
    return stage;
  }

  /** Whether an instruction does something: what a stage starts counts for its image alone. */
  boolean reaches(Instruction instruction) {
    return inImage || !(instruction.is("CMD") || instruction.is("ENTRYPOINT"));
  }

  /**
   * Whether one of some files may come into an image.
   *
   * @param files as the instructions write them; none where they are not known
   */
  boolean gets(List<String> files) {
    if (inImage) {
      return true;
    }
    CopiedOut out = copied == null ? CopiedOut.of(file, stage) : copied;
    copied = out;
    return out.mayHold(files);
  }
}
