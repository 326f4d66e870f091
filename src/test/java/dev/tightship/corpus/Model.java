package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Build;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.oracle.Json;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of an outcome declare, done to the model that Docker Compose prints: a third
 * reading of the goals, on Compose's own data.
 */
public final class Model {

  /** What Compose prints in bytes. */
  private static final Set<String> SIZES = Set.of("mem_limit", "memory", "shm_size");

  private Model() {}

  /**
   * The model after all applied fixes, from the model before; the given one is not changed.
   *
   * @param after what Compose prints afterwards: only an item of a list of ports or mounts is taken
   *     from it, and only where it differs by an address or by being read-only
   */
  public static Object declared(
      Object before, Object after, Outcome outcome, boolean interpolated) {
    Object model = copy(before);
    extensions(model, after);
    for (Step step : outcome.steps(Step.Status.APPLIED)) {
      Fix fix = ((Finding) step.remark()).fix();
      if (fix != null) {
        for (Edit edit : fix.edits()) {
          if (edit instanceof Edit.Yaml yaml && step.pass().equals("inline-secrets")) {
            Moved.apply(model, after, yaml, interpolated);
          } else if (edit instanceof Edit.Yaml yaml && step.pass().endsWith("-networks")) {
            Networked.apply(model, after, yaml);
          } else if (edit instanceof Edit.Yaml yaml) {
            apply(model, after, yaml, outcome.after(), interpolated);
          } else if (edit instanceof Edit.Dockerfile inside) {
            inline(model, outcome.after(), inside.file(), interpolated);
          }
        }
      }
    }
    return model;
  }

  /** A Dockerfile inside a Compose file, whose meaning the engine compares for itself. */
  @SuppressWarnings("unchecked")
  private static void inline(Object model, Project project, String path, boolean interpolated) {
    for (Service service : project.services()) {
      var inline = service.build().map(Build::inline).orElse(null);
      if (inline != null && inline.dockerfile().path().equals(path)) {
        String text = inline.dockerfile().text();
        Object build = Json.at(model, "services", service.name(), "build");
        ((Map<String, Object>) Objects.requireNonNull(build))
            .put(
                "dockerfile_inline",
                interpolated ? text.replace("$", "$$") : text); // as it escapes it
      }
    }
  }

  /** What stands under {@code x-} runs only where something draws on it. */
  @SuppressWarnings("unchecked")
  private static void extensions(Object model, Object after) {
    var now = new LinkedHashMap<>((Map<String, Object>) after);
    now.keySet().removeIf(key -> !key.startsWith("x-"));
    ((Map<String, Object>) model).putAll(now);
  }

  /** Lists in which the order means nothing: a later file may have added to one before. */
  private static final Set<String> UNORDERED =
      Set.of("security_opt", "cap_add", "cap_drop", "tmpfs");

  private static List<Object> ordered(List<Object> items, @Nullable Object after, String key) {
    boolean same =
        UNORDERED.contains(key)
            && after instanceof List<?> list
            && list.size() == items.size()
            && list.containsAll(items);
    return same ? new ArrayList<Object>((List<?>) after) : items;
  }

  @SuppressWarnings("unchecked")
  private static Object copy(Object value) {
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<String, Object>();
      ((Map<String, Object>) map).forEach((k, v) -> copy.put(k, copy(v)));
      return copy;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<Object>();
      list.forEach(v -> copy.add(copy(v)));
      return copy;
    }
    return value;
  }

  @SuppressWarnings("unchecked")
  private static void apply(
      Object model, Object after, Edit.Yaml edit, Project project, boolean interpolated) {
    List<Segment> path = edit.at().path();
    if (path.size() == 1) {
      return; // version: Compose does not print it
    }
    String setting = path.get(2).toString();
    if (setting.equals("ports") || setting.equals("volumes")) {
      items(Json.at(model, "services", path.get(1).toString()), after, edit, setting);
      return;
    }
    Map<String, Object> at = (Map<String, Object>) model;
    boolean item = path.get(path.size() - 1) instanceof Segment.Item;
    List<Segment> keys = path.subList(0, path.size() - (item ? 2 : 1));
    for (Segment segment : keys) {
      if (!(segment instanceof Segment.Key key)) {
        throw new AssertionError("a place inside a list item is not known here: " + edit);
      }
      Object inner = at.get(key.name());
      if (inner == null || inner == Json.NULL) {
        inner = new LinkedHashMap<String, Object>();
        at.put(key.name(), inner);
      }
      at = (Map<String, Object>) inner;
    }
    String key = ((Segment.Key) path.get(keys.size())).name();
    if (item) {
      replace(at, key, edit, (Segment.Item) path.get(path.size() - 1));
      return;
    }
    change(at, key, edit, after, project, interpolated);
    // Compose 5 runs hooks before the start in the image and with the settings of their service
    if (path.size() == 3 && at.get("pre_start") instanceof List<?> hooks && !key.equals("image")) {
      hooks.forEach(
          hook -> change((Map<String, Object>) hook, key, edit, after, project, interpolated));
    }
  }

  /** An item of a list of texts, {@code healthcheck.test}, becomes another or goes. */
  private static void replace(
      Map<String, Object> at, String key, Edit.Yaml edit, Segment.Item item) {
    if (!(at.get(key) instanceof List<?> old) || !(item.value() instanceof Value.Scalar from)) {
      throw new AssertionError("a place that is not known here: " + edit);
    }
    var items = new ArrayList<Object>(old);
    int index = items.indexOf(from.text());
    assertThat(index).as("%s in %s", from.text(), items).isNotNegative();
    if (edit instanceof Edit.Set set) {
      items.set(index, ((Value.Scalar) set.value()).text());
    } else {
      items.remove(index);
    }
    at.put(key, items);
  }

  /** The lists are alike but for the address of a port, or a mount that is read-only now. */
  @SuppressWarnings("unchecked")
  private static void items(
      @Nullable Object service, Object after, Edit.Yaml edit, String setting) {
    if (edit instanceof Edit.Remove && edit.at().path().size() == 3) {
      ((Map<String, Object>) Objects.requireNonNull(service)).remove(setting);
      return;
    }
    Object before = Json.at(Objects.requireNonNull(service), setting);
    Object now = Json.at(after, "services", edit.at().path().get(1).toString(), setting);
    if (!(before instanceof List<?> old) || !(now instanceof List<?> items)) {
      return; // a port that Compose refused: nothing to compare with
    }
    assertThat(items).as(setting).hasSameSizeAs(old);
    for (int i = 0; i < items.size(); i++) {
      Object from = old.get(i);
      Object to = items.get(i);
      if (from instanceof String text) {
        assertThat(String.valueOf(to)).as(setting).containsPattern(pattern(text));
      } else if (to instanceof String text) {
        // without interpolation Compose leaves a port with a variable as it is written
        assertThat(text)
            .as(setting)
            .matches("\\$\\{[A-Z0-9_]+:-127\\.0\\.0\\.1}:.*")
            .contains(number(Json.at(from, "target")));
      } else {
        var without = new LinkedHashMap<>((Map<String, Object>) from);
        var other = new LinkedHashMap<>((Map<String, Object>) to);
        String key = setting.equals("ports") ? "host_ip" : "read_only";
        Object address = other.remove(key);
        Object previous = without.remove(key);
        assertThat(other).as(setting).isEqualTo(without);
        if (!Objects.equals(address, previous)) {
          assertThat(String.valueOf(address)).as(key).matches("127\\.0\\.0\\.1|true|\\$\\{.*");
        }
      }
    }
    ((Map<String, Object>) Objects.requireNonNull(service)).put(setting, items);
  }

  private static String number(@Nullable Object number) {
    return String.valueOf(number).replaceFirst("\\.0$", "");
  }

  /** The text itself, behind an address or before the word that makes a mount read-only. */
  private static String pattern(String text) {
    String bare = text.replaceFirst("^(0\\.0\\.0\\.0|\\[::\\]):", "");
    return "^(\\$\\{[A-Z0-9_]+:-127\\.0\\.0\\.1}::?)?" + Pattern.quote(bare) + "([:,]ro)?$";
  }

  private static void change(
      Map<String, Object> at,
      String key,
      Edit.Yaml edit,
      Object now,
      Project after,
      boolean interpolated) {
    if (edit instanceof Edit.Set set) {
      String filled = interpolated ? filled(edit, after) : null;
      at.put(
          key, filled == null ? value(key, set.value(), interpolated) : filled.replace("$", "$$"));
    } else if (edit instanceof Edit.Ensure ensure) {
      Object list = at.get(key);
      var items = new ArrayList<Object>(list instanceof List<?> old ? old : List.of());
      items.add(value(key, ensure.item(), interpolated));
      Object[] path = edit.at().path().stream().map(Object::toString).toArray();
      at.put(key, ordered(items, Json.at(now, path), key));
    } else if (edit instanceof Edit.Remove) {
      at.remove(key);
    } else {
      throw new AssertionError("an edit that is not known here: " + edit);
    }
  }

  /** A value as Compose prints it: sizes in bytes and times in its own form, once interpolated. */
  private static Object value(String key, Value value, boolean interpolated) {
    if (value instanceof Value.Mapping mapping) {
      var entries = new LinkedHashMap<String, Object>();
      mapping.entries().forEach((k, v) -> entries.put(k, value(k, v, interpolated)));
      return entries;
    }
    if (value instanceof Value.Sequence list) {
      return list.items().stream().map(item -> value(key, item, interpolated)).toList();
    }
    var scalar = (Value.Scalar) value;
    String text = scalar.text();
    if (scalar.kind() == Value.Kind.FLOAT || (interpolated && key.equals("cpus"))) {
      return Json.read(text.replaceFirst("\\.0$", ""));
    }
    if (scalar.kind() != Value.Kind.STRING) {
      return Json.read(text);
    }
    if (interpolated && SIZES.contains(key)) {
      long unit = text.contains("g") ? 1L << 30 : 1L << 20;
      return Long.toString(Long.parseLong(text.replaceAll("[a-z]", "")) * unit);
    }
    return interpolated && key.equals("start_period") && text.equals("60s") ? "1m0s" : text;
  }

  /** An image with its variables filled in. */
  private static @Nullable String filled(Edit.Yaml edit, Project after) {
    List<Segment> path = edit.at().path();
    if (!path.get(path.size() - 1).toString().equals("image")) {
      return null;
    }
    String name = path.get(1).toString();
    for (Service service : after.services()) {
      if (service.name().equals(name)) {
        return service.text("image").orElse(null);
      }
    }
    return null;
  }
}
