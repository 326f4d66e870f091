package dev.tightship.compose;

import dev.tightship.compose.PortSpec.Ports;
import dev.tightship.yaml.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An item of {@code ports:} in either form, as far as it can be told. What {@code
 * ${BIND:-127.0.0.1}:80:80} says is its default, unless a file of variables says something else.
 *
 * @param address where it listens; empty for all addresses, null where that is not known
 * @param host the ports of the machine; null where the engine chooses one, or they are not known
 * @param container null where they are not known
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}; null where it is not known
 * @param unknown why not all of it is known, half a sentence; null where all is
 */
public record PortItem(
    @Nullable String address,
    @Nullable Ports host,
    @Nullable Ports container,
    @Nullable String protocol,
    @Nullable String unknown) {

  private static final String OPEN = "a variable without a value is in it";
  private static final String REFUSED = "Compose refuses it as it is written";

  /** Stands for a variable without a value; no part of a port has this sign. */
  private static final String GAP = "?";

  private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "sctp");

  /** An address, or the sign that there is none: what begins with a port goes on with another. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:([0-9]+(?:\\.[0-9]+){3}|\\[[0-9a-fA-F:.]+]):|(?=[0-9]+(?:-[0-9]+)?:))(.+)");

  /** Those of a service over all files, each once. */
  public static List<PortItem> of(Service service) {
    Set<PortItem> ports = new LinkedHashSet<>();
    for (Service.PlacedList list : service.lists("ports")) {
      for (Node item : list.list().items()) {
        Node node = Merged.resolve(item);
        if (node instanceof Node.Mapping) {
          ports.add(ofMapping(list.frame(), node));
        } else if (node instanceof Node.Scalar scalar) {
          ports.add(ofText(list.frame().interpolated(scalar, name -> GAP)));
        }
      }
    }
    return List.copyOf(ports);
  }

  private static PortItem ofText(String text) {
    PortSpec read = PortSpec.parse(PortSpec.mended(text).orElse(text));
    if (read instanceof PortSpec.Valid port) {
      return new PortItem(port.ip(), port.host(), port.container(), port.protocol(), null);
    }
    return text.contains(GAP) ? ofParts(text) : new PortItem(null, null, null, null, REFUSED);
  }

  /** What can be told of a text with gaps, each of which may be more than one part of it. */
  private static PortItem ofParts(String text) {
    int slash = text.indexOf('/', text.lastIndexOf(':') + 1);
    String protocol = slash >= 0 ? text.substring(slash + 1) : text.endsWith(GAP) ? GAP : "tcp";
    Matcher matcher = ADDRESS.matcher(slash < 0 ? text : text.substring(0, slash));
    String address = null;
    String rest = slash < 0 ? text : text.substring(0, slash);
    if (matcher.matches()) {
      address = matcher.group(1) == null ? "" : IpAddress.unbracketed(matcher.group(1));
      rest = matcher.group(2);
    }
    int colon = rest.lastIndexOf(':');
    String before = rest.substring(0, Math.max(colon, 0));
    String host = before.substring(before.lastIndexOf(':') + 1);
    boolean whole = address != null || before.contains(":"); // else it may hold an address as well
    return new PortItem(
        address,
        whole ? ports(host) : null,
        ports(rest.substring(colon + 1)),
        protocol(protocol),
        OPEN);
  }

  private static PortItem ofMapping(Frame frame, Node mapping) {
    String ip = text(frame, mapping, "host_ip");
    String published = text(frame, mapping, "published");
    String target = text(frame, mapping, "target");
    String protocol = text(frame, mapping, "protocol");
    boolean open = (ip + published + target + protocol).contains(GAP);
    boolean named = !ip.isEmpty() && !IpAddress.isValid(ip);
    Ports container = ports(target);
    return new PortItem(
        named ? null : ip,
        published.isEmpty() ? null : ports(published),
        container,
        protocol.isEmpty() ? "tcp" : protocol(protocol),
        open ? OPEN : named || container == null ? REFUSED : null);
  }

  /** Empty where there is none, and the sign of a gap where it is no text. */
  private static String text(Frame frame, Node mapping, String key) {
    Merged.Hit hit = Merged.find(mapping, key);
    return hit == null
        ? ""
        : hit.node() instanceof Node.Scalar scalar ? frame.interpolated(scalar, name -> GAP) : GAP;
  }

  private static @Nullable String protocol(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return PROTOCOLS.contains(lower) ? lower : null;
  }

  private static @Nullable Ports ports(String text) {
    return PortSpec.parse(text) instanceof PortSpec.Valid port && port.host() == null
        ? port.container()
        : null;
  }

  /** Whether it listens on all addresses of the machine; all zeros mean any. */
  public boolean isAny() {
    return address != null && (address.equals("0.0.0.0") || address.matches("[0:]*"));
  }

  /** Whether it listens for the machine alone. */
  public boolean isLoopback() {
    return address != null
        && (address.startsWith("127.")
            || address.matches("[0:]*:0*1")
            || address.matches("(?i)[0:]*:ffff:127\\..*"));
  }
}
