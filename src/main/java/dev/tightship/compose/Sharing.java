package dev.tightship.compose;

import dev.tightship.edit.Place;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who draws from which mapping, over all services of a project. */
final class Sharing {

  private final IdentityHashMap<Node, Set<String>> users = new IdentityHashMap<>();
  private final IdentityHashMap<Node, YamlFile> files = new IdentityHashMap<>();
  private final List<Node.Mapping> order = new ArrayList<>();

  private Sharing() {}

  /** The mappings that more than one service draws from, those with most users first. */
  static List<Shared> of(Project project) {
    var sharing = new Sharing();
    for (Service service : project.services()) {
      for (Layer layer : service.layers().all()) {
        for (Node.Mapping mapping : Merged.layers(layer.node())) {
          sharing.add(mapping, layer.file(), service.name());
        }
      }
    }
    return sharing.shared();
  }

  private void add(Node.Mapping mapping, YamlFile file, String service) {
    if (!users.containsKey(mapping)) {
      users.put(mapping, new LinkedHashSet<>());
      files.put(mapping, file);
      order.add(mapping);
    }
    users.getOrDefault(mapping, Set.of()).add(service);
  }

  private List<Shared> shared() {
    var found = new ArrayList<Shared>();
    IdentityHashMap<YamlFile, IdentityHashMap<Node, Place>> places = new IdentityHashMap<>();
    IdentityHashMap<YamlFile, Set<Node>> foreign = new IdentityHashMap<>();
    for (Node.Mapping mapping : order) {
      Set<String> names = users.getOrDefault(mapping, Set.of());
      YamlFile file = files.get(mapping);
      if (names.size() < 2 || file == null || file.root() == null) {
        continue;
      }
      Place place = places.computeIfAbsent(file, Sharing::places).get(mapping);
      if (place != null) {
        boolean other = foreign.computeIfAbsent(file, this::usedElsewhere).contains(mapping);
        found.add(new Shared(place, mapping, List.copyOf(names), other));
      }
    }
    found.sort(Comparator.comparingInt((Shared shared) -> -shared.users().size()));
    return found;
  }

  /** The places of all mappings that keys alone lead to. */
  private static IdentityHashMap<Node, Place> places(YamlFile file) {
    IdentityHashMap<Node, Place> places = new IdentityHashMap<>();
    record Step(Node node, Place place) {}
    Deque<Step> open = new ArrayDeque<>();
    open.add(new Step(file.documents().get(0), Place.of(file.path())));
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (step.node instanceof Node.Mapping mapping) {
        places.put(mapping, step.place);
        mapping
            .entries()
            .forEach((key, entry) -> open.add(new Step(entry.value(), step.place.key(key))));
      }
    }
    return places;
  }

  /** The mappings of services that an alias brings to a place that is no service. */
  private Set<Node> usedElsewhere(YamlFile file) {
    Set<Node> elsewhere = Collections.newSetFromMap(new IdentityHashMap<>());
    record Step(Node node, @Nullable Node parent, boolean merged, boolean service) {}
    Deque<Step> open = new ArrayDeque<>();
    open.add(new Step(file.documents().get(0), null, false, false));
    var services = Merged.find(file.documents().get(0), "services");
    Node all = services == null ? null : services.node();
    while (!open.isEmpty()) {
      Step step = open.remove();
      if (step.node instanceof Node.Alias alias) {
        boolean drawn = step.service || (step.merged && users.containsKey(step.parent));
        if (!drawn) {
          elsewhere.add(Merged.resolve(alias));
        }
      } else if (step.node instanceof Node.Mapping mapping) {
        mapping
            .entries()
            .forEach(
                (key, entry) ->
                    open.add(new Step(entry.value(), mapping, key.equals("<<"), mapping == all)));
      } else if (step.node instanceof Node.Sequence list) {
        list.items().forEach(item -> open.add(new Step(item, step.parent, step.merged, false)));
      }
    }
    return elsewhere;
  }
}
