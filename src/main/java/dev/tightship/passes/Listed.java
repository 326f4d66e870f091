package dev.tightship.passes;

import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.Versions;

/** Whether there is a tag, by the table of versions. */
final class Listed {

  private Listed() {}

  static boolean is(Images images, String name, String tag) {
    ImageProfile profile = images.find(name).orElse(null);
    return profile != null && in(profile.versions(), tag);
  }

  static boolean in(Versions versions, String tag) {
    Pin pin = versions.pin(tag);
    return pin instanceof Pin.To || (pin instanceof Pin.Exact exact && exact.listed());
  }
}
