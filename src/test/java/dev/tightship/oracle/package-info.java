/** The real programs that this project is measured against: tests ask them, the program never. */
@NullMarked
package dev.tightship.oracle;

import org.jspecify.annotations.NullMarked;
