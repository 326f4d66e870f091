package dev.tightship.compose.model;

import dev.tightship.edit.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists in which each key stands once (compose-go: override/uncity.go): the last item of a key
 * wins, in the place of the first. Only for services.
 */
final class Unicity {

  private static final Rules<Rule> RULES = rules();

  /** What an item is known by. */
  interface Index {
    String of(Data item) throws Refused;
  }

  private Unicity() {}

  private static Rules<Rule> rules() {
    var rules = new Rules<Rule>();
    rules.add("networks.*.labels", by(Unicity::key));
    rules.add("networks.*.ipam.options", by(Unicity::key));
    for (String list :
        List.of(
            "annotations",
            "build.args",
            "build.additional_contexts",
            "build.platform",
            "build.tags",
            "build.labels",
            "cap_add",
            "cap_drop",
            "deploy.labels",
            "dns",
            "dns_opt",
            "dns_search",
            "environment",
            "labels",
            "links",
            "networks.*.aliases",
            "networks.*.link_local_ips",
            "profiles",
            "sysctls",
            "tmpfs")) {
      rules.add("services.*." + list, by(Unicity::key));
    }
    return rules
        .add("services.*.configs", by(item -> mount("", item)))
        .add("services.*.secrets", by(item -> mount("/run/secrets", item)))
        .add("services.*.env_file", by(Unicity::envFile))
        .add("services.*.expose", by(Unicity::exposed))
        .add("services.*.ports", by(Unicity::port))
        .add("services.*.volumes", by(Unicity::volume))
        .add("services.*.devices", by(Unicity::device));
  }

  static Data.Mapping enforce(Data.Mapping model) throws Refused {
    return (Data.Mapping) Rule.walk(model, RULES);
  }

  static Data.Sequence unique(List<Data> items, Index index) throws Refused {
    var byKey = new LinkedHashMap<String, Data>();
    for (Data item : items) {
      byKey.put(index.of(item), item);
    }
    return new Data.Sequence(new ArrayList<>(byKey.values()));
  }

  private static Rule by(Index index) {
    return (at, below) ->
        at instanceof Data.Sequence list ? unique(list.items(), index) : Rule.inside(at, below);
  }

  /** What stands before the first equals sign. */
  static String key(Data item) throws Refused {
    String text = Data.text(item);
    if (text == null) {
      throw new Refused("an item is no text");
    }
    int equals = text.indexOf('=');
    return equals < 0 ? text : text.substring(0, equals);
  }

  private static String mount(String folder, Data item) throws Refused {
    String name = Data.text(item);
    if (name != null) {
      return folder + "/" + name;
    }
    Data.Mapping mapping = mapping(item);
    Data target = mapping.get("target");
    return target != null ? target.print() : folder + "/" + print(mapping.get("source"));
  }

  private static String envFile(Data item) throws Refused {
    String path = Data.text(item);
    return path != null ? path : required(mapping(item), "path");
  }

  private static String exposed(Data item) throws Refused {
    if (item instanceof Data.Scalar scalar
        && (scalar.kind() == Kind.STRING || scalar.kind() == Kind.INT)) {
      return scalar.text();
    }
    throw new Refused("an exposed port is neither a text nor a whole number");
  }

  /** The parts as they are written: a published {@code "80"} and 80 are two. */
  private static String port(Data item) throws Refused {
    if (!(item instanceof Data.Mapping mapping)) {
      return item.print();
    }
    Data target = mapping.get("target");
    if (target == null) {
      throw new Refused("a port has no target");
    }
    return kept(mapping.get("host_ip"), "0.0.0.0")
        + ":"
        + kept(mapping.get("published"), "%!s(<nil>)")
        + ":"
        + typed(target, Kind.INT)
        + "/"
        + kept(mapping.get("protocol"), "tcp");
  }

  private static String kept(@Nullable Data part, String otherwise) {
    return part == null ? otherwise : typed(part, Kind.STRING);
  }

  private static String typed(Data data, Kind expected) {
    return data instanceof Data.Scalar scalar && scalar.kind() == expected
        ? scalar.text()
        : "%!(" + data + ")";
  }

  private static String volume(Data item) throws Refused {
    String text = Data.text(item);
    return text != null ? VolumeText.read(text).target() : required(mapping(item), "target");
  }

  private static String device(Data item) throws Refused {
    String text = Data.text(item);
    if (text == null) {
      return required(mapping(item), "target");
    }
    String[] parts = text.split(":", -1);
    return parts.length == 1 ? parts[0] : parts[1];
  }

  private static Data.Mapping mapping(Data item) throws Refused {
    if (item instanceof Data.Mapping mapping) {
      return mapping;
    }
    throw new Refused("an item is neither a text nor a mapping");
  }

  private static String required(Data.Mapping mapping, String key) throws Refused {
    String text = Data.text(mapping.get(key));
    if (text == null) {
      throw new Refused("an item has no " + key);
    }
    return text;
  }

  private static String print(@Nullable Data data) {
    return data == null ? "%!s(<nil>)" : data.print();
  }
}
