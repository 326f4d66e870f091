package dev.tightship.yaml;

import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import java.util.Iterator;
import java.util.regex.Pattern;

/** Where a new line goes: behind the comments of what it follows, before those of what comes. */
final class Insertions {

  private static final Pattern ITEM = Pattern.compile("[ \t]*# ?- ?");

  private final String text;
  private final Lines lines;

  Insertions(YamlFile file) {
    this.text = file.text();
    this.lines = file.lines();
  }

  /**
   * A point between two lines.
   *
   * @param open whether the line before it ends without a line break, and so shall the new one
   * @param eol the line break that the neighbours use
   */
  record Point(int offset, boolean open, String eol) {
    TextEdit insert(String lines, String fix) {
      return new TextEdit(Span.at(offset), open ? eol + lines : lines + eol, fix);
    }
  }

  /**
   * The point after a value that ends at {@code end}, its comments skipped: what follows at once
   * and stands at {@code column} or deeper, and what stands deeper after blank lines.
   *
   * @param column column from 0 of the lines to come
   */
  Point after(int end, int column) {
    return after(end, column, false);
  }

  /**
   * As {@link #after(int, int)}, for a new item of a list.
   *
   * @param underKey whether the dashes stand in the column of the key, where a comment may speak of
   *     the next key as well: only an item that was commented out is known to be of the list
   */
  Point after(int end, int column, boolean underKey) {
    boolean closed = end > 0 && lines.start(lines.lineAt(end)) == end && isBreak(end - 1);
    int last = lines.lineAt(closed ? end - 1 : end);
    boolean blank = false;
    for (int line = last + 1; line < lines.count(); line++) {
      String content = lines.content(line);
      if (content.isBlank()) {
        blank = true;
        continue;
      }
      int at = commentColumn(content, column);
      boolean other = underKey && at == column && !ITEM.matcher(content).lookingAt();
      if (at < column || (at == column && blank) || other) {
        break;
      }
      last = line;
      blank = false;
    }
    int offset = lines.end(last);
    return new Point(offset, offset == 0 || !isBreak(offset - 1), eol(last));
  }

  private boolean isBreak(int offset) {
    char c = text.charAt(offset);
    return c == '\n' || c == '\r';
  }

  /**
   * Column of a comment, or -1 for a line that is none. A line of YAML that was commented out at
   * the left margin counts where it stood.
   */
  private static int commentColumn(String line, int column) {
    int hash = 0;
    while (line.charAt(hash) == ' ' || line.charAt(hash) == '\t') {
      hash++;
    }
    if (line.charAt(hash) != '#') {
      return -1;
    }
    int rest = hash + 1;
    while (rest < line.length() && line.charAt(rest) == ' ') {
      rest++;
    }
    return hash < column && rest >= column && isYaml(line.substring(rest))
        ? (line.startsWith("- ", rest) ? column + 1 : column)
        : hash;
  }

  /** Whether a comment looks like a line that was commented out. */
  private static boolean isYaml(String comment) {
    if (comment.startsWith("- ")) {
      return true;
    }
    int colon = comment.indexOf(':');
    return colon > 0
        && (colon + 1 == comment.length() || comment.charAt(colon + 1) == ' ')
        && comment.substring(0, colon).chars().noneMatch(Character::isWhitespace);
  }

  /** The line break that ends a line, or, for the last one, the one before. */
  String eol(int line) {
    for (int at = line; at >= 0; at--) {
      String end = text.substring(lines.contentEnd(at), lines.end(at));
      if (!end.isEmpty()) {
        return end;
      }
    }
    return "\n";
  }

  /** The blanks before what stands first in its line; spaces where something else comes first. */
  String indent(int offset, int column) {
    String before = text.substring(lines.start(lines.lineAt(offset)), offset);
    return before.isBlank() ? before : " ".repeat(column);
  }

  /** The blanks that a line begins with. */
  String leading(int line) {
    String content = lines.content(line);
    int at = 0;
    while (at < content.length() && (content.charAt(at) == ' ' || content.charAt(at) == '\t')) {
      at++;
    }
    return content.substring(0, at);
  }

  /** How many blanks stand behind a dash, 1 where its item begins on another line. */
  int blanksAfter(int offset) {
    int at = offset;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    boolean sameLine = at < text.length() && !isBreak(at) && text.charAt(at) != '#';
    return sameLine ? Math.max(1, at - offset) : 1;
  }

  /** Whether the owner leaves a blank line between the sections of the file. */
  boolean spaced(Node.Mapping root) {
    Iterator<Node.Entry> entries = root.entries().values().iterator();
    Node.Entry last = entries.next();
    while (entries.hasNext()) {
      last = entries.next();
      int line = lines.lineAt(last.key().span().start());
      if (line > 0 && lines.content(line - 1).isBlank()) {
        return true;
      }
    }
    return root.entries().size() == 1;
  }
}
