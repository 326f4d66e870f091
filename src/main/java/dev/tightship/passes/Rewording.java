package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.edit.Edit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts words into the text of an instruction, and others in the place of its own. */
final class Rewording {

  /** What stands there afterwards in the place of so many chars. */
  private record Change(int length, String text) {}

  private final Dockerfile file;
  private final Stage stage;
  private final Instruction instruction;

  /** By the offset in the whole text; the last places first. */
  private final TreeMap<Integer, Change> changes = new TreeMap<>(Comparator.reverseOrder());

  private String end = "";

  Rewording(Dockerfile file, Stage stage, Instruction instruction) {
    this.file = file;
    this.stage = stage;
    this.instruction = instruction;
  }

  boolean isEmpty() {
    return changes.isEmpty() && end.isEmpty();
  }

  /** Puts a word behind another one; false where the other one has no place in the file. */
  boolean behind(ShellWord word, String text) {
    Word source = word.source();
    int last = source == null ? -1 : instruction.whole().offsetOf(source.span().end() - 1);
    if (last < 0) {
      return false;
    }
    changes.merge(
        last + 1, new Change(0, " " + text), (a, b) -> new Change(a.length, a.text + b.text));
    return true;
  }

  /** Puts a word in the place of another one; false where that one has no place in the file. */
  boolean instead(ShellWord word, String text) {
    Word source = word.source();
    if (source == null || !source.whole()) {
      return false;
    }
    int first = instruction.whole().offsetOf(source.span().start());
    if (first < 0) {
      return false;
    }
    changes.put(first, new Change(source.text().length(), text));
    return true;
  }

  /**
   * Lets another command follow, on a line of its own where the instruction has several; false
   * where it would not be run when all has gone well, or not be a command at all: behind a comment,
   * a semicolon, what ends the shell.
   *
   * @param script what the instruction says
   */
  boolean then(ShellScript.Known script, String command) {
    if (!isOpen(script)) {
      return false;
    }
    end += lead() + "&& " + command;
    return true;
  }

  private boolean isOpen(ShellScript.Known script) {
    List<ShellCommand> commands = script.commands();
    if (commands.isEmpty() || ends(commands.get(commands.size() - 1))) {
      return false;
    }
    Instruction shell = stage.last("SHELL");
    String probe =
        "FROM scratch\n%s\n%s && %s\n"
            .formatted(
                shell == null ? "" : shell.whole().text(), instruction.whole().text(), PROBE);
    try {
      List<ShellScripts.Script> read = ShellScripts.of(Dockerfile.read("", probe));
      if (read.size() != 1 || !(read.get(0).script() instanceof ShellScript.Known longer)) {
        return false;
      }
      ShellCommand last = longer.commands().get(longer.commands().size() - 1);
      return longer.commands().size() == commands.size() + 1
          && last.words().size() == 1
          && last.words().get(0).is(PROBE)
          && last.join() == Join.AND
          && last.block() == null;
    } catch (DockerfileException e) {
      return false;
    }
  }

  private static final String PROBE = "probe";

  private static boolean ends(ShellCommand command) {
    return command.join() != Join.OR
        && !command.words().isEmpty()
        && command.block() == null
        && ENDS.contains(String.valueOf(command.words().get(0).literal()));
  }

  private static final Set<String> ENDS = Set.of("exit", "exec", "return");

  /** What stands before it: more than one blank makes a line of its own, see Edit.Rewrite. */
  private String lead() {
    String[] lines = instruction.span().of(file.text()).split("\r?\n", -1);
    String indent = "";
    for (int i = 1; i < lines.length; i++) {
      String bare = lines[i].stripLeading();
      if (!bare.isEmpty() && !bare.startsWith("#")) {
        indent = lines[i].substring(0, lines[i].length() - bare.length());
        if (bare.startsWith("&&")) {
          break;
        }
      }
    }
    return " " + indent;
  }

  Edit edit() {
    String before = instruction.whole().text();
    var after = new StringBuilder(before);
    for (Map.Entry<Integer, Change> e : changes.entrySet()) {
      Change change = e.getValue();
      after.replace(e.getKey(), e.getKey() + change.length, change.text);
    }
    List<Instruction> alike =
        stage.instructions().stream().filter(i -> i.is(instruction.keyword())).toList();
    return new Edit.Rewrite(
        file.path(),
        stage.index(),
        before,
        after.append(end).toString(),
        alike.indexOf(instruction));
  }
}
