package dev.tightship.passes;

import dev.tightship.compose.Frame;
import dev.tightship.compose.Interpolation;
import dev.tightship.compose.PortSpec;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.yaml.Node;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One item of {@code ports:} in either form, and how it is bound to an address.
 *
 * @param place where the item stands
 * @param container the ports in the container, or null where a variable without a value decides
 * @param address where it listens, empty for all addresses; null where it is not known
 * @param variable the variable that holds the address, or null
 * @param bind what binds the item to an address; null where that has no place in it
 */
record PublishedPort(
    Place place,
    PortSpec.@Nullable Ports container,
    @Nullable String address,
    @Nullable String variable,
    @Nullable Bind bind) {

  /** An address at the beginning of an item, whatever variables follow. */
  private static final Pattern ADDRESS =
      Pattern.compile("([0-9]+(\\.[0-9]+){3}|\\[[0-9a-fA-F:.]+])(?=:)");

  /** Makes the edit that binds an item to an address. */
  @FunctionalInterface
  interface Bind {
    Edit to(String address);
  }

  /** Null for what Compose refuses, and what is no port. */
  static @Nullable PublishedPort of(Service.PlacedList list, Node item) {
    Place place = list.place().item(item.value());
    boolean shared = item instanceof Node.Alias;
    Node node = item instanceof Node.Alias alias ? alias.target() : item;
    PublishedPort port =
        node instanceof Node.Mapping mapping
            ? ofMapping(list.frame(), place, mapping)
            : node instanceof Node.Scalar scalar ? ofText(list.frame(), place, scalar) : null;
    return port == null || !shared
        ? port
        : new PublishedPort(place, port.container, port.address, port.variable, null);
  }

  /** Whether every machine that reaches this one reaches the port; all zeros mean any address. */
  boolean isOpen() {
    return address != null && (address.equals("0.0.0.0") || address.matches("[0:]*"));
  }

  private static @Nullable PublishedPort ofText(Frame frame, Place place, Node.Scalar scalar) {
    String written = scalar.text();
    String text = frame.interpolated(scalar).orElse(null);
    if (text == null) {
      Matcher literal = ADDRESS.matcher(written);
      return literal.lookingAt()
          ? new PublishedPort(
              place,
              null,
              written.substring(0, literal.end()).replaceAll("[\\[\\]]", ""),
              null,
              to -> new Edit.Set(place, Value.string(to + written.substring(literal.end()))))
          : new PublishedPort(place, null, null, firstVariable(written), null);
    }
    if (!(PortSpec.parse(text) instanceof PortSpec.Valid port)) {
      return null;
    }
    String address = port.ipSpan().of(text);
    if (address.isEmpty()) {
      String free = written.contains(":") ? ":" : "::";
      Bind bind = to -> new Edit.Set(place, Value.string(to + free + written));
      return new PublishedPort(
          place,
          port.container(),
          "",
          null,
          colons(literal(written)) == colons(text) ? bind : null);
    }
    boolean literal = written.startsWith(address + ":");
    Bind bind = to -> new Edit.Set(place, Value.string(to + written.substring(address.length())));
    return new PublishedPort(
        place,
        port.container(),
        port.ip(),
        literal ? null : firstVariable(written),
        literal ? bind : null);
  }

  private static @Nullable PublishedPort ofMapping(Frame frame, Place place, Node.Mapping mapping) {
    boolean merges = mapping.get("<<") != null;
    if (mapping.get("target") == null && !merges) {
      return null;
    }
    PortSpec.Ports container =
        mapping.get("target") instanceof Node.Scalar target
                && PortSpec.parse(frame.interpolated(target).orElse(""))
                    instanceof PortSpec.Valid valid
            ? valid.container()
            : null;
    Bind bind = to -> new Edit.Set(place.key("host_ip"), Value.string(to));
    Node host = mapping.get("host_ip");
    if (host == null && !merges) {
      return new PublishedPort(place, container, "", null, bind);
    }
    if (!(host instanceof Node.Scalar scalar)) {
      return new PublishedPort(place, container, null, null, null);
    }
    String variable = firstVariable(scalar.text());
    return new PublishedPort(
        place,
        container,
        frame.interpolated(scalar).orElse(null),
        variable,
        variable == null ? bind : null);
  }

  private static @Nullable String firstVariable(String written) {
    var variables = Interpolation.parse(written).variables();
    return variables.isEmpty() ? null : variables.get(0).name();
  }

  /** The text without its variables. */
  private static String literal(String written) {
    var literal = new StringBuilder();
    for (Interpolation.Part part : Interpolation.parse(written).parts()) {
      if (part instanceof Interpolation.Literal text) {
        literal.append(text.text());
      }
    }
    return literal.toString();
  }

  private static long colons(String text) {
    return text.chars().filter(c -> c == ':').count();
  }
}
