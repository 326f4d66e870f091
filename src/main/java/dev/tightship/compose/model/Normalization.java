package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a model says without saying it (compose-go: loader/normalize.go), on the whole project. */
final class Normalization {

  private static final String SERVICE = "service:";
  private static final String DEFAULT = "default";

  private final Function<String, @Nullable String> lookup;

  Normalization(Function<String, @Nullable String> lookup) {
    this.lookup = lookup;
  }

  /**
   * @param model with the name of the project
   */
  Data.Mapping normalize(Data.Mapping model) throws Refused {
    Data.Mapping networked = networks(model);
    for (String section : List.of("services", "jobs")) {
      if (networked.get(section) instanceof Data.Mapping containers) {
        var all = new LinkedHashMap<String, Data>();
        for (Map.Entry<String, Data> entry : containers.entries().entrySet()) {
          all.put(entry.getKey(), container(mapping(entry.getValue())));
        }
        networked = networked.with(section, new Data.Mapping(all));
      }
    }
    return named(networked);
  }

  /** A container that names no network is in the default one, which is there once one is in it. */
  private static Data.Mapping networks(Data.Mapping model) throws Refused {
    Data.Mapping changed = model;
    boolean used = false;
    for (String section : List.of("services", "jobs")) {
      if (!(model.get(section) instanceof Data.Mapping containers)) {
        continue;
      }
      var all = new LinkedHashMap<String, Data>();
      for (Map.Entry<String, Data> entry : containers.entries().entrySet()) {
        Data.Mapping container = mapping(entry.getValue());
        if (!container.has("provider") && !container.has("network_mode")) {
          Data networks = container.get("networks");
          boolean none = networks == null || mapping(networks).entries().isEmpty();
          if (none) {
            container = container.with("networks", Data.mapping(DEFAULT, Data.Scalar.NULL));
          }
          used |= none || mapping(networks).has(DEFAULT);
        }
        all.put(entry.getKey(), container);
      }
      changed = changed.with(section, new Data.Mapping(all));
    }
    Data declared = model.get("networks");
    Data.Mapping networks = declared == null ? Data.Mapping.EMPTY : mapping(declared);
    if (used) {
      networks = networks.orElse(DEFAULT, Data.Scalar.NULL);
    }
    return networks.entries().isEmpty() ? changed : changed.with("networks", networks);
  }

  private Data.Mapping container(Data.Mapping given) throws Refused {
    Data.Mapping container = given;
    if ("if_not_present".equals(Data.text(container.get("pull_policy")))) {
      container = container.with("pull_policy", Data.string("missing"));
    }
    Data build = container.get("build");
    if (build != null) {
      container = container.with("build", build(mapping(build)));
    }
    Data environment = container.get("environment");
    if (environment != null) {
      container = container.with("environment", resolved(environment, true));
    }
    Data.Mapping dependencies = dependencies(container);
    container = mounts(container);
    if (!dependencies.entries().isEmpty()) {
      container = container.with("depends_on", dependencies);
    }
    // an empty list has become none in Go, but not in its copies for what runs before
    Data.Mapping complete = PreStart.resolve(container);
    return isEmptyList(complete.get("environment"))
        ? complete.with("environment", Data.Scalar.NULL)
        : complete;
  }

  private static boolean isEmptyList(@Nullable Data data) {
    return Data.Sequence.EMPTY.equals(data);
  }

  private Data.Mapping build(Data.Mapping given) {
    Data.Mapping build = given;
    if (isNull(build.get("context"))) {
      build = build.with("context", Data.string("."));
    }
    if (isNull(build.get("dockerfile")) && isNull(build.get("dockerfile_inline"))) {
      build = build.with("dockerfile", Data.string("Dockerfile"));
    }
    Data written = build.get("args");
    if (written == null) {
      return build;
    }
    Data args = resolved(written, false);
    return build.with("args", isEmptyList(args) ? Data.Scalar.NULL : args);
  }

  /**
   * Names without a value take that of the variable.
   *
   * @param keep whether a name stays for which there is none
   */
  private Data resolved(Data at, boolean keep) {
    if (at instanceof Data.Sequence list) {
      var items = new ArrayList<Data>();
      for (Data item : list.items()) {
        String text = Data.text(item);
        String value = text == null || text.indexOf('=') >= 0 ? null : lookup.apply(text);
        if (value != null) {
          items.add(Data.string(text + "=" + value));
        } else if (text != null && (keep || text.indexOf('=') >= 0)) {
          items.add(item);
        }
      }
      return new Data.Sequence(items);
    }
    if (!(at instanceof Data.Mapping mapping)) {
      return at;
    }
    var entries = new LinkedHashMap<String, Data>();
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              String outside = value.isNull() ? lookup.apply(key) : null;
              if (outside != null) {
                entries.put(key, Data.string(outside));
              } else if (keep || !value.isNull()) {
                entries.put(key, value);
              }
            });
    return new Data.Mapping(entries);
  }

  /** What is written, and what links, shared namespaces and mounts of others imply. */
  private static Data.Mapping dependencies(Data.Mapping container) throws Refused {
    Data written = container.get("depends_on");
    Data.Mapping all = written == null ? Data.Mapping.EMPTY : mapping(written);
    for (String link : strings(container.get("links"))) {
      String[] parts = link.split(":", -1);
      all = all.orElse(parts.length == 2 ? parts[0] : link, dependency(true));
    }
    for (String namespace : List.of("network_mode", "ipc", "pid", "uts", "cgroup")) {
      Data shared = container.get(namespace);
      String text = Data.text(shared);
      if (shared != null && text == null) {
        throw new Refused(namespace + " is no text");
      }
      if (text != null && text.startsWith(SERVICE)) {
        all = all.orElse(text.substring(SERVICE.length()), dependency(true));
      }
    }
    for (String from : strings(container.get("volumes_from"))) {
      if (!from.startsWith("container:")) {
        all = all.orElse(from.split(":", -1)[0], dependency(false));
      }
    }
    return all;
  }

  private static Data dependency(boolean restart) {
    return Merge.DEPENDENCY.with("restart", Data.bool(restart));
  }

  private static Data.Mapping mounts(Data.Mapping container) throws Refused {
    if (!(container.get("volumes") instanceof Data.Sequence list)) {
      if (container.has("volumes")) {
        throw new Refused("volumes is no list");
      }
      return container;
    }
    var mounts = new ArrayList<Data>();
    for (Data item : list.items()) {
      Data.Mapping mount = mapping(item);
      String target = Data.text(mount.get("target"));
      if (target == null) {
        throw new Refused("a mount has no target");
      }
      mounts.add(mount.with("target", Data.string(FilePath.clean(target))));
    }
    return container.with("volumes", new Data.Sequence(mounts));
  }

  /** Resources are known to the engine by the project's name and their own. */
  private static Data.Mapping named(Data.Mapping model) throws Refused {
    Data name = model.get("name");
    Data.Mapping changed = model;
    for (String section : List.of("networks", "volumes", "configs", "secrets")) {
      Data declared = model.get(section);
      if (declared == null) {
        continue;
      }
      var all = new LinkedHashMap<String, Data>();
      for (Map.Entry<String, Data> entry : mapping(declared).entries().entrySet()) {
        String key = entry.getKey();
        Data.Mapping resource =
            entry.getValue().isNull() ? Data.Mapping.EMPTY : mapping(entry.getValue());
        if (isNull(resource.get("name"))) {
          String full = isTrue(resource.get("external")) ? key : Data.text(name) + "_" + key;
          resource = resource.with("name", Data.string(full));
        }
        all.put(key, resource);
      }
      changed = changed.with(section, new Data.Mapping(all));
    }
    return changed;
  }

  private static boolean isTrue(@Nullable Data data) {
    return data != null && data.print().matches("1|t|T|true|TRUE|True");
  }

  private static boolean isNull(@Nullable Data data) {
    return data == null || data.isNull();
  }

  private static List<String> strings(@Nullable Data list) throws Refused {
    var strings = new ArrayList<String>();
    if (list instanceof Data.Sequence items) {
      for (Data item : items.items()) {
        String text = Data.text(item);
        if (text == null) {
          throw new Refused("an item is no text");
        }
        strings.add(text);
      }
    } else if (list != null) {
      throw new Refused("what should be a list is none");
    }
    return strings;
  }

  private static Data.Mapping mapping(@Nullable Data data) throws Refused {
    if (data instanceof Data.Mapping mapping) {
      return mapping;
    }
    throw new Refused("what should be a mapping is none");
  }
}
