package dev.tightship.dockerfile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pattern of a {@code .dockerignore}. The builder makes a regular expression of it or compares
 * text, by rules of its own: {@code **foo} is any path that ends so, {@code **foo*} is not.
 */
final class IgnorePattern {

  private static final int MOST_RANGES = 64;

  /** The work of many patterns on many paths. */
  static final class Spent {

    /** Real files take a few millions at most. */
    private static final long MOST = 200_000_000;

    private long steps;

    boolean isTooMuch() {
      return steps > MOST;
    }
  }

  private enum Way {
    EXACT,
    PREFIX,
    SUFFIX,
    STEPS
  }

  private enum Kind {
    /** Just the char. */
    CHAR,
    /** {@code ?}: any char but a slash. */
    ONE,
    /** {@code *}: any number of them. */
    PART,
    /** {@code **}: nothing, or any text that ends with a slash. */
    FOLDERS,
    /** {@code **} at the end. */
    REST,
    /** Brackets. */
    CLASS
  }

  /**
   * @param ranges of a class, each from its first to its last char
   */
  private record Step(Kind kind, int c, boolean negated, List<int[]> ranges) {

    static Step of(Kind kind) {
      return new Step(kind, 0, false, List.of());
    }

    static Step of(int c) {
      return new Step(Kind.CHAR, c, false, List.of());
    }

    boolean takes(int given) {
      return switch (kind) {
        case CHAR -> given == c;
        case ONE, PART -> given != '/';
        case CLASS -> ranges.stream().anyMatch(r -> r[0] <= given && given <= r[1]) != negated;
        case FOLDERS, REST -> given != '\n';
      };
    }
  }

  private final Way way;
  private final String text;
  private final List<Step> steps;
  private final boolean exception;

  private IgnorePattern(Way way, String text, List<Step> steps, boolean exception) {
    this.way = way;
    this.text = text;
    this.steps = steps;
    this.exception = exception;
  }

  /** Null when the builder refuses it, or when what it does is not sure. */
  static @Nullable IgnorePattern of(String pattern) {
    return new Reader(pattern).read();
  }

  IgnorePattern asException() {
    return new IgnorePattern(way, text, steps, true);
  }

  boolean isException() {
    return exception;
  }

  /**
   * @param spent counts the steps that it takes; it gives up, with no match, once they are too many
   */
  boolean matches(String path, Spent spent) {
    spent.steps++;
    return switch (way) {
      case EXACT -> path.equals(text);
      case PREFIX -> path.startsWith(text);
      case SUFFIX ->
          path.endsWith(text) || (text.startsWith("/") && path.equals(text.substring(1)));
      case STEPS -> goesThrough(path, spent);
    };
  }

  /** All ways through the steps at once, so that no text makes it go back. */
  private boolean goesThrough(String path, Spent spent) {
    // Bit i: the steps before i are done. A step that takes many stays at its place.
    var at = new BitSet(steps.size() + 1);
    enter(at, 0);
    for (int i = 0; i < path.length() && !at.isEmpty() && !spent.isTooMuch(); ) {
      int c = path.codePointAt(i);
      i += Character.charCount(c);
      var next = new BitSet(steps.size() + 1);
      for (int s = at.nextSetBit(0); s >= 0 && s < steps.size(); s = at.nextSetBit(s + 1)) {
        Step step = steps.get(s);
        spent.steps++;
        if (step.takes(c)) {
          switch (step.kind()) {
            case PART, REST -> enter(next, s);
            case FOLDERS -> {
              // Only after a slash it may be left again.
              next.set(s);
              if (c == '/') {
                enter(next, s + 1);
              }
            }
            default -> enter(next, s + 1);
          }
        }
      }
      at = next;
    }
    return !spent.isTooMuch() && at.get(steps.size());
  }

  /** At a step that may take nothing one is at the next one as well. */
  private void enter(BitSet at, int step) {
    int s = step;
    boolean more = true;
    while (more) {
      boolean been = at.get(s);
      at.set(s);
      Kind kind = s < steps.size() ? steps.get(s).kind() : Kind.CHAR;
      // Within the text of folders it was set without the next one.
      more = kind == Kind.FOLDERS || (!been && (kind == Kind.PART || kind == Kind.REST));
      s++;
    }
  }

  /** Goes through a pattern as the builder does when it makes its expression. */
  private static final class Reader {
    private final String pattern;
    private final List<Step> steps = new ArrayList<>();
    private Way way = Way.EXACT;
    private int at;

    Reader(String pattern) {
      this.pattern = pattern;
    }

    @Nullable IgnorePattern read() {
      boolean odd = false;
      while (at < pattern.length()) {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        if (c < ' ' || c == '\ufeff' || c == '\ufffd') {
          return null;
        }
        // The builder does not escape these in its expression.
        odd |= c == '^' || c == '|' || c == '{' || c == '}';
        switch (c) {
          case '*' -> stars();
          case '?' -> steps.add(special(Step.of(Kind.ONE)));
          case ']' -> steps.add(special(Step.of(c)));
          case '[' -> {
            Step step = brackets();
            if (step == null) {
              return null;
            }
            steps.add(special(step));
          }
          case '\\' -> {
            // Before a letter it would mean something to the expression.
            if (at == pattern.length() || !isPunctuation(pattern.charAt(at))) {
              return null;
            }
            steps.add(special(Step.of(pattern.charAt(at++))));
          }
          default -> steps.add(Step.of(c));
        }
      }
      if (pattern.isEmpty() || (odd && way == Way.STEPS)) {
        return null;
      }
      return switch (way) {
        case EXACT -> new IgnorePattern(way, pattern, List.of(), false);
        case PREFIX ->
            new IgnorePattern(way, pattern.substring(0, pattern.length() - 2), List.of(), false);
        case SUFFIX -> new IgnorePattern(way, pattern.substring(2), List.of(), false);
        case STEPS -> new IgnorePattern(way, "", List.copyOf(steps), false);
      };
    }

    private Step special(Step step) {
      way = Way.STEPS;
      return step;
    }

    private void stars() {
      boolean first = at == 1;
      if (!pattern.startsWith("*", at)) {
        steps.add(special(Step.of(Kind.PART)));
        return;
      }
      at++;
      at += pattern.startsWith("/", at) ? 1 : 0;
      if (at < pattern.length()) {
        // Two of them are one.
        if (steps.isEmpty() || steps.get(steps.size() - 1).kind() != Kind.FOLDERS) {
          steps.add(Step.of(Kind.FOLDERS));
        }
        way = Way.STEPS;
      } else if (way == Way.EXACT) {
        way = Way.PREFIX;
      } else {
        steps.add(special(Step.of(Kind.REST)));
      }
      way = first ? Way.SUFFIX : way;
    }

    /** Only plain chars and ranges of them. */
    private @Nullable Step brackets() {
      boolean negated = pattern.startsWith("^", at);
      at += negated ? 1 : 0;
      var ranges = new ArrayList<int[]>();
      while (at < pattern.length() && pattern.charAt(at) != ']') {
        int low = classChar();
        int high = low;
        if (pattern.startsWith("-", at)) {
          at++;
          high = at < pattern.length() ? classChar() : -1;
        }
        if (low < 0 || high < low || ranges.size() == MOST_RANGES) {
          return null;
        }
        ranges.add(new int[] {low, high});
      }
      boolean closed = at < pattern.length() && !ranges.isEmpty();
      at++;
      return closed ? new Step(Kind.CLASS, 0, negated, List.copyOf(ranges)) : null;
    }

    private int classChar() {
      int c = pattern.codePointAt(at);
      at += Character.charCount(c);
      return c < ' ' || "-[]\\^*?".indexOf(c) >= 0 ? -1 : c;
    }

    private static boolean isPunctuation(char c) {
      boolean alphanumeric = c != '_' && ShellWordReader.isNameChar(c, true);
      return c >= ' ' && c < 0x7f && !alphanumeric;
    }
  }
}
