package dev.tightship.knowledge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which floating tag stood for which version when the table was made.
 *
 * <p>A release lists its tags as patterns: in {@code *-alpine} the version stands for the star in
 * the exact tag, and each floating word stands for it in a floating one. The word {@code latest}
 * stands for no version at all: {@code *-alpine} becomes {@code alpine}, and {@code *} alone
 * becomes {@code latest}. What does not fit that rule is listed pair by pair.
 *
 * @param full how a full version of this family looks, or null when its form does not tell
 * @param moving tags that exist while no other tag names their version
 */
public record Versions(
    Known known,
    Source source,
    @Nullable Fact<Form> full,
    List<Release> releases,
    List<String> moving) {

  /** The tag that is meant where none is written. */
  private static final String DEFAULT_TAG = "latest";

  public Versions {
    releases = List.copyOf(releases);
    moving = List.copyOf(moving);
  }

  /**
   * How many numbers a tag must begin with to name a full version.
   *
   * @param below majors below this one are counted by {@code numbersBelow}; 0 when all are counted
   *     alike
   */
  public record Form(int numbers, int below, int numbersBelow) {

    boolean fits(String tag) {
      int found = 0;
      int major = -1;
      int at = tag.startsWith("v") ? 1 : 0;
      while (at < tag.length() && isDigit(tag.charAt(at))) {
        int start = at;
        while (at < tag.length() && isDigit(tag.charAt(at))) {
          at++;
        }
        if (found++ == 0) {
          // More than nine digits are a date with a time or a mistake, in no case an old major.
          major = at - start > 9 ? Integer.MAX_VALUE : Integer.parseInt(tag.substring(start, at));
        }
        if (at < tag.length() && ".-_".indexOf(tag.charAt(at)) >= 0) {
          at++;
        }
      }
      return found >= (major < below ? numbersBelow : numbers);
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }
  }

  /**
   * One version and the tags that named it.
   *
   * @param line the shorter version that its successors will keep
   * @param others floating tags that no pattern explains, each with its exact tag
   */
  public record Release(
      String version, String line, List<Group> groups, Map<String, String> others) {
    public Release {
      groups = List.copyOf(groups);
    }
  }

  /**
   * What the table offers to whoever moves on.
   *
   * @param tag the exact tag that {@code latest} meant
   * @param small the same version in a smaller variant, or null
   */
  public record Newest(String line, String tag, @Nullable String small) {}

  /** The release that {@code latest} meant; null where the table does not say it. */
  public @Nullable Newest newest() {
    return pin(DEFAULT_TAG) instanceof Pin.To to
        ? new Newest(to.line(), to.tag(), small(to.tag()))
        : null;
  }

  /** The smaller variant beside an exact tag: Alpine's, else the one without what few need. */
  private @Nullable String small(String exact) {
    for (String variant : List.of("-alpine", "-slim")) {
      if (pin(exact + variant) instanceof Pin.Exact found && found.listed()) {
        return exact + variant;
      }
    }
    return null;
  }

  /**
   * Patterns that share their floating words.
   *
   * @param patterns with one star each
   */
  public record Group(List<String> patterns, List<String> floating) {
    public Group {
      patterns = List.copyOf(patterns);
      floating = List.copyOf(floating);
    }
  }

  /**
   * The tag that names the same image more exactly.
   *
   * @param tag as written; null means that none was
   */
  public Pin pin(@Nullable String tag) {
    String asked = tag == null ? DEFAULT_TAG : tag;
    for (Release release : releases) {
      for (Group group : release.groups) {
        for (String pattern : group.patterns) {
          if (stands(pattern, release.version, asked)) {
            return new Pin.Exact(true);
          }
          for (String word : group.floating) {
            if (stands(pattern, word, asked)) {
              return to(release, expand(pattern, release.version));
            }
          }
        }
      }
      String other = release.others.get(asked);
      if (other != null) {
        return to(release, other);
      }
    }
    if (moving.contains(asked)) {
      return new Pin.Unknown(
          "no tag listed on " + source.date() + " names the version behind " + asked);
    }
    if (full != null && full.value().fits(asked)) {
      return new Pin.Exact(false);
    }
    if (releases.isEmpty() && moving.isEmpty()) {
      return new Pin.Unknown("no tag of this image is listed");
    }
    return new Pin.Unknown(
        "the tags listed on "
            + source.date()
            + " do not include "
            + asked
            + ": not supported any more, or never published");
  }

  private Pin to(Release release, String tag) {
    return new Pin.To(tag, release.line, source.date(), source.what());
  }

  /** Whether {@code tag} is the pattern with the word in it; makes no text for the many misses. */
  private static boolean stands(String pattern, String word, String tag) {
    if (word.equals(DEFAULT_TAG) && pattern.length() > 1) {
      return tag.equals(expand(pattern, word));
    }
    int star = pattern.indexOf('*');
    return tag.length() == pattern.length() - 1 + word.length()
        && tag.regionMatches(0, pattern, 0, star)
        && tag.startsWith(word, star)
        && tag.endsWith(pattern.substring(star + 1));
  }

  /** The tag that a pattern gives when {@code word} stands for its version. */
  public static String expand(String pattern, String word) {
    if (word.equals(DEFAULT_TAG) && pattern.length() > 1) {
      int star = pattern.indexOf('*');
      return pattern.startsWith("-", star + 1)
          ? pattern.substring(0, star) + pattern.substring(star + 2)
          : pattern.substring(0, Math.max(0, star - 1)) + pattern.substring(star + 1);
    }
    return pattern.replace("*", word);
  }
}
