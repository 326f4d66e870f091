package dev.tightship.passes;

import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the scalars of a file of which the type matters to Docker Compose, aliases and merge
 * keys followed, each once.
 */
final class TypedPlaces {

  /** What Compose makes of a scalar. */
  enum Type {
    /** A text, whatever is written. */
    TEXT,
    /** True or false. */
    FLAG,
    /** Permissions of a file that Compose itself sets. */
    MODE,
    /** Permissions that only a Swarm sets. */
    SWARM_MODE,
    PORT
  }

  /** What is done with each of them. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param key the key that it stands under; empty for an item of a list
     * @param place where it stands, or the alias or merge key that leads to it
     * @param own whether it stands there itself
     */
    void visit(Type type, String key, Place place, boolean own, Node.Scalar scalar);
  }

  /** Keys that lead on; {@code *} stands for any key, {@code []} for the items of a list. */
  private record Schema(Map<String, Schema> below, @Nullable Type type) {

    static Schema of(Map<Type, String> paths) {
      var root = new Schema(new HashMap<>(), null);
      paths.forEach(
          (type, all) -> {
            for (String path : all.strip().split("\\s+", -1)) {
              root.add(path.split("\\.", -1), 0, type);
            }
          });
      return root;
    }

    private void add(String[] path, int depth, Type type) {
      if (depth == path.length - 1) {
        below.put(path[depth], new Schema(Map.of(), type));
      } else {
        below
            .computeIfAbsent(path[depth], key -> new Schema(new HashMap<>(), null))
            .add(path, depth + 1, type);
      }
    }

    @Nullable Schema at(String key) {
      Schema named = below.get(key);
      return named != null ? named : below.get("*");
    }
  }

  /** Measured with Compose 5.6.0: these warn of {@code yes}, and these turn numbers into texts. */
  private static final Schema SCHEMA =
      Schema.of(
          Map.of(
              Type.TEXT,
              """
              services.*.environment.* services.*.labels.* services.*.annotations.*
              services.*.sysctls.* services.*.storage_opt.* services.*.logging.options.*
              services.*.build.args.* services.*.build.labels.* services.*.deploy.labels.*
              services.*.networks.*.driver_opts.*
              networks.*.labels.* networks.*.driver_opts.* volumes.*.labels.*
              volumes.*.driver_opts.* secrets.*.labels.* configs.*.labels.*
              """,
              Type.FLAG,
              """
              services.*.attach services.*.init services.*.oom_kill_disable services.*.privileged
              services.*.read_only services.*.stdin_open services.*.tty
              services.*.healthcheck.disable services.*.depends_on.*.required
              services.*.depends_on.*.restart services.*.volumes.[].read_only
              services.*.volumes.[].volume.nocopy services.*.volumes.[].bind.create_host_path
              networks.*.external networks.*.internal networks.*.attachable
              networks.*.enable_ipv4 networks.*.enable_ipv6 volumes.*.external
              secrets.*.external configs.*.external
              """,
              Type.MODE,
              "services.*.volumes.[].tmpfs.mode",
              Type.SWARM_MODE,
              "services.*.secrets.[].mode services.*.configs.[].mode",
              Type.PORT,
              "services.*.ports.[]"));

  private final Visitor visitor;
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private TypedPlaces(Visitor visitor) {
    this.visitor = visitor;
  }

  static void of(YamlFile file, Visitor visitor) {
    var places = new TypedPlaces(visitor);
    Place root = Place.of(file.path());
    file.documents().forEach(document -> places.walk("", document, root, true, SCHEMA));
  }

  private void walk(String key, Node node, Place place, boolean own, Schema schema) {
    if (node instanceof Node.Alias alias) {
      walk(key, alias.target(), place, false, schema);
    } else if (node instanceof Node.Scalar scalar) {
      if (schema.type != null) {
        visitor.visit(schema.type, key, place, own, scalar);
      }
    } else if (node.anchor() != null && !seen.add(node)) {
      return;
    } else if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach((name, entry) -> entry(name, entry, place, own, schema));
    } else if (node instanceof Node.Sequence list) {
      Schema next = schema.below.get("[]");
      if (next != null) {
        for (Node item : list.items()) {
          walk("", item, own ? place.item(item.value()) : place, own, next);
        }
      }
    }
  }

  private void entry(String key, Node.Entry entry, Place place, boolean own, Schema schema) {
    if (key.equals("<<")) {
      Place merge = own ? place.key(key) : place;
      if (entry.value() instanceof Node.Sequence list) {
        list.items().forEach(item -> walk(key, item, merge, false, schema));
      } else {
        walk(key, entry.value(), merge, false, schema);
      }
      return;
    }
    Schema next = schema.at(key);
    if (next != null) {
      walk(key, entry.value(), own ? place.key(key) : place, own, next);
    }
  }
}
