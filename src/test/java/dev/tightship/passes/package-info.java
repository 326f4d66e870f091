/** Tests of the passes, each on texts in memory, and the laws that hold of every one. */
@NullMarked
package dev.tightship.passes;

import org.jspecify.annotations.NullMarked;
