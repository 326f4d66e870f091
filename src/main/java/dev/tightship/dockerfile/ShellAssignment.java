package dev.tightship.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * A variable that is set by a shell command.
 *
 * @param word the name, the equals sign and the value
 */
public record ShellAssignment(String name, ShellWord word) {

  /** The value, or null when it is not sure. */
  public @Nullable String value() {
    String literal = word.literal();
    return literal == null ? null : literal.substring(name.length() + 1);
  }
}
