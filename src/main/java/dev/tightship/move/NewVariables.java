package dev.tightship.move;

import dev.tightship.compose.Service;
import dev.tightship.compose.Written;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Variables that services get, each written as the service writes its own. */
final class NewVariables {

  private static final String ENVIRONMENT = "environment";

  private final Map<Place, Variable> all = new LinkedHashMap<>();

  /**
   * @param text that it has, but for what changes in it
   */
  private record Variable(
      Service service, String name, String text, TreeMap<Integer, Change> changes) {}

  private record Change(Span span, String text) {}

  /** Stands for a variable, however it is written. */
  static Place place(Service service, String name) {
    return service.atHome(ENVIRONMENT).key(name);
  }

  /** Why a service cannot get a variable, half a sentence; null where it can. */
  static @Nullable String obstacle(Service service) {
    String obstacle = service.obstacleAtHome(ENVIRONMENT);
    if (obstacle != null) {
      return obstacle;
    }
    Written written = Written.of(service, service.atHome(ENVIRONMENT).key(""));
    return written == null
            || !written.listed()
            || written.alias() != null
            || written.value() != null
        ? "the variables of service %s come from an anchor".formatted(service.name())
        : null;
  }

  void put(Service service, String name, String text) {
    put(service, name, text, Span.at(0), "");
  }

  /**
   * @param span of the text that changes
   */
  void put(Service service, String name, String text, Span span, String change) {
    all.computeIfAbsent(
            place(service, name), p -> new Variable(service, name, text, new TreeMap<>()))
        .changes
        .putIfAbsent(span.start(), new Change(span, change));
  }

  /** The goals, in the order in which the variables were named. */
  List<Edit> edits() {
    var edits = new ArrayList<Edit>();
    for (Variable each : all.values()) {
      var text = new StringBuilder();
      int at = 0;
      for (Change change : each.changes.values()) {
        text.append(each.text, at, change.span.start()).append(change.text);
        at = change.span.end();
      }
      text.append(each.text, at, each.text.length());
      edits.add(edit(each.service, each.name, text.toString()));
    }
    return edits;
  }

  private static Edit edit(Service service, String name, String text) {
    Place home = service.atHome(ENVIRONMENT);
    boolean listed =
        service.lists(ENVIRONMENT).stream()
            .anyMatch(list -> !list.inherited() && list.place().equals(home));
    return listed
        ? new Edit.Ensure(home, Value.string(name + "=" + text))
        : new Edit.Set(home.key(name), Value.string(text));
  }
}
