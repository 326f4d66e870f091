package dev.tightship.compose;

import dev.tightship.compose.DotEnv.Entry;
import dev.tightship.compose.DotEnv.Quote;
import dev.tightship.compose.DotEnv.Read;
import dev.tightship.compose.DotEnv.Refused;
import dev.tightship.compose.DotEnv.Result;
import dev.tightship.compose.Interpolation.Failure;
import dev.tightship.compose.Interpolation.Text;
import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reading of a {@code .env} file. Only LF ends a line; a CR before it is a blank. */
final class DotEnvReader {

  private static final String EXPORT = "export";
  private static final String OTHERS_OF_KEYS = "_.-[]";

  /** Far above any real file; a value may be put into the next one over and over. */
  private static final int LENGTH = 1 << 24;

  /** A value that asks for no variables. */
  private static final Text NONE = new Text("", Set.of(), Set.of(), Set.of());

  private final String text;
  private final Function<String, @Nullable String> environment;
  private final Map<String, String> values;
  private final List<Entry> entries = new ArrayList<>();
  private int at;
  private int total;

  DotEnvReader(
      String text, Function<String, @Nullable String> environment, Map<String, String> earlier) {
    this.text = text;
    this.environment = environment;
    this.values = new HashMap<>(earlier);
  }

  Result read() {
    at = text.startsWith("\ufeff") ? 1 : 0;
    while (toStatement()) {
      Refused refused = statement();
      if (refused != null) {
        return refused;
      }
    }
    return new Read(entries);
  }

  /** Goes on to the next char that is neither blank nor in a comment; false at the end. */
  private boolean toStatement() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        at = lineEnd(at);
      } else if (space(c)) {
        at++;
      } else {
        return true;
      }
    }
    return false;
  }

  private @Nullable Refused statement() {
    int start = at;
    skipExport();
    if (at == text.length()) {
      return refused(start, "nothing stands after export");
    }
    int keyStart = at;
    int sign = sign(keyStart);
    if (sign < 0) {
      int wrong = -sign - 1;
      String name = Character.getName(text.codePointAt(wrong));
      return refused(start, "a key cannot hold this character: " + name);
    }
    boolean ended = sign == text.length();
    // Without sign or line feed there is no key, and what stands here is the value of no name.
    int keyEnd = ended ? keyStart : trimmed(keyStart, sign);
    String key = text.substring(keyStart, keyEnd);
    if (key.indexOf(' ') >= 0) {
      return refused(start, "a key cannot hold a blank");
    }
    at = blanks(ended ? keyStart : sign + 1);
    var keySpan = new Span(keyStart, keyEnd);
    if (!ended && text.charAt(sign) == '\n') {
      add(key, environment.apply(key), keySpan, Span.at(keyEnd), Quote.NONE, true, NONE);
      return null;
    }
    return value(start, key, keySpan);
  }

  private void skipExport() {
    int after = at + EXPORT.length();
    if (text.startsWith(EXPORT, at)
        && after < text.length()
        && "\t\n\f\r ".indexOf(text.charAt(after)) >= 0) {
      at = blanks(after);
    }
  }

  /**
   * Where the key ends: at an equals sign, a colon, a line feed or the end of the text. For a char
   * that no key may hold, minus its place minus one.
   */
  private int sign(int start) {
    for (int i = start; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == '=' || c == ':' || c == '\n') {
        return i;
      }
      if (!blank(c) && OTHERS_OF_KEYS.indexOf(c) < 0 && !letterOrNumber(c)) {
        return -i - 1;
      }
      i += Character.charCount(c);
    }
    return text.length();
  }

  private @Nullable Refused value(int start, String key, Span keySpan) {
    char first = at < text.length() ? text.charAt(at) : 0;
    if (first == '"' || first == '\'') {
      return quoted(start, key, keySpan, first);
    }
    int valueStart = at;
    int end = lineEnd(at);
    at = Math.min(end + 1, text.length());
    int comment = text.substring(valueStart, end).indexOf(" #");
    int valueEnd = trimmed(valueStart, comment >= 0 ? valueStart + comment : end);
    var span = new Span(valueStart, valueEnd);
    return expanded(start, key, span.of(text), keySpan, span, Quote.NONE);
  }

  private @Nullable Refused quoted(int start, String key, Span keySpan, char quote) {
    var raw = new StringBuilder();
    int i = at + 1;
    while (i < text.length() && text.charAt(i) != quote) {
      char c = text.charAt(i++);
      boolean escapes = c == '\\' && i < text.length();
      if (escapes && text.charAt(i) == quote) {
        raw.append(quote);
        i++;
      } else if (escapes) {
        raw.append(c).append(text.charAt(i++));
      } else {
        raw.append(c);
      }
    }
    if (i >= text.length()) {
      return refused(start, "the value's quote is not closed");
    }
    var span = new Span(at, i + 1);
    at = i + 1;
    if (quote == '\'') {
      add(key, raw.toString(), keySpan, span, Quote.SINGLE, false, NONE);
      return null;
    }
    String value = DotEnvEscapes.expand(raw.toString());
    return expanded(start, key, value, keySpan, span, Quote.DOUBLE);
  }

  private @Nullable Refused expanded(
      int start, String key, String value, Span keySpan, Span valueSpan, Quote quote) {
    var result = Interpolation.parse(value).evaluate(this::lookup);
    if (result instanceof Failure failure) {
      String variable = failure.variable();
      return refused(
          start,
          variable == null
              ? "the value holds what is no variable; a $ that is meant is written $$"
              : "the value needs the variable " + variable + ", which has no value");
    }
    var found = (Text) result;
    total += found.text().length();
    if (total > LENGTH) {
      return refused(start, "the values together are longer than " + LENGTH + " chars");
    }
    add(key, found.text(), keySpan, valueSpan, quote, false, found);
    return null;
  }

  private @Nullable String lookup(String name) {
    String outside = environment.apply(name);
    return outside != null ? outside : values.get(name);
  }

  private void add(
      String key,
      @Nullable String value,
      Span keySpan,
      Span valueSpan,
      Quote quote,
      boolean inherited,
      Text found) {
    if (value != null) {
      values.put(key, value);
    }
    entries.add(
        new Entry(
            key,
            value,
            keySpan,
            valueSpan,
            quote,
            inherited,
            List.copyOf(found.unset()),
            List.copyOf(found.blank())));
  }

  private Refused refused(int start, String reason) {
    return new Refused(new Lines(text).position(start).line(), start, reason);
  }

  private int lineEnd(int from) {
    int feed = text.indexOf('\n', from);
    return feed < 0 ? text.length() : feed;
  }

  private int blanks(int from) {
    int i = from;
    while (i < text.length() && blank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int trimmed(int start, int end) {
    int i = end;
    while (i > start && space(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  /** A blank within a line. */
  private static boolean blank(int c) {
    return switch (c) {
      case '\t', 0x0b, '\f', '\r', ' ', 0x85, 0xa0 -> true;
      default -> false;
    };
  }

  /** A blank or line end, as Unicode has it. */
  private static boolean space(char c) {
    return c == '\n' || blank(c) || (c > 0xff && Character.isSpaceChar(c));
  }

  private static boolean letterOrNumber(int c) {
    return switch (Character.getType(c)) {
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
      default -> Character.isLetter(c);
    };
  }
}
