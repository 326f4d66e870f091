package dev.tightship.passes;

import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Build;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What others copy from a stage: a copy keeps the modes and the capabilities of files.
 *
 * @param sources absolute paths; null where not all are known
 */
record CopiedOut(@Nullable List<String> sources) {

  static CopiedOut of(Dockerfile file, Stage stage) {
    Build build = file.build(Map.of());
    var sources = new ArrayList<String>();
    for (Stage other : file.stages()) {
      for (Instruction instruction : other.instructions()) {
        for (ImageMounts.Taken taken : ImageMounts.of(instruction)) {
          Stage from = file.stage(taken.from());
          if (from != null && isIn(stage, from, file, build) && !add(instruction, sources)) {
            return new CopiedOut(null);
          }
        }
      }
    }
    return new CopiedOut(List.copyOf(sources));
  }

  /** Whether one stage is another, or lies below it. */
  private static boolean isIn(Stage stage, Stage top, Dockerfile file, Build build) {
    Stage at = top;
    while (at.index() != stage.index()) {
      if (!(build.base(at) instanceof Base.EarlierStage earlier)) {
        return build.base(at) instanceof Base.Unknown;
      }
      at = file.stages().get(earlier.index());
    }
    return true;
  }

  /** False where it takes what is not known. */
  private static boolean add(Instruction instruction, List<String> sources) {
    Flag from = instruction.flag("from");
    if (from == null) {
      return false; // a mount, of which the command takes what it likes
    }
    List<String> json = instruction.json();
    List<String> words =
        json != null ? json : instruction.words().stream().map(Word::text).toList();
    for (String word : words.subList(0, Math.max(0, words.size() - 1))) {
      if (word.indexOf('$') >= 0) {
        return false;
      }
      String plain = word.replaceFirst("[*?\\[\\\\].*", "");
      sources.add(plain.startsWith("/") ? plain : "/" + plain);
    }
    return true;
  }

  /**
   * Whether one of the files may be among it.
   *
   * @param files none where they are not known
   */
  boolean mayHold(List<String> files) {
    return sources == null
        || files.isEmpty()
        || files.stream().anyMatch(file -> !file.startsWith("/") || meets(file, sources));
  }

  private static boolean meets(String file, List<String> sources) {
    return sources.stream().anyMatch(s -> s.startsWith(file) || file.startsWith(s));
  }
}
