package dev.tightship.yaml;

import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.text.Lines;
import dev.tightship.text.Lines.Position;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A YAML file as it was read: its text, and nodes that point into it. Immutable. */
public final class YamlFile {

  private final String path;
  private final String text;
  private final Lines lines;
  private final List<Node> documents;
  private final Set<Integer> shared;
  private final boolean mayCut;
  private @Nullable Layout layout;
  private boolean uneditableKnown;
  private @Nullable String uneditable;

  private YamlFile(
      String path, String text, Lines lines, List<Node> documents, Set<Integer> shared) {
    this.path = path;
    this.text = text;
    this.lines = lines;
    this.documents = documents;
    this.shared = shared;
    this.mayCut = text.contains("!reset") || text.contains("!override");
  }

  /**
   * Reads a file.
   *
   * @param path where it stands, from the project's root
   * @throws YamlException where it is not YAML as Docker Compose takes it: bad syntax, a key that
   *     stands twice or is no text, an alias without anchor, nesting beyond 200 levels
   */
  public static YamlFile read(String path, String text) throws YamlException {
    var lines = new Lines(text);
    var builder = new TreeBuilder(text, lines);
    return new YamlFile(path, text, lines, List.copyOf(builder.documents()), builder.shared());
  }

  public String path() {
    return path;
  }

  public String text() {
    return text;
  }

  public Lines lines() {
    return lines;
  }

  /** The root nodes, one a document; empty for a file that holds only comments. */
  public List<Node> documents() {
    return documents;
  }

  /** The root node of a file with one document. */
  public @Nullable Node root() {
    return documents.size() == 1 ? documents.get(0) : null;
  }

  /** Whether a tag in it may cut off what other files say; false is certain. */
  public boolean mayCut() {
    return mayCut;
  }

  /** Whether the node carries an anchor that some alias in the file names. */
  public boolean isShared(Node node) {
    return node.anchor() != null && shared.contains(node.span().start());
  }

  /**
   * Why this file may be read but not edited, or null. U+0085, U+2028 and U+2029 end a comment for
   * Docker Compose and not for YAML 1.2: two readers see two files.
   */
  public @Nullable String uneditable() {
    if (!uneditableKnown) {
      uneditable = lookForUneditable();
      uneditableKnown = true;
    }
    return uneditable;
  }

  private @Nullable String lookForUneditable() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\uFEFF' && i > 0) {
        return "line %s holds a byte order mark, which Docker Compose may take for text"
            .formatted(lines.position(i).line());
      }
      if (c == '\u0085' || c == '\u2028' || c == '\u2029') {
        return "line %s holds U+%04X, which Docker Compose takes for a line end and YAML does not"
            .formatted(lines.position(i).line(), (int) c);
      }
    }
    return documents.size() > 1 ? "the file holds several YAML documents" : null;
  }

  /**
   * Whether the text ends inside a block scalar that keeps its last line break and has none. Any
   * line behind it would give it one: the parser here adds it by itself, Docker Compose does not.
   */
  boolean endsInBlockText() {
    if (!(last(root()) instanceof Node.Scalar scalar)
        || (scalar.style() != Node.Style.LITERAL && scalar.style() != Node.Style.FOLDED)
        || text.endsWith("\n")
        || text.endsWith("\r")) {
      return false;
    }
    String header = text.substring(new Gaps(text).content(scalar)).split("\\s", 2)[0];
    return !header.contains("-");
  }

  /** The node that ends last. */
  private static @Nullable Node last(@Nullable Node root) {
    Node node = root;
    while (true) {
      Node next = null;
      if (node instanceof Node.Mapping mapping) {
        for (Node.Entry entry : mapping.entries().values()) {
          next = entry.value();
        }
      } else if (node instanceof Node.Sequence list && !list.items().isEmpty()) {
        next = list.items().get(list.items().size() - 1);
      }
      if (next == null) {
        return node;
      }
      node = next;
    }
  }

  /** Where a place begins, at its key or item, or where the nearest parent that exists does. */
  public Position position(Place place) {
    int offset = 0;
    Node node = root();
    for (Segment segment : place.path()) {
      Node next = null;
      if (segment instanceof Segment.Key key && node instanceof Node.Mapping mapping) {
        Node.Entry entry = mapping.entries().get(key.name());
        if (entry != null) {
          offset = entry.key().span().start();
          next = entry.value();
        }
      } else if (segment instanceof Segment.Item item && node instanceof Node.Sequence list) {
        int index = Splicer.indexOf(list, item.value());
        if (index >= 0) {
          next = list.items().get(index);
          offset = next.span().start();
        }
      }
      if (next == null) {
        break;
      }
      node = next;
    }
    return lines.position(offset);
  }

  Layout layout() {
    if (layout == null) {
      layout = Layout.of(this);
    }
    return layout;
  }
}
