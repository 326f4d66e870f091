package dev.tightship.compose.model;

import dev.tightship.compose.PortSpec;
import dev.tightship.edit.Value.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The long form of ports (compose-go: transform/ports.go); a range becomes many. */
final class Ports {

  /** More than a machine has, so that a short text can't fill the memory. */
  private static final int MOST = 200_000;

  private Ports() {}

  static Data expanded(Data.Sequence list) throws Refused {
    var ports = new ArrayList<Data>();
    for (Data item : list.items()) {
      if (item instanceof Data.Mapping) {
        ports.add(item);
      } else if (item instanceof Data.Scalar scalar
          && (scalar.kind() == Kind.INT || scalar.kind() == Kind.STRING)) {
        expand(scalar.text(), ports);
      } else {
        throw new Refused("a port is neither a text, a whole number nor a mapping");
      }
      if (ports.size() > MOST) {
        throw new Refused("more than " + MOST + " ports");
      }
    }
    return new Data.Sequence(ports);
  }

  private static void expand(String text, List<Data> ports) throws Refused {
    if (!(PortSpec.parse(text) instanceof PortSpec.Valid port)) {
      throw new Refused("a port that is none");
    }
    PortSpec.Ports host = port.host();
    var numbers = new ArrayList<Integer>();
    for (int i = port.container().first(); i <= port.container().last(); i++) {
      numbers.add(i);
    }
    // Compose sorts them as texts, so 10 stands before 9
    numbers.sort(Comparator.comparing(number -> number + "/"));
    boolean one = numbers.size() == 1;
    for (int number : numbers) {
      String published =
          host == null
              ? null
              : one
                  ? host.toString()
                  : Integer.toString(host.first() + number - port.container().first());
      ports.add(port(port, number, published));
    }
  }

  private static Data port(PortSpec.Valid port, int target, @Nullable String published) {
    var data = new LinkedHashMap<String, Data>();
    data.put("mode", Data.string("ingress"));
    if (!port.ip().isEmpty()) {
      data.put("host_ip", Data.string(port.ip()));
    }
    data.put("target", Data.integer(target));
    if (published != null) {
      data.put("published", Data.string(published));
    }
    data.put("protocol", Data.string(port.protocol()));
    return new Data.Mapping(data);
  }
}
