package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names in lists that take the value of the variable (compose-go: loader/environment.go). */
final class Resolved {

  /** The key under which Compose keeps what a secret holds. */
  static final String SECRET_VALUE = "x-#value";

  private Resolved() {}

  static Data.Mapping of(Data.Mapping model, Environment environment) {
    Data.Mapping changed = model;
    for (String section : List.of("services", "jobs")) {
      changed = each(changed, section, container -> container(container, environment));
    }
    changed = each(changed, "secrets", secret -> content(secret, SECRET_VALUE, environment));
    return each(changed, "configs", config -> content(config, "content", environment));
  }

  private interface Change {
    Data.Mapping of(Data.Mapping resource);
  }

  private static Data.Mapping each(Data.Mapping model, String section, Change change) {
    if (!(model.get(section) instanceof Data.Mapping resources)) {
      return model;
    }
    var changed = new LinkedHashMap<String, Data>();
    for (Map.Entry<String, Data> entry : resources.entries().entrySet()) {
      changed.put(
          entry.getKey(),
          entry.getValue() instanceof Data.Mapping resource
              ? change.of(resource)
              : entry.getValue());
    }
    return model.with(section, new Data.Mapping(changed));
  }

  private static Data.Mapping container(Data.Mapping container, Environment environment) {
    if (!(container.get("environment") instanceof Data.Sequence list)) {
      return container;
    }
    var items = new ArrayList<Data>();
    for (Data item : list.items()) {
      String text = Data.text(item);
      if (text != null) {
        String value = environment.get(text);
        items.add(value == null ? item : Data.string(text + "=" + value));
      }
    }
    return container.with("environment", new Data.Sequence(items));
  }

  private static Data.Mapping content(Data.Mapping resource, String key, Environment environment) {
    String name = Data.text(resource.get("environment"));
    String value = name == null ? null : environment.get(name);
    return value == null ? resource : resource.with(key, Data.string(value));
  }
}
