package dev.tightship.dockerfile;

import dev.tightship.text.Span;

/**
 * A document that follows its instruction.
 *
 * @param delimiter the word that ends it, without quotes
 * @param expand whether variables in it are replaced (its word stood without quotes)
 * @param chomp whether leading tabs are removed ({@code <<-})
 * @param body the lines of the document with their line breaks, without the closing line
 */
public record Heredoc(String delimiter, boolean expand, boolean chomp, Span body) {}
