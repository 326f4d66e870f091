package dev.tightship.dockerfile;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A word of a shell command.
 *
 * @param literal what the program is given, quotes taken away; null when that is not sure, since a
 *     variable, a command, a pattern, a {@code ~} or braces stand in it. Such a word may come to
 *     none or to many
 * @param runs whether a command stands inside, in {@code $( )} or backquotes. It is among no list
 *     of commands
 * @param source the word as written, with its quotes; null when it has no place of its own in the
 *     file, as in the JSON form
 */
public record ShellWord(@Nullable String literal, boolean runs, @Nullable Word source) {

  /** As a record has it; Java makes that when it is first asked, in a fiftieth of a short run. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShellWord word
        && runs == word.runs
        && Objects.equals(literal, word.literal)
        && Objects.equals(source, word.source);
  }

  @Override
  public int hashCode() {
    return Objects.hash(literal, runs, source);
  }

  /** Whether the program is given just this text. */
  public boolean is(String text) {
    return text.equals(literal);
  }
}
