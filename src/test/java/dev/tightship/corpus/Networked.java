package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.oracle.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a new network declares, done to the model that Docker Compose prints. */
final class Networked {

  private static final String NETWORKS = "networks";
  private static final String DEFAULT = "default";

  private Networked() {}

  static void apply(Object model, Object after, Edit.Yaml edit) {
    List<Segment> path = edit.at().path();
    String name = path.get(1).toString();
    if (path.get(0).toString().equals(NETWORKS)) {
      defined(model, after, name, path.size() > 2);
      return;
    }
    Map<String, Object> service = map(Json.at(model, "services", name));
    if (path.get(2).toString().equals("labels")) {
      labelled(service, Json.at(after, "services", name, "labels"));
      return;
    }
    Map<String, Object> networks = child(service);
    Segment last = path.get(path.size() - 1);
    if (edit instanceof Edit.Rename rename) {
      networks.put(rename.key(), networks.remove(last.toString()));
    } else if (edit instanceof Edit.Remove) {
      networks.remove(last instanceof Segment.Item item ? text(item.value()) : last.toString());
    } else if (edit instanceof Edit.Ensure ensure) {
      networks.putIfAbsent(text(ensure.item()), Json.NULL);
    } else if (last instanceof Segment.Item item) {
      networks.put(text(((Edit.Set) edit).value()), networks.remove(text(item.value())));
    } else if (path.size() > 3) {
      networks.put(last.toString(), Json.at(after, "services", name, NETWORKS, last.toString()));
    } else {
      networks.clear();
      ((Value.Sequence) ((Edit.Set) edit).value())
          .items()
          .forEach(item -> networks.put(text(item), Json.NULL));
    }
    unused(model);
  }

  private static void defined(Object model, Object after, String name, boolean internal) {
    Map<String, Object> network = map(Json.at(after, NETWORKS, name));
    assertThat(network.keySet()).isSubsetOf("internal", "ipam", "name");
    assertThat(network.get("internal")).isEqualTo(internal ? Boolean.TRUE : null);
    child(map(model)).put(name, network);
  }

  /** Without variables filled in, a list whose keys hold some stays a list. */
  private static void labelled(Map<String, Object> service, @Nullable Object now) {
    String label = "traefik.docker.network";
    Object labels = Objects.requireNonNull(now);
    Object others;
    if (labels instanceof List<?> list) {
      others = list.stream().filter(item -> !String.valueOf(item).startsWith(label + "=")).toList();
    } else {
      var without = new LinkedHashMap<>(map(labels));
      without.remove(label);
      others = without;
    }
    assertThat(others).isNotEqualTo(labels).isEqualTo(service.get("labels"));
    service.put("labels", labels);
  }

  /** Compose prints the network of all only where a service is in it. */
  private static void unused(Object model) {
    boolean used =
        map(Json.at(model, "services")).values().stream()
            .anyMatch(
                service ->
                    Json.at(service, NETWORKS) instanceof Map<?, ?> networks
                        && networks.containsKey(DEFAULT));
    if (!used) {
      child(map(model)).remove(DEFAULT);
    }
  }

  private static Map<String, Object> child(Map<String, Object> of) {
    if (!(of.get(NETWORKS) instanceof Map)) {
      of.put(NETWORKS, new LinkedHashMap<String, Object>());
    }
    return map(of.get(NETWORKS));
  }

  private static String text(Value value) {
    return ((Value.Scalar) value).text();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
