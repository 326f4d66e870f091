/** Which package may know which, read from the import lines. */
@NullMarked
package dev.tightship.architecture;

import org.jspecify.annotations.NullMarked;
