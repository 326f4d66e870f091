package dev.tightship.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text in JSON (RFC 8259) as plain maps, lists and strings; numbers, truth values and null stand
 * as they are written, in a {@link Literal}. Lock files are long, and YAML readers are slow.
 */
final class Json {

  private static final int DEEPEST = 100;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /** What is neither text nor made of others. */
  record Literal(String written) {}

  /** The text is no JSON, or too deep. */
  static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid() {
      super("it is not JSON", null, false, false);
    }
  }

  /**
   * @return a Map, a List, a String or a Literal
   * @throws Invalid if it is not one value, or a key stands twice in one object
   */
  static Object read(String text) throws Invalid {
    var reader = new Json(text);
    reader.at = text.startsWith("\ufeff") ? 1 : 0;
    Object value = reader.value(0);
    reader.blanks();
    if (reader.at < text.length()) {
      throw new Invalid();
    }
    return value;
  }

  private Object value(int depth) throws Invalid {
    blanks();
    char c = peek();
    if (depth > DEEPEST) {
      throw new Invalid();
    }
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> literal();
    };
  }

  private Map<String, Object> object(int depth) throws Invalid {
    var object = new LinkedHashMap<String, Object>();
    at++;
    if (takes('}')) {
      return object;
    }
    do {
      blanks();
      if (peek() != '"') {
        throw new Invalid();
      }
      String key = string();
      if (!takes(':') || object.put(key, value(depth + 1)) != null) {
        throw new Invalid();
      }
    } while (takes(','));
    if (!takes('}')) {
      throw new Invalid();
    }
    return object;
  }

  private List<Object> array(int depth) throws Invalid {
    var array = new ArrayList<Object>();
    at++;
    if (takes(']')) {
      return array;
    }
    do {
      array.add(value(depth + 1));
    } while (takes(','));
    if (!takes(']')) {
      throw new Invalid();
    }
    return array;
  }

  private String string() throws Invalid {
    int start = ++at;
    while (peek() != '"' && peek() != '\\') {
      at++;
    }
    var value = new StringBuilder(text.substring(start, at));
    while (peek() != '"') {
      value.append(peek() == '\\' ? escaped() : peek());
      at++;
    }
    at++;
    return value.toString();
  }

  /** Leaves the place at the last char of the escape. */
  private char escaped() throws Invalid {
    at++;
    char c = peek();
    if (c == 'u') {
      if (at + 4 >= text.length()) {
        throw new Invalid();
      }
      int code = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(text.charAt(++at), 16);
        if (digit < 0) {
          throw new Invalid();
        }
        code = code * 16 + digit;
      }
      return (char) code;
    }
    int known = "\"\\/bfnrt".indexOf(c);
    if (known < 0) {
      throw new Invalid();
    }
    return "\"\\/\b\f\n\r\t".charAt(known);
  }

  private Literal literal() throws Invalid {
    int start = at;
    while (at < text.length() && "-+.0123456789aEeflnrstu".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String written = text.substring(start, at);
    boolean is =
        written.equals("true")
            || written.equals("false")
            || written.equals("null")
            || (written.length() < 40
                && written.matches("-?(?:0|[1-9]\\d*)(?:[.]\\d+)?(?:[eE][-+]?\\d+)?"));
    if (!is) {
      throw new Invalid();
    }
    return new Literal(written);
  }

  private char peek() throws Invalid {
    if (at >= text.length()) {
      throw new Invalid();
    }
    return text.charAt(at);
  }

  private boolean takes(char wanted) {
    blanks();
    boolean is = at < text.length() && text.charAt(at) == wanted;
    at += is ? 1 : 0;
    return is;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
