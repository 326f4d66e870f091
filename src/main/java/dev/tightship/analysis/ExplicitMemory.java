package dev.tightship.analysis;

import dev.tightship.compose.Service;

/**
 * The memory that the settings of a service name for a heap or a cache. Shares of what the
 * container has are no numbers; an env file that is not here, and configuration files, are not
 * looked at.
 */
public sealed interface ExplicitMemory {

  record None() implements ExplicitMemory {}

  /**
   * @param mebibytes rounded up; the largest of each kind, and the kinds added
   * @param where the largest of them and its place, {@code -Xmx4g in JAVA_OPTS}
   */
  record Of(long mebibytes, String where) implements ExplicitMemory {}

  /**
   * @param because half a sentence
   */
  record CannotTell(String because) implements ExplicitMemory {}

  static ExplicitMemory of(Service service) {
    String inheritance = service.inheritance();
    return inheritance != null ? new CannotTell(inheritance) : new MemoryReading(service).result();
  }
}
