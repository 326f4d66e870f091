package dev.tightship.dockerfile;

import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellBlock.Kind;
import dev.tightship.dockerfile.ShellWordReader.NotUnderstood;
import dev.tightship.dockerfile.ShellWordReader.Piece;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes a shell text apart into simple commands, in one walk. What opens and closes is held on a
 * stack of its own, so no text is nested too deep for ours.
 */
final class ShellReader {

  private static final int DEEPEST = 32;

  /** Keywords that are not followed; in bash alone or not, no program is called so. */
  private static final Set<String> REFUSED =
      Set.of("case", "esac", "function", "select", "coproc", "[[", "]]", "in");

  private static final Set<String> KEYWORDS =
      Set.of(
          "if", "then", "elif", "else", "fi", "while", "until", "for", "do", "done", "{", "}", "!");

  /** What may change how the rest is read, or what runs other text. */
  private static final Set<String> CHANGES_READING =
      Set.of("alias", "unalias", "eval", "source", ".", "shopt", "enable");

  private static final Set<String> SET_OPTIONS =
      Set.of("pipefail", "errexit", "nounset", "xtrace", "verbose", "allexport", "errtrace");

  private static final class Frame {
    ShellBlock block;
    final int ends;
    boolean filled;

    /** After {@code else} only the end may come. */
    boolean last;

    Frame(ShellBlock block, int ends) {
      this.block = block;
      this.ends = ends;
    }
  }

  /** What closes a frame. */
  private static final int PARENTHESIS = 0;

  private static final int BRACE = 1;
  private static final int FI = 2;
  private static final int DONE = 3;

  private final String text;
  private final @Nullable LogicalText source;
  private final boolean bash;
  private final ShellWordReader words;
  private final List<ShellCommand> commands = new ArrayList<>();
  private final Deque<Frame> open = new ArrayDeque<>();
  private int at;

  /** What the next command is joined by, and whether there must be one. */
  private Join join = Join.START;

  private boolean awaited;
  private boolean negated;

  /**
   * @param source the same text with its places; null when it has none
   */
  private ShellReader(String text, @Nullable LogicalText source, boolean bash) {
    this.text = text;
    this.source = source;
    this.bash = bash;
    this.words = new ShellWordReader(text);
  }

  static ShellScript read(String text, @Nullable LogicalText source, boolean bash) {
    try {
      var reader = new ShellReader(text, source, bash);
      reader.run();
      return new ShellScript.Known(reader.commands, reader.words.sawCommand());
    } catch (NotUnderstood e) {
      return new ShellScript.Unknown(e.why);
    }
  }

  private void run() throws NotUnderstood {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f) {
        throw new NotUnderstood("it holds a control character");
      }
    }
    skipGap();
    while (at < text.length()) {
      boolean complete = step();
      skipBlanks();
      if (complete) {
        separator();
      }
      skipGap();
    }
    if (awaited || !open.isEmpty()) {
      throw new NotUnderstood("it ends within a command");
    }
  }

  /** Reads a command, or a word that opens or closes; true after what a separator must follow. */
  private boolean step() throws NotUnderstood {
    char c = text.charAt(at);
    if (c == '(') {
      if (text.startsWith("((", at)) {
        throw new NotUnderstood("it may be arithmetic or a command");
      }
      at++;
      open(Kind.SUBSHELL, PARENTHESIS);
      return false;
    }
    if (c == ')') {
      at++;
      close(PARENTHESIS);
      return true;
    }
    if (c != '<' && c != '>' && ShellWordReader.isOperator(c) && !text.startsWith("&>", at)) {
      throw new NotUnderstood("an operator stands where a command is awaited");
    }
    if (!ShellWordReader.isOperator(c)) {
      Piece first = words.read(at);
      String word = first.plain() ? text.substring(at, first.end()) : "";
      if (REFUSED.contains(word)) {
        throw new NotUnderstood("`" + word + "` is not followed");
      }
      if (KEYWORDS.contains(word)) {
        at = first.end();
        return keyword(word);
      }
    }
    command();
    return true;
  }

  private boolean keyword(String word) throws NotUnderstood {
    switch (word) {
      case "{" -> open(Kind.GROUP, BRACE);
      case "if" -> open(Kind.TEST, FI);
      case "then" -> turn(Kind.TEST, Kind.BRANCH, FI);
      case "elif" -> turn(Kind.BRANCH, Kind.TEST, FI);
      case "else" -> otherwise();
      case "while", "until" -> open(Kind.LOOP_TEST, DONE);
      case "do" -> turn(Kind.LOOP_TEST, Kind.LOOP, DONE);
      case "for" -> loop();
      case "!" -> negate();
      default -> {
        close(word.equals("}") ? BRACE : word.equals("fi") ? FI : DONE);
        return true;
      }
    }
    return false;
  }

  private static NotUnderstood misplaced() {
    return new NotUnderstood("a keyword stands where it can't be");
  }

  private void negate() throws NotUnderstood {
    skipBlanks();
    if (negated || join == Join.PIPE || at == text.length() || text.charAt(at) == '\n') {
      throw misplaced();
    }
    negated = true;
    awaited = true;
  }

  private void open(Kind kind, int ends) throws NotUnderstood {
    if (open.size() == DEEPEST) {
      throw new NotUnderstood("it is nested deeper than " + DEEPEST + " levels");
    }
    open.addLast(new Frame(new ShellBlock(kind, join, negated, block()), ends));
    begin();
  }

  private void begin() {
    join = Join.START;
    awaited = false;
    negated = false;
  }

  private @Nullable ShellBlock block() {
    Frame frame = open.peekLast();
    return frame == null ? null : frame.block;
  }

  /** The frame at hand, which must hold a whole command by now. */
  private Frame top(int ends) throws NotUnderstood {
    Frame frame = open.peekLast();
    if (frame == null || frame.ends != ends || !frame.filled || awaited) {
      throw misplaced();
    }
    return frame;
  }

  private void close(int ends) throws NotUnderstood {
    Frame frame = top(ends);
    Kind kind = frame.block.kind();
    if (kind == Kind.TEST || kind == Kind.LOOP_TEST) {
      throw misplaced();
    }
    open.removeLast();
    done();
  }

  private void turn(Kind from, Kind to, int ends) throws NotUnderstood {
    Frame frame = top(ends);
    if (frame.block.kind() != from || frame.last) {
      throw misplaced();
    }
    next(frame, to);
  }

  private void otherwise() throws NotUnderstood {
    turn(Kind.BRANCH, Kind.BRANCH, FI);
    open.getLast().last = true;
  }

  private void next(Frame frame, Kind kind) {
    ShellBlock whole = frame.block;
    frame.block = new ShellBlock(kind, whole.join(), whole.negated(), whole.parent());
    frame.filled = false;
    begin();
  }

  /** The head of a loop over words: {@code for NAME in WORDS; do}. */
  private void loop() throws NotUnderstood {
    open(Kind.LOOP, DONE);
    Piece name = loopWord();
    String variable = name.plain() ? name.literal() : null;
    if (variable == null || !isName(variable)) {
      throw misplaced();
    }
    skipBlanks();
    if (!isKeyword(loopWord(), "in")) {
      throw misplaced();
    }
    skipBlanks();
    while (at < text.length() && !ShellWordReader.endsWord(text.charAt(at))) {
      loopWord();
      skipBlanks();
    }
    if (at < text.length() && text.charAt(at) == ';') {
      at++;
    } else if (at == text.length() || text.charAt(at) != '\n') {
      throw misplaced();
    }
    skipGap();
    if (!isKeyword(loopWord(), "do")) {
      throw misplaced();
    }
  }

  private static boolean isKeyword(Piece piece, String word) {
    return piece.plain() && word.equals(piece.literal());
  }

  private Piece loopWord() throws NotUnderstood {
    skipBlanks();
    if (at == text.length() || ShellWordReader.endsWord(text.charAt(at))) {
      throw misplaced();
    }
    Piece piece = words.read(at);
    at = piece.end();
    refuseRedirectionOf(piece);
    return piece;
  }

  /** In {@code 12>} and {@code {name}>} the word is part of the redirection, or not. */
  private void refuseRedirectionOf(Piece piece) throws NotUnderstood {
    boolean redirects = at < text.length() && (text.charAt(at) == '<' || text.charAt(at) == '>');
    String word = text.substring(piece.start(), piece.end());
    if (redirects && (isNumber(word) || (word.startsWith("{") && word.endsWith("}")))) {
      throw new NotUnderstood("a redirection names its descriptor in an unusual way");
    }
  }

  private static boolean isNumber(String word) {
    return word.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isDigit(String word) {
    return word.length() == 1 && isNumber(word);
  }

  private static boolean isName(String word) {
    return !word.isEmpty() && nameEnd(word, 0) == word.length();
  }

  private static int nameEnd(String text, int start) {
    int end = start;
    while (end < text.length() && ShellWordReader.isNameChar(text.charAt(end), end > start)) {
      end++;
    }
    return end;
  }

  /** A simple command, up to the operator or line end after it. */
  private void command() throws NotUnderstood {
    int start = at;
    int end = at;
    var assignments = new ArrayList<ShellAssignment>();
    var found = new ArrayList<ShellWord>();
    var redirections = new ArrayList<ShellRedirection>();
    while (at < text.length() && !endsCommand()) {
      int descriptor = descriptor();
      if (text.charAt(at) == '<' || text.charAt(at) == '>' || text.charAt(at) == '&') {
        redirections.add(redirection(descriptor));
      } else {
        Piece piece = words.read(at);
        at = piece.end();
        refuseRedirectionOf(piece);
        String name = found.isEmpty() ? assigned(piece) : null;
        if (name != null) {
          assignments.add(new ShellAssignment(name, word(piece)));
        } else {
          refuseKeywordAfterTime(found, piece);
          found.add(word(piece));
        }
      }
      end = at;
      skipBlanks();
    }
    Word place = source == null ? null : source.word(start, end);
    var command = new ShellCommand(assignments, found, redirections, join, negated, block(), place);
    refuseWhatChangesReading(command);
    commands.add(command);
    done();
  }

  /** A command or a block is complete. */
  private void done() {
    awaited = false;
    negated = false;
    Frame frame = open.peekLast();
    if (frame != null) {
      frame.filled = true;
    }
  }

  private ShellWord word(Piece piece) {
    return new ShellWord(
        piece.literal(),
        piece.runs(),
        source == null ? null : source.word(piece.start(), piece.end()));
  }

  /** The variable that is set by a word before the program, or null. */
  private @Nullable String assigned(Piece piece) throws NotUnderstood {
    int end = nameEnd(text, piece.start());
    if (end == piece.start() || end >= piece.end()) {
      return null;
    }
    char c = text.charAt(end);
    if (c == '[' || text.startsWith("+=", end)) {
      throw new NotUnderstood("an assignment is not one in every shell");
    }
    return c == '=' ? text.substring(piece.start(), end) : null;
  }

  /** For bash {@code time} is a keyword, so what follows it may be one too. */
  private void refuseKeywordAfterTime(List<ShellWord> before, Piece piece) throws NotUnderstood {
    boolean time =
        before.size() == 1
            ? before.get(0).is("time")
            : before.size() == 2 && before.get(0).is("time") && before.get(1).is("-p");
    if (time) {
      String word = text.substring(piece.start(), piece.end());
      if (KEYWORDS.contains(word) || REFUSED.contains(word) || assigned(piece) != null) {
        throw new NotUnderstood("`time` is not followed by a program");
      }
    }
  }

  private static void refuseWhatChangesReading(ShellCommand command) throws NotUnderstood {
    ShellCommand.Program program = command.program();
    String first = command.words().isEmpty() ? null : command.words().get(0).literal();
    String name = program == null ? first : program.name();
    if (name == null) {
      return;
    }
    if (CHANGES_READING.contains(name) || (first != null && CHANGES_READING.contains(first))) {
      throw new NotUnderstood("`" + name + "` is not followed");
    }
    if (name.equals("time") && command.words().size() == 1) {
      throw new NotUnderstood("`time` is not followed by a program");
    }
    if (name.equals("set") && program != null && !isHarmless(program.arguments())) {
      throw new NotUnderstood("`set` may change how the rest is read");
    }
  }

  private static boolean isHarmless(List<ShellWord> options) {
    for (int i = 0; i < options.size(); i++) {
      String option = options.get(i).literal();
      if (option == null) {
        return false;
      }
      boolean sign = option.startsWith("-") || option.startsWith("+");
      if (!sign || option.equals("--") || option.equals("-")) {
        return true;
      }
      boolean named = option.endsWith("o");
      String letters = option.substring(1, option.length() - (named ? 1 : 0));
      if (!letters.chars().allMatch(c -> "euxvaE".indexOf(c) >= 0)) {
        return false;
      }
      if (named) {
        i++;
        String name = i < options.size() ? options.get(i).literal() : null;
        if (name == null || !SET_OPTIONS.contains(name)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean endsCommand() throws NotUnderstood {
    char c = text.charAt(at);
    if (c == '&' && text.startsWith("&>", at)) {
      if (!bash) {
        throw new NotUnderstood("`&>` is not the same in every shell");
      }
      return false;
    }
    if (c == '(') {
      throw new NotUnderstood("a parenthesis follows a word");
    }
    return c == '\n' || (ShellWordReader.isOperator(c) && c != '<' && c != '>');
  }

  /** The digit before a redirection, taken; -1 where there is none. */
  private int descriptor() {
    char c = text.charAt(at);
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (c >= '0' && c <= '9' && (next == '<' || next == '>')) {
      at++;
      return c - '0';
    }
    return -1;
  }

  private ShellRedirection redirection(int descriptor) throws NotUnderstood {
    String operator = "";
    for (String known : List.of("&>>", "&>", "<<", ">>", ">|", "<>", ">&", "<&", ">", "<")) {
      if (operator.isEmpty() && text.startsWith(known, at)) {
        operator = known;
      }
    }
    if (operator.equals("<<")) {
      throw new NotUnderstood("it holds a document or string of its own");
    }
    at += operator.length();
    if (at < text.length() && text.charAt(at) == '(') {
      throw new NotUnderstood("it redirects from or to a command");
    }
    skipBlanks();
    if (at == text.length() || ShellWordReader.endsWord(text.charAt(at))) {
      throw new NotUnderstood("a redirection has no target");
    }
    Piece target = words.read(at);
    at = target.end();
    refuseRedirectionOf(target);
    String literal = target.literal();
    boolean copies = operator.equals(">&") || operator.equals("<&");
    if (copies && literal != null && !literal.equals("-") && !isDigit(literal)) {
      throw new NotUnderstood("`" + operator + "` is not followed by a descriptor");
    }
    return new ShellRedirection(descriptor, operator, word(target));
  }

  /** What must follow a command: an operator, a line end, the end, or what closes a subshell. */
  private void separator() throws NotUnderstood {
    if (at == text.length() || text.charAt(at) == ')') {
      return;
    }
    switch (text.charAt(at)) {
      case '\n' -> joined(Join.NEWLINE, 1, false);
      case ';' -> joined(Join.SEQUENCE, 1, false);
      case '&' -> {
        if (text.startsWith("&&", at)) {
          joined(Join.AND, 2, true);
        } else if (text.startsWith("&>", at)) {
          throw new NotUnderstood("a block is redirected");
        } else {
          joined(Join.BACKGROUND, 1, false);
        }
      }
      case '|' -> {
        if (text.startsWith("|&", at)) {
          throw new NotUnderstood("`|&` is not the same in every shell");
        }
        joined(
            text.startsWith("||", at) ? Join.OR : Join.PIPE,
            text.startsWith("||", at) ? 2 : 1,
            true);
      }
      default -> throw new NotUnderstood("a block is redirected, or a word follows it");
    }
  }

  private void joined(Join by, int length, boolean more) {
    join = by;
    awaited = more;
    at += length;
  }

  /** Blanks, line ends and comments between commands. */
  private void skipGap() throws NotUnderstood {
    skipBlanks();
    while (at < text.length() && text.charAt(at) == '\n' && !negated) {
      at++;
      skipBlanks();
    }
  }

  /** Blanks, escaped line ends and a comment. */
  private void skipBlanks() throws NotUnderstood {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (text.startsWith("\\\n", at)) {
        refuseToJoin();
        at += 2;
      } else if (c == '#' && (at == 0 || ShellWordReader.endsWord(text.charAt(at - 1)))) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else {
        return;
      }
    }
  }

  /** An escaped line end must not make one word or operator of two. */
  private void refuseToJoin() throws NotUnderstood {
    char before = at == 0 ? '\n' : text.charAt(at - 1);
    char after = at + 2 < text.length() ? text.charAt(at + 2) : '\n';
    boolean apart =
        before == ' ' || before == '\t' || before == '\n' || after == ' ' || after == '\t';
    if (!apart
        && (ShellWordReader.isOperator(after)
            || after == '\\'
            || !ShellWordReader.isOperator(before))) {
      throw new NotUnderstood("an escaped line end stands within a word");
    }
  }
}
