package dev.tightship.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands between nodes: blanks, line breaks, comments and the indicators {@code : - , ?}. The
 * events of the parser do not tell where those are, but a gap holds nothing else.
 */
final class Gaps {

  private final String text;

  Gaps(String text) {
    this.text = text;
  }

  /** The first char at or after {@code from} that is neither blank, line break nor comment. */
  int skip(int from, int to) {
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < to && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (isBlank(c)) {
        at++;
      } else {
        return at;
      }
    }
    return to;
  }

  /** The first char at or after {@code from} that is no space or tab. */
  int skipBlanks(int from, int to) {
    int at = from;
    while (at < to && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at;
  }

  /** Whether a comment stands in a gap. */
  boolean hasComment(int from, int to) {
    return text.substring(from, Math.max(from, to)).indexOf('#') >= 0;
  }

  /**
   * Whether a comment stands between the parts of a value, or behind the header of a block text. A
   * hash in a text is none.
   */
  boolean hasCommentInside(Node node) {
    int at = content(node);
    if (node instanceof Node.Scalar scalar) {
      boolean block = scalar.style() == Node.Style.LITERAL || scalar.style() == Node.Style.FOLDED;
      return block && hasComment(at, lineEnd(at));
    }
    var parts = new ArrayList<Node>();
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries().values()) {
        parts.add(entry.key());
        parts.add(entry.value());
      }
    } else if (node instanceof Node.Sequence list) {
      parts.addAll(list.items());
    }
    for (Node part : parts) {
      if (hasComment(at, part.span().start())
          || hasComment(part.span().start(), content(part))
          || hasCommentInside(part)) {
        return true;
      }
      at = part.span().end();
    }
    return !(node instanceof Node.Alias) && hasComment(at, node.span().end());
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  /** Where the value itself begins, after its anchor and tag. */
  int content(Node node) {
    int end = propertiesEnd(node);
    return end == node.span().start() ? end : skip(end, node.span().end());
  }

  /** Where the anchor and tag of a value end; its start when it has none. */
  int propertiesEnd(Node node) {
    int at = node.span().start();
    int end = node.span().end();
    if (node.anchor() == null && node.tag() == null) {
      return at;
    }
    int last = at;
    while (at < end && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
      while (at < end && !isBlank(text.charAt(at))) {
        at++;
      }
      last = at;
      at = skip(at, end);
    }
    return last;
  }

  /** Whether a key is written with a question mark before it. */
  boolean isExplicit(Node.Entry entry) {
    int at = entry.key().span().start() - 1;
    while (at >= 0 && isBlank(text.charAt(at))) {
      at--;
    }
    return at >= 0 && text.charAt(at) == '?';
  }

  /** Offset of the dash of each item of a block list. */
  List<Integer> dashes(Node.Sequence list) {
    var dashes = new ArrayList<Integer>(list.items().size());
    int from = content(list);
    for (Node item : list.items()) {
      dashes.add(skip(from, text.length()));
      from = item.span().end();
    }
    return dashes;
  }

  /** Offset of the colon of an entry, or -1 where another indicator comes first. */
  int colon(Node.Entry entry) {
    int at = skip(entry.key().span().end(), text.length());
    return at < text.length() && text.charAt(at) == ':' ? at : -1;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
