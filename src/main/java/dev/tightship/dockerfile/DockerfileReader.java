package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the lines of a Dockerfile. A line ends with LF alone, and CRs before it are not
 * part of it; a lone CR within a line is a char like others, since builders see it so.
 */
final class DockerfileReader {

  private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
  private static final char BOM = '\ufeff';

  private final String path;
  private final String text;

  /** Offset after the byte order mark, if there is one. */
  private final int begin;

  private char escape = '\\';

  private final List<Directive> directives = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private final List<Instruction> instructions = new ArrayList<>();

  /** The line at hand: its number, first char, end without CRs, and where the next one begins. */
  private int line;

  private int lineStart;
  private int lineEnd;
  private int nextLine;

  DockerfileReader(String path, String text) {
    this.path = path;
    this.text = text;
    this.begin = text.isEmpty() || text.charAt(0) != BOM ? 0 : 1;
    this.nextLine = begin;
  }

  Dockerfile read() throws DockerfileException {
    boolean top = true;
    while (advance()) {
      int start = Blanks.skip(text, lineStart, lineEnd);
      if (start < lineEnd && text.charAt(start) == '#') {
        top = top && directive(start);
        if (!top) {
          comments.add(new Comment(new Span(start, lineEnd), line));
        }
      } else {
        top = false;
        if (start < lineEnd) {
          instruction(start);
        }
      }
    }
    var globalArgs = new ArrayList<GlobalArg>();
    List<Stage> stages = stages(globalArgs);
    return new Dockerfile(
        path, text, escape, directives, comments, instructions, globalArgs, stages);
  }

  /** Goes to the next line; false at the end of the text. */
  private boolean advance() {
    if (nextLine >= text.length()) {
      return false;
    }
    line++;
    lineStart = nextLine;
    int feed = text.indexOf('\n', lineStart);
    lineEnd = feed < 0 ? text.length() : feed;
    nextLine = feed < 0 ? text.length() : feed + 1;
    while (lineEnd > lineStart && text.charAt(lineEnd - 1) == '\r') {
      lineEnd--;
    }
    return true;
  }

  private DockerfileException error(int offset, String reason) {
    return new DockerfileException(path, line, offset - lineStart + 1, reason);
  }

  private DockerfileException error(Instruction at, String reason) {
    int start = at.span().start();
    int first = Math.max(text.lastIndexOf('\n', start - 1) + 1, begin);
    return new DockerfileException(path, at.line(), start - first + 1, reason);
  }

  // Directives

  /** Whether the comment that begins at {@code hash} is a directive; if so it is noted. */
  private boolean directive(int hash) throws DockerfileException {
    int nameStart = Blanks.skip(text, hash + 1, lineEnd);
    int nameEnd = nameStart;
    while (nameEnd < lineEnd && isNameChar(text.charAt(nameEnd), nameEnd == nameStart)) {
      nameEnd++;
    }
    int equals = skipDirectiveBlanks(nameEnd);
    String name = text.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
    if (equals == lineEnd || text.charAt(equals) != '=' || !DIRECTIVES.contains(name)) {
      return false;
    }
    int start = skipDirectiveBlanks(equals + 1);
    int end = lineEnd;
    while (end > start && isDirectiveBlank(text.charAt(end - 1))) {
      end--;
    }
    if (start == end) {
      return false;
    }
    if (directives.stream().anyMatch(d -> d.name().equals(name))) {
      throw error(hash, "the directive `" + name + "` stands here a second time");
    }
    String value = text.substring(start, end);
    if (name.equals("escape")) {
      if (!value.equals("\\") && !value.equals("`")) {
        throw error(start, "the escape directive takes a backslash or a backtick");
      }
      escape = value.charAt(0);
    }
    directives.add(new Directive(name, value, new Span(hash, end), new Span(start, end), line));
    return true;
  }

  private static boolean isNameChar(char c, boolean first) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
  }

  private static boolean isDirectiveBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\f';
  }

  private int skipDirectiveBlanks(int from) {
    int at = from;
    while (at < lineEnd && isDirectiveBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  // Instructions

  /** Reads the instruction whose first char stands at {@code start} in the line at hand. */
  private void instruction(int start) throws DockerfileException {
    int firstLine = line;
    int firstLineStart = lineStart;
    var joiner = new LogicalText.Joiner();
    int continued = continuation(start);
    int end = continued < 0 ? lineEnd : continued + 1;
    joiner.add(text, start, continued < 0 ? lineEnd : continued);
    while (continued >= 0 && advance()) {
      int first = Blanks.skip(text, lineStart, lineEnd);
      if (first == lineEnd) {
        continue;
      }
      if (text.charAt(first) == '#') {
        comments.add(new Comment(new Span(first, lineEnd), line));
        continue;
      }
      continued = continuation(lineStart);
      end = continued < 0 ? lineEnd : continued + 1;
      joiner.add(text, lineStart, continued < 0 ? lineEnd : continued);
    }
    LogicalText joined = joiner.join();
    String content = joined.text();
    int first = Blanks.skip(content, 0, content.length());
    if (first == content.length()) {
      throw new DockerfileException(
          path, firstLine, start - firstLineStart + 1, "this continues no instruction");
    }
    boolean open = continued >= 0;
    // The keyword need not stand in the first line: that one may hold an escape alone.
    int keyword = joined.word(first, first + 1).span().start();
    int keywordLine = firstLine + count(start, keyword);
    Span span = new Span(keyword, Blanks.trimEnd(text, keyword, end));
    Instruction read = new InstructionReader(escape, open, keywordLine).read(joined, span);
    instructions.add(InstructionReader.mayHaveHeredocs(read) ? withHeredocs(read, content) : read);
  }

  private int count(int from, int to) {
    int feeds = 0;
    for (int i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) {
      feeds++;
    }
    return feeds;
  }

  /**
   * Where the escape stands that continues the line at hand, or -1. It is the last char but blanks,
   * and no escape stands before it.
   */
  private int continuation(int from) {
    int at = lineEnd;
    while (at > from && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
      at--;
    }
    at--;
    boolean continues =
        at >= from && text.charAt(at) == escape && (at == from || text.charAt(at - 1) != escape);
    return continues ? at : -1;
  }

  private Instruction withHeredocs(Instruction instruction, String content)
      throws DockerfileException {
    List<HeredocWord> announced;
    try {
      announced = HeredocWord.in(content);
    } catch (ShellLexer.LexException e) {
      throw error(instruction, "a heredoc of this " + instruction.keyword() + " can't be read");
    }
    if (announced.isEmpty()) {
      return instruction;
    }
    var heredocs = new ArrayList<Heredoc>();
    for (HeredocWord word : announced) {
      Span body = body(word);
      if (body == null) {
        throw error(instruction, "a heredoc of this " + instruction.keyword() + " has no end");
      }
      heredocs.add(new Heredoc(word.delimiter(), word.expand(), word.chomp(), body));
    }
    return InstructionReader.with(instruction, heredocs, lineEnd);
  }

  /** The lines up to the one that closes the document; null if none does. */
  private @Nullable Span body(HeredocWord word) {
    int start = nextLine;
    while (advance()) {
      int first = lineStart;
      while (word.chomp() && first < lineEnd && text.charAt(first) == '\t') {
        first++;
      }
      String delimiter = word.delimiter();
      if (lineEnd - first == delimiter.length() && text.startsWith(delimiter, first)) {
        return new Span(start, lineStart);
      }
    }
    return null;
  }

  // Stages

  private List<Stage> stages(List<GlobalArg> globalArgs) throws DockerfileException {
    var stages = new ArrayList<Stage>();
    int next = 0;
    while (next < instructions.size() && !instructions.get(next).is("FROM")) {
      Instruction instruction = instructions.get(next++);
      if (instruction.is("ARG")) {
        declare(instruction, globalArgs);
      } else if (instruction.isKnown()) {
        throw error(instruction, instruction.keyword() + " stands before the first FROM");
      }
    }
    while (next < instructions.size()) {
      Instruction from = instructions.get(next++);
      int first = next;
      while (next < instructions.size() && !instructions.get(next).is("FROM")) {
        next++;
      }
      stages.add(stage(stages.size(), from, List.copyOf(instructions.subList(first, next))));
    }
    if (stages.isEmpty()) {
      throw new DockerfileException(path, Math.max(line, 1), 1, "there is no FROM");
    }
    return stages;
  }

  private static void declare(Instruction arg, List<GlobalArg> globalArgs) {
    for (Assignment assignment : arg.assignments()) {
      globalArgs.add(
          new GlobalArg(assignment.name(), assignment.value(), assignment.written(), arg.line()));
    }
  }

  private Stage stage(int index, Instruction from, List<Instruction> instructions)
      throws DockerfileException {
    List<Word> words = from.words();
    boolean named = words.size() == 3 && words.get(1).text().equalsIgnoreCase("AS");
    if (words.size() != 1 && !named) {
      throw error(from, "FROM takes an image, or an image, AS and a name");
    }
    String name = named ? words.get(2).text().toLowerCase(Locale.ROOT) : null;
    return new Stage(index, from, words.get(0), name, instructions);
  }
}
