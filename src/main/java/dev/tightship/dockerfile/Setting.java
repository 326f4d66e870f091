package dev.tightship.dockerfile;

import org.jspecify.annotations.Nullable;

/** What an image that is built here says of one of its settings. */
public sealed interface Setting<T> {

  /**
   * @param by the instruction that sets it
   */
  record Given<T>(T value, Instruction by) implements Setting<T> {}

  /**
   * An instruction sets it, but not to something that can be told.
   *
   * @param why in plain words, with at most the name of a variable
   */
  record Unknown<T>(String why, Instruction by) implements Setting<T> {}

  /** No instruction sets it, so that it is what the base image has. */
  record Inherited<T>() implements Setting<T> {}

  /** It has none: there is no base image to bring one, or an instruction took it away. */
  record Unset<T>() implements Setting<T> {}

  /** The value, or null where it is not given. */
  default @Nullable T value() {
    return this instanceof Given<T> given ? given.value : null;
  }
}
