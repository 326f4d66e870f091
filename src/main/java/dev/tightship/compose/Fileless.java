package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Secrets and configs whose text stands in the Compose file or in a variable. Docker Compose writes
 * them into the root of the container instead of binding a file (measured, Compose v5.4.0).
 */
final class Fileless {

  private static final List<String> SOURCES = List.of("environment", "content");

  private Fileless() {}

  /** One that the service uses, {@code the secret token}; null when it uses none. */
  static @Nullable String of(Service service) {
    for (String kind : List.of("secrets", "configs")) {
      for (Node item : service.items(kind)) {
        String name = name(item);
        if (name == null || isFileless(service.project(), kind, name)) {
          return "the %s %s".formatted(kind.substring(0, kind.length() - 1), name);
        }
      }
    }
    return null;
  }

  private static @Nullable String name(Node item) {
    var source = item instanceof Node.Mapping ? Merged.find(item, "source") : Merged.find(item);
    return source != null && source.node() instanceof Node.Scalar scalar ? scalar.text() : null;
  }

  private static boolean isFileless(Project project, String kind, String name) {
    Layers declared = project.section(kind).get(name);
    if (declared != null) {
      for (String source : SOURCES) {
        if (!(declared.find(source) instanceof Answer.Absent)) {
          return true;
        }
      }
    }
    return false;
  }
}
