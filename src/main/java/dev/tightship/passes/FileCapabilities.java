package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.knowledge.Capabilities;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities that a Dockerfile gives to programs with {@code setcap}, in whatever stage: a copy
 * keeps them. The kernel does not start such a program where the container lacks one of them,
 * whoever starts it, if it shall be in effect at once, as with {@code =+ep} (capabilities(7),
 * "Safety checking for capability-dumb binaries"; seen on Linux 6).
 *
 * @param names without the prefix
 * @param unclear why they are not known, half a sentence, or null
 */
record FileCapabilities(Set<String> names, @Nullable String unclear) {

  private static final Pattern PROGRAM = Pattern.compile("(?<![\\w.-])setcap(?![\\w.-])");

  private static final Pattern ARGUMENTS =
      Pattern.compile(
          "\\s+(?:-q\\s+)?(?:-r\\s|(['\"]?)((?:cap_[a-z_]+,)*cap_[a-z_]+)[=+]+[eip]+\\1\\s)",
          Pattern.CASE_INSENSITIVE);

  static FileCapabilities of(Dockerfile file) {
    var names = new TreeSet<String>();
    for (Instruction run : file.instructions()) {
      String text = run.is("RUN") ? Accounts.text(file, run) : "";
      Matcher program = PROGRAM.matcher(text);
      Matcher arguments = ARGUMENTS.matcher(text);
      while (program.find()) {
        boolean read = arguments.region(program.end(), text.length()).lookingAt();
        List<String> given = read ? names(arguments.group(2)) : List.of();
        if (!read || !Capabilities.DEFAULT.containsAll(given)) {
          return new FileCapabilities(
              names,
              "line %s of %s gives a program capabilities of its own (setcap), without which it does"
                      .formatted(run.line(), file.path())
                  + " not start");
        }
        names.addAll(given);
      }
    }
    return new FileCapabilities(names, null);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Null stands for none: they are taken away. */
  private static List<String> names(@Nullable String written) {
    return written == null
        ? List.of()
        : List.of(written.toUpperCase(Locale.ROOT).replace("CAP_", "").split(",", -1));
  }
}
