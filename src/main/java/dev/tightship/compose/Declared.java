package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the files of a project say of one named thing, such as a service: a part a document, in
 * the order in which Compose merges them.
 */
public record Declared(List<Part> parts) {

  public Declared {
    parts = List.copyOf(parts);
  }

  /**
   * What one document says. Compose merges the base first, then what is included, then the node.
   *
   * @param node as the document has it; aliases are not followed
   * @param base the service that it extends, as that stands in its own file; null without one
   * @param included what included files say of the same name; null where none does
   * @param unread why the base could not be read, half a sentence; null where it was, or there is
   *     none
   */
  public record Part(
      YamlFile file,
      Frame frame,
      Node node,
      @Nullable Declared base,
      @Nullable Declared included,
      @Nullable String unread) {}
}
