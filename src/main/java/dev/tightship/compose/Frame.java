package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * From where a Compose file is seen. Files that are merged share one; an included file has its own
 * folder and variables, and a file with a base to extend has its own folder.
 *
 * @param directory from which paths are seen, from the root and empty for the root itself; null for
 *     a place outside
 * @param variables with which its texts are filled in
 */
public record Frame(@Nullable String directory, Variables variables) {

  /** A scalar's text with its variables filled in; empty where one has no value. */
  public Optional<String> interpolated(Node.Scalar scalar) {
    return variables.fill(scalar.text());
  }

  /**
   * The same with something else in the place of each variable without a value.
   *
   * @param instead by the name of the variable
   */
  public String interpolated(Node.Scalar scalar, UnaryOperator<String> instead) {
    return variables.fill(scalar.text(), instead);
  }

  /** A path as it is written there, from the root; null for a place outside of it. */
  public @Nullable String path(String written) {
    return Paths.resolve(directory, written);
  }

  /** The frame of a file whose paths are seen from elsewhere. */
  Frame in(@Nullable String folder) {
    return new Frame(folder, variables);
  }
}
