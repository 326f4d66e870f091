package dev.tightship.knowledge;

/** What the Docker Official Images library says of an image. */
public enum Status {
  ACTIVE,
  DEPRECATED,
  /** The library has a file for it that lists no tag. */
  NO_SUPPORTED_TAGS,
  /** Published by its vendor, not by the library. */
  NOT_IN_LIBRARY
}
