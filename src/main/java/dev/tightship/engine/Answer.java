package dev.tightship.engine;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of an edit in a wave of edits that are made together.
 *
 * @param held why it cannot be made, or null
 * @param later whether it has to wait for a later wave
 * @param changes whether it changes anything
 */
record Answer(@Nullable String held, boolean later, boolean changes) {

  static final Answer LATER = new Answer(null, true, false);
  static final Answer IDLE = new Answer(null, false, false);
  static final Answer CHANGES = new Answer(null, false, true);

  static Answer of(String held) {
    return new Answer(held, false, false);
  }
}
