package dev.tightship.dockerfile;

/** What a text with references comes to. Unknown is an answer too. */
public sealed interface Resolution {

  record Known(String text) implements Resolution {}

  /**
   * @param why in plain words, with at most the name of a variable
   */
  record Unknown(String why) implements Resolution {}
}
