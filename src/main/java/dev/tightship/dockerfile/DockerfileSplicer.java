package dev.tightship.dockerfile;

import dev.tightship.dockerfile.DockerfileData.Item;
import dev.tightship.edit.Edit;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns a goal for a Dockerfile into splices of its text. */
public final class DockerfileSplicer {

  /** What became of a goal. */
  public sealed interface Result {

    /** The splices that make the goal hold; none when it holds already. */
    record Spliced(List<TextEdit> edits) implements Result {
      public Spliced {
        edits = List.copyOf(edits);
      }
    }

    /**
     * Nothing is changed.
     *
     * @param why in plain words, for a report
     */
    record Held(String why) implements Result {}
  }

  private final Dockerfile file;
  private final String fix;

  private DockerfileSplicer(Dockerfile file, String fix) {
    this.file = file;
    this.fix = fix;
  }

  /**
   * The splices for one goal.
   *
   * @param fix id of the fix that asks, for each splice
   * @throws IllegalArgumentException if the goal speaks of another file
   */
  public static Result splice(Dockerfile file, Edit.Dockerfile goal, String fix) {
    if (!goal.file().equals(file.path())) {
      throw new IllegalArgumentException("a goal for " + goal.file() + ", not " + file.path());
    }
    var splicer = new DockerfileSplicer(file, fix);
    if (goal instanceof Edit.SetBase set) {
      return splicer.setBase(set);
    }
    if (goal instanceof Edit.SetGlobalArg set) {
      return splicer.setGlobalArg(set);
    }
    if (goal instanceof Edit.Rewrite rewrite) {
      return splicer.rewrite(rewrite);
    }
    if (goal instanceof Edit.Insert insert) {
      return splicer.insert(insert);
    }
    if (goal instanceof Edit.KeepLast keep) {
      return splicer.keepLast(keep);
    }
    if (goal instanceof Edit.UnsetEnv unset) {
      return splicer.unsetEnv(unset);
    }
    return splicer.setUser((Edit.SetUser) goal);
  }

  // Any instruction

  private Result rewrite(Edit.Rewrite goal) {
    Stage stage = stage(goal.stage());
    Item before = item(goal.before());
    Item after = item(goal.after());
    if (stage == null || before == null || after == null) {
      return new Result.Held("it is not one instruction of a stage");
    }
    var edits = new ArrayList<TextEdit>();
    boolean found = false;
    for (Instruction instruction : stage.instructions()) {
      Item item = DockerfileData.item(instruction, file.text());
      found |= item.equals(after);
      if (item.equals(before) && !before.equals(after)) {
        List<TextEdit> own = new Rewriting(file, instruction, goal.after(), fix).edits();
        if (own == null) {
          return new Result.Held("a part that would change is broken over several lines");
        }
        edits.addAll(own);
        found = true;
      }
    }
    return found ? new Result.Spliced(edits) : rewriteChanged(goal, stage);
  }

  /** Where another fix changed the instruction too. */
  private Result rewriteChanged(Edit.Rewrite goal, Stage stage) {
    List<String> keywords = stage.instructions().stream().map(Instruction::keyword).toList();
    int at = DockerfileData.nth(keywords, goal);
    Instruction meant = at < 0 ? null : stage.instructions().get(at);
    String merged =
        meant == null || meant.isJson() || !meant.heredocs().isEmpty()
            ? null
            : Pieces.merged(goal.before(), goal.after(), meant.whole().text());
    List<TextEdit> edits =
        meant == null || merged == null ? null : new Rewriting(file, meant, merged, fix).edits();
    return edits == null
        ? new Result.Held("the instruction is no longer what it was")
        : new Result.Spliced(edits);
  }

  private Result insert(Edit.Insert goal) {
    Stage stage = stage(goal.stage());
    Item added = item(goal.instruction());
    Item next = goal.next() == null ? null : item(goal.next());
    if (stage == null || added == null || (next == null && goal.next() != null)) {
      return new Result.Held("it is not one instruction of a stage");
    }
    List<Item> items =
        stage.instructions().stream().map(i -> DockerfileData.item(i, file.text())).toList();
    int at = next == null ? items.size() : items.indexOf(next);
    if (at < 0) {
      return new Result.Held("the instruction before which it belongs is no longer what it was");
    }
    if (at > 0 && items.get(at - 1).equals(added)) {
      return new Result.Spliced(List.of());
    }
    Instruction before = at == 0 ? stage.from() : stage.instructions().get(at - 1);
    return at < items.size()
        ? insertBetween(before, stage.instructions().get(at), goal.instruction())
        : insertAfter(before, goal.instruction());
  }

  private Result keepLast(Edit.KeepLast goal) {
    Stage stage = stage(goal.stage());
    if (stage == null) {
      return new Result.Held("there is no such stage");
    }
    Instruction last = stage.last(goal.keyword());
    var edits = new ArrayList<TextEdit>();
    for (Instruction instruction : stage.instructions()) {
      if (instruction.is(goal.keyword()) && !instruction.equals(last)) {
        if (isSpokenOf(instruction)) {
          return new Result.Held("a comment speaks of it: take both away by hand");
        }
        edits.add(new TextEdit(lines(instruction.span()), "", fix));
      }
    }
    return new Result.Spliced(edits);
  }

  private Result unsetEnv(Edit.UnsetEnv goal) {
    Stage stage = stage(goal.stage());
    if (stage == null) {
      return new Result.Held("there is no such stage");
    }
    var edits = new ArrayList<TextEdit>();
    for (Instruction instruction : stage.instructions()) {
      List<String> names =
          instruction.is("ENV")
              ? instruction.assignments().stream().map(Assignment::name).toList()
              : List.of();
      int at = names.indexOf(goal.name());
      if (at < 0) {
        continue;
      }
      if (names.size() > 1 && at != names.lastIndexOf(goal.name())) {
        return new Result.Held("one instruction sets it twice");
      }
      if (names.size() > 1) {
        for (Span span : new Assignments(file, instruction).spans(at)) {
          edits.add(new TextEdit(span, "", fix));
        }
      } else if (file.comments().stream().anyMatch(c -> isWithin(c.span(), instruction.span()))) {
        return new Result.Held("a comment stands inside of it: take both away by hand");
      } else {
        edits.add(new TextEdit(lines(instruction.span()), "", fix));
      }
    }
    return new Result.Spliced(edits);
  }

  /** Whether a comment stands directly above an instruction, or inside. */
  private boolean isSpokenOf(Instruction instruction) {
    int line = lineStart(instruction.span().start());
    boolean above = line > 0 && isComment(lineStart(line - 1), line);
    return above || file.comments().stream().anyMatch(c -> isWithin(c.span(), instruction.span()));
  }

  private static boolean isWithin(Span inner, Span outer) {
    return inner.start() >= outer.start() && inner.end() <= outer.end();
  }

  /**
   * The lines of a span, and of two blank ones around it the second. A file whose last line has no
   * line break ends without one then, too.
   */
  private Span lines(Span span) {
    int start = lineStart(span.start());
    int end = nextLine(span.end());
    if (end == file.text().length() && !file.text().endsWith("\n")) {
      return new Span(start - lineBreak(start - 1).length(), end);
    }
    boolean blank = start > 0 && isBlank(lineStart(start - 1), start);
    return new Span(start, blank && isBlank(end, nextLine(end)) ? nextLine(end) : end);
  }

  private int nextLine(int offset) {
    int feed = file.text().indexOf('\n', offset);
    return feed < 0 ? file.text().length() : feed + 1;
  }

  private boolean isBlank(int start, int end) {
    return start < end && file.text().substring(start, end).isBlank();
  }

  private @Nullable Stage stage(int index) {
    return index >= 0 && index < file.stages().size() ? file.stages().get(index) : null;
  }

  private @Nullable Item item(String instruction) {
    return DockerfileData.item(instruction, file.data().directives());
  }

  // The base

  private Result setBase(Edit.SetBase goal) {
    if (goal.stage() < 0 || goal.stage() >= file.stages().size()) {
      return new Result.Held("there is no such stage");
    }
    if (!isWord(goal.image())) {
      return new Result.Held("the image can't be written as one plain word");
    }
    Word base = file.stages().get(goal.stage()).base();
    if (ShellLexer.unquoted(base.text(), file.escape()).equals(goal.image())) {
      return new Result.Spliced(List.of());
    }
    if (!base.whole()) {
      return new Result.Held("the image is broken over several lines");
    }
    char quote = quote(base.text());
    // Between single quotes a reference would be just text.
    boolean keep = quote == '"' || (quote == '\'' && goal.image().indexOf('$') < 0);
    return edit(keep ? inside(base.span()) : base.span(), goal.image());
  }

  // An ARG before the first FROM

  private Result setGlobalArg(Edit.SetGlobalArg goal) {
    List<GlobalArg> declared =
        file.globalArgs().stream().filter(arg -> arg.name().equals(goal.name())).toList();
    if (declared.size() != 1) {
      return new Result.Held(
          declared.isEmpty()
              ? "no ARG of this name stands before the first FROM"
              : "the ARG is declared more than once before the first FROM");
    }
    Word written = declared.get(0).written();
    if (written == null) {
      return new Result.Held("the ARG has no default");
    }
    if (!isLiteral(goal.value())) {
      return new Result.Held("the value can't be written without escapes");
    }
    if (goal.value().equals(declared.get(0).value())) {
      return new Result.Spliced(List.of());
    }
    if (!written.whole()) {
      return new Result.Held("the default is broken over several lines");
    }
    if (quote(written.text()) != 0) {
      return edit(inside(written.span()), goal.value());
    }
    boolean bare = goal.value().indexOf(' ') < 0;
    return edit(written.span(), bare ? goal.value() : '"' + goal.value() + '"');
  }

  // The user

  private Result setUser(Edit.SetUser goal) {
    if (goal.stage() < 0 || goal.stage() >= file.stages().size()) {
      return new Result.Held("there is no such stage");
    }
    if (!isWord(goal.user())) {
      return new Result.Held("the user can't be written as one plain word");
    }
    Stage stage = file.stages().get(goal.stage());
    List<String> keywords = stage.instructions().stream().map(Instruction::keyword).toList();
    Instruction user = stage.last("USER");
    if (user != null) {
      String present = ShellLexer.unquoted(user.arguments().text(), file.escape());
      if (present.equals(goal.user())) {
        return new Result.Spliced(List.of());
      }
      if (UserPlace.canChange(keywords)) {
        return changeUser(user, goal.user());
      }
    }
    int index = UserPlace.toInsert(keywords);
    Instruction before = index == 0 ? stage.from() : stage.instructions().get(index - 1);
    return index < keywords.size()
        ? insertBetween(before, stage.instructions().get(index), "USER " + goal.user())
        : insertAfter(before, "USER " + goal.user());
  }

  private Result changeUser(Instruction user, String name) {
    List<Word> words = user.words();
    if (words.size() != 1 || !user.flags().isEmpty()) {
      return new Result.Held("the USER holds more than one word");
    }
    Word word = words.get(0);
    if (!word.whole()) {
      return new Result.Held("the user is broken over several lines");
    }
    char quote = quote(word.text());
    boolean keep = quote == '"' || (quote == '\'' && name.indexOf('$') < 0);
    return edit(keep ? inside(word.span()) : word.span(), name);
  }

  /** On a line of its own, above {@code next} and the comments that sit directly on top of it. */
  private Result insertBetween(Instruction before, Instruction next, String instruction) {
    String text = file.text();
    int line = lineStart(next.span().start());
    String indent = text.substring(line, next.span().start());
    int above = lineStart(line - 1);
    while (above > before.span().end() && isComment(above, line)) {
      line = above;
      above = lineStart(line - 1);
    }
    return edit(Span.at(line), indent + inCase(instruction) + lineBreak(line - 1));
  }

  /** On a line of its own below an instruction, which may be the last line of the file. */
  private Result insertAfter(Instruction last, String instruction) {
    if (last.open()) {
      return new Result.Held("the last instruction ends with a continuation");
    }
    String text = file.text();
    int start = last.span().start();
    String line = text.substring(lineStart(start), start) + inCase(instruction);
    int feed = text.indexOf('\n', last.span().end());
    return feed < 0
        ? edit(Span.at(text.length()), lineBreak(text.indexOf('\n')) + line)
        : edit(Span.at(feed + 1), line + lineBreak(feed));
  }

  /** An instruction, its keyword in the case that most keywords of the file have. */
  private String inCase(String instruction) {
    long lower =
        file.instructions().stream()
            .filter(i -> i.written().text().chars().noneMatch(Character::isUpperCase))
            .count();
    int end = instruction.indexOf(' ');
    return lower * 2 > file.instructions().size()
        ? instruction.substring(0, end).toLowerCase(Locale.ROOT) + instruction.substring(end)
        : instruction;
  }

  // Text

  /** Offset of the first char of the line that holds {@code offset}; a BOM is no part of it. */
  private int lineStart(int offset) {
    int start = file.text().lastIndexOf('\n', offset - 1) + 1;
    return start == 0 && file.text().startsWith("\ufeff") ? 1 : start;
  }

  private boolean isComment(int start, int end) {
    int first = Blanks.skip(file.text(), start, end);
    return first < end && file.text().charAt(first) == '#';
  }

  /** The line break that ends with the LF at {@code feed}; LF when there is none (-1). */
  private String lineBreak(int feed) {
    return feed > 0 && file.text().charAt(feed - 1) == '\r' ? "\r\n" : "\n";
  }

  private Result edit(Span span, String text) {
    return new Result.Spliced(List.of(new TextEdit(span, text, fix)));
  }

  private static Span inside(Span span) {
    return new Span(span.start() + 1, span.end() - 1);
  }

  /** The quote that encloses a whole word and stands nowhere within; 0 if there is none. */
  private char quote(String word) {
    int last = word.length() - 1;
    char first = last < 1 ? 0 : word.charAt(0);
    boolean enclosed =
        (first == '"' || first == '\'')
            && word.indexOf(first, 1) == last
            && word.indexOf(file.escape()) < 0;
    return enclosed ? first : 0;
  }

  /** Whether it may stand in a FROM or USER as it is: no blank, quote or escape, and no flag. */
  private boolean isWord(String text) {
    return !text.isEmpty() && !text.startsWith("--") && isLiteralButDollar(text, false);
  }

  /** Whether it means itself between double quotes. */
  private boolean isLiteral(String text) {
    return text.indexOf('$') < 0 && isLiteralButDollar(text, true);
  }

  private boolean isLiteralButDollar(String text, boolean spaces) {
    return text.chars()
        .allMatch(
            c ->
                c == ' '
                    ? spaces
                    : c > ' '
                        && c != 0x7f
                        && c != '"'
                        && c != '\''
                        && c != file.escape()
                        && c != 0xfeff
                        && !Blanks.isSpace((char) c));
  }
}
