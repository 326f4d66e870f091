package dev.tightship.engine;

import dev.tightship.engine.Batch.State;
import dev.tightship.engine.Series.Change;
import dev.tightship.pass.Fix;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import dev.tightship.text.Traced;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each pass changed, told by making its fixes once more, after those of the passes before it.
 * The passes of a step found them all on one snapshot, so that there is nothing to find again.
 */
final class Changes {

  private final List<Change> changes = new ArrayList<>();

  List<Change> list() {
    return changes;
  }

  /** Takes a step apart; as a whole where its passes do not come to the same one by one. */
  void add(State before, Map<String, Fix> fixes, Application applied) {
    var passes = new LinkedHashMap<String, Map<String, Fix>>();
    var all = new LinkedHashMap<String, Fix>();
    fixes.forEach(
        (id, fix) -> {
          if (applied.held(id) == null && !applied.isIdle(id)) {
            passes.computeIfAbsent(Step.passOf(id), p -> new LinkedHashMap<>()).put(id, fix);
            all.put(id, fix);
          }
        });
    var apart = new ArrayList<Change>();
    State state = before;
    for (Map.Entry<String, Map<String, Fix>> pass : passes.entrySet()) {
      State next = apply(state, pass.getValue());
      apart.add(change(List.of(pass.getKey()), state, next));
      state = next;
    }
    if (isSame(state, applied.state())) {
      apart.stream().filter(change -> !change.isEmpty()).forEach(changes::add);
    } else {
      changes.add(change(List.copyOf(passes.keySet()), before, apply(before, all)));
    }
  }

  /** The state after some fixes, with the origin of its chars in the state before. */
  private static State apply(State state, Map<String, Fix> fixes) {
    var texts = new HashMap<String, Traced>();
    state.texts().forEach((path, text) -> texts.put(path, Traced.of(text.text())));
    var application = new Application(new State(state.project(), texts));
    application.apply(fixes);
    return application.state();
  }

  private static Change change(List<String> passes, State before, State after) {
    var texts = new HashMap<String, Traced>();
    after
        .texts()
        .forEach(
            (path, text) -> {
              if (!text.text().equals(text.original())) {
                texts.put(path, text);
              }
            });
    var created = new HashMap<String, String>();
    Map<String, String> earlier = before.project().created();
    after
        .project()
        .created()
        .forEach(
            (path, text) -> {
              String old = earlier.get(path);
              if (old == null) {
                created.put(path, text);
              } else if (!old.equals(text)) {
                var whole = new TextEdit(new Span(0, old.length()), text, "");
                texts.put(path, Traced.of(old).apply(List.of(whole)));
              }
            });
    return new Change(passes, texts, created);
  }

  private static boolean isSame(State one, State other) {
    return texts(one).equals(texts(other))
        && one.project().created().equals(other.project().created())
        && one.project().others().equals(other.project().others());
  }

  private static Map<String, String> texts(State state) {
    var texts = new HashMap<String, String>();
    state.texts().forEach((path, text) -> texts.put(path, text.text()));
    return texts;
  }
}
