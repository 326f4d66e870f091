package dev.tightship.passes;

import dev.tightship.edit.Place;
import dev.tightship.text.Span;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for characters that cannot be seen. What is written as an escape can be, and is none of
 * them; nor are the joiners within emoji and within scripts that need them.
 */
final class HiddenText {

  /** What such a character does. */
  enum Kind {
    /** U+0085, U+2028, U+2029: measured with Compose 5.6.0, whose reader is one of YAML 1.1. */
    LINE_END,
    BYTE_ORDER,
    /** Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, 3.1). */
    DIRECTION,
    MARK,
    INVISIBLE,
    /** Blanks beyond ASCII, where a blank of YAML is expected: in keys and around values. */
    BLANK
  }

  /**
   * @param place the value or key that it stands in or behind
   */
  record Hit(Kind kind, int offset, Place place) {}

  /** A key or value. */
  private record Piece(Span span, Place place, boolean key, boolean plain) {}

  private final YamlFile file;
  private final String text;
  private final List<Piece> pieces = new ArrayList<>();

  private HiddenText(YamlFile file) {
    this.file = file;
    this.text = file.text();
  }

  /** The hits by character, in the order in which they stand in the file. */
  static Map<Integer, List<Hit>> of(YamlFile file) {
    return new HiddenText(file).look();
  }

  private Map<Integer, List<Hit>> look() {
    var hits = new LinkedHashMap<Integer, List<Hit>>();
    int at = 0; // the last piece that begins before the character
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.charAt(i) < 0x80 ? text.charAt(i) : text.codePointAt(i);
      Kind kind = c < 0x80 ? null : kind(c, i);
      if (kind == null) {
        continue;
      }
      collect();
      while (at + 1 < pieces.size() && pieces.get(at + 1).span.start() <= i) {
        at++;
      }
      Piece piece = pieces.get(at);
      if (counts(kind, i, piece)) {
        hits.computeIfAbsent(c, any -> new ArrayList<>()).add(new Hit(kind, i, piece.place));
      }
    }
    return hits;
  }

  private @Nullable Kind kind(int c, int offset) {
    return switch (c) {
      case 0x85, 0x2028, 0x2029 -> Kind.LINE_END;
      case 0xFEFF -> offset == 0 ? null : Kind.BYTE_ORDER;
      case 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069 -> Kind.DIRECTION;
      case 0x200E, 0x200F, 0x061C -> Kind.MARK;
      case 0xAD, 0x180E, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064 -> Kind.INVISIBLE;
      case 0x200C, 0x200D -> joins(offset) ? null : Kind.INVISIBLE;
      case 0xA0, 0x1680, 0x202F, 0x205F, 0x3000 -> Kind.BLANK;
      default ->
          c >= 0x2000 && c <= 0x200A
              ? Kind.BLANK
              : c >= 0xE0000 && c <= 0xE007F && !joins(offset) ? Kind.INVISIBLE : null;
    };
  }

  /** Whether a joiner stands between letters or signs that are joined. */
  private boolean joins(int offset) {
    return offset > 0 && text.charAt(offset - 1) >= 0x80;
  }

  /**
   * In a comment only what moves text or ends it counts: the rest can do no harm there. A blank
   * counts in a key, and at the ends of a text without quotes.
   */
  private boolean counts(Kind kind, int offset, Piece piece) {
    boolean inside = piece.span.start() <= offset && offset < piece.span.end();
    return switch (kind) {
      case LINE_END, DIRECTION -> true;
      case BYTE_ORDER, MARK, INVISIBLE -> inside;
      case BLANK ->
          inside
              && (piece.key
                  || (piece.plain
                      && (offset == piece.span.start() || offset == piece.span.end() - 1)));
    };
  }

  private void collect() {
    if (pieces.isEmpty()) {
      Place root = Place.of(file.path());
      pieces.add(new Piece(new Span(0, 0), root, false, false));
      file.documents().forEach(document -> collect(document, root));
    }
  }

  private void collect(Node node, Place place) {
    if (node instanceof Node.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                pieces.add(new Piece(entry.key().span(), place.key(key), true, false));
                collect(entry.value(), place.key(key));
              });
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(item -> collect(item, place.item(item.value())));
    } else if (node instanceof Node.Scalar scalar) {
      boolean plain = scalar.style() == Node.Style.PLAIN;
      pieces.add(new Piece(scalar.span(), place, false, plain));
    }
  }
}
