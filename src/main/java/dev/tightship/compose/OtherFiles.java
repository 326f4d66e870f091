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
 * @param variables files of variables, new or not, with their new texts, which are shown nowhere
 */
public record OtherFiles(
    Map<String, String> changed,
    Map<String, String> created,
    Map<String, String> kept,
    Map<String, String> variables) {

  static final OtherFiles NONE = new OtherFiles(Map.of(), Map.of(), Map.of(), Map.of());

  /** The text of one that may be shown, or null. */
  @Nullable String text(String path) {
    String text = changed.get(path);
    return text == null ? created.get(path) : text;
  }

  /** The same with texts of files that may be shown: of new ones, but where {@code exists}. */
  OtherFiles with(Map<String, String> texts, Predicate<String> exists) {
    var nowChanged = new LinkedHashMap<>(changed);
    var nowCreated = new LinkedHashMap<>(created);
    texts.forEach((path, text) -> (exists.test(path) ? nowChanged : nowCreated).put(path, text));
    return new OtherFiles(nowChanged, nowCreated, kept, variables);
  }

  /** The same with files that are shown nowhere. */
  OtherFiles with(Hidden hidden) {
    var nowKept = new LinkedHashMap<>(kept);
    nowKept.putAll(hidden.kept);
    var nowVariables = new LinkedHashMap<>(variables);
    nowVariables.putAll(hidden.variables);
    return new OtherFiles(changed, created, nowKept, nowVariables);
  }

  /** The paths alone: texts hold secrets. */
  @Override
  public String toString() {
    return "OtherFiles[changed=%s, created=%s, kept=%s, variables=%s]"
        .formatted(changed.keySet(), created.keySet(), kept.keySet(), variables.keySet());
  }

  /**
   * Files that are shown nowhere.
   *
   * @param kept by path, new files with the secret that each holds
   * @param variables by path, files of variables with their whole texts
   */
  public record Hidden(Map<String, String> kept, Map<String, String> variables) {

    static final Hidden NONE = new Hidden(Map.of(), Map.of());

    @Override
    public String toString() {
      return "Hidden[kept=%s, variables=%s]".formatted(kept.keySet(), variables.keySet());
    }
  }
}
