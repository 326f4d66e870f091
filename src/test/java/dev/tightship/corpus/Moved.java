package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.oracle.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the move of a secret declares, done to the model that Docker Compose prints. A variable in
 * place of a value changes nothing in it: every container sees what it saw before.
 */
final class Moved {

  private static final String FILES = "/run/secrets/";

  private Moved() {}

  static void apply(Object model, Object after, Edit.Yaml edit, boolean interpolated) {
    List<Segment> path = edit.at().path();
    if (path.get(0).toString().equals("secrets")) {
      defined(model, after, path.get(1).toString(), (Edit.Set) edit);
      return;
    }
    if (!path.get(0).toString().equals("services")) {
      assertThat(edit).isInstanceOf(Edit.Text.class);
      if (!interpolated) {
        takeAll(model, after);
      }
      return;
    }
    String service = path.get(1).toString();
    String setting = path.get(2).toString();
    Map<String, Object> at = map(Json.at(model, "services", service));
    Object now = Json.at(after, "services", service, setting);
    if (setting.equals("secrets")) {
      attached(at, now, (Edit.Ensure) edit);
    } else if (edit instanceof Edit.Text text) {
      if (!interpolated || text.text().contains(FILES)) {
        at.put(setting, Objects.requireNonNull(now));
      }
    } else if (setting.equals("environment")) {
      environment(at, edit);
    } else {
      assertThat(edit).isInstanceOf(Edit.Set.class); // a test that a shell runs from now on
      assertThat(String.valueOf(((Edit.Set) edit).value())).contains("CMD-SHELL", FILES);
      at.put(setting, Objects.requireNonNull(now));
    }
  }

  /**
   * Without variables filled in, a text that is shared stands in every service as it is written.
   */
  private static void takeAll(Object model, Object after) {
    map(Json.at(after, "services"))
        .forEach(
            (name, service) -> {
              Object environment = Json.at(service, "environment");
              if (environment != null) {
                map(Json.at(model, "services", name)).put("environment", environment);
              }
            });
  }

  private static void defined(Object model, Object after, String name, Edit.Set edit) {
    String file = String.valueOf(Json.at(after, "secrets", name, "file"));
    String relative = ((Value.Scalar) edit.value()).text().replaceFirst("^\\./", "");
    assertThat(file).endsWith(relative);
    Map<String, Object> all = map(model);
    if (!(all.get("secrets") instanceof Map)) {
      all.put("secrets", new LinkedHashMap<String, Object>());
    }
    map(all.get("secrets")).put(name, Objects.requireNonNull(Json.at(after, "secrets", name)));
  }

  private static void attached(
      Map<String, Object> service, @Nullable Object now, Edit.Ensure edit) {
    String name =
        edit.item() instanceof Value.Scalar scalar
            ? scalar.text()
            : ((Value.Scalar)
                    Objects.requireNonNull(((Value.Mapping) edit.item()).entries().get("source")))
                .text();
    var items = new ArrayList<Object>((List<?>) Objects.requireNonNull(now));
    assertThat(items).anyMatch(item -> name.equals(Json.at(item, "source")));
    if (service.get("secrets") instanceof List<?> old) {
      assertThat(items).containsAll(new ArrayList<Object>(old));
    }
    service.put("secrets", items);
  }

  private static void environment(Map<String, Object> service, Edit.Yaml edit) {
    List<Segment> path = edit.at().path();
    if (path.size() == 3) {
      assertThat(edit).isInstanceOf(Edit.Remove.class);
      service.remove("environment");
      return;
    }
    if (service.get("environment") instanceof List<?> items) {
      service.put("environment", items(items, edit));
      return;
    }
    Map<String, Object> environment = map(service.get("environment"));
    String place =
        path.get(3) instanceof Segment.Item item ? text(item.value()) : path.get(3).toString();
    String key = place.replaceFirst("=.*", "");
    if (edit instanceof Edit.Remove) {
      environment.remove(key);
    } else if (edit instanceof Edit.Rename rename) {
      environment.put(rename.key(), Objects.requireNonNull(environment.remove(key)));
    } else if (path.get(3) instanceof Segment.Item) {
      environment.remove(key);
      String[] pair = text(((Edit.Set) edit).value()).split("=", 2);
      environment.put(pair[0], pair[1]);
    } else {
      environment.put(key, text(((Edit.Set) edit).value()));
    }
  }

  /** A list stays one where no variable is filled in. */
  private static List<Object> items(List<?> items, Edit.Yaml edit) {
    var changed = new ArrayList<Object>(items);
    if (edit.at().path().get(3) instanceof Segment.Item item) {
      int index = changed.indexOf(text(item.value()));
      assertThat(index).isNotNegative();
      if (edit instanceof Edit.Remove) {
        changed.remove(index);
      } else {
        changed.set(index, text(((Edit.Set) edit).value()));
      }
    }
    return changed;
  }

  private static String text(Value value) {
    return ((Value.Scalar) value).text();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }
}
