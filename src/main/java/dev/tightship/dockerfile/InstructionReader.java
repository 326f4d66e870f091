package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the joined text of one instruction apart: keyword, options, arguments, form. */
final class InstructionReader {

  private static final Set<String> JSON_FORM =
      Set.of("ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME");
  private static final Set<String> WITH_HEREDOCS = Set.of("ADD", "COPY", "RUN");

  private final char escape;
  private final boolean open;
  private final int line;

  InstructionReader(char escape, boolean open, int line) {
    this.escape = escape;
    this.open = open;
    this.line = line;
  }

  /** The instruction without its heredocs, which stand after the text given here. */
  Instruction read(LogicalText joined, Span span) {
    return read(joined, span, true);
  }

  private Instruction read(LogicalText joined, Span span, boolean outer) {
    String text = joined.text();
    int start = Blanks.skip(text, 0, text.length());
    int end = Blanks.trimEnd(text, start, text.length());
    int keywordEnd = start;
    while (keywordEnd < end && !Blanks.isSeparator(text.charAt(keywordEnd))) {
      keywordEnd++;
    }
    String keyword = keyword(text.substring(start, keywordEnd));
    var flags = new ArrayList<Flag>();
    int argumentsStart = flags(joined, keywordEnd, end, flags);
    LogicalText arguments = joined.part(argumentsStart, end);
    boolean holdsAnother = outer && keyword.equals("ONBUILD") && !arguments.text().isEmpty();
    return new Instruction(
        keyword,
        joined.word(start, keywordEnd),
        span,
        line,
        joined.part(start, end),
        List.copyOf(flags),
        arguments,
        json(keyword, arguments.text()),
        List.of(),
        open,
        escape,
        holdsAnother
            ? read(arguments, new Span(arguments.word().span().start(), span.end()), false)
            : null);
  }

  /** Whether documents may follow this instruction. */
  static boolean mayHaveHeredocs(Instruction instruction) {
    Instruction inner = instruction.inner();
    Instruction which = inner == null ? instruction : inner;
    return WITH_HEREDOCS.contains(which.keyword()) && !which.isJson();
  }

  /** The instruction with the documents that were found after it. */
  static Instruction with(Instruction instruction, List<Heredoc> heredocs, int end) {
    Instruction inner = instruction.inner();
    return new Instruction(
        instruction.keyword(),
        instruction.written(),
        new Span(instruction.span().start(), end),
        instruction.line(),
        instruction.whole(),
        instruction.flags(),
        instruction.arguments(),
        instruction.json(),
        List.copyOf(heredocs),
        false,
        instruction.escape(),
        inner == null ? null : with(inner, heredocs, end));
  }

  /**
   * In upper case by way of lower case, char by char and in no locale: so a builder compares them,
   * and an odd letter that only becomes an ASCII one on the way counts as it does there.
   */
  private static String keyword(String written) {
    var lower = new StringBuilder();
    written.codePoints().forEach(c -> lower.appendCodePoint(Character.toLowerCase(c)));
    String keyword = lower.toString();
    return keyword.chars().allMatch(c -> c < 128) ? keyword.toUpperCase(Locale.ROOT) : written;
  }

  private static @Nullable List<String> json(String keyword, String arguments) {
    if (JSON_FORM.contains(keyword)) {
      return JsonStrings.read(arguments);
    }
    if (!keyword.equals("HEALTHCHECK")) {
      return null;
    }
    int end = 0;
    while (end < arguments.length() && !Blanks.isSeparator(arguments.charAt(end))) {
      end++;
    }
    return JsonStrings.read(arguments.substring(end));
  }

  /** Collects the options from {@code from} on; returns where the arguments begin. */
  private int flags(LogicalText source, int from, int end, List<Flag> flags) {
    String text = source.text();
    int at = from;
    while (true) {
      int start = at;
      // Only ASCII spaces stand between options, while arguments lose any space around them.
      while (start < end && Blanks.isSeparator(text.charAt(start))) {
        start++;
      }
      if (!text.startsWith("--", start)) {
        return Blanks.skip(text, start, end);
      }
      var value = new StringBuilder();
      at = flag(text, start, end, value);
      String plain = value.toString();
      if (plain.equals("--")) {
        return Blanks.skip(text, at, end);
      }
      int equals = plain.indexOf('=');
      Word written = source.word(start, at);
      flags.add(
          equals < 0
              ? new Flag(plain.substring(2), null, written)
              : new Flag(plain.substring(2, equals), plain.substring(equals + 1), written));
    }
  }

  /** Reads one option without its quotes and escapes; returns where it ends. */
  private int flag(String text, int start, int end, StringBuilder value) {
    char quote = 0;
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      if (quote == 0 && Blanks.isSeparator(c)) {
        return at;
      }
      if (c == escape) {
        at++;
        if (at < end) {
          value.append(text.charAt(at));
        }
      } else if (quote == 0 ? c == '\'' || c == '"' : c == quote) {
        quote = quote == 0 ? c : 0;
      } else {
        value.append(c);
      }
      at++;
    }
    return end;
  }
}
