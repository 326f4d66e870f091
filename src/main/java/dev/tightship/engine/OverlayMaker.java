package dev.tightship.engine;

import dev.tightship.compose.Composed;
import dev.tightship.compose.Difference;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.engine.Overlay.Setting;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds what an overlay says, and which fix asks for it. */
final class OverlayMaker {

  private static final String SERVICES = "services";

  private static final Set<String> PATHS =
      Set.of("build", "configs", "develop", "env_file", "label_file", "secrets", "volumes");

  private final Outcome outcome;
  private final Predicate<String> hidden;
  private final Composed before;

  /** What is to be said, by place: keys down to a setting of a service, or to another entry. */
  private final Map<List<String>, Value> said = new LinkedHashMap<>();

  /** By place, the applied steps that ask for something there; by id. */
  private final Map<List<String>, Map<String, Step>> steps = new LinkedHashMap<>();

  /** By id of a step, the places that it asks for. */
  private final Map<String, Set<List<String>>> places = new LinkedHashMap<>();

  /** By place, why nothing is said there. */
  private final Map<List<String>, String> refused = new LinkedHashMap<>();

  /** By id of a step, why it is not said. */
  private final Map<String, String> held = new LinkedHashMap<>();

  OverlayMaker(Outcome outcome, Predicate<String> hidden, Composed before, Composed after) {
    this.outcome = outcome;
    this.hidden = hidden;
    this.before = before;
    for (Step step : outcome.steps(Status.APPLIED)) {
      Fix fix = ((Finding) step.remark()).fix();
      for (Edit edit : fix == null ? List.<Edit>of() : fix.edits()) {
        if (edit instanceof Edit.Yaml yaml) {
          List<String> place = place(yaml);
          steps.computeIfAbsent(place, p -> new LinkedHashMap<>()).put(step.id(), step);
          places.computeIfAbsent(step.id(), s -> new LinkedHashSet<>()).add(place);
        }
      }
    }
    Value old = new Value.Mapping(before.sections());
    Value now = new Value.Mapping(after.sections());
    if (Difference.between(old, now, List.of()) instanceof Value.Mapping more) {
      more.entries().forEach((section, value) -> place(List.of(section), value));
    }
  }

  private static List<String> place(Edit.Yaml edit) {
    var keys = new ArrayList<String>();
    for (Segment segment : edit.at().path()) {
      if (segment instanceof Segment.Key key && !isPlace(keys)) {
        keys.add(key.name());
      }
    }
    return List.copyOf(keys);
  }

  private static boolean isPlace(List<String> keys) {
    return keys.size() == (!keys.isEmpty() && keys.get(0).equals(SERVICES) ? 3 : 2);
  }

  private void place(List<String> at, Value value) {
    if (isPlace(at) || !(value instanceof Value.Mapping mapping)) {
      said.put(at, value);
    } else {
      mapping
          .entries()
          .forEach(
              (key, inner) -> {
                var deeper = new ArrayList<>(at);
                deeper.add(key);
                place(List.copyOf(deeper), inner);
              });
    }
  }

  Overlay overlay() {
    said.forEach(
        (at, value) -> {
          String reason = reason(at, value);
          if (reason != null) {
            refused.put(at, reason);
          }
        });
    refuseTogether();
    var unsaid = new ArrayList<String>();
    refused.forEach(
        (at, reason) -> {
          if (!steps.containsKey(at)) {
            unsaid.add(Unsayable.LEFT_OUT + String.join(".", at) + ", as " + reason);
          }
        });
    var now = new ArrayList<Step>();
    for (Step step : outcome.steps()) {
      String reason = held.get(step.id());
      now.add(reason == null ? step : step.held(Unsayable.LEFT_OUT + reason));
    }
    var marked =
        new Outcome(outcome.before(), outcome.after(), outcome.level(), now, outcome.texts());
    return new Overlay(marked, settings(), unsaid);
  }

  private @Nullable String reason(List<String> at, Value value) {
    String name = at.get(at.size() > 1 ? 1 : 0);
    if (Tags.hasUnknown(value)) {
      return "it would repeat a tag that is not understood";
    }
    if (Tags.isTagged(value) && before.partial().contains(name)) {
      return "what the service extends is not read, so what is there now is not known";
    }
    String text = new Setting(at, value, List.of()).text();
    if (before.foreign().contains(name) && (text.contains("$") || isOfPaths(at))) {
      return "a part of it comes from a file that is seen from elsewhere";
    }
    return text.lines().anyMatch(hidden) ? "it would repeat a secret; -i and -o write it" : null;
  }

  /** Whether a setting may hold paths that are seen from the folder of its file. */
  private static boolean isOfPaths(List<String> at) {
    return !at.get(0).equals(SERVICES) || PATHS.contains(at.get(at.size() - 1));
  }

  /** A fix is said as a whole or not at all, and so is a setting. */
  private void refuseTogether() {
    var open = new ArrayList<>(refused.keySet());
    while (!open.isEmpty()) {
      List<String> at = open.remove(open.size() - 1);
      String reason = Objects.requireNonNull(refused.get(at));
      for (String step : steps.getOrDefault(at, Map.of()).keySet()) {
        if (held.putIfAbsent(step, reason) == null) {
          for (List<String> other : places.getOrDefault(step, Set.of())) {
            if (refused.putIfAbsent(other, reason) == null) {
              open.add(other);
            }
          }
        }
      }
    }
  }

  /** In the order of the services, and for each in the order of the steps. */
  private List<Setting> settings() {
    var blocks = new LinkedHashMap<List<String>, List<Setting>>();
    said.keySet().forEach(at -> blocks.put(above(at), new ArrayList<>()));
    var ordered = new LinkedHashSet<>(steps.keySet());
    ordered.addAll(said.keySet());
    ordered.removeAll(refused.keySet());
    for (List<String> at : ordered) {
      Value value = said.get(at);
      if (value != null) {
        var why = List.copyOf(steps.getOrDefault(at, Map.of()).values());
        Objects.requireNonNull(blocks.get(above(at))).add(new Setting(at, value, why));
      }
    }
    return blocks.values().stream().flatMap(List::stream).toList();
  }

  private static List<String> above(List<String> at) {
    return at.subList(0, at.size() - 1);
  }
}
