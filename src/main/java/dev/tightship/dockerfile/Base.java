package dev.tightship.dockerfile;

/** What a stage is built on. */
public sealed interface Base {

  /** Nothing at all. */
  record Scratch() implements Base {}

  /** An earlier stage of the same file. */
  record EarlierStage(int index) implements Base {}

  /**
   * @param reference with all its references to variables replaced
   */
  record Image(String reference) implements Base {}

  /**
   * It depends on something that the file and the build arguments don't say.
   *
   * @param why in plain words, with at most the name of a variable
   */
  record Unknown(String why) implements Base {}
}
