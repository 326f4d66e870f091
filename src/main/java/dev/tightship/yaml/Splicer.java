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
import java.util.Objects;
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
  private final int reaching;
  private final Gaps gaps;
  private final Insertions insertions;

  private Splicer(YamlFile file, String fix, int reaching) {
    this.file = file;
    this.text = file.text();
    this.fix = fix;
    this.reaching = reaching;
    this.gaps = new Gaps(text);
    this.insertions = new Insertions(file);
  }

  /**
   * @param fix id of the fix, carried by each splice
   */
  public static Plan plan(YamlFile file, Edit.Yaml goal, String fix) {
    return plan(file, goal, fix, 0);
  }

  /**
   * @param fix id of the fix, carried by each splice
   * @param reaching how many of the first keys of the goal's path may lead into an anchor that
   *     other places share: all of them shall change
   */
  public static Plan plan(YamlFile file, Edit.Yaml goal, String fix, int reaching) {
    String uneditable = file.uneditable();
    if (uneditable != null) {
      return new Held(uneditable);
    }
    if (file.root() == null) {
      return new Held("the file is empty");
    }
    int reaches = goal instanceof Edit.Text ? Integer.MAX_VALUE : reaching;
    Plan plan = new Splicer(file, fix, reaches).plan(goal);
    boolean atTheEnd =
        plan instanceof Ready ready
            && ready.splices().stream()
                .anyMatch(s -> s.edit().span().start() == file.text().length());
    return atTheEnd && file.endsInBlockText()
        ? new Held("the file ends inside a block of text, without a line break")
        : plan;
  }

  private Plan plan(Edit.Yaml goal) {
    List<Segment> path = goal.at().path();
    Found found = Found.of(file, goal.at());
    boolean whole = found.depth() == path.size();
    if (isReached(goal, found, whole)) {
      return Ready.NOTHING;
    }
    String reason = path.isEmpty() ? "the place is the whole file" : reach(found, whole);
    if (reason == null && whole && (goal instanceof Edit.Set || goal instanceof Edit.Remove)) {
      reason = used(found.last());
    }
    if (reason != null) {
      return new Held(reason);
    }
    if (goal instanceof Edit.Ensure ensure) {
      return whole
          ? ensure(found, ensure.item())
          : add(found, ensure.at(), Value.sequence(ensure.item()));
    }
    if (goal instanceof Edit.Own own) {
      return whole
          ? new Replacement(file, fix).plan(found, own.value())
          : add(found, own.at(), own.value());
    }
    if (goal instanceof Edit.Set set) {
      return whole
          ? new Replacement(file, fix).plan(found, set.value())
          : add(found, set.at(), set.value());
    }
    if (goal instanceof Edit.Text text) {
      return whole && found.last() instanceof Node.Scalar scalar
          ? rewording(found, scalar, text.text())
          : new Held("no text stands there");
    }
    if (goal instanceof Edit.Rename rename) {
      return rename(found, whole, rename);
    }
    return new Removal(file, fix).plan(found.parent(), found.entry(), found.item());
  }

  /** Another text for a scalar: of several lines, only what differs. */
  private Plan rewording(Found found, Node.Scalar scalar, String after) {
    List<TextEdit> parts = new Rewording(file, scalar, fix).parts(after);
    return parts == null
        ? new Replacement(file, fix).plan(found, Value.string(after))
        : new Ready(
            parts.stream().map(part -> new Splice(part, found.depth())).toList(),
            Set.of(new Plan.Lock(scalar.span().start(), "")));
  }

  /** Whether the goal holds already. */
  private static boolean isReached(Edit.Yaml goal, Found found, boolean whole) {
    List<Segment> path = goal.at().path();
    Segment last = path.isEmpty() ? null : path.get(path.size() - 1);
    boolean parent = found.depth() == path.size() - 1;
    Value value =
        goal instanceof Edit.Set set
            ? set.value()
            : goal instanceof Edit.Text text ? Value.string(text.text()) : null;
    if (value != null) {
      // an item that gave way to its value is not there any more
      return whole
          ? plain(found.last().value()).equals(value)
          : parent
              && last instanceof Segment.Item
              && found.last() instanceof Node.Sequence list
              && indexOf(list, value) >= 0;
    }
    if (goal instanceof Edit.Own) {
      return whole
          && !(found.last() instanceof Node.Alias)
          && !(found.last() instanceof Node.Scalar scalar && scalar.isNull());
    }
    if (goal instanceof Edit.Ensure ensure) {
      return whole && holds(found.last(), ensure.item());
    }
    if (goal instanceof Edit.Rename rename) {
      return whole
          ? last instanceof Segment.Key key && key.name().equals(rename.key())
          : parent
              && last instanceof Segment.Key
              && found.last() instanceof Node.Mapping mapping
              && mapping.entries().containsKey(rename.key());
    }
    return !whole;
  }

  /** Why an edit at this place would reach further than the place, or null. */
  private @Nullable String reach(Found found, boolean whole) {
    if (found.repeated()) {
      return "the item stands twice in its list";
    }
    for (int depth = 0; depth < found.nodes().size(); depth++) {
      Node node = found.nodes().get(depth);
      boolean itself = whole && depth == found.nodes().size() - 1;
      if (node.tag() != null && (itself || !node.tag().equals("!override"))) {
        return "the tag " + node.tag() + " decides how Compose merges it";
      }
      if (depth > reaching && file.isShared(node)) {
        return "it stands inside the anchor &%s, which other places share".formatted(node.anchor());
      }
    }
    return null;
  }

  /** Why others need what stands here, or null. Recursion is bounded by the reader's own limit. */
  private @Nullable String used(Node node) {
    if (file.isShared(node)) {
      return "it holds the anchor &%s, which other places share".formatted(node.anchor());
    }
    List<Node> inner =
        node instanceof Node.Mapping mapping
            ? mapping.entries().values().stream().map(Node.Entry::value).toList()
            : node instanceof Node.Sequence list ? list.items() : List.of();
    return inner.stream().map(this::used).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static boolean holds(Node node, Value item) {
    Node target = node instanceof Node.Alias alias ? alias.target() : node;
    return target instanceof Node.Sequence list
        ? indexOf(list, item) >= 0
        : plain(target.value()).equals(item);
  }

  static long count(Node.Sequence list, Value item) {
    return list.items().stream().filter(i -> plain(i.value()).equals(item)).count();
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
          ? addToFlow(mapping, key.name(), wrapped, found.isJson())
          : addToBlock(mapping, key.name(), wrapped, found.depth());
    }
    if (container instanceof Node.Scalar scalar && scalar.isNull()) {
      return new Replacement(file, fix)
          .fill(found, scalar, new Value.Mapping(Map.of(key.name(), wrapped)));
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
    // a blank line behind a block text that keeps those would become part of it
    boolean keeps = !point.open() && point.offset() == mapping.span().end();
    boolean section =
        depth == 0 && value instanceof Value.Mapping && !keeps && insertions.spaced(mapping);
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

  private Plan addToFlow(Node.Mapping mapping, String key, Value value, boolean json) {
    int start = mapping.span().start();
    if (text.charAt(gaps.content(mapping)) != '{') {
      return new Held("the mapping is a single pair in a list, without braces");
    }
    var renderer = new Renderer(file.layout(), "\n");
    String pair = renderer.key(key, json) + ": " + renderer.flow(value, true, json);
    int last = mapping.entries().values().stream().mapToInt(e -> end(e)).max().orElse(-1);
    var lock = Set.of(new Lock(start, ""), new Lock(start, key));
    return addInside(mapping, last, pair, lock);
  }

  private static int end(Node.Entry entry) {
    return Math.max(entry.key().span().end(), entry.value().span().end());
  }

  /**
   * Adds to what stands in brackets or braces.
   *
   * @param last end of the last item, or -1 when there is none
   */
  private Plan addInside(Node collection, int last, String added, Set<Lock> lock) {
    int close = collection.span().end() - 1;
    if (last < 0) {
      return addToEmpty(collection, added, lock);
    }
    int comma = gaps.skip(last, close);
    boolean trailing = comma < close;
    int after = trailing ? comma + 1 : last;
    int line = file.lines().lineAt(last);
    if (file.lines().lineAt(close) == line) {
      return ready(0, lock, insert(after, trailing ? " " + added + "," : ", " + added));
    }
    int open = gaps.content(collection);
    String indent =
        file.lines().lineAt(open) == line
            ? " ".repeat(Layout.column(file, open) + 1)
            : insertions.leading(line);
    String row = indent + added + (trailing ? "," : "") + insertions.eol(line);
    int next = file.lines().end(Math.max(line, file.lines().lineAt(after)));
    return trailing
        ? ready(0, lock, insert(next, row))
        : ready(0, lock, insert(after, ","), insert(next, row));
  }

  /**
   * The blanks in {@code { }} come to stand on both sides; a line break makes a line of its own.
   */
  private Plan addToEmpty(Node collection, String added, Set<Lock> lock) {
    int open = gaps.content(collection) + 1;
    int close = collection.span().end() - 1;
    if (gaps.hasComment(open, close)) {
      return new Held("a comment stands in the empty brackets");
    }
    int line = file.lines().lineAt(open);
    if (line < file.lines().lineAt(close)) {
      String indent = insertions.leading(line) + " ".repeat(file.layout().step());
      return ready(0, lock, insert(file.lines().end(line), indent + added + insertions.eol(line)));
    }
    return ready(0, lock, insert(open, open < close ? " " + added : added));
  }

  // ---- a list that lacks an item

  private Plan ensure(Found found, Value item) {
    Node node = found.last();
    if (node instanceof Node.Sequence list) {
      return list.flow() || list.items().isEmpty()
          ? addInside(
              list,
              lastEnd(list),
              flowItem(list, item, found.isJson()),
              Set.of(new Lock(list.span().start(), "")))
          : append(list, item, found);
    }
    if (node instanceof Node.Scalar scalar && scalar.isNull()) {
      return new Replacement(file, fix).fill(found, scalar, Value.sequence(item));
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

  private String flowItem(Node.Sequence list, Value item, boolean json) {
    return quotedLike(list, item, new Renderer(file.layout(), "\n").flow(item, true, json));
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

  private Plan append(Node.Sequence list, Value item, Found found) {
    int dash = gaps.dashes(list).get(0);
    int column = Layout.column(file, dash);
    String indent = insertions.indent(dash, column);
    boolean underKey =
        found.entry() != null && Layout.column(file, found.entry().key().span().start()) == column;
    var point = insertions.after(list.span().end(), column, underKey);
    int blanks = insertions.blanksAfter(dash + 1);
    var renderer = new Renderer(file.layout(), point.eol());
    String rendered = quotedLike(list, item, renderer.item(item, indent + " ".repeat(1 + blanks)));
    return ready(
        found.depth(),
        Set.of(new Lock(list.span().start(), rendered)),
        point.insert(indent + "-" + " ".repeat(blanks) + rendered, fix));
  }

  /** {@code tmpfs: /run} becomes {@code tmpfs: [/run, /tmp]}. */
  private Plan listOf(Node.Scalar scalar, Value item) {
    int start = gaps.content(scalar);
    String written = text.substring(start, scalar.span().end());
    var only = new Value.Scalar(scalar.kind(), scalar.text());
    var renderer = new Renderer(file.layout(), "\n");
    boolean block = scalar.style() == Node.Style.LITERAL || scalar.style() == Node.Style.FOLDED;
    if (block || file.lines().lineAt(start) != file.lines().lineAt(scalar.span().end())) {
      return new Held("a text over several lines stands where a list is wanted");
    }
    boolean quote =
        scalar.style() == Node.Style.PLAIN && !renderer.flow(only, true, false).equals(written);
    String first = quote ? renderer.flow(only, true, false) : written;
    return ready(
        0,
        Set.of(new Lock(scalar.span().start(), "")),
        new TextEdit(
            new Span(start, scalar.span().end()),
            "[" + first + ", " + renderer.flow(item, true, false) + "]",
            fix));
  }

  // ---- a key that is called otherwise

  private Plan rename(Found found, boolean whole, Edit.Rename rename) {
    if (!whole || found.entry() == null) {
      return new Held("the key is not there");
    }
    Node.Scalar key = found.entry().key();
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
        Set.of(
            new Lock(key.span().start(), ""),
            new Lock(found.parent().span().start(), rename.key())),
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
