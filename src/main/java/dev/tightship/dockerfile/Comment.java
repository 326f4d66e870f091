package dev.tightship.dockerfile;

import dev.tightship.text.Span;

/**
 * A comment line, also one inside a continued instruction.
 *
 * @param span from the {@code #} to the end of the line, without its line break
 * @param line from 1
 */
public record Comment(Span span, int line) {}
