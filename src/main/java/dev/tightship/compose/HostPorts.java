package dev.tightship.compose;

import dev.tightship.compose.PortSpec.Ports;
import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ports of the machine that a service asks for by number, each leading to one of its own.
 *
 * @param place the item of the list that says so
 * @param address where it listens; empty for all addresses
 * @param host as many as the container's
 */
public record HostPorts(
    Service service, Place place, String address, Ports host, Ports container, String protocol) {

  /** Of a service over all files; what a variable without a value decides is left out. */
  public static List<HostPorts> of(Service service) {
    var ports = new ArrayList<HostPorts>();
    if (service.has("network_mode") && !"bridge".equals(service.text("network_mode").orElse(""))) {
      return ports; // publishes nothing
    }
    if (service.find("ports") instanceof Answer.Unknown) {
      return ports;
    }
    for (Service.PlacedList list : service.lists("ports")) {
      for (Node item : list.list().items()) {
        Place place = list.place().item(item.value());
        Node node = item instanceof Node.Alias alias ? alias.target() : item;
        HostPorts port =
            node instanceof Node.Mapping mapping
                ? of(service, place, mapping)
                : node instanceof Node.Scalar scalar
                    ? of(service, place, text(service, scalar))
                    : null;
        if (port != null) {
          ports.add(port);
        }
      }
    }
    return ports;
  }

  private static @Nullable HostPorts of(Service service, Place place, String text) {
    return PortSpec.parse(text) instanceof PortSpec.Valid port
            && port.host() != null
            && port.host().first() > 0
            && port.host().count() == port.container().count()
        ? new HostPorts(service, place, port.ip(), port.host(), port.container(), port.protocol())
        : null;
  }

  /** The long form, by way of the short one. */
  private static @Nullable HostPorts of(Service service, Place place, Node.Mapping mapping) {
    if (mapping.get("<<") != null) {
      return null;
    }
    String ip = text(service, mapping.get("host_ip"));
    String protocol = text(service, mapping.get("protocol"));
    return of(
        service,
        place,
        "%s%s:%s/%s"
            .formatted(
                ip.isEmpty() ? "" : ip.contains(":") ? "[" + ip + "]:" : ip + ":",
                text(service, mapping.get("published")),
                text(service, mapping.get("target")),
                protocol.isEmpty() ? "tcp" : protocol));
  }

  /** Empty where there is none, and a sign that no port has where it is not known. */
  private static String text(Service service, @Nullable Node node) {
    if (node == null) {
      return "";
    }
    return node instanceof Node.Scalar scalar ? service.interpolated(scalar).orElse("?") : "?";
  }

  /** The ports that both want on an address that both listen on, or null. */
  public @Nullable Ports clash(HostPorts other) {
    int first = Math.max(host.first(), other.host.first());
    int last = Math.min(host.last(), other.host.last());
    return first > last || !protocol.equals(other.protocol) || !overlaps(address, other.address)
        ? null
        : new Ports(first, last);
  }

  /** Whether Compose takes two items of one service for the same, where they meet. */
  public boolean isSame(HostPorts other) {
    return container.first() - host.first() == other.container.first() - other.host.first()
        && any(address).equals(any(other.address));
  }

  /** An address of all is of all of one family; none at all is of both. */
  private static boolean overlaps(String a, String b) {
    return a.isEmpty()
        || b.isEmpty()
        || a.equals(b)
        || (a.contains(":") == b.contains(":") && (isAny(a) || isAny(b)));
  }

  private static String any(String address) {
    return address.isEmpty() ? "0.0.0.0" : address;
  }

  private static boolean isAny(String address) {
    return address.equals("0.0.0.0") || address.matches("[0:]+");
  }
}
