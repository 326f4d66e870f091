package dev.tightship.yaml;

import dev.tightship.edit.Value;
import dev.tightship.text.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A piece of YAML and where it stands. A node never holds text of its own but what a scalar means;
 * all else is a span into the file.
 */
public sealed interface Node {

  /**
   * From the first char of the anchor, tag or value to the last char of the value. Neither trailing
   * comments nor trailing blank lines belong to it, unless a block scalar keeps them ({@code |+}).
   * Empty for an empty value, and then just behind the colon or dash.
   */
  Span span();

  /** Name of the anchor that stands before the value. */
  @Nullable String anchor();

  /** Tag that stands before the value, as the file writes it ({@code !reset}). */
  @Nullable String tag();

  /** How a scalar is written. */
  enum Style {
    PLAIN,
    SINGLE,
    DOUBLE,
    LITERAL,
    FOLDED
  }

  /**
   * @param text the value, unquoted and unfolded
   * @param kind what it means when plain; quoted and block scalars are strings
   */
  record Scalar(
      Span span,
      @Nullable String anchor,
      @Nullable String tag,
      String text,
      Style style,
      Value.Kind kind)
      implements Node {

    /** Whether nothing is written, or a null such as {@code ~}. */
    public boolean isNull() {
      return kind == Value.Kind.NULL;
    }

    /**
     * The string that Docker Compose makes of it where it wants strings and takes other kinds; null
     * for null.
     */
    public @Nullable String canonical() {
      return kind == Value.Kind.STRING ? text : Scalars.canonical(text);
    }

    /**
     * The truth value in a field that Docker Compose knows as boolean, {@code yes} and {@code on}
     * included; empty for what is none.
     */
    public Optional<Boolean> flag() {
      return Scalars.boolField(text);
    }
  }

  /**
   * @param flow whether it is written in brackets
   */
  record Sequence(
      Span span, @Nullable String anchor, @Nullable String tag, boolean flow, List<Node> items)
      implements Node {}

  /**
   * @param flow whether it is written in braces
   * @param entries by key, in the order of the file
   */
  record Mapping(
      Span span,
      @Nullable String anchor,
      @Nullable String tag,
      boolean flow,
      Map<String, Entry> entries)
      implements Node {

    /** The value under a key of this very mapping; merged keys are not looked at. */
    public @Nullable Node get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value;
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, Node value) {}

  /**
   * A use of an anchor.
   *
   * @param target the node that carries it
   */
  record Alias(Span span, String name, Node target) implements Node {
    @Override
    public @Nullable String anchor() {
      return null;
    }

    @Override
    public @Nullable String tag() {
      return null;
    }
  }

  /** What the node says, aliases and merge keys left as they are. */
  default Value value() {
    Value plain;
    if (this instanceof Scalar scalar) {
      plain = new Value.Scalar(scalar.kind, scalar.text);
    } else if (this instanceof Sequence sequence) {
      plain = new Value.Sequence(sequence.items.stream().map(Node::value).toList());
    } else if (this instanceof Mapping mapping) {
      var entries = new LinkedHashMap<String, Value>();
      mapping.entries.forEach((key, entry) -> entries.put(key, entry.value.value()));
      plain = new Value.Mapping(entries);
    } else {
      plain = new Value.Alias(((Alias) this).name);
    }
    return anchor() == null && tag() == null ? plain : new Value.Marked(anchor(), tag(), plain);
  }
}
