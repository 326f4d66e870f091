package dev.tightship.dockerfile;

import dev.tightship.text.Span;

/**
 * A piece of an instruction as written, quotes included.
 *
 * @param text without the continuations that may lie inside
 * @param span from its first to its last char in the file
 * @param whole whether the file holds just {@code text} at {@code span}; not so when a continuation
 *     lies inside, and then the piece can't be replaced as one
 */
public record Word(String text, Span span, boolean whole) {}
