package dev.tightship.report;

import dev.tightship.compose.PortItem;
import dev.tightship.network.Exposure;
import java.util.Collection;
import java.util.List;

/** How reports speak of what can be reached. */
final class ReachWords {

  private ReachWords() {}

  /**
   * A port of the machine and what it leads to, as {@code docker ps} has it: {@code
   * 127.0.0.1:8080->80}, {@code any->53/udp} where the engine chooses, {@code ?->80} where that is
   * not known.
   */
  static String port(PortItem port) {
    if (port.host() == null && port.container() == null) {
      return "a port of which %s".formatted(port.unknown());
    }
    String address = port.address();
    String at =
        address == null
            ? "?:"
            : port.isAny() ? "" : (address.contains(":") ? "[" + address + "]" : address) + ":";
    String host =
        port.host() != null ? port.host().toString() : port.unknown() == null ? "any" : "?";
    String protocol =
        port.protocol() == null ? "/?" : port.protocol().equals("tcp") ? "" : "/" + port.protocol();
    return "%s%s->%s%s"
        .formatted(at, host, port.container() == null ? "?" : port.container(), protocol);
  }

  /** For whom ports are open, for people. */
  static String of(Exposure exposure) {
    return switch (exposure) {
      case NOBODY -> "to nobody";
      case MACHINE -> "to this machine alone";
      case UNKNOWN -> "to whom is not known";
      case OTHERS -> "to other machines";
    };
  }

  /** Who that is, in a picture. */
  static String from(Exposure exposure) {
    return switch (exposure) {
      case NOBODY -> "nobody";
      case MACHINE -> "this machine";
      case UNKNOWN -> "not known who";
      case OTHERS -> "other machines";
    };
  }

  /** The same for programs. */
  static String word(Exposure exposure) {
    return switch (exposure) {
      case NOBODY -> "nobody";
      case MACHINE -> "machine";
      case UNKNOWN -> "unknown";
      case OTHERS -> "others";
    };
  }

  /** The first of some names, and how many more there are; {@code none} of none. */
  static String listed(Collection<String> names, int most) {
    List<String> first = names.stream().limit(most).toList();
    int more = names.size() - first.size();
    return first.isEmpty()
        ? "none"
        : String.join(", ", first) + (more == 0 ? "" : " and %d more".formatted(more));
  }
}
