package dev.tightship.passes;

import dev.tightship.compose.Service;
import java.util.OptionalInt;

/** How many containers of a service are started. */
final class Replicas {

  private Replicas() {}

  /** One where nothing is said, or where a variable without a value says it. */
  static int of(Service service) {
    return service
        .text("scale")
        .or(() -> service.text("deploy", "replicas"))
        .map(Replicas::number)
        .orElse(OptionalInt.empty())
        .orElse(1);
  }

  private static OptionalInt number(String text) {
    return text.matches("[0-9]{1,6}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
