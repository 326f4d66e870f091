package dev.tightship.network;

import dev.tightship.compose.Service;
import dev.tightship.compose.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of {@code extra_hosts}: {@code name:address}, {@code name=address}, or a mapping.
 *
 * @param address as the project writes it, without brackets
 */
record ExtraHosts(String name, String address, Where where) {

  /** Stands for the machine itself. */
  private static final String GATEWAY = "host-gateway";

  boolean isGateway() {
    return address.equals(GATEWAY);
  }

  static List<ExtraHosts> of(Service service) {
    var hosts = new ArrayList<ExtraHosts>();
    for (Texts said : service.texts("extra_hosts")) {
      for (Texts.Text text : said.all()) {
        String value = said.frame().interpolated(text.scalar()).orElse("");
        int sign = value.indexOf('=') >= 0 ? value.indexOf('=') : value.indexOf(':');
        if (text.key() != null) {
          hosts.add(of(text.key(), value, said, text));
        } else if (sign > 0) {
          hosts.add(of(value.substring(0, sign), value.substring(sign + 1), said, text));
        }
      }
    }
    return hosts;
  }

  private static ExtraHosts of(String name, String address, Texts said, Texts.Text text) {
    return new ExtraHosts(
        name.strip(), address.strip().replaceAll("[\\[\\]]", ""), Edges.where(said, text));
  }
}
