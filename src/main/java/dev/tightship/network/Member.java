package dev.tightship.network;

import java.util.List;
import java.util.Set;

/**
 * A service and where it stands.
 *
 * @param attachments to the networks of the project; empty where it has no network of its own
 * @param callsHost whether it has a name for the machine that it runs on
 */
public record Member(
    String service, Standing standing, List<Attachment> attachments, boolean callsHost) {

  public Member {
    attachments = List.copyOf(attachments);
  }

  /**
   * A network that it is in.
   *
   * @param names what others call it there
   * @param addresses those that are fixed
   */
  public record Attachment(String network, Set<String> names, List<String> addresses) {}

  /** In which network namespace it runs. */
  public sealed interface Standing {

    /** One of its own. */
    record Own() implements Standing {}

    /** That of the machine. */
    record Host() implements Standing {}

    /** One of its own without any network. */
    record None() implements Standing {}

    /**
     * That of another service, whose name it answers to.
     *
     * @param service which is no such service itself, unless they go round in a circle
     */
    record Joined(String service) implements Standing {}

    /**
     * It cannot be told.
     *
     * @param because half a sentence
     */
    record Unclear(String because) implements Standing {}
  }
}
