package dev.tightship.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * One name of an {@code ARG}, {@code ENV} or {@code LABEL}, with its value if it has one.
 *
 * @param value without quotes, references such as {@code $X} kept; the raw text where its quotes
 *     don't match
 * @param name as written
 * @param written the value as it stands in the file; null together with {@code value}
 */
public record Assignment(String name, @Nullable String value, @Nullable Word written) {}
