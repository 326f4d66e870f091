package dev.tightship.passes;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellWord;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.edit.Edit;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Puts words into the text of an instruction. */
final class Rewording {

  private final Dockerfile file;
  private final Stage stage;
  private final Instruction instruction;

  /** What is put in, by the offset in the whole text; the last places first. */
  private final TreeMap<Integer, String> added = new TreeMap<>(Comparator.reverseOrder());

  private String end = "";

  Rewording(Dockerfile file, Stage stage, Instruction instruction) {
    this.file = file;
    this.stage = stage;
    this.instruction = instruction;
  }

  boolean isEmpty() {
    return added.isEmpty() && end.isEmpty();
  }

  /** Puts a word behind another one; false where the other one has no place in the file. */
  boolean behind(ShellWord word, String text) {
    Word source = word.source();
    int last = source == null ? -1 : instruction.whole().offsetOf(source.span().end() - 1);
    if (last < 0) {
      return false;
    }
    added.merge(last + 1, " " + text, String::concat);
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
    for (Map.Entry<Integer, String> e : added.entrySet()) {
      after.insert(e.getKey(), e.getValue());
    }
    return new Edit.Rewrite(file.path(), stage.index(), before, after.append(end).toString());
  }
}
