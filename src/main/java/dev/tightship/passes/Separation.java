package dev.tightship.passes;

import dev.tightship.pass.Severity;
import org.jspecify.annotations.Nullable;

/** A way to leave out of an image what only its build needs. */
interface Separation {

  /**
   * What to say of an image.
   *
   * @param message what it carries
   * @param instead what to write instead, and what to check
   */
  record Proposal(Severity severity, String message, String instead) {}

  /** Null where the image does not call for it. */
  @Nullable Proposal of(FinalImage image);
}
