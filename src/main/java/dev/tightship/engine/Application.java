package dev.tightship.engine;

import dev.tightship.edit.Edit;
import dev.tightship.pass.Fix;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies the fixes of one step, each where its text belongs, and knows what came of them. */
final class Application {

  private final Map<String, String> held = new HashMap<>();
  private final Map<String, String> notes = new HashMap<>();
  private final Map<String, List<Edit>> written = new HashMap<>();
  private final Set<String> idle = new HashSet<>();
  private Batch.State state;

  Application(Batch.State state) {
    this.state = state;
  }

  /**
   * A fix that would have changed another service is tried again when the others are applied: that
   * service may have a value of its own then.
   */
  void apply(Map<String, Fix> fixes) {
    Map<String, Fix> open = fixes;
    while (!open.isEmpty()) {
      Placing.Placed placed = Placing.of(state.project(), open);
      Batch.Result result = Batch.apply(state, placed.fixes(), placed.reaching());
      boolean progress = !placed.fixes().keySet().stream().allMatch(result::isIdleOrHeld);
      state = result.state();
      placed.follows().forEach((id, first) -> note(result, id, first));
      placed.fixes().keySet().forEach(id -> note(result, id, id));
      notes.putAll(placed.notes());
      remember(placed);
      held.putAll(placed.held());
      open = progress ? again(fixes, placed) : Map.of();
      open.keySet().forEach(held::remove);
    }
  }

  /** Remembers the edits of what is not written as its fix says. */
  private void remember(Placing.Placed placed) {
    for (String id : placed.notes().keySet()) {
      Fix fix = placed.fixes().get(placed.follows().getOrDefault(id, id));
      if (fix != null) {
        written.put(id, fix.edits());
      }
    }
  }

  private static Map<String, Fix> again(Map<String, Fix> fixes, Placing.Placed placed) {
    var again = new LinkedHashMap<>(fixes);
    again.keySet().retainAll(placed.held().keySet());
    return again;
  }

  private void note(Batch.Result result, String id, String spliced) {
    String why = result.held().get(spliced);
    if (why != null) {
      held.put(id, why);
    } else if (result.idle().contains(spliced)) {
      idle.add(id);
    }
  }

  Batch.State state() {
    return state;
  }

  /** Why a fix was not applied, or null. */
  @Nullable String held(String id) {
    return held.get(id);
  }

  /** Whether what a fix wanted held already. */
  boolean isIdle(String id) {
    return idle.contains(id);
  }

  /** The edits of a fix as they were spliced, where that is not what it says; else none. */
  List<Edit> written(String id) {
    return written.getOrDefault(id, List.of());
  }

  /** Where a fix is written, where that is not plainly the service; or null. */
  @Nullable String note(String id) {
    return notes.get(id);
  }
}
