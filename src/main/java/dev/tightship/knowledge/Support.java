package dev.tightship.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether the release line of a tag still gets updates, as a profile has it. Dates are compared
 * with the date of their own source, never with the clock: the answer is the same on any day.
 */
public sealed interface Support {

  /**
   * The profile states a date.
   *
   * @param line as the profile names it, {@code 4.2} or {@code bookworm}
   * @param on when it reached, or reaches, its end of life, {@code yyyy-mm-dd}
   * @param source where the date comes from
   */
  record Dated(String line, String on, Source source) implements Support {

    /** Whether it had when the source was read. */
    public boolean ended() {
      return on.compareTo(source.date()) <= 0;
    }

    /** Whether it had not, but does within half a year. */
    public boolean endsSoon() {
      return !ended() && on.compareTo(halfYearAfter(source.date())) <= 0;
    }
  }

  /**
   * The list of tags has newer release lines, and none of this one.
   *
   * @param source the list
   */
  record Unlisted(Source source) implements Support {}

  /**
   * Nothing can be said.
   *
   * @param because half a sentence
   */
  record Unknown(String because) implements Support {}

  /**
   * What a profile says of a tag.
   *
   * @param tag as written; null means that none was
   */
  static Support of(ImageProfile profile, @Nullable String tag) {
    Versions versions = profile.versions();
    String version = versions.pin(tag) instanceof Pin.To to ? to.tag() : tag;
    if (version == null) {
      return new Unknown("it is not known which version the image is");
    }
    Fact<Map<String, String>> ends = profile.fact(FactKey.END_OF_LIFE).orElse(null);
    if (ends != null) {
      String line = line(ends.value(), version);
      String on = line == null ? null : ends.value().get(line);
      if (line != null && on != null) {
        return new Dated(line, on, ends.source());
      }
    }
    return isSuperseded(versions, version)
        ? new Unlisted(versions.source())
        : new Unknown("no date is known on which its release line ends");
  }

  /** The longest line that the version begins with, {@code 3.12} for {@code 3.12.1-slim}. */
  private static @Nullable String line(Map<String, String> ends, String version) {
    String bare = bare(version);
    String found = null;
    for (String line : ends.keySet()) {
      boolean longer = found == null || line.length() > found.length();
      if (longer && bare.startsWith(line) && isBoundary(bare, line.length())) {
        found = line;
      }
    }
    return found;
  }

  private static String bare(String version) {
    return version.startsWith("v") ? version.substring(1) : version;
  }

  /** {@code 8u412} is of line 8; {@code 3.11} is not of line 3.1, and {@code 19beta3} not of 19. */
  private static boolean isBoundary(String text, int at) {
    return at == text.length() || ".-_u".indexOf(text.charAt(at)) >= 0;
  }

  /** Whether the table lists newer release lines and not this one; words as edge are no lines. */
  private static boolean isSuperseded(Versions versions, String version) {
    List<Integer> asked = numbers(bare(version));
    boolean newer = false;
    for (Versions.Release release : versions.releases()) {
      List<Integer> line = numbers(release.line());
      if (!line.isEmpty()) {
        int order = compare(asked, line);
        if (order == 0) {
          return false;
        }
        newer |= order < 0;
      }
    }
    return newer;
  }

  /**
   * Whether a tag may be of a release or a later one. One without a number at its start is no old
   * one, and one that stops before the number that decides is the newest of its line.
   */
  static boolean isFrom(String release, String tag) {
    return compare(numbers(bare(tag)), numbers(release)) >= 0;
  }

  /** Compares as far as both go. */
  private static int compare(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i).compareTo(b.get(i));
      }
    }
    return 0;
  }

  /** The numbers that a version begins with, {@code [3, 12]} for {@code 3.12-slim}. */
  private static List<Integer> numbers(String version) {
    var numbers = new ArrayList<Integer>();
    int at = 0;
    while (at < version.length()) {
      int end = at;
      while (end < version.length() && Character.isDigit(version.charAt(end))) {
        end++;
      }
      if (end == at || end - at > 9) {
        break;
      }
      numbers.add(Integer.parseInt(version.substring(at, end)));
      at = end < version.length() && version.charAt(end) == '.' ? end + 1 : version.length();
    }
    return numbers;
  }

  /** As text, since to load the classes for dates costs more than all look-ups. */
  private static String halfYearAfter(String date) {
    int year = Integer.parseInt(date.substring(0, 4));
    int month = Integer.parseInt(date.substring(5, 7)) + 6;
    if (month > 12) {
      year++;
      month -= 12;
    }
    return year + (month < 10 ? "-0" : "-") + month + date.substring(7);
  }
}
