package dev.tightship.dockerfile;

import org.jspecify.annotations.Nullable;

/**
 * An option of an instruction, such as {@code --from=build}.
 *
 * @param name without the dashes
 * @param value without quotes; null when there is no equals sign
 * @param written the whole option as it stands in the file
 */
public record Flag(String name, @Nullable String value, Word written) {}
