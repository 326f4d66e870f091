package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes an instruction say something else by changing just the words that differ, so that its
 * continuations, the comments between them and its spacing stay.
 */
final class Rewriting {

  private final Dockerfile file;
  private final Instruction instruction;
  private final String fix;
  private final String after;
  private final Pieces old;
  private final Pieces now;
  private final List<TextEdit> edits = new ArrayList<>();
  private boolean broken;

  Rewriting(Dockerfile file, Instruction instruction, String after, String fix) {
    this.file = file;
    this.instruction = instruction;
    this.after = after;
    this.fix = fix;
    this.old = new Pieces(instruction.whole().text());
    this.now = new Pieces(after);
  }

  /** Null where a word that would change goes over the end of a line. */
  @Nullable List<TextEdit> edits() {
    for (Pieces.Change c : old.changes(now)) {
      change(c.from(), c.to(), c.otherFrom(), c.otherTo());
    }
    return broken ? null : List.copyOf(edits);
  }

  private void change(int oldFrom, int oldTo, int nowFrom, int nowTo) {
    String text = after.substring(now.start(nowFrom), now.start(nowTo));
    Word word = instruction.whole().word(old.start(oldFrom), old.start(oldTo));
    if (!word.whole()) {
      broken = true;
      return;
    }
    Span span = word.span();
    edits.add(new TextEdit(span, span.isEmpty() ? onLines(text) : text, fix));
  }

  /**
   * What is added after some blanks goes to a line of its own, indented by all but the first; and
   * so does each further command behind as many.
   */
  private String onLines(String added) {
    int blanks = added.length() - added.stripLeading().length();
    if (!added.startsWith("  ") && !added.startsWith(" \t")) {
      return added;
    }
    String lead = added.substring(0, blanks);
    String line = " " + file.escape() + lineBreak() + lead.substring(1);
    return line + added.substring(blanks).replace(lead + "&& ", line + "&& ");
  }

  private String lineBreak() {
    int feed = file.text().indexOf('\n', instruction.span().start());
    feed = feed < 0 ? file.text().indexOf('\n') : feed;
    return feed > 0 && file.text().charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }
}
