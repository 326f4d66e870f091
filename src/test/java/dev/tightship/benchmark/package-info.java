/** Programs that measure; tests never assert times. See docs/benchmarks.md. */
@NullMarked
package dev.tightship.benchmark;

import org.jspecify.annotations.NullMarked;
