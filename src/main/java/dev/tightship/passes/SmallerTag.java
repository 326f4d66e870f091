package dev.tightship.passes;

import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.Versions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A tag of the same version that brings less; only one that the table of versions lists. */
final class SmallerTag {

  /** Where a tag names the release of its distribution. */
  private static final Pattern RELEASE = Pattern.compile("(.*?)-?(trixie|bookworm|bullseye)");

  private final Versions versions;
  private final String tag;

  /**
   * @param tag as written; null where none is
   */
  SmallerTag(Versions versions, @Nullable String tag) {
    this.versions = versions;
    this.tag = tag == null ? "latest" : tag;
  }

  /** The one without a compiler of Java; null where the tag brings none, or none is listed. */
  @Nullable String withoutCompiler() {
    var asked = new ArrayList<String>();
    for (String each : List.of(tag, exact())) {
      asked.add(each.replaceFirst("(^|-)jdk(?=-|$)", "$1jre"));
      asked.add(each + "-jre");
    }
    return hasWord(tag, "jre") || hasWord(tag, "headless") ? null : firstListed(asked);
  }

  /** The one of the same distribution without what few need. */
  @Nullable String slim() {
    var asked = new ArrayList<String>();
    if (tag.equals("latest")) {
      asked.add("slim");
    }
    for (String each : List.of(tag, exact())) {
      Matcher release = RELEASE.matcher(each);
      if (release.matches()) {
        String before = release.group(1).isEmpty() ? "" : release.group(1) + "-";
        asked.add(before + "slim-" + release.group(2));
      }
      asked.add(each + "-slim");
    }
    return isSmall() ? null : firstListed(asked);
  }

  /** The one on Alpine. */
  @Nullable String alpine() {
    boolean release = RELEASE.matcher(tag).matches();
    return isSmall() || release
        ? null
        : firstListed(List.of(tag.equals("latest") ? "alpine" : tag + "-alpine"));
  }

  private boolean isSmall() {
    return hasWord(tag, "slim") || tag.contains("alpine") || hasWord(tag, "distroless");
  }

  private static boolean hasWord(String tag, String word) {
    return List.of(tag.split("-", -1)).contains(word);
  }

  private String exact() {
    return versions.pin(tag) instanceof Pin.To to ? to.tag() : tag;
  }

  private @Nullable String firstListed(List<String> asked) {
    return asked.stream()
        .filter(each -> !each.equals(tag) && Listed.in(versions, each))
        .findFirst()
        .orElse(null);
  }
}
