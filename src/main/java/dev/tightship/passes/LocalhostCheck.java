package dev.tightship.passes;

import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.yaml.Node;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A health check that asks {@code localhost}, which is ::1 first: a server that no longer listens
 * there, as its start script could not change its configuration, would look ill.
 */
final class LocalhostCheck {

  private static final Pattern LOCALHOST = Pattern.compile("(?<=://)localhost(?=[:/\\s'\"]|$)");

  private LocalhostCheck() {}

  /** The edit that lets it ask 127.0.0.1; null where it asks something else, or there is none. */
  static @Nullable Edit onIpv4(Service service) {
    if (!(service.find("healthcheck", "test")
        instanceof dev.tightship.compose.Answer.Known known)) {
      return null;
    }
    if (known.node() instanceof Node.Scalar scalar && LOCALHOST.matcher(scalar.text()).find()) {
      return new Edit.Set(service.at("healthcheck", "test"), Value.string(moved(scalar.text())));
    }
    if (known.node() instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        if (item instanceof Node.Scalar scalar && LOCALHOST.matcher(scalar.text()).find()) {
          var place = service.at("healthcheck", "test").item(item.value());
          return new Edit.Set(place, Value.string(moved(scalar.text())));
        }
      }
    }
    return null;
  }

  private static String moved(String test) {
    return LOCALHOST.matcher(test).replaceAll("127.0.0.1");
  }
}
