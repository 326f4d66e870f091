package dev.tightship.passes;

import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mode that files get.
 *
 * @param by how that is written, {@code chmod 755}
 * @param files as they are written; empty where they are not known
 */
record ModeChange(String mode, String by, List<String> files) {

  ModeChange {
    files = List.copyOf(files);
  }

  /** Those of an instruction whose files may come into an image, in order. */
  static List<ModeChange> inImage(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    return of(instruction, runs).stream().filter(change -> in.gets(change.files())).toList();
  }

  private static List<ModeChange> of(Instruction instruction, @Nullable Runs runs) {
    var changes = new ArrayList<ModeChange>();
    Flag chmod = instruction.flag("chmod");
    if (chmod != null && chmod.value() != null) {
      List<Word> words = instruction.words();
      String target = instruction.isJson() || words.isEmpty() ? "" : last(words).text();
      changes.add(new ModeChange(chmod.value(), "--chmod=" + chmod.value(), known(target)));
    }
    if (runs != null) {
      runs.commands().forEach(command -> of(command, changes));
    }
    return changes;
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private static List<String> known(String target) {
    return target.isEmpty() || target.indexOf('$') >= 0 ? List.of() : List.of(target);
  }

  private static void of(ShellCommand command, List<ModeChange> changes) {
    ShellCommand.Program program = command.program();
    if (program == null) {
      return;
    }
    List<ShellWord> arguments = program.arguments();
    switch (program.name()) {
      case "chmod" -> chmod(arguments, true, changes);
      case "find", "xargs" -> {
        for (int i = 0; i < arguments.size(); i++) {
          if (arguments.get(i).is("chmod")) {
            chmod(arguments.subList(i + 1, arguments.size()), false, changes);
          }
        }
      }
      case "mkdir", "install", "mkfifo" -> option(program.name(), arguments, changes);
      default -> {}
    }
  }

  /**
   * @param names whether the files stand behind the mode
   */
  private static void chmod(List<ShellWord> arguments, boolean names, List<ModeChange> changes) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i).literal();
      if (word == null) {
        return;
      }
      // a mode may begin with a minus as well: -x takes from all
      if (!word.matches("-[RvcfhHLP]+|--[a-z-]+|--")) {
        List<ShellWord> files = arguments.subList(i + 1, arguments.size());
        changes.add(new ModeChange(word, "chmod " + word, names ? literals(files) : List.of()));
        return;
      }
    }
  }

  /** None where one of them is not known. */
  private static List<String> literals(List<ShellWord> words) {
    var literals = new ArrayList<String>();
    for (ShellWord word : words) {
      if (word.literal() == null) {
        return List.of();
      }
      literals.add(word.literal());
    }
    return literals;
  }

  private static void option(String program, List<ShellWord> arguments, List<ModeChange> changes) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i).literal();
      String mode = null;
      if (word != null
          && (word.equals("-m") || word.equals("--mode"))
          && i + 1 < arguments.size()) {
        mode = arguments.get(i + 1).literal();
      } else if (word != null && word.startsWith("--mode=")) {
        mode = word.substring("--mode=".length());
      } else if (word != null && word.matches("-m[0-7]+")) {
        mode = word.substring(2);
      }
      if (mode != null) {
        changes.add(new ModeChange(mode, program + " -m " + mode, List.of()));
      }
    }
  }
}
