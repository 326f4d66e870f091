package dev.tightship.compose;

import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;

/**
 * What one document says of one named thing.
 *
 * @param inherited whether it is said of a base that the thing extends
 * @param floor index of the lowest layer that its {@code !reset} and {@code !override} reach
 */
public record Layer(YamlFile file, Frame frame, Node node, boolean inherited, int floor) {}
