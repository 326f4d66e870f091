package dev.tightship.report;

import dev.tightship.compose.PortItem;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.network.Exposure;
import dev.tightship.network.Network;
import dev.tightship.network.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What of a project can be reached at one time. Two that say the same are equal.
 *
 * @param pairs how many there are of a service and another that it can reach
 * @param networks those that a service is in
 * @param open what is reached by ports of the machine, in the order of the services
 * @param out the services that have a way out of the project, or may have one
 */
record ReachState(long pairs, List<Shared> networks, List<Open> open, List<String> out) {

  /**
   * A network.
   *
   * @param services whose order means nothing
   */
  record Shared(String name, boolean internal, boolean external, Set<String> services) {}

  /**
   * @param ports none where it listens on the machine itself
   */
  record Open(String service, Exposure exposure, List<PortItem> ports) {}

  static ReachState of(Project project, Reach reach) {
    var networks = new ArrayList<Shared>();
    for (Map.Entry<String, Set<String>> each : reach.byNetwork().entrySet()) {
      Network network = reach.topology().networks().get(each.getKey());
      networks.add(
          new Shared(
              each.getKey(),
              network != null && network.internal(),
              network != null && network.external(),
              each.getValue()));
    }
    var open = new ArrayList<Open>();
    var out = new ArrayList<String>();
    for (Service service : project.services()) {
      Exposure exposure = reach.exposure(service.name());
      if (exposure != Exposure.NOBODY) {
        open.add(new Open(service.name(), exposure, reach.ports(service.name())));
      }
      if (reach.callsOut(service.name())) {
        out.add(service.name());
      }
    }
    return new ReachState(reach.pairs(), networks, open, out);
  }

  /** Those that other machines reach, or may reach for all that is known. */
  List<String> openToOthers() {
    return open.stream()
        .filter(each -> each.exposure.compareTo(Exposure.UNKNOWN) >= 0)
        .map(each -> each.service + (each.exposure == Exposure.UNKNOWN ? " (perhaps)" : ""))
        .toList();
  }

  /** The object for programs, without what encloses it. */
  void write(JsonGenerator json, UnaryOperator<String> masked) {
    json.writeNumberProperty("pairs", pairs);
    json.writeArrayPropertyStart("networks");
    for (Shared network : networks) {
      json.writeStartObject();
      json.writeStringProperty("network", masked.apply(network.name));
      json.writeBooleanProperty("internal", network.internal);
      json.writeBooleanProperty("external", network.external);
      names(json, "services", network.services, masked);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("open");
    for (Open each : open) {
      json.writeStartObject();
      json.writeStringProperty("service", masked.apply(each.service));
      json.writeStringProperty("to", ReachWords.word(each.exposure));
      json.writeArrayPropertyStart("ports");
      for (PortItem port : each.ports) {
        json.writeStartObject();
        json.writeStringProperty("to", ReachWords.word(Exposure.of(port)));
        text(json, "address", port.address());
        text(json, "host", port.host());
        text(json, "container", port.container());
        text(json, "protocol", port.protocol());
        text(json, "unknown", port.unknown());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    names(json, "out", out, masked);
  }

  static void names(
      JsonGenerator json, String key, Iterable<String> names, UnaryOperator<String> masked) {
    json.writeArrayPropertyStart(key);
    names.forEach(name -> json.writeString(masked.apply(name)));
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String key, @Nullable Object value) {
    if (value != null) {
      json.writeStringProperty(key, value.toString());
    }
  }
}
