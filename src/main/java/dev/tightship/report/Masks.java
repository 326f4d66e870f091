package dev.tightship.report;

import dev.tightship.text.Traced;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How the lines of one file are shown. */
final class Masks {

  private Masks() {}

  /** Hides secrets; all else is as it is in the file. */
  static UnaryOperator<String> secrets(Secrets secrets, Traced traced) {
    Set<String> continuing = secrets.continuing(traced);
    return line -> secrets.line(line, continuing);
  }

  /** Hides secrets, and writes out what a terminal or a CI runner would act on. */
  static UnaryOperator<String> shown(Secrets secrets, Traced traced) {
    UnaryOperator<String> mask = secrets(secrets, traced);
    return line -> Escape.line(mask.apply(line));
  }
}
