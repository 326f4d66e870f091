/** Tests of what a pass is. */
@NullMarked
package dev.tightship.pass;

import org.jspecify.annotations.NullMarked;
