package dev.tightship.knowledge;

/** What the table of versions answers when it is asked for a more exact tag. */
public sealed interface Pin {

  /**
   * The tag floats, and named this version when the table was made.
   *
   * @param tag the tag that names the same image with its full version and the variant as written
   * @param line the release line that the version belongs to, {@code 1.31}
   * @param asOf when the table was made, {@code yyyy-mm-dd}
   * @param source the list that the table was read from
   */
  record To(String tag, String line, String asOf, String source) implements Pin {}

  /**
   * The tag names a full version already.
   *
   * @param listed whether the table holds it; false when only its form shows it, as with a version
   *     that was superseded since
   */
  record Exact(boolean listed) implements Pin {}

  /**
   * Nothing can be said.
   *
   * @param reason one sentence without a full stop
   */
  record Unknown(String reason) implements Pin {}
}
