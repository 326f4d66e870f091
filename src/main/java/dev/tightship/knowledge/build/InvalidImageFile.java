package dev.tightship.knowledge.build;

/** An image file that is not as it must be. The message names the file and the field. */
public final class InvalidImageFile extends RuntimeException {
  InvalidImageFile(String file, String field, String problem) {
    super(file + ": " + (field.isEmpty() ? "" : field + ": ") + problem);
  }
}
