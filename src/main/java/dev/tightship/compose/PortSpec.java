package dev.tightship.compose;

import dev.tightship.text.Span;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The short form of an item of {@code ports:}, {@code [[ip:]host:]container[/protocol]}, as Compose
 * takes or refuses it after variables are substituted. White space is refused everywhere.
 */
public sealed interface PortSpec {

  /** The greatest port number. */
  int MAX_PORT = 65535;

  /** The text that was read. */
  String text();

  /**
   * A port or a range of ports.
   *
   * @param first at least 0
   * @param last at least {@code first}, at most 65535
   */
  record Ports(int first, int last) {

    public int count() {
      return last - first + 1;
    }

    public boolean contains(int port) {
      return first <= port && port <= last;
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  /**
   * What Compose accepts.
   *
   * @param ip the address to listen on, without brackets; empty for all of them
   * @param host the ports of the host, or null where the engine chooses one; a range beside a
   *     single container port is a choice, otherwise both have as many ports
   * @param container the ports in the container
   * @param protocol {@code tcp}, {@code udp} or {@code sctp}, in lower case
   * @param ipSpan where the address stands in the text, its brackets included; empty if there is
   *     none
   * @param hostSpan where the host's ports stand; empty if there are none
   * @param containerSpan where the container's ports stand, without the protocol
   */
  record Valid(
      String text,
      String ip,
      @Nullable Ports host,
      Ports container,
      String protocol,
      Span ipSpan,
      Span hostSpan,
      Span containerSpan)
      implements PortSpec {}

  /**
   * What Compose refuses.
   *
   * @param reason what is wrong, in a few words
   */
  record Invalid(String text, String reason) implements PortSpec {}

  /** Reads an item that is a string. */
  static PortSpec parse(String text) {
    int slash = text.indexOf('/', text.lastIndexOf(':') + 1);
    int beforeContainer = text.lastIndexOf(':');
    int beforeHost = beforeContainer < 1 ? -1 : text.lastIndexOf(':', beforeContainer - 1);
    var containerSpan = new Span(beforeContainer + 1, slash < 0 ? text.length() : slash);
    var hostSpan = new Span(beforeHost + 1, Math.max(beforeContainer, beforeHost + 1));
    var ipSpan = new Span(0, Math.max(beforeHost, 0));

    if (containerSpan.isEmpty()) {
      return new Invalid(text, "no container port");
    }
    String protocol = slash < 0 ? "" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
    switch (protocol) {
      case "", "tcp", "udp", "sctp" -> {}
      default -> {
        return new Invalid(text, "the protocol is none of tcp, udp and sctp");
      }
    }
    String ip = IpAddress.unbracketed(ipSpan.of(text));
    if (ip == null || !(ip.isEmpty() || IpAddress.isValid(ip))) {
      return new Invalid(text, "what stands before the host port is no IP address");
    }
    Ports container = ports(containerSpan.of(text));
    if (container == null) {
      return new Invalid(text, "the container port is no number up to 65535, and no range");
    }
    if (container.first() == 0) {
      return new Invalid(text, "the container port is 0");
    }
    Ports host = hostSpan.isEmpty() ? null : ports(hostSpan.of(text));
    if (host == null && !hostSpan.isEmpty()) {
      return new Invalid(text, "the host port is no number up to 65535, and no range");
    }
    if (host != null && host.count() != container.count() && container.count() > 1) {
      return new Invalid(text, "the ranges of host and container differ in length");
    }
    String named = protocol.isEmpty() ? "tcp" : protocol;
    return new Valid(text, ip, host, container, named, ipSpan, hostSpan, containerSpan);
  }

  /**
   * The text without its white space, where Compose refuses it with and accepts it without, and
   * where nothing but the white space can have been meant: it stands at the ends or beside a colon,
   * slash or hyphen, never between two other chars ({@code "80 80"} may be two ports).
   */
  static Optional<String> mended(String text) {
    if (parse(text) instanceof Valid) {
      return Optional.empty();
    }
    var out = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        gap = true;
        continue;
      }
      boolean joins = gap && !out.isEmpty() && !sign(c) && !sign(out.charAt(out.length() - 1));
      if (joins) {
        return Optional.empty();
      }
      gap = false;
      out.append(c);
    }
    String mended = out.toString();
    return parse(mended) instanceof Valid ? Optional.of(mended) : Optional.empty();
  }

  private static boolean sign(char c) {
    return c == ':' || c == '/' || c == '-';
  }

  private static @Nullable Ports ports(String text) {
    int hyphen = text.indexOf('-');
    if (hyphen < 0) {
      int port = port(text);
      return port < 0 ? null : new Ports(port, port);
    }
    int first = port(text.substring(0, hyphen));
    int last = port(text.substring(hyphen + 1));
    return first < 0 || last < first ? null : new Ports(first, last);
  }

  /** Leading zeros and a plus sign are fine with Compose; -1 for what is no port. */
  private static int port(String text) {
    int value = 0;
    int start = text.startsWith("+") ? 1 : 0;
    if (start == text.length()) {
      return -1;
    }
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
      if (value > MAX_PORT) {
        return -1;
      }
    }
    return value;
  }
}
