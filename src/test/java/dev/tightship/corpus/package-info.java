/** Tests on thousands of real Compose files, where those are at hand. */
@NullMarked
package dev.tightship.corpus;

import org.jspecify.annotations.NullMarked;
