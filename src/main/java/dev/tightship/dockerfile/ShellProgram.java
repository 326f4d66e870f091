package dev.tightship.dockerfile;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A call of a shell.
 *
 * @param bash whether it is bash under its own name
 * @param script index of the text after {@code -c}, which may be the count of the words; or one of
 *     the constants
 */
record ShellProgram(boolean bash, int script) {

  /** It is given no text: it reads a file. */
  static final int NONE = -1;

  /** An option is not known. */
  static final int UNKNOWN = -2;

  private static final Set<String> SHELLS = Set.of("sh", "bash", "ash", "dash");
  private static final Set<String> LONG = Set.of("--login", "--norc", "--noprofile");
  private static final Set<String> NAMED =
      Set.of("pipefail", "errexit", "nounset", "xtrace", "verbose");

  /** Null when the first word is no shell that reads as POSIX says. */
  static @Nullable ShellProgram of(List<String> words) {
    if (words.isEmpty()) {
      return null;
    }
    String first = words.get(0);
    String name = first.substring(first.lastIndexOf('/') + 1);
    return SHELLS.contains(name) ? new ShellProgram(name.equals("bash"), script(words)) : null;
  }

  private static int script(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String option = words.get(i);
      if (!option.startsWith("-") && !option.startsWith("+")) {
        return NONE;
      }
      boolean named = option.endsWith("o") && option.length() > 1;
      String letters = option.substring(1, option.length() - (named ? 1 : 0));
      boolean known = !letters.isEmpty() || named;
      if (known
          && option.startsWith("-")
          && letters.chars().allMatch(c -> "elxuc".indexOf(c) >= 0)) {
        if (named) {
          i++;
          if (letters.contains("c") || i >= words.size() || !NAMED.contains(words.get(i))) {
            return UNKNOWN;
          }
        } else if (letters.contains("c")) {
          boolean more = i + 1 < words.size() && words.get(i + 1).matches("[-+].*");
          return more ? UNKNOWN : i + 1;
        }
      } else if (!LONG.contains(option)) {
        return UNKNOWN;
      }
    }
    return NONE;
  }
}
