package dev.tightship.passes;

import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that a script fetches and that become programs, where it checks nothing.
 *
 * @param ran those that it starts itself
 * @param kept those that it makes executable, or installs
 */
record SavedPrograms(Set<Fetch> ran, Set<Fetch> kept) {

  /** {@code curl -o x … && chmod +x x}, or the same with {@code sh x}. */
  static SavedPrograms in(List<ShellCommand> script) {
    var kept = new LinkedHashSet<Fetch>();
    var ran = new LinkedHashSet<Fetch>();
    if (Runs.verifies(script)) {
      return new SavedPrograms(ran, kept);
    }
    var files = new HashMap<String, Fetch>();
    for (ShellCommand command : script) {
      Fetch fetch = Fetch.of(command);
      if (fetch != null) {
        fetch.files().forEach(file -> files.put(name(file), fetch));
      }
      ShellCommand.Program program = command.program();
      if (program == null || files.isEmpty()) {
        continue;
      }
      Fetch started = files.get(name(Runs.written(program.word())));
      if (started == null && Interpreters.is(program.name())) {
        started = firstFile(program.arguments(), files);
      }
      Fetch used = keepsProgram(program) ? firstFile(program.arguments(), files) : null;
      if (started != null) {
        ran.add(started);
      } else if (used != null) {
        kept.add(used);
      }
    }
    kept.removeAll(ran);
    return new SavedPrograms(ran, kept);
  }

  /** Whether it makes a program of a file, or installs one. */
  private static boolean keepsProgram(ShellCommand.Program program) {
    List<ShellWord> arguments = program.arguments();
    return switch (program.name()) {
      case "chmod" -> makesRunnable(arguments);
      case "dpkg" -> arguments.stream().anyMatch(a -> a.is("-i") || a.is("--install"));
      default -> false;
    };
  }

  private static String name(String file) {
    return file.startsWith("./") ? file.substring(2) : file;
  }

  private static @Nullable Fetch firstFile(List<ShellWord> words, Map<String, Fetch> files) {
    for (ShellWord word : words) {
      Fetch fetch = files.get(name(Runs.written(word)));
      if (fetch != null) {
        return fetch;
      }
    }
    return null;
  }

  /** Whether a chmod lets something be run. */
  private static boolean makesRunnable(List<ShellWord> arguments) {
    for (ShellWord argument : arguments) {
      String word = argument.literal();
      if (word != null && word.matches("[ugoa]*[+=][rws]*x.*|0?[0-7]*[1357][0-7]{2}")) {
        return true;
      }
    }
    return false;
  }
}
