package dev.tightship.dockerfile;

import dev.tightship.text.Span;
import java.util.Arrays;

/**
 * Text of an instruction with its continuations, and the comments and blank lines inside them,
 * taken out; it still knows where each char stands in the file.
 */
public final class LogicalText {

  private final String text;

  /** Where each run of chars that stand together begins, in the joined line and in the file. */
  private final int[] runs;

  private final int[] sources;

  /** Where this text begins in the joined line. */
  private final int offset;

  private LogicalText(String text, int[] runs, int[] sources, int offset) {
    this.text = text;
    this.runs = runs;
    this.sources = sources;
    this.offset = offset;
  }

  /** The text, as a builder sees it. */
  public String text() {
    return text;
  }

  /**
   * The part from {@code start} to {@code end} (offsets into {@link #text()}) with its place in the
   * file.
   *
   * @throws IndexOutOfBoundsException if it reaches past the text
   */
  public Word word(int start, int end) {
    String part = text.substring(start, end);
    if (part.isEmpty()) {
      // An empty piece belongs to the char before it, not to the next line of a continuation.
      boolean follows = offset + start > 0;
      return new Word(part, Span.at(follows ? source(start - 1) + 1 : source(start)), true);
    }
    int first = source(start);
    int last = source(end - 1) + 1;
    return new Word(part, new Span(first, last), last - first == part.length());
  }

  /** The whole text with its place in the file. */
  public Word word() {
    return word(0, text.length());
  }

  /**
   * The offset in {@link #text()} of a char of the file; -1 where it is not in this text.
   *
   * @param source offset in the file
   */
  public int offsetOf(int source) {
    int found = Arrays.binarySearch(sources, source);
    int run = found >= 0 ? found : -found - 2;
    if (run < 0) {
      return -1;
    }
    int at = runs[run] + source - sources[run] - offset;
    boolean inRun = run + 1 == runs.length || runs[run] + source - sources[run] < runs[run + 1];
    return inRun && at >= 0 && at < text.length() ? at : -1;
  }

  LogicalText part(int start, int end) {
    return new LogicalText(text.substring(start, end), runs, sources, offset + start);
  }

  private int source(int at) {
    int joined = offset + at;
    int found = Arrays.binarySearch(runs, joined);
    int run = found >= 0 ? found : -found - 2;
    return sources[run] + joined - runs[run];
  }

  @Override
  public String toString() {
    return text;
  }

  /** Joins the physical lines of one instruction. */
  static final class Joiner {

    private final StringBuilder text = new StringBuilder();
    private int[] runs = new int[4];
    private int[] sources = new int[4];
    private int count;

    void add(String file, int start, int end) {
      // An empty piece holds no char to find, and two runs may not begin at one place.
      if (start == end) {
        return;
      }
      if (count == runs.length) {
        runs = Arrays.copyOf(runs, count * 2);
        sources = Arrays.copyOf(sources, count * 2);
      }
      runs[count] = text.length();
      sources[count++] = start;
      text.append(file, start, end);
    }

    LogicalText join() {
      return new LogicalText(
          text.toString(), Arrays.copyOf(runs, count), Arrays.copyOf(sources, count), 0);
    }
  }
}
