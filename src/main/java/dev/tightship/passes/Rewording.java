package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.edit.Edit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  /** Lets another command follow, on a line of its own where the instruction has several. */
  void then(String command) {
    end += lead() + "&& " + command;
  }

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
    return " " + indent.replace("\t", "    ");
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
