package dev.tightship.compose;

import dev.tightship.yaml.Node;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a service mounts over the files of its image. */
final class Mounts {

  /** Folders of programs, everything that holds one, and start scripts at the root. */
  private static final Pattern PROGRAMS =
      Pattern.compile(
          "/|/usr|/usr/local|(/usr(/local)?)?/(s?bin|lib(32|64|exec)?)(/.*)?|/[^/]*entrypoint[^/]*(?<!\\.d)");

  private static final Pattern CONFIGURATION = Pattern.compile("(/usr/local)?/etc(/.*)?");

  /**
   * What hosts hand to any container, and folders that are there to be filled ({@code conf.d}):
   * what lies in them adds to the configuration of the image.
   */
  private static final Pattern MEANT =
      Pattern.compile(
          "/etc/(localtime|timezone|hosts|hostname|resolv\\.conf|passwd|group)"
              + "|/etc/(ssl|pki|letsencrypt|ca-certificates)(/.*)?"
              + "|.*/([^/]+\\.d|sites-enabled|templates|certs|ssl)(/.*)?");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}|\\$\\w+");

  private Mounts() {}

  /** Why the programs or the configuration may not be those of the image, or null. */
  static @Nullable String overImage(Service service) {
    for (String key : new String[] {"volumes", "configs"}) {
      for (Node item : service.items(key)) {
        String target = target(service, item, key);
        if (target != null && replaces(target)) {
          return "%s is mounted over what the image brings".formatted(target);
        }
      }
    }
    return null;
  }

  private static boolean replaces(String target) {
    return PROGRAMS.matcher(target).matches()
        || (CONFIGURATION.matcher(target).matches() && !MEANT.matcher(target).matches());
  }

  private static @Nullable String target(Service service, Node item, String key) {
    if (item instanceof Node.Mapping) {
      var hit = Merged.find(item, "target");
      return hit != null && hit.node() instanceof Node.Scalar scalar
          ? clean(service.project().interpolated(scalar).orElse(scalar.text()))
          : null;
    }
    if (!(item instanceof Node.Scalar scalar) || key.equals("configs")) {
      return null; // a config in the short form lies at the root, under its own name
    }
    String text = service.project().interpolated(scalar).orElse(scalar.text());
    String[] parts = VARIABLE.matcher(text).replaceAll("x").split(":", -1);
    return clean(parts.length == 1 ? parts[0] : parts[1]);
  }

  private static String clean(String path) {
    String clean = path.replaceAll("/+", "/");
    return clean.length() > 1 && clean.endsWith("/")
        ? clean.substring(0, clean.length() - 1)
        : clean;
  }
}
