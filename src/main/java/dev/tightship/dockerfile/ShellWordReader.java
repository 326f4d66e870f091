package dev.tightship.dockerfile;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads one word of a shell text after the other, as dash and bash do it both; where they differ,
 * or where it takes more to understand, it gives up. No nesting costs stack, and each char is seen
 * a fixed number of times.
 */
final class ShellWordReader {

  /** A text that is not certainly understood. */
  static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1L;

    final String why;

    NotUnderstood(String why) {
      // No trace: it is an answer about the text, and a hostile text asks for many.
      super(why, null, false, false);
      this.why = why;
    }
  }

  /**
   * @param end the char after its last one
   * @param plain whether no quote, escape or expansion stands in it, so that it may be a keyword
   */
  record Piece(int start, int end, @Nullable String literal, boolean plain, boolean runs) {}

  /** What stands open inside an expansion, beside the chars that open it. */
  private static final char ARITHMETIC = 'A';

  private static final char PARENTHESIS_IN_ARITHMETIC = 'a';

  private final String text;

  /** Of the word at hand. */
  private int at;

  private final StringBuilder literal = new StringBuilder();
  private boolean fixed;
  private boolean plain;
  private boolean runs;

  /** Of all words so far. */
  private boolean everRan;

  ShellWordReader(String text) {
    this.text = text;
  }

  /** The word that begins at {@code start}, where neither a blank nor an operator stands. */
  Piece read(int start) throws NotUnderstood {
    at = start;
    literal.setLength(0);
    fixed = true;
    plain = true;
    runs = false;
    boolean bracket = false;
    while (at < text.length() && !endsWord(text.charAt(at))) {
      char c = text.charAt(at);
      switch (c) {
        case '\'' -> singleQuoted();
        case '"' -> doubleQuoted();
        case '$' -> dollar(false);
        case '`' -> backquoted();
        case '\\' -> {
          if (endsAtContinuation()) {
            return piece(start, bracket);
          }
          escaped();
        }
        case '{' -> brace();
        default -> {
          fixed &= c != '*' && c != '?' && !(c == '~' && mayBeHome(start));
          bracket |= c == '[';
          literal.append(c);
          at++;
        }
      }
    }
    if (at < text.length() && text.charAt(at) == '(') {
      throw new NotUnderstood("a parenthesis follows a word");
    }
    return piece(start, bracket);
  }

  /** Whether a command stood in one of the words that were read. */
  boolean sawCommand() {
    return everRan;
  }

  private Piece piece(int start, boolean bracket) {
    everRan |= runs;
    // Alone it is the program of this name.
    boolean pattern = bracket && !literal.toString().equals("[");
    return new Piece(start, at, fixed && !pattern ? literal.toString() : null, plain, runs);
  }

  static boolean endsWord(char c) {
    return c == ' ' || c == '\t' || c == '\n' || isOperator(c);
  }

  static boolean isOperator(char c) {
    return c == ';' || c == '&' || c == '|' || c == '<' || c == '>' || c == '(' || c == ')';
  }

  private boolean mayBeHome(int start) {
    return at == start || text.charAt(at - 1) == '=' || text.charAt(at - 1) == ':';
  }

  /** Whether an escaped line end stands here and a blank after it. */
  private boolean endsAtContinuation() {
    return text.startsWith("\\\n", at)
        && at + 2 < text.length()
        && (text.charAt(at + 2) == ' ' || text.charAt(at + 2) == '\t');
  }

  private void escaped() throws NotUnderstood {
    if (at + 1 == text.length() || text.charAt(at + 1) == '\n') {
      throw new NotUnderstood("an escaped line end stands within a word");
    }
    literal.append(text.charAt(at + 1));
    plain = false;
    at += 2;
  }

  /**
   * bash makes words of what stands in braces; {@code {}} stays, and so does a brace at the end.
   */
  private void brace() {
    boolean last = at + 1 == text.length() || endsWord(text.charAt(at + 1));
    boolean empty = text.startsWith("{}", at);
    fixed &= last || empty;
    literal.append(empty ? "{}" : "{");
    at += empty ? 2 : 1;
  }

  private void singleQuoted() throws NotUnderstood {
    int end = closing('\'', at + 1);
    literal.append(text, at + 1, end);
    plain = false;
    at = end + 1;
  }

  private int closing(char quote, int from) throws NotUnderstood {
    int end = text.indexOf(quote, from);
    if (end < 0) {
      throw new NotUnderstood("a quote is not closed");
    }
    return end;
  }

  private void doubleQuoted() throws NotUnderstood {
    plain = false;
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return;
      }
      switch (c) {
        case '$' -> dollar(true);
        case '`' -> backquoted();
        case '\\' -> escapedInQuotes();
        default -> {
          literal.append(c);
          at++;
        }
      }
    }
    throw new NotUnderstood("a quote is not closed");
  }

  private void escapedInQuotes() throws NotUnderstood {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    if (next == '\n') {
      at += 2;
    } else if (next == '"' || next == '$' || next == '`' || next == '\\') {
      literal.append(next);
      at += 2;
    } else {
      literal.append('\\');
      at++;
    }
  }

  private void dollar(boolean quoted) throws NotUnderstood {
    char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    plain = false;
    if (next == '(' || next == '{') {
      at = expansion(at);
      fixed = false;
      return;
    }
    refuseOddDollar(at, quoted);
    if (isNameChar(next, false)) {
      at += 2;
      while (at < text.length() && isNameChar(text.charAt(at), true)) {
        at++;
      }
      fixed = false;
    } else if ((next >= '0' && next <= '9') || (next != 0 && "@*#?-$!".indexOf(next) >= 0)) {
      at += 2;
      fixed = false;
    } else {
      // Not a reference; but who knows what a shell takes for a letter.
      fixed &= next < 0x80;
      literal.append('$');
      at++;
    }
  }

  private void refuseOddDollar(int dollar, boolean quoted) throws NotUnderstood {
    char next = dollar + 1 < text.length() ? text.charAt(dollar + 1) : 0;
    boolean quote = !quoted && (next == '\'' || next == '"');
    if (quote || next == '[' || text.startsWith("\\\n", dollar + 1)) {
      throw new NotUnderstood("a dollar sign stands before what not every shell reads alike");
    }
  }

  static boolean isNameChar(char c, boolean digits) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (digits && c >= '0' && c <= '9');
  }

  /** Only what holds nothing but plain text and references. */
  private void backquoted() throws NotUnderstood {
    int end = closing('`', at + 1);
    for (int i = at + 1; i < end; i++) {
      if ("\\'\"#(<".indexOf(text.charAt(i)) >= 0) {
        throw new NotUnderstood("what stands in backquotes is not plain");
      }
    }
    fixed = false;
    plain = false;
    runs = true;
    at = end + 1;
  }

  /** Where the expansion ends whose dollar sign stands at {@code dollar}. */
  private int expansion(int dollar) throws NotUnderstood {
    Deque<Character> open = new ArrayDeque<>();
    int here = opened(dollar, open);
    while (!open.isEmpty()) {
      if (here >= text.length()) {
        throw new NotUnderstood("an expansion is not closed");
      }
      here =
          switch (open.getLast()) {
            case '"' -> inQuotes(here, open);
            case '{' -> inBraces(here, open);
            case '(' -> inCommand(here, open);
            default -> inArithmetic(here, open);
          };
    }
    return here;
  }

  /** Steps over a dollar sign inside an expansion, and into what it opens. */
  private int opened(int dollar, Deque<Character> open) throws NotUnderstood {
    if (text.startsWith("$((", dollar)) {
      open.addLast(ARITHMETIC);
      return dollar + 3;
    }
    if (text.startsWith("$(", dollar)) {
      open.addLast('(');
      runs = true;
      return dollar + 2;
    }
    if (text.startsWith("${", dollar)) {
      char first = dollar + 2 < text.length() ? text.charAt(dollar + 2) : 0;
      if (!isNameChar(first, true) && (first == 0 || "@*#?-$!".indexOf(first) < 0)) {
        throw new NotUnderstood("a reference names no variable");
      }
      open.addLast('{');
      return dollar + 2;
    }
    refuseOddDollar(dollar, Character.valueOf('"').equals(open.peekLast()));
    // Of the special ones the name is taken as well: it must not count as a quote or a comment.
    boolean special = dollar + 1 < text.length() && "#$!".indexOf(text.charAt(dollar + 1)) >= 0;
    return dollar + (special ? 2 : 1);
  }

  private int inQuotes(int here, Deque<Character> open) throws NotUnderstood {
    char c = text.charAt(here);
    if (c == '$') {
      return opened(here, open);
    }
    if (c == '`') {
      throw nested();
    }
    if (c == '"') {
      open.removeLast();
    }
    return here + (c == '\\' ? 2 : 1);
  }

  private int inBraces(int here, Deque<Character> open) throws NotUnderstood {
    char c = text.charAt(here);
    if (c == '$') {
      return opened(here, open);
    }
    if ("'\"\\`{(<>;&|)\n".indexOf(c) >= 0) {
      throw new NotUnderstood("a reference holds more than plain text");
    }
    if (c == '}') {
      open.removeLast();
    }
    return here + 1;
  }

  private int inArithmetic(int here, Deque<Character> open) throws NotUnderstood {
    char c = text.charAt(here);
    if (c == '$') {
      return opened(here, open);
    }
    if ("'\"\\`#;{}\n".indexOf(c) >= 0 || text.startsWith("<<", here)) {
      throw new NotUnderstood("arithmetic holds more than numbers and names");
    }
    if (c == '(') {
      open.addLast(PARENTHESIS_IN_ARITHMETIC);
    } else if (c == ')') {
      if (open.removeLast() == ARITHMETIC) {
        if (!text.startsWith("))", here)) {
          throw new NotUnderstood("it may be arithmetic or a command");
        }
        return here + 2;
      }
    }
    return here + 1;
  }

  private int inCommand(int here, Deque<Character> open) throws NotUnderstood {
    char c = text.charAt(here);
    boolean first = " \t\n;&|()<>".indexOf(text.charAt(here - 1)) >= 0;
    if (c == '$') {
      return opened(here, open);
    }
    if (c == '`'
        || text.startsWith("<<", here)
        || text.startsWith("\\\n", here)
        || (first && (c == '#' || text.startsWith("case", here)))) {
      throw nested();
    }
    switch (c) {
      case '(', '"' -> open.addLast(c);
      case ')' -> open.removeLast();
      case '\'' -> {
        return closing('\'', here + 1) + 1;
      }
      case '\\' -> {
        return here + 2;
      }
      default -> {}
    }
    return here + 1;
  }

  private static NotUnderstood nested() {
    return new NotUnderstood("a command inside a word is not plain");
  }
}
