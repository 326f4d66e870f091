package dev.tightship.dockerfile;

import java.util.List;

/**
 * What a CMD or ENTRYPOINT starts. References stay: no builder replaces them, but a shell may.
 *
 * @param words those of the JSON form, or the one text that a shell reads
 * @param shell whether a shell reads it
 */
public record Command(List<String> words, boolean shell) {

  public Command {
    words = List.copyOf(words);
  }
}
