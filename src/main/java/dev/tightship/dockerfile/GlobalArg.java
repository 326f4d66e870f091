package dev.tightship.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * One name of an ARG that stands before the first FROM, so that a FROM may use it.
 *
 * @param value the default without quotes, references kept; null when it has none
 * @param written the default as it stands in the file; null when it has none
 * @param line from 1, of its instruction
 */
public record GlobalArg(String name, @Nullable String value, @Nullable Word written, int line) {}
