/**
 * Turns {@code src/main/images} into resources while the program is built; no part of the program.
 */
@NullMarked
package dev.tightship.knowledge.build;

import org.jspecify.annotations.NullMarked;
