package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From where else an instruction takes files: {@code COPY --from} and {@code RUN --mount}. */
final class ImageMounts {

  /** Options of one instruction; no real one has so many. */
  private static final int MOST = 64;

  private ImageMounts() {}

  /**
   * @param flag the whole option
   * @param from as written
   */
  record Taken(Flag flag, String from) {

    /** An instruction on one line with another name in this option; null where it is not plain. */
    @Nullable String replacedIn(String instruction, String image) {
      String option = flag.written().text();
      int at = instruction.indexOf(option);
      int name = option.indexOf("from=" + from);
      boolean once = name >= 0 && option.indexOf(from, name + from.length() + 5) < 0;
      return at < 0 || !once
          ? null
          : instruction.substring(0, at)
              + option.substring(0, name)
              + "from="
              + image
              + option.substring(name + 5 + from.length())
              + instruction.substring(at + option.length());
    }
  }

  /** What an instruction names; nothing that holds a reference, which no builder replaces there. */
  static List<Taken> of(Instruction instruction) {
    var taken = new ArrayList<Taken>();
    for (Flag flag : instruction.flags()) {
      String from = from(instruction, flag);
      boolean named = from != null && !from.isEmpty() && from.indexOf('$') < 0;
      if (named && from != null && taken.size() < MOST) {
        taken.add(new Taken(flag, from));
      }
    }
    return taken;
  }

  /** Whether it is no stage of the file. A number is always one, or the build fails. */
  static boolean isElsewhere(Dockerfile file, String from) {
    return file.stage(from) == null && !from.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable String from(Instruction instruction, Flag flag) {
    String value = flag.value();
    if (value == null) {
      return null;
    }
    if (flag.name().equals("from") && instruction.is("COPY")) {
      return value;
    }
    if (flag.name().equals("mount") && instruction.is("RUN")) {
      for (String part : value.split(",", -1)) {
        if (part.startsWith("from=")) {
          return part.substring("from=".length());
        }
      }
    }
    return null;
  }
}
