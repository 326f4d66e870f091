package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One instruction and where its parts stand in the file.
 *
 * @param keyword in upper case; see {@link #isKnown()}
 * @param written the keyword as it stands in the file
 * @param span from the keyword to the last char that belongs to it, heredocs and their closing
 *     lines included, without the final line break and the blanks before it
 * @param line of the keyword, from 1
 * @param whole all of it but the heredocs, from the keyword on, as one line
 * @param flags the options before the arguments
 * @param arguments what follows the options, trimmed
 * @param json the strings of the JSON form; null for the shell form, and for instructions that have
 *     but one form. A HEALTHCHECK has that of the command after its {@code CMD}
 * @param heredocs the documents that follow, in order
 * @param open whether the file ends where a continuation was still awaited, so that a line added
 *     after this instruction would become part of it
 * @param escape the escape char of the file
 * @param inner what an ONBUILD holds for later; null for all others
 */
public record Instruction(
    String keyword,
    Word written,
    Span span,
    int line,
    LogicalText whole,
    List<Flag> flags,
    LogicalText arguments,
    @Nullable List<String> json,
    List<Heredoc> heredocs,
    boolean open,
    char escape,
    @Nullable Instruction inner) {

  private static final Set<String> KNOWN =
      Set.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private static final Set<String> PLAIN_WORDS = Set.of("ADD", "COPY", "EXPOSE", "FROM", "VOLUME");
  private static final Set<String> ASSIGNING = Set.of("ARG", "ENV", "LABEL");

  /** Whether it is an instruction of the Dockerfile language; others are kept as they are. */
  public boolean isKnown() {
    return KNOWN.contains(keyword);
  }

  public boolean is(String name) {
    return keyword.equals(name);
  }

  /** Whether it is written in JSON (exec) form. */
  public boolean isJson() {
    return json != null;
  }

  /** The first option of this name, or null. */
  public @Nullable Flag flag(String name) {
    for (Flag flag : flags) {
      if (flag.name().equals(name)) {
        return flag;
      }
    }
    return null;
  }

  /**
   * The words of the arguments as written: between blanks where the builder splits so (FROM, COPY,
   * ADD, EXPOSE, VOLUME), else between blanks outside quotes.
   */
  public List<Word> words() {
    return PLAIN_WORDS.contains(keyword) ? Words.plain(arguments) : Words.quoted(arguments, escape);
  }

  /**
   * The names and values of an ARG, ENV or LABEL, in the old form {@code ENV NAME value} too; empty
   * for all other instructions.
   */
  public List<Assignment> assignments() {
    if (!ASSIGNING.contains(keyword)) {
      return List.of();
    }
    List<LogicalText> words = Words.quotedParts(arguments, escape);
    if (words.isEmpty()) {
      return List.of();
    }
    if (isOldForm()) {
      return oldForm();
    }
    var found = new ArrayList<Assignment>();
    for (LogicalText word : words) {
      int equals = word.text().indexOf('=');
      if (equals < 0) {
        found.add(new Assignment(word.text(), null, null));
      } else {
        found.add(assignment(word, equals, equals + 1));
      }
    }
    return List.copyOf(found);
  }

  /** Whether it is an ENV or LABEL with one name and, behind a blank, its value. */
  boolean isOldForm() {
    List<Word> words = is("ENV") || is("LABEL") ? words() : List.of();
    return !words.isEmpty() && words.get(0).text().indexOf('=') < 0;
  }

  private List<Assignment> oldForm() {
    String text = arguments.text();
    int end = 0;
    while (end < text.length() && !Blanks.isSeparator(text.charAt(end))) {
      end++;
    }
    int start = end;
    while (start < text.length() && Blanks.isSeparator(text.charAt(start))) {
      start++;
    }
    return end == start
        ? List.of(new Assignment(text, null, null))
        : List.of(assignment(arguments, end, start));
  }

  private Assignment assignment(LogicalText source, int nameEnd, int valueStart) {
    Word value = source.word(valueStart, source.text().length());
    String name = source.text().substring(0, nameEnd);
    return new Assignment(name, ShellLexer.unquoted(value.text(), escape), value);
  }
}
