package dev.tightship.yaml;

import dev.tightship.edit.Value;
import dev.tightship.text.Lines;
import dev.tightship.text.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds nodes from the events of snakeyaml-engine, without recursion. Events, not composed nodes,
 * since composing swaps an alias for the node it names; comments off, since with them on the marks
 * of empty values are wrong (both measured with 3.2).
 */
final class TreeBuilder {

  /** Deepest nesting that is read. Real projects stay below 20. */
  static final int MAX_DEPTH = 200;

  /** Tags that make a text of whatever they stand before. */
  private static final Set<String> TEXT_TAGS = Set.of("!", "!!str");

  private final String text;
  private final int shift;
  private final Lines lines;
  private final int @Nullable [] charOf;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Node> anchors = new HashMap<>();
  private final Set<Integer> shared = new HashSet<>();
  private final List<Node> documents = new ArrayList<>();

  /** A collection whose end has not come yet. */
  private static final class Open {
    final CollectionStartEvent event;
    final int start;
    final Map<String, Node.Entry> entries = new LinkedHashMap<>();
    final List<Node> items = new ArrayList<>();
    Node.@Nullable Scalar key;
    int end;

    Open(CollectionStartEvent event, int start) {
      this.event = event;
      this.start = start;
      this.end = start;
    }
  }

  TreeBuilder(String text, Lines lines) {
    this.text = text;
    this.lines = lines;
    this.shift = text.startsWith("\uFEFF") ? 1 : 0;
    this.charOf = charOffsets(text.substring(shift));
  }

  /** The root nodes, one a document. */
  List<Node> documents() throws YamlException {
    String yaml = text.substring(shift);
    var settings =
        LoadSettings.builder()
            .setParseComments(false)
            // one buffer for the whole text: the engine is quadratic on long scalars otherwise
            .setBufferSize(Math.max(1024, yaml.length() + 1))
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      for (Event event : new Parse(settings).parseString(yaml)) {
        take(event);
      }
    } catch (MarkedYamlEngineException e) {
      throw unreadable(e);
    } catch (ReaderException e) {
      throw at(
          shift + charOf(e.getPosition()),
          e.getCodePoint() == 0
              ? "a NUL character; is the file written in UTF-16?"
              : "a character that YAML does not allow (U+%04X)".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      // without a place, since of a directive that asks for another version
      throw at(0, "not YAML of a version that can be read");
    }
    return documents;
  }

  /** Starts of the nodes whose anchor is used somewhere. */
  Set<Integer> shared() {
    return shared;
  }

  private void take(Event event) throws YamlException {
    if (event instanceof DocumentStartEvent) {
      anchors.clear();
    } else if (event instanceof ScalarEvent scalar) {
      add(scalar(scalar));
    } else if (event instanceof AliasEvent alias) {
      add(alias(alias));
    } else if (event instanceof CollectionStartEvent start) {
      if (open.size() == MAX_DEPTH) {
        throw at(start(event), "nested deeper than " + MAX_DEPTH + " levels");
      }
      if (awaitsKey()) {
        throw at(start(event), "a key that is a list or a mapping; Docker Compose takes only text");
      }
      open.push(new Open(start, start(event)));
    } else if (event instanceof CollectionEndEvent) {
      add(close(open.pop(), event));
    }
  }

  private boolean awaitsKey() {
    Open parent = open.peek();
    return parent != null && parent.event instanceof MappingStartEvent && parent.key == null;
  }

  private void add(Node node) throws YamlException {
    String anchor = node.anchor();
    if (anchor != null) {
      anchors.put(anchor, node);
    }
    Open parent = open.peek();
    if (parent == null) {
      documents.add(node);
      return;
    }
    parent.end = Math.max(parent.end, node.span().end());
    if (!(parent.event instanceof MappingStartEvent)) {
      parent.items.add(node);
    } else if (parent.key == null) {
      if (!(node instanceof Node.Scalar key)) {
        throw at(node.span().start(), "an alias as a key; Docker Compose takes only text");
      }
      Node.Entry first = parent.entries.get(key.text());
      if (first != null) {
        throw at(
            key.span().start(),
            "the key stands twice in one mapping, first in line "
                + lines.position(first.key().span().start()).line());
      }
      parent.key = key;
    } else {
      parent.entries.put(parent.key.text(), new Node.Entry(parent.key, node));
      parent.key = null;
    }
  }

  private Node.Scalar scalar(ScalarEvent event) {
    int start = start(event);
    int end = end(event);
    var style =
        switch (event.getScalarStyle()) {
          case SINGLE_QUOTED -> Node.Style.SINGLE;
          case DOUBLE_QUOTED -> Node.Style.DOUBLE;
          case LITERAL -> Node.Style.LITERAL;
          case FOLDED -> Node.Style.FOLDED;
          default -> Node.Style.PLAIN;
        };
    if (start == end) {
      start = emptyAt(start);
      end = start;
    }
    String value = event.getValue();
    if (style == Node.Style.LITERAL || style == Node.Style.FOLDED) {
      value = withoutAddedBreak(value, end);
      end = blockScalarEnd(start, end);
    }
    String tag = tag(event.getTag().orElse(null), start);
    var kind =
        style == Node.Style.PLAIN && !TEXT_TAGS.contains(String.valueOf(tag))
            ? Scalars.kind(event.getValue())
            : Value.Kind.STRING;
    return new Node.Scalar(
        new Span(start, end), anchor(event.getAnchor().orElse(null)), tag, value, style, kind);
  }

  /** The engine ends a last line that has no line break; Docker Compose takes it as it is. */
  private String withoutAddedBreak(String value, int end) {
    int lastBreak = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
    boolean added =
        end == text.length() && value.endsWith("\n") && !text.substring(lastBreak + 1).isBlank();
    return added ? value.substring(0, value.length() - 1) : value;
  }

  /**
   * Where nothing stands for the value of a key: behind its colon, and behind the key itself where
   * there is none ({@code ? key}); there the engine names the next token.
   */
  private int emptyAt(int start) {
    Open parent = open.peek();
    if (parent == null || parent.key == null) {
      return start;
    }
    int end = parent.key.span().end();
    int at = new Gaps(text).skip(end, start);
    return at < start && text.charAt(at) == ':' ? at + 1 : end;
  }

  /**
   * The engine counts the blank lines after a block scalar as its own; they are only where the
   * header says so ({@code |+}). A line of more spaces than the text is indented by is not blank.
   */
  private int blockScalarEnd(int start, int end) {
    int header = start;
    while (header < end && text.charAt(header) != '|' && text.charAt(header) != '>') {
      header++;
    }
    for (int i = header; i < end && !Character.isWhitespace(text.charAt(i)); i++) {
      if (text.charAt(i) == '+') {
        return end;
      }
    }
    int first = lines.lineAt(header);
    int last = lines.lineAt(end);
    int indent = Integer.MAX_VALUE;
    for (int line = first + 1; line <= last; line++) {
      int from = lines.start(line);
      int at = new Gaps(text).skipBlanks(from, Math.min(end, lines.contentEnd(line)));
      if (at < Math.min(end, lines.contentEnd(line))) {
        indent = Math.min(indent, at - from);
      }
    }
    for (int line = last; line > first; line--) {
      int from = lines.start(line);
      int to = Math.min(end, lines.contentEnd(line));
      if (new Gaps(text).skipBlanks(from, to) < to || to - from > indent) {
        return lines.contentEnd(line);
      }
    }
    return lines.start(first) + lines.content(first).stripTrailing().length();
  }

  private Node.Alias alias(AliasEvent event) throws YamlException {
    String name = event.getAlias().getValue();
    Node target = anchors.get(name);
    if (target == null) {
      for (Open outer : open) {
        if (name.equals(anchor(outer.event.getAnchor().orElse(null)))) {
          throw at(start(event), "an anchor that contains itself");
        }
      }
      throw at(start(event), "an alias of an anchor that is not there");
    }
    shared.add(target.span().start());
    return new Node.Alias(new Span(start(event), end(event)), name, target);
  }

  private Node close(Open done, Event event) {
    boolean flow = done.event.isFlow();
    // the end of a block collection is the next token, comments included: its last child's counts
    int end = flow && end(event) > done.end ? flowEnd(done, event) : done.end;
    var span = new Span(done.start, end);
    String anchor = anchor(done.event.getAnchor().orElse(null));
    String tag = tag(done.event.getTag().orElse(null), done.start);
    return done.event instanceof MappingStartEvent
        ? new Node.Mapping(span, anchor, tag, flow, done.entries)
        : new Node.Sequence(span, anchor, tag, flow, done.items);
  }

  /** A single pair in a flow list, {@code [a: b, c]}, ends with its value, not with the comma. */
  private int flowEnd(Open done, Event event) {
    int end = end(event);
    boolean braces = done.event instanceof MappingStartEvent && text.charAt(end - 1) != '}';
    return braces ? done.end : end;
  }

  private int start(Event event) {
    return offset(event.getStartMark().orElseThrow());
  }

  private int end(Event event) {
    return offset(event.getEndMark().orElseThrow());
  }

  private int offset(Mark mark) {
    return shift + charOf(mark.getIndex());
  }

  private int charOf(int codePoint) {
    return charOf == null ? codePoint : charOf[Math.min(codePoint, charOf.length - 1)];
  }

  /** Char offset of each code point, or null where the two are the same. */
  private static int @Nullable [] charOffsets(String text) {
    int points = text.codePointCount(0, text.length());
    if (points == text.length()) {
      return null;
    }
    int[] offsets = new int[points + 1];
    int at = 0;
    for (int i = 0; i < points; i++) {
      offsets[i] = at;
      at += Character.charCount(text.codePointAt(at));
    }
    offsets[points] = at;
    return offsets;
  }

  private static @Nullable String anchor(@Nullable Anchor anchor) {
    return anchor == null ? null : anchor.getValue();
  }

  /**
   * A tag as the file writes it, where the engine gives {@code !!str} at full length.
   *
   * @param start where the node begins, with its anchor or its tag
   */
  private @Nullable String tag(@Nullable String known, int start) {
    if (known == null) {
      return null;
    }
    int at = start;
    while (at < text.length() && text.charAt(at) != '!') {
      at++;
    }
    int end = at;
    while (end < text.length() && ",[]{} \t\r\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(at, end);
  }

  private YamlException unreadable(MarkedYamlEngineException e) {
    String said = e.getContext() + ": " + e.getProblem();
    int failed = e.getProblemMark().or(e::getContextMark).map(this::offset).orElse(0);
    int line = lines.lineAt(Math.min(failed, text.length()));
    if (lines.content(line).stripTrailing().startsWith("\t")) {
      return at(failed, "not YAML: a tab where YAML wants spaces");
    }
    int offset =
        Problems.isAtStart(said) ? e.getContextMark().map(this::offset).orElse(failed) : failed;
    return at(offset, Problems.words(said));
  }

  private YamlException at(int offset, String message) {
    var position = lines.position(Math.min(offset, text.length()));
    return new YamlException(position.line(), position.column(), message);
  }
}
