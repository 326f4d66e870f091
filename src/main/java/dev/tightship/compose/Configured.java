package dev.tightship.compose;

import dev.tightship.compose.Sources.Listing;
import dev.tightship.compose.Sources.Source;
import dev.tightship.dockerfile.Copy;
import dev.tightship.dockerfile.Resolution;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Configuration of the project's own that may let an image write elsewhere than usual. */
final class Configured {

  /** Files of one folder; more than that is no configuration. */
  private static final int MOST = 200;

  private final Service service;
  private final ImageProfile profile;

  private Configured(Service service, ImageProfile profile) {
    this.service = service;
    this.profile = profile;
  }

  /** What in the mounted configuration writes somewhere, or cannot be read; null for nothing. */
  static @Nullable String writes(Service service, ImageProfile profile) {
    return writes(service, profile, mount -> Mounts.isConfiguration(mount.target(), profile));
  }

  /** The same for what is mounted where the image expects it. */
  static @Nullable String writesWhereExpected(Service service, ImageProfile profile) {
    return writes(
        service,
        profile,
        mount -> mount.target() != null && Mounts.isExpected(mount.target(), profile));
  }

  private static @Nullable String writes(
      Service service, ImageProfile profile, Predicate<Mount> which) {
    var configured = new Configured(service, profile);
    for (Mount mount : service.mounts()) {
      if (which.test(mount)) {
        String target = mount.target();
        String found =
            configured.writesFrom(
                mount.inProject(), target == null ? "a place that a variable names" : target);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The same for what a Dockerfile copies into the configuration of its base image. */
  static @Nullable String writes(Service service, ImageProfile base, Copy copy) {
    if (!(copy.target() instanceof Resolution.Known target)
        || !Mounts.isConfiguration(target.text(), base)) {
      return null;
    }
    var configured = new Configured(service, base);
    for (Resolution source : copy.sources()) {
      String path =
          copy.from() == null && source instanceof Resolution.Known known
              ? service.build().map(build -> build.inContext(known.text())).orElse(null)
              : null;
      String found = configured.writesFrom(path, target.text());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable String writesFrom(@Nullable String path, String target) {
    List<String> files = path == null ? List.of() : files(service.project(), path);
    if (files.isEmpty()) {
      return "the configuration at %s can move where it writes, and cannot be read here"
          .formatted(target);
    }
    for (String file : files) {
      String found =
          service.project().read(file) instanceof Source.Text text
              ? writes(file, text.text())
              : file + " can move where it writes, and cannot be read here";
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** The file itself, or those of the folder; none where not all can be told. */
  private static List<String> files(Project project, String path) {
    if (project.read(path) instanceof Source.Text) {
      return List.of(path);
    }
    var files = new ArrayList<String>();
    if (project.filesBelow(path, folder -> true, MOST) instanceof Listing.Files listing) {
      listing.files().forEach(file -> files.add(file.path()));
    }
    return files;
  }

  private @Nullable String writes(String file, String text) {
    List<String> words = profile.value(FactKey.CONFIGURATION_WRITES);
    if (words == null) {
      return "it is not known whether %s lets %s write elsewhere".formatted(file, profile.name());
    }
    for (String word : words) {
      if (word.startsWith("/")) {
        continue; // a place that is fine
      }
      Matcher use =
          Pattern.compile("(?m)^[ \\t]*" + Pattern.quote(word) + "[\\s=:]+([^\\s;]+)")
              .matcher(text);
      while (use.find()) {
        String place = use.group(1).replaceAll("[\"']", "");
        if (!isHarmless(words, place)) {
          return "%s lets it write to %s (%s)".formatted(file, place, word);
        }
      }
    }
    return null;
  }

  private boolean isHarmless(List<String> words, String place) {
    List<String> tmpfs = profile.value(FactKey.TMPFS);
    return place.equals("off")
        || place.equals("none")
        || place.startsWith("/dev/")
        || place.startsWith("syslog:")
        || words.contains(place)
        || (tmpfs != null
            && tmpfs.stream().anyMatch(path -> place.startsWith(path.split(":", 2)[0] + "/")))
        || service.mounts().stream().anyMatch(mount -> !mount.readOnly() && mount.covers(place));
  }
}
