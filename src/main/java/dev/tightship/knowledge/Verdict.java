package dev.tightship.knowledge;

/** What a restriction does to an image that starts as it is meant to. */
public sealed interface Verdict {

  /** It works as before; a note of the fact may name a side effect. */
  record Ok() implements Verdict {}

  /**
   * It does not work any more.
   *
   * @param reason one sentence without a full stop
   */
  record Breaks(String reason) implements Verdict {}
}
