package dev.tightship.engine;

import dev.tightship.compose.PortSpec;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What no further Compose file can say, whatever it writes. */
final class Unsayable {

  /** How each reason begins. */
  static final String LEFT_OUT = "left out of the overlay: ";

  private Unsayable() {}

  /** Why a fix cannot be said in an overlay, or null. */
  static @Nullable String reason(Fix fix) {
    for (Edit edit : fix.edits()) {
      String reason = reason(edit);
      if (reason != null) {
        return LEFT_OUT + reason;
      }
    }
    return null;
  }

  private static @Nullable String reason(Edit edit) {
    if (edit instanceof Edit.Dockerfile) {
      return "it is a change of a Dockerfile, which no Compose file makes";
    }
    if (edit instanceof Edit.Text || edit instanceof Edit.Assign || isVariable(edit)) {
      return "the text stays in the file itself, whatever another one says";
    }
    if (!(edit instanceof Edit.Yaml goal)) {
      return "it makes a file of its own";
    }
    if (goal.at().path().get(0).equals(new Segment.Key("version"))) {
      return "Docker Compose reads it in the file itself, whatever another one says";
    }
    return isRefused(goal.at())
        ? "Docker Compose refuses the file for it before it reads another one; mend it there"
        : null;
  }

  /** Whether a variable gets another name, while the file itself still has it under the old one. */
  private static boolean isVariable(Edit edit) {
    List<Segment> path = edit instanceof Edit.Yaml yaml ? yaml.at().path() : List.of();
    return path.size() == 4
        && path.get(2).equals(new Segment.Key("environment"))
        && (edit instanceof Edit.Rename
            || (edit instanceof Edit.Set && path.get(3) instanceof Segment.Item));
  }

  /** Whether a place is a port that is no port; one with a variable may be one. */
  private static boolean isRefused(Place at) {
    List<Segment> path = at.path();
    return path.size() == 4
        && path.get(2).equals(new Segment.Key("ports"))
        && path.get(3) instanceof Segment.Item item
        && item.value() instanceof Value.Scalar port
        && !port.text().contains("$")
        && PortSpec.parse(port.text()) instanceof PortSpec.Invalid;
  }
}
