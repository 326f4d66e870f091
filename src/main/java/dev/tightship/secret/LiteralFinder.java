package dev.tightship.secret;

import dev.tightship.secret.Literal.Kind;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets that are written out, in texts as a program gets them: with few false alarms, since
 * what is found here is acted upon. {@link SecretFinder} rather hides too much.
 */
public final class LiteralFinder {

  /** Chars of a text that is looked at. */
  private static final int LONGEST = 1 << 16;

  private static final Pattern BEARER =
      Pattern.compile(
          "\\b(?:bearer|basic)\\s{1,9}([\\w+/.=~-]{8,4096}+)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SQL =
      Pattern.compile(
          "\\b(?:identified\\s{1,9}by|password)\\s{1,9}(?:'([^'\\n]{1,200})'|\"([^\"\\n]{1,200})\")",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----");

  private final @Nullable String name;
  private final Located located;
  private final String text;
  private final List<Literal> found = new ArrayList<>();

  private LiteralFinder(@Nullable String name, Located located) {
    this.name = name;
    this.located = located;
    this.text = located.text();
  }

  /** Whether a value under this name is a secret, if it is none by itself. */
  public static boolean isName(String name) {
    return LiteralNames.isSecret(name);
  }

  /** The same among other names, which may tell that it is only half of a pair and public. */
  public static boolean isName(String name, Set<String> beside) {
    return LiteralNames.isSecret(name) && !LiteralNames.isIdentity(name, beside);
  }

  /** The secrets of a value under a name: the value itself, or what stands in it. */
  public static List<Literal> named(String name, Located value) {
    return named(name, value, LiteralNames.isSecret(name));
  }

  /**
   * @param secret whether the name says that the value is one
   */
  public static List<Literal> named(String name, Located value, boolean secret) {
    String text = value.text();
    if (!secret || PRIVATE_KEY.matcher(text).find() || !LiteralValues.isPlausible(name, text)) {
      return in(name, value);
    }
    int from = LiteralNames.isLogin(name) ? loginStart(text) : 0;
    if (from < 0) {
      return List.of();
    }
    return List.of(literal(kind(text.substring(from)), name, value, from, text.length()));
  }

  private static Kind kind(String value) {
    for (Tokens.Found token : Tokens.in(value)) {
      if (token.span().start() == 0 && token.span().end() == value.length()) {
        return token.hash() ? Kind.HASH : Kind.TOKEN;
      }
    }
    return Kind.VALUE;
  }

  /**
   * The secrets that stand somewhere in a text.
   *
   * @param name what they go by; null where each has a name of its own
   */
  public static List<Literal> in(@Nullable String name, Located text) {
    if (text.text().length() > LONGEST || text.text().length() < 3) {
      return List.of();
    }
    var finder = new LiteralFinder(name, text);
    Hints hints = Hints.of(text.text());
    finder.privateKeys();
    if (hints.url()) {
      finder.urls();
    }
    if (hints.shape()) {
      finder.tokens();
    }
    if (hints.name()) {
      finder.headers();
      finder.statements();
      finder.pairs();
    }
    finder.found.sort((a, b) -> Integer.compare(a.span().start(), b.span().start()));
    return List.copyOf(finder.found);
  }

  static Literal literal(Kind kind, String name, Located of, int start, int end) {
    String value = of.text().substring(start, end);
    boolean guessed = Strength.isWeak(value) || value.equalsIgnoreCase(name);
    boolean weak = guessed && kind != Kind.PRIVATE_KEY && kind != Kind.HASH;
    return new Literal(kind, name, new SecretValue(value), weak, of.span(start, end));
  }

  /** Where the password begins in {@code user:password} or {@code user/password}; else -1, or 0. */
  private static int loginStart(String text) {
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == ':' || text.charAt(i) == '/') {
        return i + 1;
      }
    }
    return SecretFinder.isChosen(text) ? 0 : -1;
  }

  private void add(Kind kind, String own, int start, int end) {
    add(kind, own, start, end, "");
  }

  /**
   * @param user whose password it is, where that is known
   */
  private void add(Kind kind, String own, int start, int end, String user) {
    Span span = located.span(start, end);
    for (Literal other : found) {
      if (other.span().start() < span.end() && span.start() < other.span().end()) {
        return;
      }
    }
    Literal literal = literal(kind, name == null ? own : name, located, start, end);
    found.add(text.substring(start, end).equalsIgnoreCase(user) ? literal.asWeak() : literal);
  }

  private char at(int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : '\n';
  }

  private void privateKeys() {
    Matcher begin = PRIVATE_KEY.matcher(text);
    int from = 0;
    while (text.indexOf("-----BEGIN", from) >= 0 && begin.find(from)) {
      int end = text.indexOf("-----END", begin.end());
      int close = end < 0 ? -1 : text.indexOf("-----", end + 8);
      from = close < 0 ? text.length() : close + 5;
      add(Kind.PRIVATE_KEY, "private key", begin.start(), from);
    }
  }

  // scheme://user:password@host

  private void urls() {
    for (int i = text.indexOf("://"); i > 0; i = text.indexOf("://", i + 3)) {
      int from = i + 3;
      int slash = from;
      int end = from;
      while (end < text.length() && !isUrlEnd(text.charAt(end)) && !text.startsWith("://", end)) {
        slash = slash == end && "/?#".indexOf(text.charAt(end)) < 0 ? end + 1 : slash;
        end++;
      }
      int colon = text.indexOf(':', from);
      if (colon < 0 || colon >= end) {
        continue;
      }
      int sign = lastAt(colon, slash);
      if (sign < 0 && !isPort(colon + 1, slash)) {
        sign = lastAt(colon, end); // chars in the password that should be escaped
      }
      if (sign > colon && isPassword(colon + 1, sign)) {
        add(Kind.URL, scheme(i), colon + 1, sign, text.substring(from, colon));
      }
    }
  }

  private int lastAt(int from, int end) {
    int i = end - 1;
    while (i > from && text.charAt(i) != '@') {
      i--;
    }
    return i > from ? i : -1;
  }

  private static boolean isUrlEnd(char c) {
    return Character.isWhitespace(c) || c == '"' || c == '\'' || c == '`' || c == '<' || c == '>';
  }

  private boolean isPort(int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != Located.UNKNOWN && !Character.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isPassword(int start, int end) {
    String password = text.substring(start, end);
    return LiteralValues.isPlausible("password", password) && !LiteralValues.isComputed(password);
  }

  private String scheme(int end) {
    int start = end;
    while (start > 0
        && (Character.isLetterOrDigit(at(start - 1)) || "+.-".indexOf(at(start - 1)) >= 0)) {
      start--;
    }
    return text.substring(start, end);
  }

  private void tokens() {
    for (Tokens.Found token : Tokens.in(text)) {
      Span span = token.span();
      add(token.hash() ? Kind.HASH : Kind.TOKEN, "token", span.start(), span.end());
    }
  }

  private void headers() {
    Matcher header = BEARER.matcher(text);
    while (header.find()) {
      if (SecretFinder.isChosen(header.group(1))) {
        add(Kind.PARAMETER, "authorization", header.start(1), header.end(1));
      }
    }
  }

  private void statements() {
    Matcher sql = SQL.matcher(text);
    while (sql.find()) {
      int group = sql.group(1) == null ? 2 : 1;
      if (isPassword(sql.start(group), sql.end(group))) {
        add(Kind.PARAMETER, "password", sql.start(group), sql.end(group));
      }
    }
  }

  // Password=x;  ?password=x&  "password": "x"  password: x

  private void pairs() {
    if (text.indexOf('=') < 0 && text.indexOf(':') < 0) {
      return;
    }
    int i = 0;
    while (i < text.length()) {
      if (!isName(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < text.length() && isName(text.charAt(i))) {
        i++;
      }
      char before = at(start - 1);
      boolean variable = before == '{' || before == '$';
      if (!variable && i - start > 1 && "=:\"'\\ \t".indexOf(at(i)) >= 0) {
        i = Math.max(i, pair(start, i));
      }
    }
  }

  private static boolean isName(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
  }

  /** Where to go on. */
  private int pair(int start, int end) {
    int next = end;
    boolean quoted = false;
    next += at(next) == '\\' ? 1 : 0;
    if (at(next) == '"' || at(next) == '\'') {
      quoted = at(start - 1) == at(next);
      next++;
    }
    int behind = next;
    next = blanks(next);
    char sign = at(next);
    boolean path = at(start - 1) == '/' || at(start - 1) == '@';
    boolean colon = sign == ':' && !path && (quoted || at(next + 1) == ' ');
    if (!colon && (sign != '=' || at(next + 1) == '=')) {
      return end;
    }
    String own = text.substring(start, end);
    if (!LiteralNames.isSecret(own)) {
      return end;
    }
    int from = sign == '=' && next == behind ? next + 1 : blanks(next + 1);
    int open = at(from) == '\\' && (at(from + 1) == '"' || at(from + 1) == '\'') ? from + 1 : from;
    char quote = at(open);
    if (quote == '"' || quote == '\'') {
      int close = text.indexOf(quote, open + 1);
      int last = close > open && open > from && at(close - 1) == '\\' ? close - 1 : close;
      value(own, open + 1, last);
      return close < 0 ? end : close + 1;
    }
    int last = colon ? lineEnd(from, quoted) : parameterEnd(from);
    value(own, from, last);
    return Math.max(last, end);
  }

  private void value(String own, int start, int end) {
    if (end <= start) {
      return;
    }
    String value = text.substring(start, end);
    if (LiteralValues.isPlausible(own, value) && !LiteralValues.isComputed(value)) {
      int from = LiteralNames.isLogin(own) ? loginStart(value) : 0;
      if (from >= 0) {
        add(Kind.PARAMETER, own, start + from, end);
      }
    }
  }

  private int blanks(int from) {
    int i = from;
    while (at(i) == ' ' || at(i) == '\t') {
      i++;
    }
    return i;
  }

  /** The end of a value of YAML, without a comment. */
  private int lineEnd(int from, boolean flow) {
    int i = from;
    while (i < text.length() && text.charAt(i) != '\n' && !(flow && ",}".indexOf(at(i)) >= 0)) {
      if (at(i) == '#' && at(i - 1) == ' ') {
        break;
      }
      i++;
    }
    while (i > from && Character.isWhitespace(at(i - 1))) {
      i--;
    }
    return i;
  }

  private int parameterEnd(int from) {
    int i = from;
    while (i < text.length() && !Character.isWhitespace(at(i)) && "\"'`;&)".indexOf(at(i)) < 0) {
      if (at(i) == ',' && isNextPair(i + 1)) {
        break;
      }
      i++;
    }
    return i;
  }

  /** Whether a name and an equals sign follow: {@code password=x,ssl=false}. */
  private boolean isNextPair(int from) {
    int i = from;
    while (i - from < 40 && isName(at(i))) {
      i++;
    }
    return i > from && at(i) == '=';
  }
}
