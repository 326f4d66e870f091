package dev.tightship.dockerfile;

import dev.tightship.text.Span;

/**
 * A parser directive at the top of the file, such as {@code # syntax=docker/dockerfile:1}.
 *
 * @param name in lower case: {@code syntax}, {@code escape} or {@code check}
 * @param span from the {@code #} to the last char of the value
 * @param value what stands after the equals sign
 */
public record Directive(String name, String value, Span span, Span valueSpan, int line) {}
