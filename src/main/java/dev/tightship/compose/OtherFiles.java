package dev.tightship.compose;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What fixes did to files that are neither Compose files nor Dockerfiles.
 *
 * @param changed files of the project, by path, with their new texts
 * @param created new files with their texts
 * @param kept new files with the secret that each holds, which is shown nowhere
 */
public record OtherFiles(
    Map<String, String> changed, Map<String, String> created, Map<String, String> kept) {

  static final OtherFiles NONE = new OtherFiles(Map.of(), Map.of(), Map.of());

  /** The text of one that may be shown, or null. */
  @Nullable String text(String path) {
    String text = changed.get(path);
    return text == null ? created.get(path) : text;
  }

  /** The same with other texts: of new files, but where {@code exists} says so. */
  OtherFiles with(
      Map<String, String> texts, Predicate<String> exists, Map<String, String> secrets) {
    var nowChanged = new LinkedHashMap<>(changed);
    var nowCreated = new LinkedHashMap<>(created);
    texts.forEach((path, text) -> (exists.test(path) ? nowChanged : nowCreated).put(path, text));
    var nowKept = new LinkedHashMap<>(kept);
    nowKept.putAll(secrets);
    return new OtherFiles(nowChanged, nowCreated, nowKept);
  }

  @Override
  public String toString() {
    return "OtherFiles[changed=%s, created=%s, kept=%s]"
        .formatted(changed.keySet(), created.keySet(), kept.keySet());
  }
}
