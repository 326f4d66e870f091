/**
 * The lossless YAML layer: the text is the model, nodes only point into it, and goals become
 * splices. The only door to snakeyaml-engine.
 */
@NullMarked
package dev.tightship.yaml;

import org.jspecify.annotations.NullMarked;
