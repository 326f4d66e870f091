package dev.tightship.report;

import dev.tightship.text.Traced;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/** How the lines of one file are shown. */
final class Masks {

  private Masks() {}

  /** Hides secrets; all else is as it is in the file. */
  static UnaryOperator<String> secrets(Traced traced) {
    Set<String> continued = new HashSet<>(Redactor.continuations(traced.original()));
    continued.addAll(Redactor.continuations(traced.text()));
    return line -> {
      String bare = line.endsWith("\n") ? line.substring(0, line.length() - 1) : line;
      if (continued.contains(bare)) {
        String indent = bare.substring(0, bare.length() - bare.stripLeading().length());
        return indent + Redactor.MASK + line.substring(bare.length());
      }
      return Redactor.line(line);
    };
  }

  /** Hides secrets, and writes out what a terminal or a CI runner would act on. */
  static UnaryOperator<String> shown(Traced traced) {
    UnaryOperator<String> secrets = secrets(traced);
    return line -> Escape.line(secrets.apply(line));
  }
}
