package dev.tightship.compose;

import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a service mounts, and where that hides the files of its image. */
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

  private static final Pattern NO_CONFIGURATION =
      Pattern.compile(
          "/etc/(localtime|timezone|hosts|hostname|resolv\\.conf|passwd|group)"
              + "|/etc/(ssl|pki|letsencrypt|ca-certificates)(/.*)?"
              + "|.*/(certs|ssl)(/.*)?");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}|\\$\\w+");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");

  /** Stands for a variable without a value; no path holds it. */
  private static final String UNKNOWN = "\u0000";

  private Mounts() {}

  /**
   * All mounts, those of later files in the place of earlier ones with the same target, as Compose
   * merges them.
   */
  static List<Mount> of(Service service) {
    var mounts = new LinkedHashMap<String, Mount>();
    for (String key : new String[] {"volumes", "tmpfs"}) {
      for (Service.PlacedList list : service.lists(key)) {
        for (Node item : list.list().items()) {
          add(mounts, of(list.frame(), key, Merged.resolve(item), list));
        }
      }
      for (Layers.Found found : service.all(key)) {
        if (!(found.node() instanceof Node.Sequence)) {
          add(mounts, of(found.layer().frame(), key, found.node(), null));
        }
      }
    }
    return List.copyOf(mounts.values());
  }

  private static void add(Map<String, Mount> mounts, @Nullable Mount mount) {
    if (mount != null) {
      String target = mount.target();
      mounts.put(target == null ? UNKNOWN + mounts.size() : target, mount);
    }
  }

  private static @Nullable Mount of(
      Frame frame, String key, Node item, Service.@Nullable PlacedList list) {
    if (item instanceof Node.Mapping) {
      return longForm(frame, item, list);
    }
    if (!(item instanceof Node.Scalar scalar) || scalar.isNull()) {
      return null;
    }
    String text =
        frame
            .interpolated(scalar)
            .orElseGet(() -> VARIABLE.matcher(scalar.text()).replaceAll(UNKNOWN));
    return key.equals("tmpfs")
        ? new Mount(Mount.Kind.TMPFS, null, path(text.split(":", 2)[0]), false, frame, item, list)
        : shortForm(text, frame, item, list);
  }

  private static Mount shortForm(
      String text, Frame frame, Node item, Service.@Nullable PlacedList list) {
    int from = DRIVE.matcher(text).matches() ? 2 : 0;
    int colon = text.indexOf(':', from);
    if (colon < 0) {
      return new Mount(Mount.Kind.ANONYMOUS, null, path(text), false, frame, item, list);
    }
    String source = text.substring(0, colon);
    String[] rest = text.substring(colon + 1).split(":", -1);
    boolean readOnly = rest.length > 1 && List.of(rest[1].split(",", -1)).contains("ro");
    return new Mount(kind(source), known(source), path(rest[0]), readOnly, frame, item, list);
  }

  /** As Compose tells a path from a name (compose-go, format.ParseVolume). */
  private static Mount.Kind kind(String source) {
    if (source.startsWith(UNKNOWN)) {
      return source.startsWith("/", 1) ? Mount.Kind.BIND : Mount.Kind.OTHER;
    }
    return source.startsWith(".")
            || source.startsWith("/")
            || source.startsWith("~")
            || source.startsWith("\\\\")
            || DRIVE.matcher(source).matches()
        ? Mount.Kind.BIND
        : Mount.Kind.VOLUME;
  }

  private static Mount longForm(Frame frame, Node item, Service.@Nullable PlacedList list) {
    String type = text(frame, item, "type");
    String source = text(frame, item, "source");
    Mount.Kind kind =
        switch (type == null ? "" : type) {
          case "bind" -> Mount.Kind.BIND;
          case "volume" -> source == null ? Mount.Kind.ANONYMOUS : Mount.Kind.VOLUME;
          case "tmpfs" -> Mount.Kind.TMPFS;
          default -> Mount.Kind.OTHER;
        };
    String readOnly = text(frame, item, "read_only");
    String target = text(frame, item, "target");
    return new Mount(
        kind,
        source == null ? null : known(source),
        target == null ? null : path(target),
        readOnly != null && readOnly.toLowerCase(Locale.ROOT).matches("true|yes|on|y"),
        frame,
        item,
        list);
  }

  private static @Nullable String text(Frame frame, Node item, String key) {
    var hit = Merged.find(item, key);
    return hit != null && hit.node() instanceof Node.Scalar scalar && !scalar.isNull()
        ? frame
            .interpolated(scalar)
            .orElseGet(() -> VARIABLE.matcher(scalar.text()).replaceAll(UNKNOWN))
        : null;
  }

  private static @Nullable String known(String text) {
    return text.contains(UNKNOWN) ? null : text;
  }

  private static @Nullable String path(String text) {
    return text.contains(UNKNOWN) ? null : clean(text);
  }

  /**
   * Whether what lies at a path is read as configuration; keys, certificates and the like are not.
   *
   * @param path null where it is not known
   */
  static boolean isConfiguration(@Nullable String path, ImageProfile profile) {
    return path == null
        || ((CONFIGURATION.matcher(path).matches() || isConfigured(path, profile))
            && !NO_CONFIGURATION.matcher(path).matches());
  }

  /** Why the programs or the configuration may not be those of the image, or null. */
  static @Nullable String overImage(Service service, @Nullable ImageProfile profile) {
    for (Mount mount : service.mounts()) {
      String target = mount.target();
      if (target != null && replaces(target, profile)) {
        return "%s is mounted over what the image brings".formatted(target);
      }
    }
    for (Service.PlacedList list : service.lists("configs")) {
      for (Node listed : list.list().items()) {
        Node item = Merged.resolve(listed);
        // in the short form a config lies at the root, under its own name
        String target = item instanceof Node.Mapping ? text(list.frame(), item, "target") : null;
        if (target != null && replaces(clean(target), profile)) {
          return "%s is mounted over what the image brings".formatted(clean(target));
        }
      }
    }
    return null;
  }

  /** Whether something at a path takes the place of programs or configuration of the image. */
  static boolean replaces(String path, @Nullable ImageProfile profile) {
    return PROGRAMS.matcher(path).matches()
        || ((CONFIGURATION.matcher(path).matches() || isConfigured(path, profile))
            && !MEANT.matcher(path).matches()
            && !isExpected(path, profile));
  }

  /** Whether the image expects configuration of the project's own at a path. */
  static boolean isExpected(String path, @Nullable ImageProfile profile) {
    return lies(path, profile == null ? null : profile.value(FactKey.EXPECTS));
  }

  /** Whether a path is one of the places or lies in one. */
  static boolean lies(String path, @Nullable List<String> places) {
    return places != null
        && places.stream().anyMatch(place -> path.equals(place) || path.startsWith(place + "/"));
  }

  /** Whether a path is, lies in, or holds a place of the image's own for configuration. */
  private static boolean isConfigured(String path, @Nullable ImageProfile profile) {
    List<String> places = profile == null ? null : profile.value(FactKey.CONFIGURATION);
    return places != null
        && places.stream()
            .anyMatch(
                place ->
                    path.equals(place)
                        || path.startsWith(place + "/")
                        || place.startsWith(path + "/"));
  }

  private static String clean(String path) {
    String clean = path.replaceAll("/+", "/");
    return clean.length() > 1 && clean.endsWith("/")
        ? clean.substring(0, clean.length() - 1)
        : clean;
  }
}
