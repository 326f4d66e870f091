/**
 * Runs the passes one after the other over a project, applies what the level allows, checks each
 * step by its meaning, and keeps account of all of it.
 */
@NullMarked
package dev.tightship.engine;

import org.jspecify.annotations.NullMarked;
