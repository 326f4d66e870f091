package dev.tightship.analysis;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts of one object in a JSON file, such as the {@code scripts} of a package. It looks for
 * the key alone and reads no more than the object behind it, so that odd files do no harm.
 */
final class JsonStrings {

  private final String text;
  private int at;

  private JsonStrings(String text) {
    this.text = text;
  }

  /** Names and texts of the first object with this key; what is no text is left out. */
  static Map<String, String> under(String key, String json) {
    var reader = new JsonStrings(json);
    var found = new LinkedHashMap<String, String>();
    String quoted = '"' + key + '"';
    for (int from = json.indexOf(quoted); from >= 0; from = json.indexOf(quoted, from + 1)) {
      reader.at = from + quoted.length();
      if (reader.take(':') && reader.take('{')) {
        reader.entries(found);
        return found;
      }
    }
    return found;
  }

  private void entries(Map<String, String> found) {
    while (take('"')) {
      String name = string();
      if (!take(':') || !take('"')) {
        return;
      }
      found.put(name, string());
      if (!take(',')) {
        return;
      }
    }
  }

  private boolean take(char wanted) {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  /** Up to the closing quote; an escaped char stands for itself. */
  private String string() {
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at++));
    }
    at++;
    return value.toString();
  }
}
