package dev.tightship.yaml;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.edit.Value;
import dev.tightship.text.Span;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Plan.Held;
import dev.tightship.yaml.Plan.Lock;
import dev.tightship.yaml.Plan.Ready;
import dev.tightship.yaml.Plan.Splice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a goal into splices: the one place that knows offsets. What cannot be done without touching
 * what others share, or without losing a comment, is held with its reason. Whatever this class gets
 * wrong is caught by the meaning check ({@link Goals}).
 */
public final class Splicer {

  private final YamlFile file;
  private final String text;
  private final String fix;
  private final Gaps gaps;
  private final Insertions insertions;

  private Splicer(YamlFile file, String fix) {
    this.file = file;
    this.text = file.text();
    this.fix = fix;
    this.gaps = new Gaps(text);
    this.insertions = new Insertions(file);
  }

  /**
   * @param fix id of the fix, carried by each splice
   */
  public static Plan plan(YamlFile file, Edit.Yaml goal, String fix) {
    String uneditable = file.uneditable();
    if (uneditable != null) {
      return new Held(uneditable);
    }
    if (file.root() == null) {
      return new Held("the file is empty");
    }
    Plan plan = new Splicer(file, fix).plan(goal);
    boolean atTheEnd =
        plan instanceof Ready ready
            && ready.splices().stream()
                .anyMatch(s -> s.edit().span().start() == file.text().length());
    return atTheEnd && file.endsInBlockText()
        ? new Held("the file ends inside a block of text, without a line break")
        : plan;
  }

  /** How far a path leads into the file. */
  private record Found(List<Node> nodes, Node.@Nullable Entry entry, int item) {
    Node last() {
      return nodes.get(nodes.size() - 1);
    }

    Node parent() {
      return nodes.get(nodes.size() - 2);
    }

    int depth() {
      return nodes.size() - 1;
    }
  }

  private Plan plan(Edit.Yaml goal) {
    Found found = find(goal.at());
    boolean whole = found.depth() == goal.at().path().size();
    if (goal instanceof Edit.Set set && whole && plain(found.last().value()).equals(set.value())) {
      return Ready.NOTHING;
    }
    if (goal instanceof Edit.Remove && !whole) {
      return Ready.NOTHING;
    }
    String shared = shared(found);
    if (goal instanceof Edit.Ensure ensure && whole) {
      return holds(found.last(), ensure.item())
          ? Ready.NOTHING
          : shared != null ? new Held(shared) : ensure(found, ensure.item());
    }
    if (shared != null) {
      return new Held(shared);
    }
    if (goal instanceof Edit.Set set) {
      return whole ? replace(found, set.value()) : add(found, set.at(), set.value());
    }
    if (goal instanceof Edit.Ensure ensure) {
      return add(found, ensure.at(), Value.sequence(ensure.item()));
    }
    if (goal instanceof Edit.Rename rename) {
      return rename(found, whole, rename);
    }
    return new Removal(file, fix).plan(found.parent(), found.entry(), found.item());
  }

  private Found find(Place at) {
    var nodes = new ArrayList<Node>();
    Node node = java.util.Objects.requireNonNull(file.root());
    nodes.add(node);
    Node.Entry entry = null;
    int item = -1;
    for (Segment segment : at.path()) {
      Node next = null;
      if (segment instanceof Segment.Key key && node instanceof Node.Mapping mapping) {
        Node.Entry inner = mapping.entries().get(key.name());
        if (inner != null) {
          entry = inner;
          item = -1;
          next = inner.value();
        }
      } else if (segment instanceof Segment.Item wanted && node instanceof Node.Sequence list) {
        int index = indexOf(list, wanted.value());
        if (index >= 0) {
          entry = null;
          item = index;
          next = list.items().get(index);
        }
      }
      if (next == null) {
        break;
      }
      node = next;
      nodes.add(node);
    }
    return new Found(nodes, entry, item);
  }

  /** Why an edit at this place would reach further than the place, or null. */
  private @Nullable String shared(Found found) {
    for (Node node : found.nodes()) {
      if (node.tag() != null) {
        return "the tag " + node.tag() + " decides how Compose merges it";
      }
      if (file.isShared(node)) {
        return "it stands inside the anchor &%s, which other places share".formatted(node.anchor());
      }
    }
    return null;
  }

  private static boolean holds(Node node, Value item) {
    Node target = node instanceof Node.Alias alias ? alias.target() : node;
    return target instanceof Node.Sequence list
        ? indexOf(list, item) >= 0
        : plain(target.value()).equals(item);
  }

  static int indexOf(Node.Sequence list, Value item) {
    for (int i = 0; i < list.items().size(); i++) {
      if (plain(list.items().get(i).value()).equals(item)) {
        return i;
      }
    }
    return -1;
  }

  static Value plain(Value value) {
    return value instanceof Value.Marked marked ? marked.value() : value;
  }

  // ---- a key that is not there

  private Plan add(Found found, Place at, Value value) {
    List<Segment> missing = at.path().subList(found.depth(), at.path().size());
    Value wrapped = value;
    for (int i = missing.size() - 1; i > 0; i--) {
      if (!(missing.get(i) instanceof Segment.Key key)) {
        return new Held("the list item is not there");
      }
      wrapped = new Value.Mapping(Map.of(key.name(), wrapped));
    }
    if (!(missing.get(0) instanceof Segment.Key key)) {
      return new Held("the list item is not there");
    }
    Node container = found.last();
    if (container instanceof Node.Mapping mapping) {
      return mapping.flow() || mapping.entries().isEmpty()
          ? addToFlow(mapping, key.name(), wrapped)
          : addToBlock(mapping, key.name(), wrapped, found.depth());
    }
    if (container instanceof Node.Scalar scalar && scalar.isNull()) {
      return fill(found, scalar, new Value.Mapping(Map.of(key.name(), wrapped)));
    }
    return new Held(
        container instanceof Node.Alias
            ? "it is an alias of a mapping that other places share"
            : "a value stands where a mapping is wanted");
  }

  private Plan addToBlock(Node.Mapping mapping, String key, Value value, int depth) {
    Node.Entry first = mapping.entries().values().iterator().next();
    if (explicitKey(mapping)) {
      return new Held("the mapping has keys written with a question mark");
    }
    int column = Layout.column(file, first.key().span().start());
    var point = insertions.after(mapping.span().end(), column);
    String indent = insertions.indent(first.key().span().start(), column);
    var renderer = new Renderer(Layout.of(file, mapping), point.eol());
    String line = indent + renderer.entry(key, value, indent);
    boolean section = depth == 0 && value instanceof Value.Mapping && insertions.spaced(mapping);
    return ready(
        depth,
        Set.of(new Lock(mapping.span().start(), key)),
        point.insert(section ? point.eol() + line : line, fix));
  }

  private boolean explicitKey(Node.Mapping mapping) {
    int from = gaps.content(mapping);
    for (Node.Entry entry : mapping.entries().values()) {
      if (gaps.skip(from, entry.key().span().start()) < entry.key().span().start()) {
        return true;
      }
      from = entry.value().span().end();
    }
    return false;
  }

  private Plan addToFlow(Node.Mapping mapping, String key, Value value) {
    boolean json =
        !mapping.entries().isEmpty()
            && mapping.entries().values().stream()
                .allMatch(e -> e.key().style() == Node.Style.DOUBLE);
    var renderer = new Renderer(file.layout(), "\n");
    String pair = renderer.key(key, json) + ": " + renderer.flow(value, true, json);
    int last = mapping.entries().values().stream().mapToInt(e -> end(e)).max().orElse(-1);
    return addInside(mapping, last, pair);
  }

  private static int end(Node.Entry entry) {
    return Math.max(entry.key().span().end(), entry.value().span().end());
  }

  /**
   * Adds to what stands in brackets or braces.
   *
   * @param last end of the last item, or -1 when there is none
   */
  private Plan addInside(Node collection, int last, String added) {
    int close = collection.span().end() - 1;
    var lock = Set.of(new Lock(collection.span().start(), ""));
    if (last < 0) {
      int open = gaps.content(collection) + 1;
      return gaps.hasComment(open, close)
          ? new Held("a comment stands in the empty brackets")
          : ready(0, lock, insert(open, added));
    }
    int comma = gaps.skip(last, close);
    boolean trailing = comma < close;
    int after = trailing ? comma + 1 : last;
    int line = file.lines().lineAt(last);
    if (file.lines().lineAt(close) == line) {
      return ready(0, lock, insert(after, trailing ? " " + added + "," : ", " + added));
    }
    String indent = insertions.leading(line);
    if (indent.isEmpty() && file.lines().lineAt(collection.span().start()) == line) {
      indent = " ".repeat(Layout.column(file, collection.span().start()) + 1);
    }
    String row = indent + added + (trailing ? "," : "") + insertions.eol(line);
    int next = file.lines().end(Math.max(line, file.lines().lineAt(after)));
    return trailing
        ? ready(0, lock, insert(next, row))
        : ready(0, lock, insert(after, ","), insert(next, row));
  }

  /** Puts a collection where nothing, or a null, stands. */
  private Plan fill(Found found, Node.Scalar nothing, Value value) {
    Node.Entry entry = found.entry();
    if (entry == null || nothing.anchor() != null) {
      return new Held("nothing stands where a mapping is wanted");
    }
    var lock = Set.of(new Lock(nothing.span().start(), ""));
    int colon = gaps.colon(entry);
    if (colon < 0 || file.lines().lineAt(colon) != file.lines().lineAt(nothing.span().start())) {
      return new Held("the empty value does not stand on the line of its key");
    }
    var renderer = new Renderer(file.layout(), insertions.eol(file.lines().lineAt(colon)));
    if (isInFlow(found)) {
      return ready(
          0,
          lock,
          new TextEdit(
              new Span(colon + 1, nothing.span().end()),
              " " + renderer.flow(value, true, false),
              fix));
    }
    int column = Layout.column(file, entry.key().span().start());
    String indent = insertions.indent(entry.key().span().start(), column);
    String lines = renderer.after(value, indent);
    if (!lines.startsWith(renderer.eol())) {
      return ready(0, lock, new TextEdit(new Span(colon + 1, nothing.span().end()), lines, fix));
    }
    var point = insertions.after(colon + 1, column + file.layout().step());
    TextEdit added = point.insert(lines.substring(renderer.eol().length()), fix);
    return nothing.span().isEmpty()
        ? ready(found.depth(), lock, added)
        : ready(
            found.depth(),
            lock,
            new TextEdit(new Span(colon + 1, nothing.span().end()), "", fix),
            added);
  }

  private static boolean isInFlow(Found found) {
    return found.nodes().stream()
        .anyMatch(
            n ->
                (n instanceof Node.Mapping m && m.flow())
                    || (n instanceof Node.Sequence s && s.flow()));
  }

  // ---- a list that lacks an item

  private Plan ensure(Found found, Value item) {
    Node node = found.last();
    if (node instanceof Node.Sequence list) {
      return list.flow() || list.items().isEmpty()
          ? addInside(list, lastEnd(list), flowItem(list, item))
          : append(list, item, found.depth());
    }
    if (node instanceof Node.Scalar scalar && scalar.isNull()) {
      return fill(found, scalar, Value.sequence(item));
    }
    if (node instanceof Node.Scalar scalar) {
      return listOf(scalar, item);
    }
    return new Held(
        node instanceof Node.Alias
            ? "it is an alias of a list that other places share"
            : "a mapping stands where a list is wanted");
  }

  private static int lastEnd(Node.Sequence list) {
    int size = list.items().size();
    return size == 0 ? -1 : list.items().get(size - 1).span().end();
  }

  private String flowItem(Node.Sequence list, Value item) {
    return quotedLike(list, item, new Renderer(file.layout(), "\n").flow(item, true, false));
  }

  /** Quotes a new item when all its neighbours are quoted. */
  private static String quotedLike(Node.Sequence list, Value item, String rendered) {
    if (!(item instanceof Value.Scalar scalar) || scalar.kind() != Value.Kind.STRING) {
      return rendered;
    }
    for (var style : List.of(Node.Style.SINGLE, Node.Style.DOUBLE)) {
      if (!list.items().isEmpty()
          && list.items().stream()
              .allMatch(n -> n instanceof Node.Scalar s && s.style() == style)) {
        return Scalars.quoted(scalar.text(), style == Node.Style.SINGLE);
      }
    }
    return rendered;
  }

  private Plan append(Node.Sequence list, Value item, int depth) {
    int dash = gaps.dashes(list).get(0);
    int column = Layout.column(file, dash);
    String indent = insertions.indent(dash, column);
    var point = insertions.after(list.span().end(), column);
    int blanks = insertions.blanksAfter(dash + 1);
    var renderer = new Renderer(file.layout(), point.eol());
    String rendered = quotedLike(list, item, renderer.item(item, indent + " ".repeat(1 + blanks)));
    return ready(
        depth,
        Set.of(new Lock(list.span().start(), rendered)),
        point.insert(indent + "-" + " ".repeat(blanks) + rendered, fix));
  }

  /** {@code tmpfs: /run} becomes {@code tmpfs: [/run, /tmp]}. */
  private Plan listOf(Node.Scalar scalar, Value item) {
    String written = scalar.span().of(text);
    var only = new Value.Scalar(scalar.kind(), scalar.text());
    var renderer = new Renderer(file.layout(), "\n");
    boolean block =
        scalar.style() == Node.Style.LITERAL
            || scalar.style() == Node.Style.FOLDED
            || written.contains("\n");
    if (block || scalar.anchor() != null) {
      return new Held("a text over several lines stands where a list is wanted");
    }
    boolean quote =
        scalar.style() == Node.Style.PLAIN && !renderer.flow(only, true, false).equals(written);
    String first = quote ? renderer.flow(only, true, false) : written;
    return ready(
        0,
        Set.of(new Lock(scalar.span().start(), "")),
        new TextEdit(
            scalar.span(), "[" + first + ", " + renderer.flow(item, true, false) + "]", fix));
  }

  // ---- a value that is another

  private Plan replace(Found found, Value value) {
    Node node = found.last();
    boolean collection =
        (value instanceof Value.Mapping m && !m.entries().isEmpty())
            || (value instanceof Value.Sequence s && !s.items().isEmpty());
    if (node instanceof Node.Scalar scalar && scalar.isNull() && collection) {
      return fill(found, scalar, value);
    }
    if (collection && !isInFlow(found)) {
      return new Held("a value stands where a list or mapping is wanted");
    }
    int start = gaps.content(node);
    int end = node.span().end();
    boolean block = node instanceof Node.Scalar s && isBlock(s);
    if (!(node instanceof Node.Scalar s && !isBlock(s))
        && gaps.hasComment(start, headerEnd(block, start, end))) {
      return new Held("a comment stands inside the value");
    }
    String rendered = rendered(node, value, isInFlow(found));
    boolean glued = start > 0 && ":-".indexOf(text.charAt(start - 1)) >= 0;
    return ready(
        found.depth(),
        Set.of(new Lock(node.span().start(), "")),
        new TextEdit(new Span(start, end), glued ? " " + rendered : rendered, fix));
  }

  private int headerEnd(boolean block, int start, int end) {
    return block ? Math.min(end, file.lines().contentEnd(file.lines().lineAt(start))) : end;
  }

  private static boolean isBlock(Node.Scalar scalar) {
    return scalar.style() == Node.Style.LITERAL || scalar.style() == Node.Style.FOLDED;
  }

  /** A new value in the quotes of the old one. */
  private String rendered(Node old, Value value, boolean inside) {
    if (value instanceof Value.Scalar next
        && next.kind() == Value.Kind.STRING
        && old instanceof Node.Scalar scalar
        && (scalar.style() == Node.Style.SINGLE || scalar.style() == Node.Style.DOUBLE)) {
      return Scalars.quoted(next.text(), scalar.style() == Node.Style.SINGLE);
    }
    return new Renderer(file.layout(), "\n").flow(value, inside, false);
  }

  private Plan rename(Found found, boolean whole, Edit.Rename rename) {
    if (!whole || found.entry() == null) {
      return new Held("the key is not there");
    }
    Node.Scalar key = found.entry().key();
    if (key.text().equals(rename.key())) {
      return Ready.NOTHING;
    }
    if (found.parent() instanceof Node.Mapping mapping
        && mapping.entries().containsKey(rename.key())) {
      return new Held("the mapping has the key " + rename.key() + " already");
    }
    if (key.anchor() != null || key.tag() != null) {
      return new Held("the key carries an anchor or a tag");
    }
    String rendered =
        key.style() == Node.Style.PLAIN
            ? new Renderer(file.layout(), "\n").key(rename.key(), false)
            : Scalars.quoted(rename.key(), key.style() == Node.Style.SINGLE);
    return ready(
        found.depth(),
        Set.of(new Lock(key.span().start(), "")),
        new TextEdit(key.span(), rendered, fix));
  }

  private TextEdit insert(int offset, String added) {
    return new TextEdit(Span.at(offset), added, fix);
  }

  private static Ready ready(int depth, Set<Lock> locks, TextEdit... edits) {
    var splices = new ArrayList<Splice>();
    for (TextEdit edit : edits) {
      splices.add(new Splice(edit, depth));
    }
    return new Ready(splices, locks);
  }
}
