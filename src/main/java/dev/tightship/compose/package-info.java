/**
 * A read-only view of a project as Docker Compose sees it: services over several files, merge keys,
 * interpolation, builds. Answers are known, absent or unknown, and nobody acts on an unknown one.
 */
@NullMarked
package dev.tightship.compose;

import org.jspecify.annotations.NullMarked;
