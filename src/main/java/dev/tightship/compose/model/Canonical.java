package dev.tightship.compose.model;

import dev.tightship.edit.Value.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The long form of what may be written short (compose-go: transform). Where variables are left as
 * they are, what can't be taken apart stays as it is written.
 */
final class Canonical {

  private static final Canonical LENIENT = new Canonical(true);
  private static final Canonical STRICT = new Canonical(false);

  private final boolean lenient;
  private final Rules<Rule> rules;

  private Canonical(boolean lenient) {
    this.lenient = lenient;
    this.rules = rules();
  }

  /**
   * @param lenient whether variables are not filled in
   */
  static Data.Mapping of(Data.Mapping model, boolean lenient) throws Refused {
    return (Data.Mapping) Rule.walk(model, (lenient ? LENIENT : STRICT).rules);
  }

  private Rules<Rule> rules() {
    var rules = new Rules<Rule>();
    for (String key : List.of("label_file", "dns")) {
      rules.add(Rules.CONTAINERS, key, Canonical::list);
    }
    for (String key : List.of("networks", "models")) {
      rules.add(Rules.CONTAINERS, key, Canonical::named);
    }
    for (String key : List.of("secrets.*", "configs.*")) {
      rules.add(Rules.CONTAINERS, key, (at, below) -> mapping(at, "source"));
    }
    rules
        .add(Rules.CONTAINERS, "env_file", Canonical::envFiles)
        .add(Rules.CONTAINERS, "gpus", Canonical::gpus)
        .add(Rules.CONTAINERS, "volumes.*", this::volume)
        .add(Rules.CONTAINERS, "devices.*", this::device)
        .add(Rules.CONTAINERS, "ulimits.*", this::limit)
        .add(Rules.WORKLOADS, "build.secrets.*", (at, below) -> mapping(at, "source"))
        .add(Rules.WORKLOADS, "build.provenance", Canonical::printed)
        .add(Rules.WORKLOADS, "build.sbom", Canonical::printed)
        .add(Rules.WORKLOADS, "build.additional_contexts", this::pairs)
        .add(Rules.WORKLOADS, "build.ssh", this::keys)
        .add(Rules.WORKLOADS, "build.ulimits.*", this::limit)
        .add(Rules.WORKLOADS, "build", (at, below) -> Rule.inside(mapping(at, "context"), below))
        .add(Rules.WORKLOADS, "depends_on", Canonical::dependencies)
        .add(Rules.WORKLOADS, "extends", (at, below) -> mapping(at, "service"))
        .add(Rules.WORKLOADS, "ports", this::ports)
        .add("jobs.*.triggers.schedule.*", (at, below) -> mapping(at, "cron"))
        .add("services.*.develop.watch.*.ignore", Canonical::list)
        .add("services.*.develop.watch.*.include", Canonical::list);
    for (String section : List.of("volumes", "networks", "secrets", "configs")) {
      rules.add(section + ".*", Canonical::external);
    }
    return rules;
  }

  /** A text under the key that it is short for. */
  private static Data mapping(Data at, String key) throws Refused {
    if (at instanceof Data.Mapping) {
      return at;
    }
    if (Data.text(at) == null) {
      throw new Refused("neither a text nor a mapping");
    }
    return Data.mapping(key, at);
  }

  private static Data list(Data at, Rules<Rule> below) {
    return Data.text(at) == null ? at : new Data.Sequence(List.of(at));
  }

  private static Data printed(Data at, Rules<Rule> below) {
    return Data.string(at.print());
  }

  private static Data named(Data at, Rules<Rule> below) throws Refused {
    return at instanceof Data.Sequence list ? byName(list, Data.Scalar.NULL) : at;
  }

  private static Data byName(Data.Sequence list, Data each) throws Refused {
    var names = new LinkedHashMap<String, Data>();
    for (Data item : list.items()) {
      names.put(string(item), each);
    }
    return new Data.Mapping(names);
  }

  private static Data dependencies(Data at, Rules<Rule> below) throws Refused {
    if (at instanceof Data.Sequence list) {
      return byName(list, Merge.DEPENDENCY);
    }
    if (!(at instanceof Data.Mapping mapping)) {
      throw new Refused("depends_on is neither a list nor a mapping");
    }
    var all = new LinkedHashMap<String, Data>();
    for (Map.Entry<String, Data> entry : mapping.entries().entrySet()) {
      if (!(entry.getValue() instanceof Data.Mapping dependency)) {
        throw new Refused("a dependency is no mapping");
      }
      Data.Mapping full = dependency;
      for (Map.Entry<String, Data> otherwise : Merge.DEPENDENCY.entries().entrySet()) {
        full = full.orElse(otherwise.getKey(), otherwise.getValue());
      }
      all.put(entry.getKey(), full);
    }
    return new Data.Mapping(all);
  }

  private static Data envFiles(Data at, Rules<Rule> below) throws Refused {
    if (Data.text(at) != null) {
      return new Data.Sequence(List.of(envFile(at)));
    }
    if (!(at instanceof Data.Sequence list)) {
      throw new Refused("env_file is neither a text nor a list");
    }
    var files = new ArrayList<Data>();
    for (Data item : list.items()) {
      files.add(envFile(item));
    }
    return new Data.Sequence(files);
  }

  private static Data envFile(Data item) throws Refused {
    return ((Data.Mapping) mapping(item, "path")).orElse("required", Data.bool(true));
  }

  private static Data gpus(Data at, Rules<Rule> below) throws Refused {
    if (at instanceof Data.Sequence) {
      return at;
    }
    string(at);
    return new Data.Sequence(List.of(Data.mapping("count", Data.string("all"))));
  }

  private Data volume(Data at, Rules<Rule> below) throws Refused {
    if (at instanceof Data.Mapping) {
      return at;
    }
    String text = string(at);
    try {
      return VolumeText.read(text).data();
    } catch (Refused e) {
      return kept(at, e);
    }
  }

  private Data kept(Data at, Refused why) throws Refused {
    if (lenient) {
      return at;
    }
    throw why;
  }

  private Data device(Data at, Rules<Rule> below) throws Refused {
    if (at instanceof Data.Mapping) {
      return at;
    }
    String[] parts = string(at).split(":", -1);
    boolean confusing = parts.length > 3;
    if (confusing && !lenient) {
      throw new Refused("a device has too many colons");
    }
    String source = confusing ? "" : parts[0];
    String target = confusing || parts.length < 2 || parts[1].isEmpty() ? source : parts[1];
    String permissions = parts.length == 3 ? parts[2] : "rwm";
    return new Data.Mapping(
        Map.of(
            "source",
            Data.string(source),
            "target",
            Data.string(target),
            "permissions",
            Data.string(permissions)));
  }

  private Data limit(Data at, Rules<Rule> below) throws Refused {
    boolean fine =
        at instanceof Data.Mapping
            || (at instanceof Data.Scalar scalar
                && (scalar.kind() == Kind.INT || (lenient && scalar.kind() == Kind.STRING)));
    if (!fine) {
      throw new Refused("a limit is neither a whole number nor a mapping");
    }
    return at;
  }

  private Data pairs(Data at, Rules<Rule> below) throws Refused {
    return split(at, null);
  }

  /** SSH keys; {@code default} may stand alone. */
  private Data keys(Data at, Rules<Rule> below) throws Refused {
    return split(at, "default");
  }

  private Data split(Data at, @Nullable String alone) throws Refused {
    if (at instanceof Data.Mapping) {
      return at;
    }
    if (!(at instanceof Data.Sequence list)) {
      throw new Refused("neither a list nor a mapping");
    }
    var pairs = new LinkedHashMap<String, Data>();
    for (Data item : list.items()) {
      String text = string(item);
      int equals = text.indexOf('=');
      if (equals >= 0) {
        pairs.put(text.substring(0, equals), Data.string(text.substring(equals + 1)));
      } else if (text.equals(alone)) {
        pairs.put(text, Data.Scalar.NULL);
      } else {
        return kept(at, new Refused("an item has no equals sign"));
      }
    }
    return new Data.Mapping(pairs);
  }

  private Data ports(Data at, Rules<Rule> below) throws Refused {
    if (!(at instanceof Data.Sequence list)) {
      throw new Refused("ports is no list");
    }
    try {
      return Ports.expanded(list);
    } catch (Refused e) {
      return kept(at, e);
    }
  }

  private static Data external(Data at, Rules<Rule> below) throws Refused {
    if (at.isNull()) {
      return at;
    }
    if (!(at instanceof Data.Mapping resource)) {
      throw new Refused("a resource is no mapping");
    }
    if (!(resource.get("external") instanceof Data.Mapping external)) {
      return resource;
    }
    Data.Mapping flat = resource.with("external", Data.bool(true));
    Data name = external.get("name");
    Data own = resource.get("name");
    if (name != null && own != null && !name.equals(own)) {
      throw new Refused("name and external.name are two");
    }
    return name == null ? flat : flat.with("name", name);
  }

  private static String string(Data data) throws Refused {
    String text = Data.text(data);
    if (text == null) {
      throw new Refused("not a text");
    }
    return text;
  }
}
