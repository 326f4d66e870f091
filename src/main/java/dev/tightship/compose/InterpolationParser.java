package dev.tightship.compose;

import dev.tightship.compose.Interpolation.Invalid;
import dev.tightship.compose.Interpolation.Literal;
import dev.tightship.compose.Interpolation.Operator;
import dev.tightship.compose.Interpolation.Part;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the variables of a text. Braces are paired once for the whole text, so that nested defaults
 * cost no more than their length.
 */
final class InterpolationParser {

  /** Nobody nests deeper, and the stack is not ours to fill. What lies deeper is invalid. */
  static final int DEPTH = 100;

  private final String text;

  /** For each char: where the brace that opens here is closed, or -1. */
  private final int[] closing;

  /** For each char: the last closing brace up to it on its line, or -1. */
  private final int[] lastBrace;

  /** The line feed after the place that was last looked at; places are visited in order. */
  private int lineEnd = -1;

  InterpolationParser(String text) {
    this.text = text;
    this.closing = pairs(text);
    this.lastBrace = lastBraces(text);
  }

  Template template() {
    return template(0, text.length(), 0);
  }

  private Template template(int start, int end, int depth) {
    var parts = new ArrayList<Part>();
    int literal = start;
    int at = start;
    while (at < end) {
      int dollar = text.indexOf('$', at);
      if (dollar < 0 || dollar >= end) {
        break;
      }
      Part part = part(dollar, end, depth);
      if (part == null) {
        at = dollar + 1;
        continue;
      }
      literal(literal, dollar, parts);
      parts.add(part);
      at = part.span().end();
      literal = at;
    }
    literal(literal, end, parts);
    return new Template(text, new Span(start, end), parts);
  }

  private void literal(int start, int end, List<Part> parts) {
    if (start < end) {
      parts.add(new Literal(new Span(start, end), text.substring(start, end)));
    }
  }

  /** What begins with this dollar sign, or null where it is plain text. */
  private @Nullable Part part(int dollar, int end, int depth) {
    int next = dollar + 1;
    if (next == end) {
      return null;
    }
    char c = text.charAt(next);
    if (c == '$') {
      return new Literal(new Span(dollar, next + 1), "$");
    }
    if (c == '{') {
      return braced(dollar, end, depth);
    }
    int nameEnd = nameEnd(next, end);
    if (nameEnd == next) {
      return null;
    }
    return variable(new Span(dollar, nameEnd), new Span(next, nameEnd), Operator.NONE, null);
  }

  private Part braced(int dollar, int end, int depth) {
    var invalid = new Invalid(new Span(dollar, dollar + 2));
    int name = dollar + 2;
    int nameEnd = nameEnd(name, end);
    if (nameEnd == name || nameEnd == end) {
      return invalid;
    }
    var nameSpan = new Span(name, nameEnd);
    if (text.charAt(nameEnd) == '}') {
      return variable(new Span(dollar, nameEnd + 1), nameSpan, Operator.NONE, null);
    }
    Operator operator = operator(nameEnd, end);
    if (operator == null || depth == DEPTH) {
      return invalid;
    }
    int word = nameEnd + operator.sign().length();
    int last = lastBrace(word, end);
    if (last < word) {
      return invalid;
    }
    int close = closing[dollar + 1];
    if (close < 0 || close > last) {
      close = last; // the braces don't pair up on this line
    }
    var span = new Span(dollar, close + 1);
    return variable(span, nameSpan, operator, template(word, close, depth + 1));
  }

  private Variable variable(Span span, Span name, Operator operator, @Nullable Template word) {
    return new Variable(span, name.of(text), name, operator, word);
  }

  private @Nullable Operator operator(int at, int end) {
    boolean colon = text.charAt(at) == ':';
    int sign = colon ? at + 1 : at;
    if (sign >= end) {
      return null;
    }
    return switch (text.charAt(sign)) {
      case '-' -> colon ? Operator.DEFAULT_IF_EMPTY : Operator.DEFAULT_IF_UNSET;
      case '?' -> colon ? Operator.REQUIRED_FILLED : Operator.REQUIRED_SET;
      case '+' -> colon ? Operator.INSTEAD_IF_FILLED : Operator.INSTEAD_IF_SET;
      default -> null;
    };
  }

  private int nameEnd(int start, int end) {
    int at = start;
    while (at < end && ofName(text.charAt(at), at == start)) {
      at++;
    }
    return at;
  }

  /** Long s and the Kelvin sign are letters too, since Compose matches s and k in any case. */
  private static boolean ofName(char c, boolean first) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || c == '\u017f'
        || c == '\u212a'
        || (!first && c >= '0' && c <= '9');
  }

  /** The last closing brace from {@code start} on, before {@code end} and the end of the line. */
  private int lastBrace(int start, int end) {
    if (lineEnd < start) {
      int feed = text.indexOf('\n', start);
      lineEnd = feed < 0 ? text.length() : feed;
    }
    int stop = Math.min(end, lineEnd);
    return stop > start ? lastBrace[stop - 1] : -1;
  }

  private static int[] lastBraces(String text) {
    int[] last = new int[text.length()];
    int seen = -1;
    for (int i = 0; i < last.length; i++) {
      char c = text.charAt(i);
      seen = c == '}' ? i : c == '\n' ? -1 : seen;
      last[i] = seen;
    }
    return last;
  }

  /**
   * Pairs the braces as Compose counts them: the char after an opening brace is not looked at. The
   * brace of a variable follows a dollar sign, so it is never the one that is passed over.
   */
  private static int[] pairs(String text) {
    int[] closing = new int[text.length()];
    int[] open = new int[text.length()];
    int depth = 0;
    for (int i = 0; i < closing.length; i++) {
      closing[i] = -1;
    }
    for (int i = 0; i < closing.length; i++) {
      char c = text.charAt(i);
      if (c == '{') {
        open[depth++] = i;
        i++;
      } else if (c == '}' && depth > 0) {
        closing[open[--depth]] = i;
      }
    }
    return closing;
  }
}
