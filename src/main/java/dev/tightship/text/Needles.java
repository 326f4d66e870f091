package dev.tightship.text;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for many texts at once: a text is gone through once, however many they are, and at each
 * place only as many lengths are tried as those have that begin alike.
 */
public final class Needles {

  private static final int LONGEST_START = 8;

  private final int start;
  private final Set<String> all;

  /** By their first chars, how long they are. */
  private final Map<String, Set<Integer>> lengths = new HashMap<>();

  /** What is done with each place of one. */
  public interface Visitor {
    void visit(String needle, int index);
  }

  /**
   * @throws IllegalArgumentException if one of them is empty
   */
  public Needles(Collection<String> needles) {
    this.all = Set.copyOf(needles);
    this.start = all.stream().mapToInt(String::length).reduce(LONGEST_START, Math::min);
    if (start == 0) {
      throw new IllegalArgumentException("nothing to look for");
    }
    for (String needle : all) {
      lengths
          .computeIfAbsent(needle.substring(0, start), s -> new TreeSet<>())
          .add(needle.length());
    }
  }

  /** Visits each place at which one begins, in the order of the text; the shorter one first. */
  public void in(String text, Visitor visitor) {
    for (int i = 0; !all.isEmpty() && i + start <= text.length(); i++) {
      for (int length : lengths.getOrDefault(text.substring(i, i + start), Set.of())) {
        int end = i + length;
        if (end <= text.length() && all.contains(text.substring(i, end))) {
          visitor.visit(text.substring(i, end), i);
        }
      }
    }
  }
}
