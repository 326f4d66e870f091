package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.GlobalArg;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one ARG that a FROM has in it, as in {@code node:${VERSION}-alpine}.
 *
 * @param before what stands before it
 * @param after what stands behind it
 */
record BaseArgument(String name, String before, String after) {

  private static final Pattern ONE =
      Pattern.compile("([\\w./:-]*)\\$(?:\\{(\\w+)}|(\\w+))([\\w./:-]*)");

  /**
   * Reads what a stage starts from.
   *
   * @param written as it stands in the FROM
   * @return null where there is not just one, or where it has no default of its own
   */
  static @Nullable BaseArgument of(Dockerfile file, String written) {
    Matcher one = ONE.matcher(written);
    if (!one.matches()) {
      return null;
    }
    String name = one.group(2) == null ? one.group(3) : one.group(2);
    List<GlobalArg> declared =
        file.globalArgs().stream().filter(arg -> arg.name().equals(name)).toList();
    String value = declared.size() == 1 ? declared.get(0).value() : null;
    return value == null || value.indexOf('$') >= 0
        ? null
        : new BaseArgument(name, one.group(1), one.group(4));
  }

  /** The value with which the FROM says an image; null where none does. */
  @Nullable String valueFor(String image) {
    return image.length() > before.length() + after.length()
            && image.startsWith(before)
            && image.endsWith(after)
        ? image.substring(before.length(), image.length() - after.length())
        : null;
  }

  /** The stages whose FROM may depend on it. */
  List<Stage> uses(Dockerfile file) {
    return file.stages().stream().filter(stage -> stage.base().text().contains(name)).toList();
  }

  /** Whether another ARG or an option of a FROM may depend on it. */
  boolean isPassedOn(Dockerfile file) {
    return file.globalArgs().stream().anyMatch(other -> mentions(other.value()))
        || file.stages().stream()
            .flatMap(stage -> stage.from().flags().stream())
            .map(Flag::value)
            .anyMatch(this::mentions);
  }

  private boolean mentions(@Nullable String value) {
    return value != null && value.indexOf('$') >= 0 && value.contains(name);
  }

  /** An ARG without a value inside a stage brings the default from above into that stage. */
  @Nullable Instruction usedInside(Dockerfile file) {
    for (Stage stage : file.stages()) {
      for (Instruction instruction : stage.instructions()) {
        if (instruction.is("ARG")
            && instruction.assignments().stream().anyMatch(a -> a.name().equals(name))) {
          return instruction;
        }
      }
    }
    return null;
  }
}
