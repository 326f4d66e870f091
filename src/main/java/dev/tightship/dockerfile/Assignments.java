package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import java.util.List;

/**
 * The assignments of an ENV that sets several variables, as its text: one can be taken out so that
 * the others, the comments between them and the lines that they stand on stay.
 */
final class Assignments {

  private final Dockerfile file;
  private final String text;
  private final int start;
  private final List<Word> words;

  Assignments(Dockerfile file, Instruction instruction) {
    this.file = file;
    this.text = file.text();
    this.start = instruction.written().span().end();
    this.words = instruction.words();
  }

  /** What goes with the assignment at an index; never the last one that is left. */
  List<Span> spans(int index) {
    Span word = words.get(index).span();
    int before = index == 0 ? start : words.get(index - 1).span().end();
    int line = text.lastIndexOf('\n', word.start()) + 1;
    boolean begins = line > before; // a line
    if (index == words.size() - 1) {
      boolean comments = hasComment(before, word.start());
      return comments
          ? List.of(new Span(before, lineEnd(before)), new Span(lineEnd(line - 2), word.end()))
          : List.of(new Span(before, word.end()));
    }
    int after = words.get(index + 1).span().start();
    boolean ends = text.substring(word.end(), after).indexOf('\n') >= 0;
    if (begins && ends) {
      return List.of(new Span(line, text.indexOf('\n', word.end()) + 1));
    }
    boolean joins = !ends || (index == 0 && !hasComment(word.end(), after));
    return List.of(joins ? new Span(word.start(), after) : new Span(before, word.end()));
  }

  /** Where the text of the line ends that an offset is in, its line break left out. */
  private int lineEnd(int offset) {
    int feed = text.indexOf('\n', offset);
    int end = feed < 0 ? text.length() : feed;
    return end > offset && text.charAt(end - 1) == '\r' ? end - 1 : end;
  }

  private boolean hasComment(int from, int to) {
    return file.comments().stream()
        .anyMatch(comment -> comment.span().start() >= from && comment.span().end() <= to);
  }
}
