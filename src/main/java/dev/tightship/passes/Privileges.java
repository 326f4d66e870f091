package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;

/** Whether a service is privileged, which makes every other restriction void. */
final class Privileges {

  private Privileges() {}

  /** True also where it cannot be told. */
  static boolean privileged(Service service) {
    return !(service.find("privileged") instanceof Answer.Absent)
        && !"false".equals(service.text("privileged").orElse(""));
  }
}
