/**
 * The proof bench: starts projects under a real Docker engine, exercises and attacks them, and
 * takes them down. What a hardened project is claimed to do is shown here. See docs/bench.md.
 */
@NullMarked
package dev.tightship.bench;

import org.jspecify.annotations.NullMarked;
