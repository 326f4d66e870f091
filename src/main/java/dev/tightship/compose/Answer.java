package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;

/** What a project says about one setting. */
public sealed interface Answer {

  /**
   * @param node the value, aliases followed
   * @param file the file in which it stands
   * @param frame from where its paths and variables are seen
   * @param own whether it stands in the service itself; false when a merge key, an alias or a base
   *     that it extends brings it
   */
  record Known(Node node, YamlFile file, Frame frame, boolean own) implements Answer {}

  /** The project does not set it. */
  record Absent() implements Answer {}

  /**
   * @param because half a sentence for people
   */
  record Unknown(String because) implements Answer {}
}
