/** Tightship: takes a Docker Compose project and gives it back hardened. */
@NullMarked
package dev.tightship;

import org.jspecify.annotations.NullMarked;
