package dev.tightship.compose.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a step makes of a value at a place. */
interface Rule {

  /**
   * @param below the rules for what is inside of the value, for a rule that wants them applied
   */
  Data apply(Data at, Rules<Rule> below) throws Refused;

  /** A value by the rule for its place; where there is none, what is inside of it. */
  static Data walk(Data at, @Nullable Rules<Rule> rules) throws Refused {
    if (rules == null) {
      return at;
    }
    Rule rule = rules.here();
    return rule != null ? rule.apply(at, rules) : inside(at, rules);
  }

  /** A value with the rules applied to what is inside of it. */
  static Data inside(Data at, Rules<Rule> rules) throws Refused {
    if (at instanceof Data.Mapping mapping) {
      Map<String, Data> changed = null;
      for (Map.Entry<String, Data> entry : mapping.entries().entrySet()) {
        Data now = walk(entry.getValue(), rules.key(entry.getKey()));
        if (now != entry.getValue()) {
          changed = changed == null ? new LinkedHashMap<>(mapping.entries()) : changed;
          changed.put(entry.getKey(), now);
        }
      }
      return changed == null ? at : new Data.Mapping(changed);
    }
    Rules<Rule> items = rules.item();
    if (items != null && at instanceof Data.Sequence list) {
      var changed = new ArrayList<Data>();
      for (Data item : list.items()) {
        changed.add(walk(item, items));
      }
      return new Data.Sequence(changed);
    }
    return at;
  }
}
