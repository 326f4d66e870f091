package dev.tightship.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one FROM begins.
 *
 * @param index from 0, in the order of the file
 * @param from the FROM instruction
 * @param base what it starts from, as written, quotes and references included
 * @param name the name after {@code AS} in lower case, as the builder keeps it; null without one
 * @param instructions all that follow the FROM, up to the next one
 */
public record Stage(
    int index, Instruction from, Word base, @Nullable String name, List<Instruction> instructions) {

  /** The value of {@code --platform}, or null. */
  public @Nullable String platform() {
    Flag flag = from.flag("platform");
    return flag == null ? null : flag.value();
  }

  /** The last instruction with this keyword, or null. */
  public @Nullable Instruction last(String keyword) {
    for (int i = instructions.size() - 1; i >= 0; i--) {
      if (instructions.get(i).is(keyword)) {
        return instructions.get(i);
      }
    }
    return null;
  }

  /**
   * The instruction before which what prepares a new user belongs, so that it runs as the present
   * one: the last USER where that can simply name another user, else what follows all that runs or
   * makes files.
   *
   * @return null for the end of the stage
   */
  public @Nullable Instruction beforeUser() {
    List<String> keywords = instructions.stream().map(Instruction::keyword).toList();
    int index =
        UserPlace.canChange(keywords) ? keywords.lastIndexOf("USER") : UserPlace.toInsert(keywords);
    return index < instructions.size() ? instructions.get(index) : null;
  }
}
