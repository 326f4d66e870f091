package dev.tightship.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for many texts at once: a text is gone through once, however many they are. */
public final class Needles {

  private static final int LONGEST_START = 8;

  private final int start;

  /** By their first chars. */
  private final Map<String, List<String>> all = new HashMap<>();

  /** What is done with each place of one. */
  public interface Visitor {
    void visit(String needle, int index);
  }

  /**
   * @throws IllegalArgumentException if one of them is empty
   */
  public Needles(Collection<String> needles) {
    this.start = needles.stream().mapToInt(String::length).reduce(LONGEST_START, Math::min);
    if (start == 0) {
      throw new IllegalArgumentException("nothing to look for");
    }
    for (String needle : needles) {
      all.computeIfAbsent(needle.substring(0, start), s -> new ArrayList<>()).add(needle);
    }
  }

  /** Visits each place at which one begins, in the order of the text. */
  public void in(String text, Visitor visitor) {
    for (int i = 0; !all.isEmpty() && i + start <= text.length(); i++) {
      for (String needle : all.getOrDefault(text.substring(i, i + start), List.of())) {
        if (text.startsWith(needle, i)) {
          visitor.visit(needle, i);
        }
      }
    }
  }
}
