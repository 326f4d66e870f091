package dev.tightship.network;

import org.jspecify.annotations.Nullable;

/**
 * What cannot be told of who talks to whom.
 *
 * @param service the service that it is about
 * @param says a sentence for people, without a full stop and without any value of the project
 * @param where null where no place of a file says it
 */
public record Unknown(String service, Kind kind, String says, @Nullable Where where) {

  /** Why it cannot be told. */
  public enum Kind {
    /** A store of data that nothing is seen to speak to: its clients are not known. */
    NO_CLIENT,
    /** A variable without a value decides the host. */
    VARIABLE,
    /** Files that may name hosts are not here, or too many or too large to look at. */
    UNREAD,
    /** Others than the services of this project may reach it, or be reached by it. */
    OUTSIDE,
    /** It finds others by asking the engine or the names of the network. */
    DISCOVERY,
    /** Where it stands cannot be told. */
    NETWORKS
  }
}
