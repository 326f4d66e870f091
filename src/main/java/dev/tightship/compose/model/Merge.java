package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a later file makes of an earlier one (compose-go: override/merge.go). Mappings are merged by
 * key, lists appended, all else replaced; the table holds what is different.
 */
final class Merge {

  private interface Special {
    Data merge(Data base, Data over, @Nullable Rules<Special> here) throws Refused;
  }

  private static final Rules<Special> SPECIALS = specials();

  private Merge() {}

  private static Rules<Special> specials() {
    var rules = new Rules<Special>();
    rules.add("networks.*.ipam.config", (base, over, here) -> AddressPools.merge(base, over));
    for (String section : List.of("networks", "volumes", "secrets", "configs")) {
      rules.add(section + ".*.labels", Merge::byKey);
    }
    for (String key :
        List.of(
            "annotations",
            "build.args",
            "build.additional_contexts",
            "build.labels",
            "environment",
            "labels",
            "sysctls")) {
      rules.add(Rules.WORKLOADS, key, Merge::byKey);
    }
    for (String key :
        List.of(
            "build.extra_hosts",
            "dns",
            "dns_opt",
            "dns_search",
            "env_file",
            "label_file",
            "extra_hosts",
            "tmpfs")) {
      rules.add(Rules.WORKLOADS, key, Merge::appended);
    }
    for (String key : List.of("command", "entrypoint", "healthcheck.test")) {
      rules.add(Rules.WORKLOADS, key, (base, over, here) -> over);
    }
    return rules
        .add(Rules.WORKLOADS, "build", Merge::build)
        .add(Rules.WORKLOADS, "depends_on", (b, o, here) -> named(b, o, DEPENDENCY, here))
        .add(Rules.WORKLOADS, "models", (b, o, here) -> named(b, o, Data.Scalar.NULL, here))
        .add(Rules.WORKLOADS, "networks", (b, o, here) -> named(b, o, Data.Scalar.NULL, here))
        .add(Rules.WORKLOADS, "logging", Merge::logging)
        .add(Rules.WORKLOADS, "ulimits.*", Merge::limit)
        .add("services.*.deploy.labels", Merge::byKey);
  }

  /** What {@code depends_on: [name]} means. */
  static final Data.Mapping DEPENDENCY =
      new Data.Mapping(
          Map.of("condition", Data.string("service_started"), "required", Data.bool(true)));

  /** Two whole models. */
  static Data.Mapping models(Data.Mapping base, Data.Mapping over) throws Refused {
    return mappings(base, over, SPECIALS);
  }

  /** Two values at a place, {@code services.NAME}. */
  static Data at(String section, String name, Data base, Data over) throws Refused {
    Rules<Special> rules = SPECIALS.key(section);
    return merge(base, over, rules == null ? null : rules.key(name));
  }

  /** Two values for which no special rule counts. */
  static Data plain(Data base, Data over) throws Refused {
    return merge(base, over, null);
  }

  private static Data merge(Data base, Data over, @Nullable Rules<Special> rules) throws Refused {
    Special special = rules == null ? null : rules.here();
    if (special != null) {
      return special.merge(base, over, rules);
    }
    if (over.isNull()) {
      return base;
    }
    if (base instanceof Data.Mapping mapping) {
      if (!(over instanceof Data.Mapping other)) {
        throw new Refused("a mapping is overridden by what is none");
      }
      return mappings(mapping, other, rules);
    }
    if (base instanceof Data.Sequence list) {
      if (!(over instanceof Data.Sequence other)) {
        throw new Refused("a list is overridden by what is none");
      }
      return appended(list.items(), other.items());
    }
    return over;
  }

  static Data.Mapping mappings(Data.Mapping base, Data.Mapping over, @Nullable Rules<Special> rules)
      throws Refused {
    var merged = new LinkedHashMap<>(base.entries());
    for (Map.Entry<String, Data> entry : over.entries().entrySet()) {
      String key = entry.getKey();
      Data old = merged.get(key);
      Data value =
          old == null
              ? entry.getValue()
              : merge(old, entry.getValue(), rules == null ? null : rules.key(key));
      merged.put(key, value);
    }
    return new Data.Mapping(merged);
  }

  /** Later items behind the earlier ones, but none that is there already. */
  private static Data appended(List<Data> base, List<Data> over) {
    var items = new ArrayList<>(base);
    var seen = new LinkedHashSet<>(base);
    for (Data item : over) {
      if (seen.add(item)) {
        items.add(item);
      }
    }
    return new Data.Sequence(items);
  }

  private static Data appended(Data base, Data over, @Nullable Rules<Special> here) {
    return appended(items(base), items(over));
  }

  /** {@code KEY=VALUE} items, the last one of a key in the place of the first. */
  private static Data byKey(Data base, Data over, @Nullable Rules<Special> here) throws Refused {
    var all = new ArrayList<>(items(base));
    all.addAll(items(over));
    return Unicity.unique(all, Unicity::key);
  }

  /** A mapping as sorted {@code KEY=VALUE} items, a text as one item. */
  private static List<Data> items(Data data) {
    if (data instanceof Data.Sequence list) {
      return list.items();
    }
    if (Data.text(data) != null) {
      return List.of(data);
    }
    if (!(data instanceof Data.Mapping mapping)) {
      return List.of();
    }
    var items = new ArrayList<String>();
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              if (value.isNull()) {
                items.add(key);
              } else if (value instanceof Data.Sequence values) {
                values.items().forEach(each -> items.add(key + "=" + each.print()));
              } else {
                items.add(key + "=" + value.print());
              }
            });
    items.sort(Text.BY_CODE_POINT);
    return Data.strings(items).items();
  }

  private static Data build(Data base, Data over, @Nullable Rules<Special> here) throws Refused {
    return mappings(context(base), context(over), here);
  }

  private static Data.Mapping context(Data build) {
    return build instanceof Data.Mapping mapping
        ? mapping
        : Data.text(build) != null ? Data.mapping("context", build) : Data.Mapping.EMPTY;
  }

  /** Options are merged only where both files mean the same driver, or one of them names none. */
  private static Data logging(Data base, Data over, @Nullable Rules<Special> here) throws Refused {
    if (!(base instanceof Data.Mapping before) || !(over instanceof Data.Mapping after)) {
      throw new Refused("logging is no mapping");
    }
    Data driver = after.get("driver");
    Data previous = before.get("driver");
    boolean same = driver == null || previous == null || driver.equals(previous);
    return same ? mappings(before, after, here) : after;
  }

  private static Data limit(Data base, Data over, @Nullable Rules<Special> here) throws Refused {
    return base instanceof Data.Mapping before && over instanceof Data.Mapping after
        ? mappings(before, after, here)
        : over;
  }

  /** A list of names is a mapping from each to a default. */
  private static Data named(Data base, Data over, Data each, @Nullable Rules<Special> here)
      throws Refused {
    return mappings(byName(base, each), byName(over, each), here);
  }

  private static Data.Mapping byName(Data data, Data each) throws Refused {
    if (data instanceof Data.Mapping mapping) {
      return mapping;
    }
    var names = new LinkedHashMap<String, Data>();
    for (Data item : data.isNull() ? List.<Data>of() : listed(data)) {
      String name = Data.text(item);
      if (name == null) {
        throw new Refused("a name is no text");
      }
      names.put(name, each);
    }
    return new Data.Mapping(names);
  }

  private static List<Data> listed(Data data) {
    return data instanceof Data.Sequence list ? list.items() : List.of(data);
  }
}
