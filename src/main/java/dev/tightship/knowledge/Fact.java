package dev.tightship.knowledge;

import org.jspecify.annotations.Nullable;

/**
 * A value that does not come without its provenance.
 *
 * @param note what a reader should know beside it, in one sentence without a full stop
 */
public record Fact<T>(T value, Known known, Source source, @Nullable String note) {}
