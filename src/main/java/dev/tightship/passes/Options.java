package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The options among the arguments of a program. */
final class Options {

  /** Those that people write directly behind {@code install}. */
  private static final Pattern FIRST =
      Pattern.compile("-[yq]{1,3}|--(?:yes|assume-yes|assumeyes|quiet)");

  private Options() {}

  /** Whether one begins so, or an argument that is not known may. */
  static boolean mayHave(ShellCommand.Program program, String... starts) {
    for (ShellWord word : program.arguments()) {
      if (isUnknown(word)) {
        return true;
      }
      for (String start : starts) {
        if (Runs.written(word).startsWith(start)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one of the arguments may come to any number of options. */
  static boolean mayHaveMore(ShellCommand.Program program) {
    return program.arguments().stream().anyMatch(Options::isUnknown);
  }

  private static boolean isUnknown(ShellWord word) {
    return word.source() == null || (word.literal() == null && Runs.written(word).startsWith("$"));
  }

  /** The first argument that is one of these words, or null. */
  static @Nullable ShellWord first(ShellCommand.Program program, Set<String> words) {
    for (ShellWord word : program.arguments()) {
      if (word.literal() != null && words.contains(word.literal())) {
        return word;
      }
    }
    return null;
  }

  /** The first argument that is no option, when it is this one. */
  static @Nullable ShellWord subcommand(ShellCommand.Program program, int from, String text) {
    for (ShellWord word : program.arguments().subList(from, program.arguments().size())) {
      String literal = word.literal();
      if (literal == null || !literal.startsWith("-")) {
        return text.equals(literal) ? word : null;
      }
    }
    return null;
  }

  /** The word behind which one more option reads well: {@code install} with its short options. */
  static ShellWord lastOf(ShellCommand.Program program, ShellWord subcommand) {
    List<ShellWord> arguments = program.arguments();
    int at = arguments.indexOf(subcommand);
    while (at + 1 < arguments.size() && matches(arguments.get(at + 1))) {
      at++;
    }
    return arguments.get(at);
  }

  private static boolean matches(ShellWord word) {
    return word.literal() != null && FIRST.matcher(word.literal()).matches();
  }
}
