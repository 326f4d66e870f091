package dev.tightship.passes;

import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Variants;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a step of a build adds a user to an image. */
enum Distribution {

  /** BusyBox makes users there. Long options are not in all of its builds. */
  ALPINE,

  /** Debian, Ubuntu and what is made of them; they have the programs of shadow. */
  DEBIAN,

  /** What installs RPM packages; some of its images lack the programs of shadow. */
  RPM,

  /** No shell, so that no RUN works. */
  NONE,

  UNKNOWN;

  /** Names of releases that stand in tags, whatever the image. */
  private static final Pattern DEBIAN_RELEASE =
      Pattern.compile(
          "(.*[-.])?(trixie|bookworm|bullseye|buster|stretch|noble|jammy|focal|bionic)([-.\\d].*)?");

  private static final Pattern ALPINE_TAG = Pattern.compile("(.*-)?alpine[\\d.]*(-.*)?");
  private static final Pattern WINDOWS = Pattern.compile("(.*-)?(windows|nanoserver).*");
  private static final Pattern APK = Pattern.compile("(?<![\\w./-])apk\\s+(?:-\\S+\\s+)*add\\b");
  private static final Pattern APT =
      Pattern.compile("(?<![\\w./-])apt(?:-get)?\\s+(?:-\\S+\\s+)*install\\b");

  /**
   * That of the image at the bottom; where nothing is known of it, what its build installs with.
   */
  static Distribution of(BuiltImage image, @Nullable ImageProfile profile) {
    if (image.base() instanceof Base.Scratch) {
      return NONE;
    }
    String tag =
        image.base() instanceof Base.Image base
            ? ImageReference.parse(base.reference()).flatMap(ImageReference::tag).orElse(null)
            : null;
    if (tag != null && WINDOWS.matcher(tag).matches()) {
      return UNKNOWN;
    }
    Variants<String> known = profile == null ? null : profile.value(FactKey.DISTRIBUTION);
    String value = known == null ? null : known.of(tag);
    if (value != null) {
      return named(value);
    }
    if (tag != null && ALPINE_TAG.matcher(tag).matches()) {
      return ALPINE;
    }
    if (tag != null && DEBIAN_RELEASE.matcher(tag).matches()) {
      return DEBIAN;
    }
    return byPackages(image);
  }

  private static Distribution named(String value) {
    for (Distribution distribution : values()) {
      if (distribution.name().toLowerCase(Locale.ROOT).equals(value)) {
        return distribution;
      }
    }
    return UNKNOWN;
  }

  private static Distribution byPackages(BuiltImage image) {
    for (Instruction run : image.runs()) {
      if (APK.matcher(run.arguments().text()).find()) {
        return ALPINE;
      }
      if (APT.matcher(run.arguments().text()).find()) {
        return DEBIAN;
      }
    }
    return UNKNOWN;
  }
}
