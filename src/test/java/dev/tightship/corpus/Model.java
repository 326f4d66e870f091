package dev.tightship.corpus;

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
import org.jspecify.annotations.Nullable;

/**
 * What the steps of an outcome declare, done to the model that Docker Compose prints: a third
 * reading of the goals, on Compose's own data.
 */
final class Model {

  private Model() {}

  /** The model after all applied fixes, from the model before; the given one is not changed. */
  static Object declared(Object before, Outcome outcome, boolean interpolated) {
    Object model = copy(before);
    for (Step step : outcome.steps(Step.Status.APPLIED)) {
      Fix fix = ((Finding) step.remark()).fix();
      if (fix != null) {
        for (Edit edit : fix.edits()) {
          if (edit instanceof Edit.Yaml yaml) {
            apply(model, yaml, outcome.after(), interpolated);
          }
        }
      }
    }
    return model;
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
  private static void apply(Object model, Edit.Yaml edit, Project after, boolean interpolated) {
    List<Segment> path = edit.at().path();
    Segment last = path.get(path.size() - 1);
    if (path.size() == 1) {
      return; // version: Compose does not print it
    }
    Map<String, Object> at = (Map<String, Object>) model;
    for (Segment segment : path.subList(0, path.size() - 1)) {
      if (!(segment instanceof Segment.Key key)) {
        throw new AssertionError("a place inside a list item is not known here: " + edit);
      }
      if (key.name().equals("ports")) {
        return; // a port that Compose refused: nothing to compare with
      }
      Object inner = at.get(key.name());
      if (inner == null || inner == Json.NULL) {
        inner = new LinkedHashMap<String, Object>();
        at.put(key.name(), inner);
      }
      at = (Map<String, Object>) inner;
    }
    String key = ((Segment.Key) last).name();
    change(at, key, edit, after, interpolated);
    // Compose 5 runs hooks before the start in the image and with the settings of their service
    if (path.size() == 3 && at.get("pre_start") instanceof List<?> hooks && !key.equals("image")) {
      hooks.forEach(hook -> change((Map<String, Object>) hook, key, edit, after, interpolated));
    }
  }

  private static void change(
      Map<String, Object> at, String key, Edit.Yaml edit, Project after, boolean interpolated) {
    if (edit instanceof Edit.Set set) {
      at.put(key, value(edit, set.value(), after, interpolated));
    } else if (edit instanceof Edit.Ensure ensure) {
      Object list = at.get(key);
      var items = new ArrayList<Object>(list instanceof List<?> old ? old : List.of());
      items.add(value(edit, ensure.item(), after, interpolated));
      at.put(key, items);
    } else {
      throw new AssertionError("an edit that is not known here: " + edit);
    }
  }

  private static Object value(Edit.Yaml edit, Value value, Project after, boolean interpolated) {
    var scalar = (Value.Scalar) value;
    if (scalar.kind() == Value.Kind.INT) {
      return Json.read(scalar.text());
    }
    String filled = interpolated ? filled(edit, after) : null;
    return filled == null ? scalar.text() : filled.replace("$", "$$");
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
