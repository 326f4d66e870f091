package dev.tightship.analysis;

import dev.tightship.analysis.Json.Invalid;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a lock file is one for its {@code package.json}, so that what installs nothing but what
 * the lock file names will not fail. In doubt it is not.
 */
public final class LockFile {

  private static final List<String> KINDS =
      List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");

  /** Keys of a package.json that change what a lock file holds, and are not all told in it. */
  private static final List<String> MORE =
      List.of(
          "workspaces",
          "overrides",
          "resolutions",
          "packageExtensions",
          "patchedDependencies",
          "bundleDependencies",
          "bundledDependencies");

  private static final String BEHIND =
      "%s does not fit package.json (%s): install once outside of the build, and put it under"
          + " version control";

  private LockFile() {}

  /** The version of yarn or pnpm that a package.json names, as {@code yarn@1.22.22}, or null. */
  public static @Nullable String manager(String manifest) {
    try {
      return object(Json.read(manifest)).get("packageManager") instanceof String text ? text : null;
    } catch (Invalid e) {
      return null;
    }
  }

  /**
   * Why {@code npm ci} may refuse a lock file, or null. It wants each package that some other needs
   * to be there, and the wishes of package.json to be those for which the file was written (npm 7
   * and later, lockfileVersion 2 and 3).
   *
   * @param name of the lock file
   */
  public static @Nullable String npm(String name, String manifest, String lock) {
    Map<String, Object> root;
    Map<String, Object> packages;
    try {
      root = object(Json.read(manifest));
      Map<String, Object> file = object(Json.read(lock));
      boolean modern =
          file.get("lockfileVersion") instanceof Json.Literal version
              && (version.written().equals("2") || version.written().equals("3"));
      if (!modern) {
        return name + " is of an old kind: npm install of npm 7 or later writes a new one";
      }
      packages = object(file.get("packages"));
    } catch (Invalid e) {
      return "package.json and %s cannot be read".formatted(name);
    }
    String special = special(root);
    if (special != null) {
      return special;
    }
    Map<String, Object> locked = object(packages.get(""));
    for (String kind : KINDS) {
      String differs = difference(object(root.get(kind)), object(locked.get(kind)));
      if (differs != null) {
        return BEHIND.formatted(name, differs);
      }
    }
    for (Map.Entry<String, Object> e : packages.entrySet()) {
      Map<String, Object> entry = object(e.getValue());
      if (entry.containsKey("link") || !(e.getKey().isEmpty() || e.getKey().contains(MODULES))) {
        return "%s names folders of the project, which have to be there".formatted(name);
      }
      String missing = missing(packages, e.getKey(), entry);
      if (missing != null) {
        return BEHIND.formatted(name, missing);
      }
    }
    return null;
  }

  private static final String MODULES = "node_modules/";

  private static @Nullable String special(Map<String, Object> manifest) {
    for (String key : MORE) {
      if (manifest.containsKey(key)) {
        return "package.json has %s, so that it can't be told whether the lock file fits it"
            .formatted(key);
      }
    }
    return null;
  }

  private static @Nullable String difference(Map<String, Object> wanted, Map<String, Object> has) {
    for (Map.Entry<String, Object> e : wanted.entrySet()) {
      if (!e.getValue().equals(has.get(e.getKey()))) {
        return e.getKey();
      }
    }
    for (String name : has.keySet()) {
      if (!wanted.containsKey(name)) {
        return name;
      }
    }
    return null;
  }

  /** A package that an entry needs and that is nowhere where Node would look for it, or null. */
  private static @Nullable String missing(
      Map<String, Object> packages, String path, Map<String, Object> entry) {
    Set<String> needed = new HashSet<>();
    needed.addAll(object(entry.get("dependencies")).keySet());
    needed.addAll(object(entry.get("optionalDependencies")).keySet());
    Map<String, Object> peers = object(entry.get("peerDependenciesMeta"));
    for (String peer : object(entry.get("peerDependencies")).keySet()) {
      boolean optional =
          object(peers.get(peer)).get("optional") instanceof Json.Literal is
              && is.written().equals("true");
      if (!optional) {
        needed.add(peer);
      }
    }
    if (path.isEmpty()) {
      needed.addAll(object(entry.get("devDependencies")).keySet());
    }
    return needed.stream()
        .sorted()
        .filter(name -> !isFound(packages, path, name))
        .findFirst()
        .orElse(null);
  }

  private static boolean isFound(Map<String, Object> packages, String path, String name) {
    String at = path;
    while (!at.isEmpty()) {
      if (packages.containsKey(at + "/" + MODULES + name)) {
        return true;
      }
      int up = at.lastIndexOf("/" + MODULES);
      at = up < 0 ? "" : at.substring(0, up);
    }
    return packages.containsKey(MODULES + name);
  }

  /** Whether a text is a lock file of yarn 1. */
  public static boolean isYarnClassic(String lock) {
    return lock.contains("# yarn lockfile v1") && !lock.contains("__metadata:");
  }

  /**
   * Why yarn 1 may refuse its lock file with {@code --frozen-lockfile}, or null: it wants an entry
   * for each wish of package.json.
   */
  public static @Nullable String yarnClassic(String manifest, String lock) {
    Map<String, Object> root;
    try {
      root = object(Json.read(manifest));
    } catch (Invalid e) {
      return "package.json cannot be read";
    }
    String special = special(root);
    if (special != null) {
      return special;
    }
    Set<String> patterns = patterns(lock);
    Map<String, Object> wanted = new LinkedHashMap<>();
    for (String kind : KINDS.subList(0, 3)) {
      wanted.putAll(object(root.get(kind)));
    }
    for (Map.Entry<String, Object> e : wanted.entrySet()) {
      if (!(e.getValue() instanceof String range) || !patterns.contains(e.getKey() + "@" + range)) {
        return BEHIND.formatted("yarn.lock", e.getKey());
      }
    }
    return null;
  }

  /** What the entries of a lock file of yarn 1 are for: {@code "a@^1", "a@^1.2":}. */
  private static Set<String> patterns(String lock) {
    var patterns = new HashSet<String>();
    for (String line : lock.split("\r?\n", -1)) {
      boolean entry = line.endsWith(":") && !line.startsWith(" ") && !line.startsWith("#");
      if (entry) {
        for (String pattern : line.substring(0, line.length() - 1).split(", ", -1)) {
          patterns.add(pattern.replaceAll("^\"|\"$", ""));
        }
      }
    }
    return patterns;
  }

  @SuppressWarnings("unchecked") // a Map of Json has no other keys
  private static Map<String, Object> object(@Nullable Object value) {
    return value instanceof Map ? (Map<String, Object>) value : Map.of();
  }
}
