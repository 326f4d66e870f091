package dev.tightship.knowledge;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which variables of an image hold secrets, and how it takes each of them from a file.
 *
 * @param variables the ones that are listed by name hold secrets; a pattern only says how whatever
 *     it fits is taken from a file
 * @param since the first release that is known to have these ways, {@code 1.21}; null where no
 *     other is known
 * @param ownerOnly whether the image refuses a file that others than its owner can read
 */
public record SecretFiles(
    List<SecretVariable> variables, @Nullable String since, boolean ownerOnly) {

  public SecretFiles {
    variables = List.copyOf(variables);
  }

  /** Whether the image is known to take a secret from this very variable, in whatever release. */
  public boolean lists(String variable) {
    for (SecretVariable each : variables) {
      if (each.name().equals(variable)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What is known of a variable: its own entry counts, else the first pattern that fits. Empty
   * where nothing is known: of another variable, of a release that is older than these ways, and of
   * a variable that names such a file itself.
   *
   * @param tag of the image, as written; null means that none was
   */
  public Optional<SecretVariable> of(String variable, @Nullable String tag) {
    SecretVariable found = find(variable);
    boolean older = since != null && tag != null && !Support.isFrom(since, tag);
    return older && found != null && found.fileVariable() != null
        ? Optional.empty()
        : Optional.ofNullable(found);
  }

  private @Nullable SecretVariable find(String variable) {
    SecretVariable fitting = null;
    for (SecretVariable each : variables) {
      if (each.name().equals(variable)) {
        return each;
      }
      if (each.isFileVariable(variable)) {
        return null;
      }
      if (fitting == null) {
        fitting = each.of(variable);
      }
    }
    return fitting;
  }
}
