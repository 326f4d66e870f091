package dev.tightship.compose;

import dev.tightship.edit.Value;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a place where two Compose files say something (compose-go v2.16.1 and v2.9.1,
 * override/merge.go). A path is that from the root: {@code services}, a name, keys.
 */
enum MergeRule {
  /** The later one counts, as a whole. */
  REPLACED,
  /** A mapping that is merged only when both name the same driver, or one of them none. */
  LOGGING,
  /** A mapping, or a text that stands for its {@code context}. */
  BUILD,
  /** A mapping, or a list of {@code KEY=value}; the later one counts for each key. */
  KEYED,
  /** A mapping, or a list of names. */
  NAMED,
  /** A list, or a text that stands for its only item. */
  LISTED,
  /** Mappings are merged, lists are joined, and for all else the later one counts. */
  PLAIN;

  private static final Map<String, MergeRule> RULES = new HashMap<>();

  static {
    REPLACED.services("command", "entrypoint", "healthcheck.test");
    LOGGING.services("logging");
    BUILD.services("build");
    KEYED.services("annotations", "environment", "labels", "sysctls", "deploy.labels");
    KEYED.services("build.additional_contexts", "build.args", "build.labels");
    for (String section : List.of("configs", "networks", "secrets", "volumes")) {
      RULES.put(section + ".*.labels", KEYED);
    }
    NAMED.services("depends_on", "models", "networks");
    LISTED.services("dns", "dns_opt", "dns_search", "env_file", "extra_hosts", "label_file");
    LISTED.services("tmpfs", "build.extra_hosts");
  }

  /** Lists in which the order means nothing. */
  private static final Set<String> UNORDERED =
      ofServices(
          "cap_add",
          "cap_drop",
          "devices",
          "expose",
          "group_add",
          "ports",
          "security_opt",
          "tmpfs",
          "volumes");

  /** Lists of which Compose keeps the last item for each text before an equals sign. */
  private static final Set<String> UNIQUE =
      ofServices(
          "cap_add", "cap_drop", "dns", "dns_opt", "dns_search", "links", "profiles", "tmpfs");

  private static final String MOUNTS = "services.*.volumes";

  static MergeRule of(List<String> path) {
    return RULES.getOrDefault(pattern(path), PLAIN);
  }

  /** Whether the order of a list means something. */
  static boolean isOrdered(List<String> path) {
    return !UNORDERED.contains(pattern(path));
  }

  /** What two items of a list have in common of which only the later one counts. */
  static Object index(Value item, List<String> path) {
    String pattern = pattern(path);
    if (pattern.equals(MOUNTS)) {
      return Spelling.target(item);
    }
    return UNIQUE.contains(pattern) ? Spelling.text(item).split("=", 2)[0] : item;
  }

  private static String pattern(List<String> path) {
    return path.size() < 3
        ? ""
        : path.get(0) + ".*." + String.join(".", path.subList(2, path.size()));
  }

  private static Set<String> ofServices(String... keys) {
    var patterns = new LinkedHashSet<String>();
    for (String key : keys) {
      patterns.add("services.*." + key);
    }
    return patterns;
  }

  private void services(String... keys) {
    ofServices(keys).forEach(pattern -> RULES.put(pattern, this));
  }
}
