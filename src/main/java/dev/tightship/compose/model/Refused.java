package dev.tightship.compose.model;

/** A project of which there is no model, since Compose stops at it or it is beyond our bounds. */
public final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason half a sentence for people, without any value of the project
   */
  Refused(String reason) {
    super(reason);
  }
}
