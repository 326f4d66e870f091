package dev.tightship.passes;

import dev.tightship.compose.PortSpec.Ports;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ports of a broker that serve its programs, its page and its cluster (AMQP, RabbitMQ); with all
 * others devices elsewhere may speak.
 */
final class BrokerPorts {

  private static final Set<Integer> OF_PROGRAMS =
      Set.of(4369, 5671, 5672, 15671, 15672, 15691, 15692, 25672);

  private BrokerPorts() {}

  /** Whether nobody but programs speaks with ports, those of a container. */
  static boolean areOfPrograms(Ports ports) {
    return IntStream.rangeClosed(ports.first(), ports.last()).allMatch(OF_PROGRAMS::contains);
  }
}
