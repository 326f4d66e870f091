package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import java.util.List;

/** Items that a list of a service has to hold. */
final class Items {

  private Items() {}

  /** The edits for it: a list that is not there is written at once, which is one splice. */
  static List<Edit> ensure(Service service, String key, List<String> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    if (service.find(key) instanceof Answer.Absent) {
      var list = new Value.Sequence(items.stream().map(i -> (Value) Value.string(i)).toList());
      return List.of(new Edit.Set(service.atHome(key), list));
    }
    return items.stream()
        .map(item -> (Edit) new Edit.Ensure(service.atHome(key), Value.string(item)))
        .toList();
  }
}
