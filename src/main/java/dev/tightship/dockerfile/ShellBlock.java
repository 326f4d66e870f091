package dev.tightship.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * A part of a script that holds commands: a group, or one part of an {@code if} or of a loop.
 *
 * @param join what joins the whole, of which this may be a later part, to the one before
 * @param negated whether {@code !} stands before the whole
 * @param parent the one that it stands in; null in the script itself
 */
public record ShellBlock(Kind kind, Join join, boolean negated, @Nullable ShellBlock parent) {

  /** What the commands inside depend on. */
  public enum Kind {
    /** {@code { }}: they run as if it were not there. */
    GROUP,
    /** {@code ( )}: the same in a shell of its own. */
    SUBSHELL,
    /** After {@code if} or {@code elif}. */
    TEST,
    /** After {@code then} or {@code else}. */
    BRANCH,
    /** After {@code while} or {@code until}. */
    LOOP_TEST,
    /** After {@code do}: they run any number of times. */
    LOOP
  }

  /** What stands between two commands. */
  public enum Join {
    /** Nothing: it is the first one of the script or of its block. */
    START,
    /** {@code &&} */
    AND,
    /** {@code ||} */
    OR,
    /** {@code ;} */
    SEQUENCE,
    NEWLINE,
    /** {@code |} */
    PIPE,
    /** {@code &}: the one before goes on meanwhile. */
    BACKGROUND
  }
}
