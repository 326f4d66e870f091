package dev.tightship.compose;

import dev.tightship.knowledge.Commands;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.Versions;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the image of a service comes from, and what is known of it. */
public sealed interface Origin {

  /** It is built from a Dockerfile of the project. */
  record Built(Build build) implements Origin {}

  /**
   * It is pulled.
   *
   * @param profile what is known of the image; null when nothing is
   * @param altered why the service does not start as the profile describes, half a sentence; null
   *     when it does
   */
  record Pulled(ImageReference reference, @Nullable ImageProfile profile, @Nullable String altered)
      implements Origin {

    /** The tag as written; null where there is none. */
    public @Nullable String tag() {
      return reference.tag().orElse(null);
    }

    /** The profile, where it counts: known, and the service starts as it describes. */
    public @Nullable ImageProfile counting() {
      return altered == null ? profile : null;
    }

    /**
     * The profile, where the service starts by the program that it describes, in whatever version
     * and wherever that writes: what the image makes of its variables holds.
     */
    public @Nullable ImageProfile started(Service service) {
      return altered == null
              || (profile != null
                  && service.inheritance() == null
                  && service.find("entrypoint") instanceof Answer.Absent
                  && ownCommand(service, profile) == null
                  && Mounts.overImage(service, profile) == null)
          ? profile
          : null;
    }

    /** Why the profile does not speak of this version, half a sentence; null where it does. */
    public @Nullable String outOfRange() {
      return profile == null ? null : Origin.outOfRange(reference, profile);
    }
  }

  /**
   * The project does not say it, or not in a way that is understood.
   *
   * @param because half a sentence
   */
  record Unclear(String because) implements Origin {}

  /**
   * Why it is not known how the service behaves, half a sentence; null where it is built here, and
   * where it is an image that is known and starts as it is meant to.
   */
  default @Nullable String unknown() {
    if (this instanceof Unclear unclear) {
      return unclear.because;
    }
    return !(this instanceof Pulled pulled)
        ? null
        : pulled.profile == null
            ? "nothing is known of the image " + pulled.reference.familiarName()
            : pulled.altered;
  }

  static Origin of(Service service) {
    Build build = service.build().orElse(null);
    if (build != null) {
      return new Built(build);
    }
    if (service.find("build") instanceof Answer.Unknown unknown) {
      return new Unclear(unknown.because());
    }
    Answer image = service.find("image");
    if (image instanceof Answer.Unknown unknown) {
      return new Unclear(unknown.because());
    }
    String text = service.text("image").orElse(null);
    if (text == null) {
      return new Unclear(
          image instanceof Answer.Absent
              ? "the service has neither image nor build"
              : "the image depends on a variable that has no value here");
    }
    ImageReference reference = ImageReference.parse(text).orElse(null);
    if (reference == null) {
      return new Unclear("the image is not a valid reference");
    }
    ImageProfile profile = service.project().images().find(reference).orElse(null);
    return new Pulled(reference, profile, altered(service, reference, profile));
  }

  private static @Nullable String altered(
      Service service, ImageReference reference, @Nullable ImageProfile profile) {
    if (service.inheritance() != null) {
      return service.inheritance();
    }
    if (!(service.find("entrypoint") instanceof Answer.Absent)) {
      return "the service has its own entrypoint";
    }
    String command = profile == null ? null : ownCommand(service, profile);
    if (command != null) {
      return command;
    }
    String range = profile == null ? null : outOfRange(reference, profile);
    if (range != null || profile == null) {
      return range;
    }
    return startsOtherwise(service, profile);
  }

  /**
   * What in the settings of a service moves what a profile speaks of, whatever its command: half a
   * sentence, or null.
   */
  static @Nullable String startsOtherwise(Service service, ImageProfile profile) {
    String over = Mounts.overImage(service, profile);
    if (over != null) {
      return over;
    }
    String configured = Configured.writesWhereExpected(service, profile);
    return configured != null ? configured : moved(service, profile);
  }

  private static @Nullable String moved(Service service, ImageProfile profile) {
    List<String> names = profile.value(FactKey.UNLESS_SET);
    if (names == null) {
      return null;
    }
    Environment environment = service.environment();
    for (String name : names) {
      Environment.Value value = environment.values().get(name);
      if (value != null
          && !(value.known() && Mounts.lies(value.text(), profile.value(FactKey.VOLUMES)))) {
        return "%s is set, which changes how %s starts".formatted(name, profile.name());
      }
    }
    return environment.unread().isEmpty()
        ? null
        : "%s is not here, and can change how %s starts"
            .formatted(environment.unread().get(0), profile.name());
  }

  private static @Nullable String ownCommand(Service service, ImageProfile profile) {
    Answer command = service.find("command");
    if (command instanceof Answer.Absent) {
      return null;
    }
    if (command instanceof Answer.Unknown unknown) {
      return unknown.because();
    }
    List<String> words = service.words("command");
    if (words == null) {
      return "its command depends on a variable that has no value here";
    }
    Commands known = profile.value(FactKey.COMMANDS);
    return known != null && known.cover(words)
        ? null
        : "the service has its own command, and what is known of %s does not cover it"
            .formatted(profile.name());
  }

  /** A profile speaks of the release lines that it lists; one that lists none, of all. */
  static @Nullable String outOfRange(ImageReference reference, ImageProfile profile) {
    Versions versions = profile.versions();
    if (versions.releases().isEmpty()) {
      return null;
    }
    String tag = reference.tag().orElse(null);
    if (tag == null && reference.digest().isPresent()) {
      return "its digest does not tell which version it is";
    }
    Pin pin = versions.pin(tag);
    boolean listed = pin instanceof Pin.To || (pin instanceof Pin.Exact exact && exact.listed());
    return listed
            || (tag != null
                && (versions.releases().stream().anyMatch(r -> tag.startsWith(r.line() + "."))
                    || covers(profile, tag)))
        ? null
        : "what is known of the image does not cover its version " + tag;
  }

  private static boolean covers(ImageProfile profile, String tag) {
    List<String> lines = profile.value(FactKey.COVERS);
    return lines != null
        && lines.stream().anyMatch(line -> tag.matches(Pattern.quote(line) + "(?:[.-].*)?"));
  }
}
