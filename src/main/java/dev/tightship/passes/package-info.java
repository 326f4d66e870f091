/** The passes, one class each, and the list that gives their order. */
@NullMarked
package dev.tightship.passes;

import org.jspecify.annotations.NullMarked;
