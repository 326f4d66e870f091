package dev.tightship.compose.model;

import dev.tightship.yaml.Scalars;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** YAML as people write it: in blocks or in braces, with quotes or without. */
final class Written {

  /** A piece of YAML. */
  sealed interface Piece {}

  /**
   * @param text as it is written
   */
  record Plain(String text) implements Piece {}

  record Items(List<Piece> items) implements Piece {}

  record Entries(Map<String, Piece> entries) implements Piece {
    Entries and(String key, Piece value) {
      var more = new LinkedHashMap<>(entries);
      more.put(key, value);
      return new Entries(more);
    }
  }

  /**
   * @param mark a tag or an anchor, with its sign
   */
  record Marked(String mark, Piece piece) implements Piece {}

  private final Random random;

  Written(Random random) {
    this.random = random;
  }

  static Piece plain(String text) {
    return new Plain(text);
  }

  static Piece items(Piece... items) {
    return new Items(List.of(items));
  }

  /** Keys and values in turn. */
  static Entries entries(Object... keysAndValues) {
    var entries = new LinkedHashMap<String, Piece>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.put((String) keysAndValues[i], (Piece) keysAndValues[i + 1]);
    }
    return new Entries(entries);
  }

  /** A string, with quotes where it needs them or by chance. */
  Piece string(String text) {
    boolean quotes = Scalars.needsQuotesInFlow(text) || random.nextInt(4) == 0;
    return plain(quotes ? Scalars.quoted(text, random.nextBoolean()) : text);
  }

  Piece strings(String... texts) {
    var items = new ArrayList<Piece>();
    for (String text : texts) {
      items.add(string(text));
    }
    return new Items(items);
  }

  String document(Entries root) {
    var out = new StringBuilder();
    block(root, 0, out);
    return out.toString();
  }

  private void block(Entries mapping, int indent, StringBuilder out) {
    mapping.entries.forEach(
        (key, value) -> {
          out.append(" ".repeat(indent)).append(key(key)).append(':');
          value(value, indent, indent < 4 ? 0 : 3, out);
        });
  }

  private String key(String key) {
    boolean quotes =
        !key.equals("<<") && (Scalars.needsQuotesAsKey(key) || random.nextInt(12) == 0);
    return quotes ? Scalars.quoted(key, random.nextBoolean()) : key;
  }

  /**
   * @param braces how often of ten a collection is written in braces
   */
  private void value(Piece piece, int indent, int braces, StringBuilder out) {
    if (piece instanceof Marked marked) {
      out.append(' ').append(marked.mark);
      value(marked.piece, indent, braces, out);
    } else if (isEmpty(piece) || random.nextInt(10) < braces || piece instanceof Plain) {
      out.append(' ').append(flow(piece)).append('\n');
    } else if (piece instanceof Entries mapping) {
      out.append('\n');
      block(mapping, indent + 2, out);
    } else {
      out.append('\n');
      for (Piece item : ((Items) piece).items) {
        out.append(" ".repeat(indent + 2)).append('-');
        value(item, indent + 2, 6, out);
      }
    }
  }

  private static boolean isEmpty(@Nullable Piece piece) {
    return (piece instanceof Entries mapping && mapping.entries.isEmpty())
        || (piece instanceof Items list && list.items.isEmpty());
  }

  private String flow(Piece piece) {
    if (piece instanceof Plain scalar) {
      return scalar.text;
    }
    if (piece instanceof Marked marked) {
      return marked.mark + " " + flow(marked.piece);
    }
    var parts = new ArrayList<String>();
    if (piece instanceof Items list) {
      list.items.forEach(item -> parts.add(flow(item)));
      return "[" + String.join(", ", parts) + "]";
    }
    ((Entries) piece)
        .entries.forEach((key, value) -> parts.add(key(key) + ": " + flow(value) + " "));
    return "{" + String.join(", ", parts) + "}";
  }
}
