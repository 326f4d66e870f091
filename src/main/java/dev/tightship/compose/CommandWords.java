package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command. Compose splits a text like a shell does, without running one: blanks,
 * both kinds of quotes and the backslash count, nothing else does (compose-go, shellwords).
 */
final class CommandWords {

  private CommandWords() {}

  /** The words, variables filled in; null where one has no value, or a quote does not end. */
  static @Nullable List<String> of(Frame frame, Node node) {
    if (node instanceof Node.Scalar scalar) {
      String text = frame.interpolated(scalar).orElse(null);
      return text == null ? null : split(text);
    }
    if (!(node instanceof Node.Sequence list)) {
      return null;
    }
    var words = new ArrayList<String>();
    for (Node item : list.items()) {
      String word =
          Merged.resolve(item) instanceof Node.Scalar scalar
              ? frame.interpolated(scalar).orElse(null)
              : null;
      if (word == null) {
        return null;
      }
      words.add(word);
    }
    return words;
  }

  static @Nullable List<String> split(String text) {
    var words = new ArrayList<String>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (quote == 0 && blank) {
        if (word != null) {
          words.add(word.toString());
          word = null;
        }
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == '\\' && quote != '\'') {
        if (++i == text.length()) {
          return null;
        }
        word.append(text.charAt(i));
      } else if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      return null;
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}
