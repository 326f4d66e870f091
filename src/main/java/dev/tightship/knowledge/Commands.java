package dev.tightship.knowledge;

import java.util.List;

/**
 * Which commands an image starts with as its profile describes.
 *
 * @param programs first words; {@code -} stands for one that begins with a hyphen, which the start
 *     script hands to its own program
 * @param unless texts that must stand in none of the words, as they move what the profile speaks
 *     of: its folders, its user, its configuration
 */
public record Commands(List<String> programs, List<String> unless) {

  public Commands {
    programs = List.copyOf(programs);
    unless = List.copyOf(unless);
  }

  /** Whether the profile holds for a command. */
  public boolean cover(List<String> words) {
    if (words.isEmpty()) {
      return false;
    }
    String first = words.get(0);
    boolean known = programs.contains(first) || (first.startsWith("-") && programs.contains("-"));
    return known && words.stream().noneMatch(word -> unless.stream().anyMatch(word::contains));
  }
}
