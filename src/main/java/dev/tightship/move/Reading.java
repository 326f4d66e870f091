package dev.tightship.move;

import dev.tightship.compose.Service;
import org.jspecify.annotations.Nullable;

/**
 * How a shell of a service reads a value that the service gets as a file.
 *
 * @param text what stands for the value in a script, as Compose reads it
 * @param settings whether the file holds settings, of which the value is one
 */
record Reading(String text, boolean settings) {

  /**
   * @param name of the secret of Compose
   * @return null where the service gets no such file, or the value is not easily read from it
   */
  static @Nullable Reading of(Group group, Service service, String name) {
    for (Way way : group.ways()) {
      if (way instanceof Way.File file && file.service().equals(service)) {
        return new Reading("$$(cat /run/secrets/" + name + ")", false);
      }
    }
    for (Way way : group.ways()) {
      if (way instanceof Way.Settings settings && settings.service().equals(service)) {
        String text =
            RedisSettings.reading(
                settings.directive(), group.value(), path(name, settings.directive()));
        return text == null ? null : new Reading(text, true);
      }
    }
    for (Way way : group.ways()) {
      if (way instanceof Way.DropIn dropIn && dropIn.service().equals(service)) {
        return new Reading(RabbitSettings.reading(dropIn.target()), true);
      }
    }
    return null;
  }

  /** Where a file of settings is in the container. */
  static String path(String name, String directive) {
    return "/run/secrets/" + settingsName(name, directive);
  }

  /** The secret of Compose that is a file of settings. */
  static String settingsName(String name, String directive) {
    return name + (directive.equals("requirepass") ? "" : "_" + directive) + SecretFolder.SETTINGS;
  }
}
