package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables that a service hands to its containers, over all files: those of {@code
 * environment} win over those of its {@code env_file}.
 *
 * @param values by name, in the order in which they are first named
 * @param unread env files that are not here or can't be read, as the project writes them
 */
public record Environment(Map<String, Value> values, List<String> unread) {

  /**
   * @param text with its variables filled in; as it is written where one has no value
   * @param known whether it is what the container sees
   */
  public record Value(String text, boolean known) {}

  public Environment {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    unread = List.copyOf(unread);
  }

  static Environment of(Service service) {
    return ServiceEnvFiles.read(service, own(service));
  }

  /** What {@code environment} alone sets. */
  static Map<String, Value> own(Service service) {
    var values = new LinkedHashMap<String, Value>();
    for (Layers.Found found : service.all("environment")) {
      Node node = found.node();
      Frame frame = found.layer().frame();
      if (node instanceof Node.Mapping mapping) {
        for (String name : Merged.keys(mapping)) {
          var hit = Merged.find(mapping, name);
          if (hit != null && hit.node() instanceof Node.Scalar scalar) {
            values.put(name, scalar.isNull() ? fromOutside(frame, name) : value(frame, scalar));
          }
        }
      } else if (node instanceof Node.Sequence list) {
        for (Node item : list.items()) {
          if (Merged.resolve(item) instanceof Node.Scalar scalar) {
            add(frame, scalar, values);
          }
        }
      }
    }
    return values;
  }

  private static void add(Frame frame, Node.Scalar item, Map<String, Value> values) {
    Value whole = value(frame, item);
    int equals = whole.text.indexOf('=');
    if (equals < 0) {
      values.put(whole.text, fromOutside(frame, whole.text));
    } else {
      values.put(
          whole.text.substring(0, equals),
          new Value(whole.text.substring(equals + 1), whole.known));
    }
  }

  private static Value value(Frame frame, Node.Scalar scalar) {
    return frame
        .interpolated(scalar)
        .map(text -> new Value(text, true))
        .orElseGet(() -> new Value(scalar.text(), false));
  }

  /** A name alone takes its value from where Compose runs. */
  private static Value fromOutside(Frame frame, String name) {
    return frame
        .variables()
        .fill("${" + name + "}")
        .map(text -> new Value(text, true))
        .orElseGet(() -> new Value("${" + name + "}", false));
  }
}
