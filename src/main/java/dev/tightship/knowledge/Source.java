package dev.tightship.knowledge;

/**
 * Where a fact comes from.
 *
 * @param what one line for people: a repository with its commit, a page, a method
 * @param date state of the source, {@code yyyy-mm-dd}; text, since to parse a date costs more at
 *     start-up than the whole look-up
 */
public record Source(String what, String date) {}
