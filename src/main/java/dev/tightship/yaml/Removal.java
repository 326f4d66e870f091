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
    return flow ? fromFlow(spans, index, parent) : fromBlock(spans.get(index), parent);
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
    return gaps.hasComment(start, end)
        ? new Held("a comment stands beside it")
        : ready(parent, new TextEdit(new Span(start, end), "", fix));
  }

  private Plan fromBlock(Span span, Node parent) {
    int firstLine = lines.lineAt(span.start());
    int begin = lines.start(firstLine);
    String before = text.substring(begin, span.start());
    boolean mark = before.startsWith("\uFEFF");
    if (!before.substring(mark ? 1 : 0).isBlank()) {
      return new Held("something else stands on the line before it");
    }
    boolean closed = span.end() > 0 && lines.start(lines.lineAt(span.end())) == span.end();
    int lastLine = lines.lineAt(closed ? span.end() - 1 : span.end());
    String trailing =
        text.substring(
            Math.min(span.end(), lines.contentEnd(lastLine)), lines.contentEnd(lastLine));
    int start = begin + (mark ? 1 : 0);
    int end = lines.end(lastLine);
    if (!trailing.isBlank()) {
      // the comment speaks of more than the line, or it would not be there: it stays
      String comment = before.substring(mark ? 1 : 0) + trailing.strip();
      return ready(parent, new TextEdit(new Span(start, lines.contentEnd(lastLine)), comment, fix));
    }
    if (end == text.length() && end == lines.contentEnd(lastLine) && firstLine > 0) {
      start = lines.contentEnd(firstLine - 1);
    } else if (firstLine == 0 || lines.content(firstLine - 1).isBlank()) {
      end = blankAfter(lastLine, firstLine == 0);
    }
    return ready(parent, new TextEdit(new Span(start, end), "", fix));
  }

  /** The blank line that would now stand at the top of the file or behind another one goes too. */
  private int blankAfter(int line, boolean all) {
    int last = line;
    while (last + 1 < lines.count()
        && lines.end(last + 1) > lines.start(last + 1)
        && lines.content(last + 1).isBlank()) {
      last++;
      if (!all) {
        break;
      }
    }
    return lines.end(last);
  }

  private Ready ready(Node parent, TextEdit edit) {
    return new Ready(
        List.of(new Splice(edit, 0)), Set.of(new Lock(parent.span().start(), "\u0000removal")));
  }
}
