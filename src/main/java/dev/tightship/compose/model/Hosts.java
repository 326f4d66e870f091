package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code extra_hosts} (compose-go: types/hostList.go). */
final class Hosts {

  private Hosts() {}

  static Data of(Data in) throws Refused {
    var hosts = new LinkedHashMap<String, List<String>>();
    if (in instanceof Data.Mapping mapping) {
      for (Map.Entry<String, Data> entry : mapping.entries().entrySet()) {
        hosts.put(entry.getKey(), addresses(entry.getValue()));
      }
    } else if (in instanceof Data.Sequence list) {
      for (Data item : list.items()) {
        add(item.print(), hosts);
      }
    } else {
      throw new Refused("neither a list nor a mapping");
    }
    var printed = new ArrayList<String>();
    for (Map.Entry<String, List<String>> entry : hosts.entrySet()) {
      String host = entry.getKey();
      if (host.isEmpty() || host.contains(":") || host.contains("=")) {
        throw new Refused("a host without a fair name");
      }
      entry.getValue().forEach(ip -> printed.add(host + "=" + bare(ip)));
    }
    printed.sort(Text.BY_CODE_POINT);
    return Data.strings(printed);
  }

  private static List<String> addresses(Data data) throws Refused {
    if (data instanceof Data.Sequence list) {
      return list.items().stream().map(Data::print).toList();
    }
    String text = data.isNull() ? "" : Data.text(data);
    if (text == null) {
      throw new Refused("an address that is no text");
    }
    return List.of(text);
  }

  private static void add(String text, Map<String, List<String>> hosts) throws Refused {
    int at = text.indexOf('=');
    at = at < 0 ? text.indexOf(':') : at;
    if (at < 0) {
      throw new Refused("a host without an address");
    }
    hosts
        .computeIfAbsent(text.substring(0, at), host -> new ArrayList<>())
        .addAll(List.of(text.substring(at + 1).split(",", -1)));
  }

  private static String bare(String ip) {
    boolean brackets = ip.length() > 2 && ip.startsWith("[") && ip.endsWith("]");
    return brackets ? ip.substring(1, ip.length() - 1) : ip;
  }
}
