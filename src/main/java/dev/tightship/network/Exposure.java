package dev.tightship.network;

import dev.tightship.compose.PortItem;

/** Who reaches a service by a port of the machine, from the fewest to the most. */
public enum Exposure {
  NOBODY,
  /** It listens on a loopback address. */
  MACHINE,
  /** That cannot be told. */
  UNKNOWN,
  /** It listens on all addresses, or on one of the machine's own. */
  OTHERS;

  /** Of one port. */
  public static Exposure of(PortItem port) {
    return port.address() == null ? UNKNOWN : port.isLoopback() ? MACHINE : OTHERS;
  }

  Exposure or(Exposure other) {
    return compareTo(other) < 0 ? other : this;
  }
}
