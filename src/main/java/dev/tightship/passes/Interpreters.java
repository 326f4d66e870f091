package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.List;
import java.util.Set;

/** Programs that run what they are given: shells, and those of languages. */
final class Interpreters {

  private static final Set<String> INTERPRETERS =
      Set.of("python", "python2", "python3", "perl", "ruby", "node", "php");

  private Interpreters() {}

  /** Whether a program of this name runs what lies in a file that it is given. */
  static boolean is(String name) {
    return Runs.isShell(name) || isOfLanguage(name);
  }

  private static boolean isOfLanguage(String name) {
    return INTERPRETERS.contains(name) || name.matches("python[23][.][0-9]+");
  }

  /** Whether it takes its program from what is piped to it. */
  static boolean readInput(ShellCommand.Program program) {
    List<ShellWord> arguments = program.arguments();
    String first = arguments.isEmpty() ? "" : arguments.get(0).literal();
    if (isOfLanguage(program.name())) {
      boolean own = program.name().equals("php") && "--".equals(first);
      return own || "".equals(first) || "-".equals(first);
    }
    if (!Runs.isShell(program.name()) || program.name().equals("busybox")) {
      return false;
    }
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i).literal();
      if (word == null) {
        return false;
      }
      if (word.equals("-") || word.equals("--") || word.equals("/dev/stdin")) {
        return true;
      }
      if (!word.startsWith("-")) {
        return false;
      }
      if (word.matches("-[a-z]*s")) {
        return true;
      }
      if (word.startsWith("--") || word.indexOf('c') > 0) {
        boolean harmless = Set.of("--login", "--norc", "--noprofile", "--posix").contains(word);
        if (!harmless) {
          return false;
        }
      }
      i += word.endsWith("o") ? 1 : 0;
    }
    return true;
  }
}
