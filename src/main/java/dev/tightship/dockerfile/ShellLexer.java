package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads quotes, escapes and {@code $} references the way the builder does it (not a shell): for the
 * values of FROM, ARG and USER, and to find heredocs. Nested {@code ${a:-${b}}} is followed to a
 * fixed depth, so neither stack nor time grow faster than the text.
 */
final class ShellLexer {

  /** What a variable holds. */
  sealed interface Variable {

    record Value(String text) implements Variable {}

    /** The file and its build arguments leave it unset. */
    record Unset() implements Variable {}

    /** It is set, but not known to what. */
    record Unknown(String why) implements Variable {}
  }

  /** A text that the builder refuses. */
  static final class LexException extends Exception {
    private static final long serialVersionUID = 1L;

    LexException(String message) {
      // No trace: it is an answer about the text, and a hostile text asks for many.
      super(message, null, false, false);
    }
  }

  /**
   * @param text the expanded text
   * @param words the same, split at spaces outside quotes
   * @param unknown why the text is not really known; null when it is
   */
  record Result(String text, List<String> words, @Nullable String unknown) {}

  private static final int DEPTH = 32;
  private static final int END = -1;

  /** Longer than any image reference or user; keeps {@code A=$A$A} from doubling without end. */
  static final int LONGEST = 4096;

  private final String source;
  private final char escape;
  private final boolean keepQuotes;
  private boolean keepEscapes;

  /** Null: references stay as they are written. */
  private final @Nullable Function<String, Variable> variables;

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int at;
  private int depth;

  private ShellLexer(
      String source,
      char escape,
      boolean keepQuotes,
      boolean keepEscapes,
      @Nullable Function<String, Variable> variables) {
    this.source = source;
    this.escape = escape;
    this.keepQuotes = keepQuotes;
    this.keepEscapes = keepEscapes;
    this.variables = variables;
  }

  /** Quotes and escapes are taken away, references are replaced. */
  static Result expand(String source, char escape, Function<String, Variable> variables)
      throws LexException {
    return new ShellLexer(source, escape, false, false, variables).run();
  }

  /** What {@link #expand} comes to, or why that can't be told. */
  static Resolution resolve(String source, char escape, Function<String, Variable> variables) {
    try {
      Result result = expand(source, escape, variables);
      String unknown = result.unknown();
      return unknown == null
          ? new Resolution.Known(result.text())
          : new Resolution.Unknown(unknown);
    } catch (LexException e) {
      return new Resolution.Unknown(String.valueOf(e.getMessage()));
    }
  }

  /** Quotes and escapes are taken away, references stay. */
  static Result unquote(String source, char escape) throws LexException {
    return new ShellLexer(source, escape, false, false, null).run();
  }

  /** As {@link #unquote}, but a text whose quotes don't match stays as it is. */
  static String unquoted(String source, char escape) {
    try {
      return unquote(source, escape).text();
    } catch (LexException e) {
      return source;
    }
  }

  /** Quotes and references stay; so do escapes if wanted. */
  static Result raw(String source, char escape, boolean keepEscapes) throws LexException {
    return new ShellLexer(source, escape, true, keepEscapes, null).run();
  }

  private Result run() throws LexException {
    Piece piece = text(END, keepEscapes, true);
    endWord();
    return new Result(piece.text.toString(), List.copyOf(words), piece.unknown);
  }

  /** A text in the making, with the first reason for which it is not really known. */
  private static final class Piece {
    final StringBuilder text = new StringBuilder();
    @Nullable String unknown;

    Piece add(Piece other) {
      text.append(other.text);
      unknown = unknown == null ? other.unknown : unknown;
      return this;
    }

    static Piece of(String text) {
      var piece = new Piece();
      piece.text.append(text);
      return piece;
    }

    static Piece unknown(String why) {
      var piece = new Piece();
      piece.unknown = why;
      return piece;
    }
  }

  /** Up to the char {@code stop} outside quotes, which is taken, or to the end. */
  private Piece text(int stop, boolean raw, boolean outermost) throws LexException {
    if (++depth > DEPTH) {
      throw new LexException("references are nested deeper than " + DEPTH + " levels");
    }
    boolean before = keepEscapes;
    keepEscapes = raw;
    var out = new Piece();
    while (peek() != END && peek() != stop) {
      char c = (char) take();
      if (c == '$') {
        Piece value = reference();
        splitAtSpaces(value.text, outermost);
        out.add(value);
      } else if (c == '\'' || c == '"') {
        Piece quoted = c == '\'' ? singleQuoted() : doubleQuoted();
        grow(quoted.text, outermost);
        out.add(quoted);
      } else if (c == '<' && peek() == '<') {
        out.add(grow(angles(), outermost));
      } else if (c == escape) {
        out.add(grow(escaped(), outermost));
      } else if (Blanks.isSpace(c)) {
        out.text.append(c);
        if (outermost) {
          endWord();
        }
      } else {
        out.text.append(c);
        if (outermost) {
          word.append(c);
        }
      }
      refuseTooLong(out);
    }
    if (stop != END && take() == END) {
      throw new LexException("a reference is not closed");
    }
    keepEscapes = before;
    depth--;
    return out;
  }

  private void refuseTooLong(Piece piece) throws LexException {
    if (variables != null && piece.text.length() > LONGEST) {
      throw new LexException("the value is longer than " + LONGEST + " chars");
    }
  }

  private Piece grow(Piece piece, boolean outermost) {
    grow(piece.text, outermost);
    return piece;
  }

  private void grow(CharSequence text, boolean outermost) {
    if (outermost) {
      word.append(text);
    }
  }

  private void splitAtSpaces(CharSequence text, boolean outermost) {
    for (int i = 0; outermost && i < text.length(); i++) {
      if (Blanks.isSpace(text.charAt(i))) {
        endWord();
      } else {
        word.append(text.charAt(i));
      }
    }
  }

  private void endWord() {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  /** The second {@code <} of a heredoc, with the blanks that may follow it in the same word. */
  private Piece angles() {
    var piece = Piece.of("<");
    piece.text.append((char) take());
    while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
      piece.text.append((char) take());
    }
    return piece;
  }

  /** The char after an escape; an escape at the very end is dropped. */
  private Piece escaped() {
    var piece = Piece.of(keepEscapes ? String.valueOf(escape) : "");
    if (peek() != END) {
      piece.text.append((char) take());
    }
    return piece;
  }

  private Piece singleQuoted() throws LexException {
    int end = source.indexOf('\'', at);
    if (end < 0) {
      throw new LexException("a single quote is not closed");
    }
    String inner = source.substring(at, end);
    at = end + 1;
    return Piece.of(keepQuotes ? "'" + inner + "'" : inner);
  }

  private Piece doubleQuoted() throws LexException {
    var out = Piece.of(keepQuotes ? "\"" : "");
    while (peek() != '"') {
      int c = take();
      if (c == END) {
        throw new LexException("a double quote is not closed");
      }
      if (c == '$') {
        out.add(reference());
        refuseTooLong(out);
      } else if (c == escape) {
        escapedInQuotes(out.text);
      } else {
        out.text.append((char) c);
      }
    }
    take();
    out.text.append(keepQuotes ? "\"" : "");
    return out;
  }

  /** Between double quotes only a quote, a dollar sign and the escape itself can be escaped. */
  private void escapedInQuotes(StringBuilder out) {
    int next = peek();
    if (next == '"' || next == '$' || next == escape) {
      if (keepEscapes) {
        out.append(escape);
      }
      out.append((char) take());
    } else if (next != END) {
      out.append(escape);
    }
  }

  /** What stands for a reference whose dollar sign was just taken. */
  private Piece reference() throws LexException {
    if (peek() != '{') {
      String name = name();
      return name.isEmpty() ? Piece.of("$") : plain(name, "$" + name);
    }
    take();
    int first = peek();
    if (first == END || first == '{' || first == '}' || first == ':') {
      throw new LexException("a reference names no variable");
    }
    String name = name();
    int c = take();
    if (c == '}') {
      return plain(name, "${" + name + "}");
    }
    if (c == ':') {
      int operator = take();
      if (operator == '#' || operator == '%' || operator == END) {
        throw unsupported();
      }
      return choice(name, true, (char) operator);
    }
    if (c == '-' || c == '+' || c == '?') {
      return choice(name, false, (char) c);
    }
    if (c == '#' || c == '%') {
      Piece pattern = nested('}', true);
      return rewritten(name, "${" + name + (char) c + pattern.text + "}");
    }
    if (c == '/') {
      if (peek() == '/') {
        take();
      }
      Piece pattern = nested('/', true);
      Piece replacement = nested('}', true);
      return rewritten(name, "${" + name + "/" + pattern.text + "/" + replacement.text + "}");
    }
    throw unsupported();
  }

  private static LexException unsupported() {
    return new LexException("a reference uses a form that builders do not know");
  }

  /** The builder loses what stands before a nested text in the same word, and so do we. */
  private Piece nested(int stop, boolean raw) throws LexException {
    word.setLength(0);
    return text(stop, raw, false);
  }

  private Piece plain(String name, String asWritten) {
    if (variables == null) {
      return Piece.of(asWritten);
    }
    Variable variable = variables.apply(name);
    if (variable instanceof Variable.Value value) {
      return Piece.of(value.text());
    }
    return Piece.unknown(why(name, variable));
  }

  private Piece choice(String name, boolean emptyIsUnset, char operator) throws LexException {
    Piece other = nested('}', false);
    if (variables == null) {
      String start = "${" + name + (emptyIsUnset ? ":" : "") + operator;
      return Piece.of(start).add(other).add(Piece.of("}"));
    }
    // While references stay as they are, the builder takes any char after the colon.
    if (operator != '-' && operator != '+' && operator != '?') {
      throw unsupported();
    }
    Variable variable = variables.apply(name);
    if (variable instanceof Variable.Unknown && (emptyIsUnset || operator != '+')) {
      return Piece.unknown(why(name, variable));
    }
    boolean set =
        variable instanceof Variable.Value value
            ? !(emptyIsUnset && value.text().isEmpty())
            : variable instanceof Variable.Unknown;
    if (operator == '+') {
      return set ? other : Piece.of("");
    }
    if (set && variable instanceof Variable.Value value) {
      return Piece.of(value.text());
    }
    return operator == '-' ? other : Piece.unknown("`" + name + "` must be given");
  }

  /** Patterns are read, so that the end of the reference is found, but not applied. */
  private Piece rewritten(String name, String asWritten) {
    if (variables == null) {
      return Piece.of(asWritten);
    }
    return Piece.unknown("`" + name + "` is rewritten by a pattern");
  }

  private static String why(String name, Variable variable) {
    return variable instanceof Variable.Unknown unknown
        ? unknown.why()
        : "`" + name + "` has no default and was not given";
  }

  /** Letters, digits and underscores; only digits after a first digit; or one special parameter. */
  private String name() {
    int start = at;
    if (at < source.length() && "@*#?-$!".indexOf(source.charAt(at)) >= 0) {
      return source.substring(start, ++at);
    }
    boolean number = at < source.length() && Character.isDigit(source.codePointAt(at));
    while (at < source.length()) {
      int c = source.codePointAt(at);
      if (!(Character.isDigit(c) || (!number && (Character.isLetter(c) || c == '_')))) {
        break;
      }
      at += Character.charCount(c);
    }
    return source.substring(start, at);
  }

  private int peek() {
    return at < source.length() ? source.charAt(at) : END;
  }

  private int take() {
    return at < source.length() ? source.charAt(at++) : END;
  }
}
