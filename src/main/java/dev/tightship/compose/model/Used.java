package dev.tightship.compose.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources that services use; Compose prints no others. */
final class Used {

  private final Map<String, Set<String>> names = new HashMap<>();

  /**
   * @param services in their printed form
   */
  Used(Collection<Data> services) {
    services.forEach(
        service -> {
          add((Data.Mapping) service);
          if (((Data.Mapping) service).get("build") instanceof Data.Mapping build) {
            sources("secrets", build);
          }
        });
  }

  boolean has(String section, String name) {
    return names.getOrDefault(section, Set.of()).contains(name);
  }

  private void add(Data.Mapping service) {
    if (service.get("networks") instanceof Data.Mapping networks) {
      names("networks").addAll(networks.entries().keySet());
    }
    sources("secrets", service);
    sources("configs", service);
    if (service.get("volumes") instanceof Data.Sequence mounts) {
      for (Data item : mounts.items()) {
        Data.Mapping mount = (Data.Mapping) item;
        if ("volume".equals(Data.text(mount.get("type")))) {
          add("volumes", mount.get("source"));
        }
      }
    }
  }

  private void sources(String section, Data.Mapping owner) {
    if (owner.get(section) instanceof Data.Sequence list) {
      list.items().forEach(item -> add(section, ((Data.Mapping) item).get("source")));
    }
  }

  private void add(String section, @Nullable Data name) {
    if (name != null) {
      names(section).add(name.print());
    }
  }

  private Set<String> names(String section) {
    return names.computeIfAbsent(section, s -> new HashSet<>());
  }
}
