/**
 * How the secrets of a project leave its files: each value once, at both ends, or not at all.
 *
 * <p>{@link dev.tightship.move.Moves} puts together what moves together and chooses a {@link
 * dev.tightship.move.Way} for each place; the other classes are the ways and the files.
 */
@NullMarked
package dev.tightship.move;

import org.jspecify.annotations.NullMarked;
