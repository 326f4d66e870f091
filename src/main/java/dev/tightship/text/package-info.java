/**
 * Strings and offsets: spans, edits, lines and diffs. Knows nothing of YAML, Dockerfiles or files.
 */
@NullMarked
package dev.tightship.text;

import org.jspecify.annotations.NullMarked;
