package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a command: the items of a list, or a text that Compose splits. */
final class CommandWords {

  private CommandWords() {}

  /** The words, variables filled in; null where one has no value, or a quote does not end. */
  static @Nullable List<String> of(Frame frame, Node node) {
    if (node instanceof Node.Scalar scalar) {
      String text = frame.interpolated(scalar).orElse(null);
      return text == null ? null : ShellWords.split(text);
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
}
