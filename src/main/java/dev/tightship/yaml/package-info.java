/**
 * YAML text with positions: what a file says, where it says it, and how a goal becomes a splice.
 */
@NullMarked
package dev.tightship.yaml;

import org.jspecify.annotations.NullMarked;
