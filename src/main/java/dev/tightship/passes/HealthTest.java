package dev.tightship.passes;

import dev.tightship.dockerfile.Instruction;

/** What a health check of a Dockerfile says. */
final class HealthTest {

  private HealthTest() {}

  /** Whether it says that there is none. */
  static boolean isOff(Instruction healthcheck) {
    return healthcheck.arguments().text().equalsIgnoreCase("NONE");
  }
}
