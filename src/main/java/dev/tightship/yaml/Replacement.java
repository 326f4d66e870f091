package dev.tightship.yaml;

import dev.tightship.edit.Value;
import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Plan.Held;
import dev.tightship.yaml.Plan.Lock;
import dev.tightship.yaml.Plan.Ready;
import dev.tightship.yaml.Plan.Splice;
import java.util.ArrayList;
import java.util.Set;

/** Puts another value where one stands, or where nothing does. */
final class Replacement {

  private static final String COMMENT = "a comment stands inside the value";
  private static final String QUESTION = "the key is written with a question mark";

  private final YamlFile file;
  private final String text;
  private final Lines lines;
  private final String fix;
  private final Gaps gaps;
  private final Insertions insertions;

  Replacement(YamlFile file, String fix) {
    this.file = file;
    this.text = file.text();
    this.lines = file.lines();
    this.fix = fix;
    this.gaps = new Gaps(text);
    this.insertions = new Insertions(file);
  }

  Plan plan(Found found, Value value) {
    Node node = found.last();
    if (found.depth() == 0) {
      return new Held("the place is the whole file");
    }
    if (node instanceof Node.Scalar scalar && scalar.isNull() && isCollection(value)) {
      return fill(found, scalar, value);
    }
    Node.Entry entry = found.entry();
    if (entry != null && gaps.colon(entry) < 0) {
      return withoutColon(found, entry, value);
    }
    if (gaps.hasCommentInside(node)) {
      return new Held(COMMENT);
    }
    if (entry != null && !found.isInFlow()) {
      if (gaps.isExplicit(entry) && (isBlockCollection(node) || isCollection(value))) {
        return new Held(QUESTION);
      }
      if (isBlockCollection(node)) {
        return replaceBlock(found, entry, value);
      }
      if (isCollection(value)) {
        return unfold(found, entry, value);
      }
    }
    int start = gaps.content(node);
    if (entry != null && !standsDeeper(start, entry)) {
      return new Held("the value stands in the column of its key");
    }
    String rendered = inline(found, value, start);
    boolean glued = start > 0 && " \t\r\n[{,".indexOf(text.charAt(start - 1)) < 0;
    return ready(found, edit(start, contentEnd(node), glued ? " " + rendered : rendered));
  }

  /** Whether a value stands on the line of its colon or further in, as words must. */
  private boolean standsDeeper(int start, Node.Entry entry) {
    return lines.lineAt(start) == lines.lineAt(gaps.colon(entry))
        || Layout.column(file, start) > Layout.column(file, entry.key().span().start());
  }

  /** Puts a collection where nothing, or a null, stands. */
  Plan fill(Found found, Node.Scalar nothing, Value value) {
    Node.Entry entry = found.entry();
    if (entry == null || nothing.anchor() != null) {
      return new Held("nothing stands where a list or mapping is wanted");
    }
    int colon = gaps.colon(entry);
    if (colon < 0) {
      return withoutColon(found, entry, value);
    }
    if (gaps.isExplicit(entry) && !found.isInFlow()) {
      return new Held(QUESTION);
    }
    if (lines.lineAt(colon) != lines.lineAt(nothing.span().start())) {
      return new Held("the empty value does not stand on the line of its key");
    }
    int end = nothing.span().end();
    if (found.isInFlow()) {
      String flow = flow(value, true, found.isJson());
      return ready(found, edit(colon + 1, end, " " + flow));
    }
    return unfold(found, entry, value);
  }

  /** {@code {web, db: }}: the key stands for an entry whose colon is left out. */
  private Plan withoutColon(Found found, Node.Entry entry, Value value) {
    return found.isInFlow() && !gaps.isExplicit(entry)
        ? ready(
            found,
            edit(
                entry.key().span().end(),
                entry.key().span().end(),
                ": " + flow(value, true, found.isJson())))
        : new Held(QUESTION);
  }

  /** {@code key: value} becomes a key with a list or mapping on the lines below it. */
  private Plan unfold(Found found, Node.Entry entry, Value value) {
    int colon = gaps.colon(entry);
    Node node = found.last();
    if (node.anchor() != null) {
      return new Held("an anchor stands before the value");
    }
    int end = Math.max(colon + 1, contentEnd(node));
    int line = lines.lineAt(end);
    var renderer = renderer(found, insertions.eol(line));
    int column = Layout.column(file, entry.key().span().start());
    String below = renderer.after(value, insertions.indent(entry.key().span().start(), column));
    if (!below.startsWith(renderer.eol())) {
      return ready(found, edit(colon + 1, end, below));
    }
    boolean empty = node.span().isEmpty();
    // comments below an empty value belong to it; those below any other stand for themselves
    var point =
        empty
            ? insertions.after(colon + 1, column + file.layout().step())
            : new Insertions.Point(
                lines.end(line), lines.end(line) == lines.contentEnd(line), insertions.eol(line));
    if (gaps.hasComment(colon + 1, node.span().start())
        && lines.lineAt(colon) != lines.lineAt(node.span().start())) {
      return new Held(COMMENT);
    }
    TextEdit added = point.insert(below.substring(renderer.eol().length()), fix);
    return empty ? ready(found, added) : ready(found, edit(colon + 1, end, ""), added);
  }

  /** Another value in place of a list or mapping on lines of its own. */
  private Plan replaceBlock(Found found, Node.Entry entry, Value value) {
    Node node = found.last();
    int start = gaps.content(node);
    int end = node.span().end();
    int keyEnd = lines.contentEnd(lines.lineAt(gaps.colon(entry)));
    boolean marked = node.anchor() != null || node.tag() != null;
    int properties = marked ? gaps.propertiesEnd(node) : gaps.colon(entry) + 1;
    int last = lines.lineAt(end > start && isBreak(end - 1) ? end - 1 : end);
    boolean commented =
        !text.substring(Math.min(end, lines.contentEnd(last)), lines.contentEnd(last)).isBlank();
    if (commented || keyEnd > start || properties > keyEnd || gaps.hasComment(keyEnd, start)) {
      return new Held("a comment stands beside the value");
    }
    int stop = contentEnd(node);
    if (!isCollection(value)) {
      String rendered = flow(value, false, false);
      return ready(found, edit(properties, properties, " " + rendered), edit(keyEnd, stop, ""));
    }
    var renderer = renderer(found, insertions.eol(lines.lineAt(start)));
    int column = Layout.column(file, entry.key().span().start());
    String below = renderer.after(value, insertions.indent(entry.key().span().start(), column));
    if (below.startsWith(renderer.eol())) {
      int first = lines.start(lines.lineAt(start));
      return ready(found, edit(first, stop, below.substring(renderer.eol().length())));
    }
    return ready(found, edit(properties, properties, below), edit(keyEnd, stop, ""));
  }

  /** New lists stand as far in as the one they take the place of. */
  private Renderer renderer(Found found, String eol) {
    Layout near =
        found.parent() instanceof Node.Mapping mapping ? Layout.of(file, mapping) : file.layout();
    Node.Entry entry = found.entry();
    if (entry != null && found.last() instanceof Node.Sequence list && !list.flow()) {
      int dash = gaps.content(list);
      int step = Layout.column(file, dash) - Layout.column(file, entry.key().span().start());
      near = new Layout(near.step(), step, false, near.single());
    }
    return new Renderer(near, eol);
  }

  private String inline(Found found, Value value, int start) {
    Node old = found.last();
    boolean json = found.isJson() || isQuotedList(old);
    if (value instanceof Value.Scalar next
        && next.kind() == Value.Kind.STRING
        && old instanceof Node.Scalar scalar
        && (scalar.style() == Node.Style.SINGLE || scalar.style() == Node.Style.DOUBLE)) {
      return Scalars.quoted(next.text(), scalar.style() == Node.Style.SINGLE);
    }
    boolean marked = old.anchor() != null || old.tag() != null;
    if (value instanceof Value.Mapping && isCollection(value) && !found.isInFlow() && !marked) {
      String indent = " ".repeat(Layout.column(file, start));
      return new Renderer(file.layout(), insertions.eol(lines.lineAt(start))).item(value, indent);
    }
    return flow(value, found.isInFlow(), json);
  }

  /** {@code ["a", "b"]}, the style of most commands. */
  private static boolean isQuotedList(Node node) {
    return node instanceof Node.Sequence list
        && list.flow()
        && !list.items().isEmpty()
        && list.items().stream()
            .allMatch(i -> i instanceof Node.Scalar s && s.style() == Node.Style.DOUBLE);
  }

  private String flow(Value value, boolean inside, boolean json) {
    return new Renderer(file.layout(), "\n").flow(value, inside, json);
  }

  /** The end of a value without the line breaks that {@code |+} keeps. */
  private int contentEnd(Node node) {
    int end = node.span().end();
    int start = node.span().start();
    if (end > start && isBreak(end - 1)) {
      while (end > start && Gaps.isBlank(text.charAt(end - 1))) {
        end--;
      }
    }
    return end;
  }

  private boolean isBreak(int offset) {
    return text.charAt(offset) == '\n' || text.charAt(offset) == '\r';
  }

  private static boolean isBlockCollection(Node node) {
    return (node instanceof Node.Mapping mapping && !mapping.flow())
        || (node instanceof Node.Sequence list && !list.flow());
  }

  private static boolean isCollection(Value value) {
    return (value instanceof Value.Mapping mapping && !mapping.entries().isEmpty())
        || (value instanceof Value.Sequence list && !list.items().isEmpty());
  }

  private TextEdit edit(int start, int end, String added) {
    return new TextEdit(new Span(start, end), added, fix);
  }

  private static Ready ready(Found found, TextEdit... edits) {
    var splices = new ArrayList<Splice>();
    for (TextEdit edit : edits) {
      splices.add(new Splice(edit, found.depth()));
    }
    return new Ready(splices, Set.of(new Lock(found.last().span().start(), "")));
  }
}
