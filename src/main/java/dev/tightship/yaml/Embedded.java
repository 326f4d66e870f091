package dev.tightship.yaml;

import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that stands in a scalar, and where its chars stand in the file. */
public final class Embedded {

  private final Node.Scalar scalar;

  /** Where each line of the text begins, in the text and in the file. */
  private final int[] starts;

  private final int[] places;

  /** Of each line, how many chars its indentation lacks: a blank one need not have any. */
  private final int[] lacking;

  private final String indent;
  private final String lineBreak;
  private final boolean exact;

  private Embedded(
      Node.Scalar scalar,
      int[] starts,
      int[] places,
      int[] lacking,
      String indent,
      String lineBreak,
      boolean exact) {
    this.scalar = scalar;
    this.starts = starts;
    this.places = places;
    this.lacking = lacking;
    this.indent = indent;
    this.lineBreak = lineBreak;
    this.exact = exact;
  }

  /** Where the text of a scalar stands. */
  public static Embedded of(YamlFile file, Node.Scalar scalar) {
    return scalar.style() == Node.Style.LITERAL ? block(file, scalar) : line(file, scalar);
  }

  /** A text on one line is as it is written, or nothing more is known than where it begins. */
  private static Embedded line(YamlFile file, Node.Scalar scalar) {
    String written = scalar.span().of(file.text());
    int at = written.indexOf(scalar.text());
    boolean exact =
        at >= 0
            && written.length() - scalar.text().length() <= 2
            && scalar.text().indexOf('\n') < 0
            && scalar.anchor() == null
            && scalar.tag() == null;
    int place = scalar.span().start() + Math.max(at, 0);
    return new Embedded(scalar, new int[] {0}, new int[] {place}, new int[1], "", "", exact);
  }

  private static Embedded block(YamlFile file, Node.Scalar scalar) {
    Lines outer = file.lines();
    Lines inner = new Lines(scalar.text());
    int header = scalar.span().start();
    while (file.text().charAt(header) != '|') {
      header++; // an anchor or a tag stands before it
    }
    int first = outer.lineAt(header) + 1;
    int count = inner.count();
    boolean ended = scalar.text().endsWith("\n");
    String indent = null;
    boolean exact = first + count <= outer.count() + (ended ? 1 : 0);
    int[] starts = new int[count];
    int[] places = new int[count];
    int[] lacking = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = inner.start(i);
      String says = inner.content(i);
      if (first + i >= outer.count()) {
        places[i] = file.text().length();
        continue;
      }
      String line = outer.content(first + i);
      if (indent == null && !says.isEmpty() && line.endsWith(says)) {
        indent = line.substring(0, line.length() - says.length());
      }
      int skipped = Math.min(line.length(), indent == null ? 0 : indent.length());
      places[i] = outer.start(first + i) + skipped;
      lacking[i] = indent == null ? 0 : indent.length() - skipped;
      boolean last = ended && i == count - 1;
      exact &= last || (says.isEmpty() ? line.isBlank() : line.equals(indent + says));
    }
    exact &= indent != null && indent.isBlank();
    int end = outer.contentEnd(first - 1);
    return new Embedded(
        scalar,
        starts,
        places,
        lacking,
        indent == null ? "" : indent,
        file.text().startsWith("\r\n", end) ? "\r\n" : "\n",
        exact);
  }

  /** Whether each char of the text stands in the file as it is, so that it can be edited there. */
  public boolean isExact() {
    return exact;
  }

  /**
   * Where a line of the text begins in the file, its indentation left out; about there where the
   * text is not exact.
   *
   * @param line from 0
   */
  public int line(int line) {
    return Math.min(places[Math.min(line, places.length - 1)], scalar.span().end());
  }

  private int lineAt(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  private int place(int offset) {
    int line = lineAt(offset);
    return places[line] + offset - starts[line];
  }

  /**
   * Edits of the text as edits of the file; null where they cannot be said there.
   *
   * @throws IllegalStateException if the text is not {@linkplain #isExact() exact}
   */
  public @Nullable List<TextEdit> edits(List<TextEdit> edits) {
    if (!exact) {
      throw new IllegalStateException("the text is not in the file as it is");
    }
    var outer = new ArrayList<TextEdit>();
    for (TextEdit edit : edits) {
      boolean oneLine = scalar.style() != Node.Style.LITERAL;
      boolean unended = isBehind(edit) && !edit.text().endsWith("\n");
      if (unended || (oneLine && edit.text().indexOf('\n') >= 0)) {
        return null;
      }
      outer.add(outer(edit));
    }
    return List.copyOf(outer);
  }

  /** Whether it is behind the last line break, where the block has no line any more. */
  private boolean isBehind(TextEdit edit) {
    return edit.span().start() == scalar.text().length() && scalar.text().endsWith("\n");
  }

  private TextEdit outer(TextEdit edit) {
    String text = edit.text().replace("\n", lineBreak + indent);
    if (isBehind(edit)) {
      int last = place(scalar.text().length() - 1);
      String line = text.substring(0, text.length() - lineBreak.length() - indent.length());
      return new TextEdit(Span.at(last), lineBreak + indent + line, edit.fix());
    }
    Span span = new Span(place(edit.span().start()), place(edit.span().end()));
    int lacks = lacking[lineAt(edit.span().start())];
    if (lacks > 0 && !text.isEmpty()) {
      // a line above a blank one, which stays blank
      boolean above = edit.text().endsWith("\n");
      text = above ? text.substring(0, text.length() - indent.length()) : text;
      text = indent.substring(indent.length() - lacks) + text;
    }
    return new TextEdit(span, text, edit.fix());
  }
}
