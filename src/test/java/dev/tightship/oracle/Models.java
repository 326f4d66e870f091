package dev.tightship.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Models of Compose that are alike but for the order of lists in which it means nothing. */
public final class Models {

  private static final Set<String> UNORDERED =
      Set.of("cap_add", "cap_drop", "ports", "security_opt", "tmpfs", "volumes");

  private Models() {}

  /**
   * A model without what stands under {@code x-} at its top: it runs only where something draws on
   * it, and a file may write there what an overlay writes in each service.
   */
  public static Object withoutExtensions(Object model) {
    var running = new LinkedHashMap<Object, Object>((Map<?, ?>) model);
    running.keySet().removeIf(key -> String.valueOf(key).startsWith("x-"));
    return running;
  }

  /** A model in which lists without an order have one. */
  public static Object ordered(Object model) {
    if (model instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<Object, Object>();
      map.forEach(
          (key, value) -> {
            Object inner = ordered(value);
            copy.put(
                key,
                inner instanceof List<?> list && UNORDERED.contains(String.valueOf(key))
                    ? sorted(list)
                    : inner);
          });
      return copy;
    }
    return model instanceof List<?> list ? list.stream().map(Models::ordered).toList() : model;
  }

  private static List<Object> sorted(List<?> list) {
    var copy = new ArrayList<Object>(list);
    copy.sort(Comparator.comparing(String::valueOf));
    return copy;
  }
}
