package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.network.Member.Attachment;
import dev.tightship.network.ServiceGraph;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How services change their networks. */
final class NetworkEdits {

  /**
   * Networks of a project with the new ones. The engine has room for some thirty in all of its
   * projects (default address pools, Docker Engine 20.10 and later).
   */
  static final int MOST_NETWORKS = 12;

  private static final String NETWORKS = "networks";

  /** Names in one sentence. */
  private static final int MOST_NAMED = 4;

  private final ServiceGraph graph;

  NetworkEdits(ServiceGraph graph) {
    this.graph = graph;
  }

  /** A new network, declared where a service is. */
  static Edit declare(Service service, String network, boolean internal) {
    Place declared = Place.of(service.atHome(NETWORKS).file(), NETWORKS, network);
    return internal
        ? new Edit.Set(declared.key("internal"), Value.bool(true))
        : new Edit.Set(declared, new Value.Mapping(Map.of()));
  }

  /** The networks that a service is in now, by their keys. */
  List<String> of(Service service) {
    return graph.topology().member(service.name()).attachments().stream()
        .map(Attachment::network)
        .toList();
  }

  /** A service is in these networks and in no other one; what it says of those that stay stays. */
  List<Edit> put(Service service, List<String> wanted) {
    List<String> old = of(service);
    var gone = new ArrayList<>(old);
    gone.removeAll(wanted);
    var added = new ArrayList<>(wanted);
    added.removeAll(old);
    var edits = new ArrayList<Edit>();
    if (!(service.find(NETWORKS) instanceof Answer.Known known)) {
      Place home = service.atHome(NETWORKS);
      if (!gone.isEmpty()) {
        Value[] names = wanted.stream().map(Value::string).toArray(Value[]::new);
        edits.add(new Edit.Set(home, Value.sequence(names)));
      } else if (!added.isEmpty()) {
        wanted.forEach(network -> edits.add(new Edit.Ensure(home, Value.string(network))));
      }
      return edits;
    }
    Place at = service.at(NETWORKS);
    boolean named = known.node() instanceof Node.Mapping;
    for (int i = 0; i < Math.max(gone.size(), added.size()); i++) {
      if (i >= gone.size()) {
        String network = added.get(i);
        edits.add(
            named
                ? new Edit.Set(at.key(network), new Value.Mapping(Map.of()))
                : new Edit.Ensure(at, Value.string(network)));
        continue;
      }
      Place place = named ? at.key(gone.get(i)) : at.item(Value.string(gone.get(i)));
      if (i >= added.size()) {
        edits.add(new Edit.Remove(place));
      } else if (named) {
        edits.add(new Edit.Rename(place, added.get(i)));
      } else {
        edits.add(new Edit.Set(place, Value.string(added.get(i))));
      }
    }
    return edits;
  }

  /** Some names, for a sentence. */
  static String listed(List<String> names) {
    List<String> first = names.stream().limit(MOST_NAMED).toList();
    if (first.size() < names.size()) {
      return String.join(", ", first) + " and %d more".formatted(names.size() - first.size());
    }
    int last = first.size() - 1;
    return last < 1
        ? String.join("", first)
        : String.join(", ", first.subList(0, last)) + " and " + first.get(last);
  }
}
