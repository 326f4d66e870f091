package dev.tightship.compose;

import dev.tightship.compose.Reference.Kind;
import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Reference}s of a service, as Compose follows them: what it shares a namespace
 * with, links to or takes volumes from it also depends on (compose-go, loader.Normalize).
 */
final class References {

  private static final String OF_SERVICE = "service:";
  private static final String OF_CONTAINER = "container:";

  private final Service service;

  /** By kind and name, since the files of a project add up. */
  private final Map<String, Reference> found = new LinkedHashMap<>();

  private References(Service service) {
    this.service = service;
  }

  static List<Reference> of(Service service) {
    var references = new References(service);
    references.look();
    return List.copyOf(references.found.values());
  }

  private void look() {
    names("networks").forEach(used -> add(Kind.NETWORK, used));
    for (Mount mount : service.mounts()) {
      Service.PlacedList list = mount.list();
      if (mount.kind() == Mount.Kind.VOLUME && mount.source() != null && list != null) {
        add(Kind.VOLUME, new Used(mount.source(), list.place().item(mount.item().value())));
      }
    }
    names("secrets").forEach(used -> add(Kind.SECRET, used));
    names("build", "secrets").forEach(used -> add(Kind.SECRET, used));
    contexts();
    names("configs").forEach(used -> add(Kind.CONFIG, used));
    names("models").forEach(used -> add(Kind.MODEL, used));
    for (Used used : names("depends_on")) {
      String required = service.text("depends_on", used.name, "required").orElse("true");
      boolean optional = required.equals("false");
      add(new Reference(Kind.SERVICE, used.name, used.place, optional));
    }
    for (Used used : names("links")) {
      String[] parts = used.name.split(":", -1);
      add(Kind.SERVICE, parts.length == 2 ? new Used(parts[0], used.place) : used);
    }
    for (Used used : names("volumes_from")) {
      if (!used.name.startsWith(OF_CONTAINER)) {
        add(Kind.SERVICE, new Used(used.name.split(":", -1)[0], used.place));
      }
    }
    for (String key : new String[] {"network_mode", "ipc", "pid", "uts"}) {
      String mode = service.text(key).orElse("");
      if (mode.startsWith(OF_SERVICE)) {
        add(Kind.SERVICE, new Used(mode.substring(OF_SERVICE.length()), service.at(key)));
      }
    }
  }

  /** The services whose images a build starts from, by {@code name: service:other}. */
  private void contexts() {
    String[] path = {"build", "additional_contexts"};
    for (Used used : names(path)) {
      String text = service.text(path[0], path[1], used.name).orElse(used.name);
      String context = text.substring(text.indexOf('=') + 1);
      if (context.startsWith(OF_SERVICE)) {
        String name = context.substring(OF_SERVICE.length());
        add(new Reference(Kind.SERVICE, name, used.place, true));
      }
    }
  }

  private void add(Kind kind, Used used) {
    add(new Reference(kind, used.name, used.place, false));
  }

  private void add(Reference reference) {
    String id = reference.kind() + " " + reference.name();
    Reference known = found.get(id);
    if (known == null || known.optional()) {
      found.put(id, reference);
    }
  }

  private record Used(String name, Place place) {}

  /**
   * The names at a path over all files: keys of a mapping, texts of a list, sources of its long
   * form. A name with a variable that has no value is none.
   */
  private List<Used> names(String... path) {
    var names = new ArrayList<Used>();
    var reset = new HashSet<String>();
    List<Layers.Found> all = service.all(path);
    for (int i = all.size() - 1; i >= 0; i--) {
      Layers.Found found = all.get(i);
      Place place = service.place(found.layer(), path);
      names.addAll(names(found.layer().frame(), found.node(), place, reset));
    }
    return names;
  }

  private static List<Used> names(Frame frame, Node node, Place place, Set<String> reset) {
    var names = new ArrayList<Used>();
    if (node instanceof Node.Mapping mapping) {
      for (String key : Merged.keys(mapping)) {
        var value = Merged.find(mapping, key);
        if (value != null && "!reset".equals(value.node().tag())) {
          reset.add(key);
        } else if (!reset.contains(key)) {
          names.add(new Used(key, place.key(key)));
        }
      }
    } else if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        String name = name(frame, Merged.resolve(item));
        if (name != null && !reset.contains(name)) {
          names.add(new Used(name, place.item(item.value())));
        }
      }
    }
    return names;
  }

  private static @Nullable String name(Frame frame, Node item) {
    Node node = item;
    if (item instanceof Node.Mapping) {
      var source = Merged.find(item, "source");
      node = source == null ? item : source.node();
    }
    return node instanceof Node.Scalar scalar && !scalar.isNull()
        ? frame.interpolated(scalar).orElse(null)
        : null;
  }
}
