package dev.tightship.compose;

import dev.tightship.edit.Place;
import java.util.Locale;

/**
 * A name that a service uses and that the project has to define elsewhere.
 *
 * @param name with its variables filled in
 * @param place where the service says it
 * @param optional whether Compose starts the service without it, where it is a service that no
 *     profile turns on
 */
public record Reference(Kind kind, String name, Place place, boolean optional) {

  /** What a name stands for. */
  public enum Kind {
    NETWORK,
    VOLUME,
    SECRET,
    CONFIG,
    MODEL,
    SERVICE;

    /** As people write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the root below which such names are defined. */
    public String section() {
      return word() + "s";
    }
  }
}
