package dev.tightship.yaml;

import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Plan.Held;
import dev.tightship.yaml.Plan.Lock;
import dev.tightship.yaml.Plan.Ready;
import dev.tightship.yaml.Plan.Splice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes an entry or an item away: its lines, and nothing that speaks of something else. */
final class Removal {

  private final String text;
  private final Lines lines;
  private final String fix;
  private final Gaps gaps;

  Removal(YamlFile file, String fix) {
    this.text = file.text();
    this.lines = file.lines();
    this.fix = fix;
    this.gaps = new Gaps(text);
  }

  /**
   * @param entry what is removed from a mapping, or null
   * @param item index of what is removed from a list, or -1
   */
  Plan plan(Node parent, Node.@Nullable Entry entry, int item) {
    var spans = spans(parent);
    int index = entry == null ? item : indexOf(spans, entry.key().span().start());
    if (spans.size() < 2) {
      return new Held("nothing would be left around it");
    }
    boolean flow =
        parent instanceof Node.Mapping mapping ? mapping.flow() : ((Node.Sequence) parent).flow();
    return flow ? fromFlow(spans, index, parent) : fromBlock(spans, index, parent);
  }

  private static int indexOf(List<Span> spans, int start) {
    for (int i = 0; i < spans.size(); i++) {
      if (spans.get(i).start() == start) {
        return i;
      }
    }
    throw new IllegalStateException("an entry that its mapping does not hold");
  }

  /** What belongs to each entry or item, its key or dash included. */
  private List<Span> spans(Node parent) {
    var spans = new ArrayList<Span>();
    if (parent instanceof Node.Mapping mapping) {
      for (Node.Entry e : mapping.entries().values()) {
        int end = Math.max(gaps.colon(e) + 1, e.value().span().end());
        spans.add(new Span(e.key().span().start(), Math.max(end, e.key().span().end())));
      }
    } else if (parent instanceof Node.Sequence list && list.flow()) {
      list.items().forEach(i -> spans.add(i.span()));
    } else if (parent instanceof Node.Sequence list) {
      List<Integer> dashes = gaps.dashes(list);
      for (int i = 0; i < dashes.size(); i++) {
        spans.add(new Span(dashes.get(i), list.items().get(i).span().end()));
      }
    }
    return spans;
  }

  private Plan fromFlow(List<Span> spans, int index, Node parent) {
    boolean first = index == 0;
    int start = first ? spans.get(0).start() : spans.get(index - 1).end();
    int end = first ? spans.get(1).start() : spans.get(index).end();
    TextEdit line = ownLines(spans.get(index), parent);
    if (line == null) {
      return gaps.hasComment(start, end)
          ? new Held("a comment stands beside it")
          : ready(parent, new TextEdit(new Span(start, end), "", fix));
    }
    boolean comma =
        gaps.skip(spans.get(index).end(), parent.span().end() - 1) < parent.span().end() - 1;
    if (comma || first) {
      return ready(parent, line);
    }
    // the last one gives its place up to the one before, whose comma separates nothing now
    int before = gaps.skip(start, spans.get(index).start());
    return ready(parent, new TextEdit(new Span(before, before + 1), "", fix), line);
  }

  /**
   * Takes away lines on which nothing stands but this item, its comma, and a comment, which stays;
   * null where something else does.
   */
  private @Nullable TextEdit ownLines(Span span, Node parent) {
    int firstLine = lines.lineAt(span.start());
    int lastLine = lines.lineAt(span.end());
    int begin = lines.start(firstLine);
    int stop = lines.contentEnd(lastLine);
    String before = text.substring(begin, span.start());
    int rest = gaps.skip(span.end(), stop);
    if (rest < stop && text.charAt(rest) == ',') {
      rest = gaps.skip(rest + 1, stop);
    }
    if (!before.isBlank() || rest < stop || lines.end(lastLine) > parent.span().end()) {
      return null;
    }
    int hash = text.substring(span.end(), stop).indexOf('#');
    return hash < 0
        ? new TextEdit(new Span(begin, lines.end(lastLine)), "", fix)
        : new TextEdit(new Span(span.start(), span.end() + hash), "", fix);
  }

  private Plan fromBlock(List<Span> spans, int index, Node parent) {
    Span span = spans.get(index);
    int firstLine = lines.lineAt(span.start());
    int begin = lines.start(firstLine);
    String before = text.substring(begin, span.start());
    boolean mark = before.startsWith("\uFEFF");
    int lastLine = lines.lineAt(isClosed(span) ? span.end() - 1 : span.end());
    int stop = lines.contentEnd(lastLine);
    String trailing = text.substring(Math.min(span.end(), stop), stop);
    if (!before.substring(mark ? 1 : 0).isBlank()) {
      return behindDash(spans, index, parent, before, trailing);
    }
    int start = begin + (mark ? 1 : 0);
    if (!trailing.isBlank()) {
      // the comment speaks of more than the line, or it would not be there: it stays
      String comment = before.substring(mark ? 1 : 0) + trailing.strip();
      return ready(parent, new TextEdit(new Span(start, stop), comment, fix));
    }
    int end = lines.end(lastLine);
    boolean afterText = index > 0 && endsInBlockText(child(parent, index - 1));
    if (afterText && deeperComment(lastLine, span)) {
      return new Held("a comment below it would become part of the text before it");
    }
    int floor = index == 0 ? start : spans.get(index - 1).end();
    // blank lines would become part of the text before: all of them, or those that hold spaces
    String below = text.substring(end, blankAfter(lastLine));
    boolean keeps =
        afterText && (isClosed(spans.get(index - 1)) || below.chars().anyMatch(c -> c == ' '));
    if (end == text.length() && end == stop && firstLine > 0 && !afterText) {
      start = lines.contentEnd(blankBefore(firstLine, floor) - 1);
    } else if (index == spans.size() - 1 && !keeps) {
      // what follows keeps its distance; the blank lines that set the last one off go with it
      start = index == 0 ? start : lines.start(blankBefore(firstLine, floor));
    } else if (firstLine == 0 || keeps || opensGap(firstLine - 1, index)) {
      end = blankAfter(lastLine);
    }
    return ready(parent, new TextEdit(new Span(start, end), "", fix));
  }

  private static Node child(Node parent, int index) {
    return parent instanceof Node.Sequence list
        ? list.items().get(index)
        : List.copyOf(((Node.Mapping) parent).entries().values()).get(index).value();
  }

  /** Recursion is bounded by the reader's own limit on nesting. */
  private static boolean endsInBlockText(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.style() == Node.Style.LITERAL || scalar.style() == Node.Style.FOLDED;
    }
    boolean empty =
        node instanceof Node.Alias
            || (node instanceof Node.Sequence list && (list.flow() || list.items().isEmpty()))
            || (node instanceof Node.Mapping map && (map.flow() || map.entries().isEmpty()));
    int size =
        node instanceof Node.Sequence list
            ? list.items().size()
            : node instanceof Node.Mapping map ? map.entries().size() : 0;
    return !empty && endsInBlockText(child(node, size - 1));
  }

  /** Whether the next words below a line are a comment that stands deeper than the entry. */
  private boolean deeperComment(int line, Span span) {
    int next = line + 1;
    while (next < lines.count() && lines.content(next).isBlank()) {
      next++;
    }
    if (next == lines.count()) {
      return false;
    }
    String content = lines.content(next);
    int column = content.length() - content.stripLeading().length();
    return content.charAt(column) == '#' && column > lines.position(span.start()).column() - 1;
  }

  /** The first entry of a mapping that begins behind a dash: the next one takes its place. */
  private Plan behindDash(
      List<Span> spans, int index, Node parent, String before, String trailing) {
    boolean dashes = before.chars().allMatch(c -> c == ' ' || c == '-' || c == '\t');
    if (index > 0 || !dashes || parent instanceof Node.Sequence || !trailing.isBlank()) {
      return new Held("something else stands on the line before it");
    }
    var gone = new Span(spans.get(0).start(), spans.get(1).start());
    boolean marked = gaps.skip(spans.get(0).end(), gone.end()) < gone.end();
    return marked || gaps.hasComment(spans.get(0).end(), gone.end())
        ? new Held("a comment or a question mark stands beside it")
        : ready(parent, new TextEdit(gone, "", fix));
  }

  /** Whether the line break after a value is part of it, as {@code |+} wants. */
  private boolean isClosed(Span span) {
    return span.end() > span.start() && lines.start(lines.lineAt(span.end())) == span.end();
  }

  /** Whether blank lines after this one would follow no entry and no comment. */
  private boolean opensGap(int line, int index) {
    String content = lines.content(line);
    String words = content.replace("\uFEFF", "").strip();
    return words.isEmpty() || (index == 0 && !words.startsWith("#"));
  }

  /** The first of the blank lines before a line that do not belong to the value before them. */
  private int blankBefore(int line, int floor) {
    int first = line;
    while (first > 0 && lines.start(first - 1) >= floor && lines.content(first - 1).isBlank()) {
      first--;
    }
    return first;
  }

  /** The blank lines that would now stand at the top of the file or behind others go too. */
  private int blankAfter(int line) {
    int last = line;
    while (last + 1 < lines.count()
        && lines.end(last + 1) > lines.start(last + 1)
        && lines.content(last + 1).isBlank()) {
      last++;
    }
    return lines.end(last);
  }

  private Ready ready(Node parent, TextEdit... edits) {
    return new Ready(
        Stream.of(edits).map(edit -> new Splice(edit, 0)).toList(),
        Set.of(new Lock(parent.span().start(), "\u0000removal")));
  }
}
