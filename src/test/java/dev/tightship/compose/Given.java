package dev.tightship.compose;

import dev.tightship.knowledge.Images;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The files of a project in memory.
 *
 * @param texts by path from the root
 * @param compose paths of the Compose files, in their order
 * @param profiles those that are enabled
 */
public record Given(Map<String, String> texts, List<String> compose, List<String> profiles) {

  /** Lists what a repository tracks. */
  static final String INDEX = ".git/index";

  private static final Images IMAGES = Images.onClassPath();

  private static final List<String> MAIN =
      List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");
  private static final List<String> OVERRIDE =
      List.of(
          "compose.override.yaml",
          "compose.override.yml",
          "docker-compose.override.yaml",
          "docker-compose.override.yml");

  /** With no profile enabled. */
  public Given(Map<String, String> texts, List<String> compose) {
    this(texts, compose, List.of());
  }

  /** One Compose file. */
  public static Given compose(String text) {
    return new Given(Map.of("compose.yaml", text), List.of("compose.yaml"));
  }

  /** The files of a folder, of which Compose would take the usual ones. */
  public static Given of(Map<String, String> texts) {
    var compose = new java.util.ArrayList<String>();
    MAIN.stream().filter(texts::containsKey).findFirst().ifPresent(compose::add);
    OVERRIDE.stream().filter(texts::containsKey).findFirst().ifPresent(compose::add);
    return new Given(texts, compose);
  }

  /** With another file beside it: a Dockerfile, an {@code .env}. */
  public Given and(String path, String text) {
    return new Given(plus(Map.of(path, text)), compose, profiles);
  }

  /** In a repository that tracks these files. */
  public Given inGit(String... tracked) {
    return and(INDEX, String.join("\n", tracked) + "\n");
  }

  /** With a second Compose file that is merged over the first. */
  public Given override(String text) {
    return new Given(
        plus(Map.of("compose.override.yaml", text)),
        List.of("compose.yaml", "compose.override.yaml"),
        profiles);
  }

  /** With other texts in some files. */
  public Given with(Map<String, String> changed) {
    return new Given(plus(changed), compose, profiles);
  }

  public Given each(UnaryOperator<String> change) {
    var all = new LinkedHashMap<String, String>();
    texts.forEach((path, text) -> all.put(path, change.apply(text)));
    return new Given(all, compose, profiles);
  }

  public String text(String path) {
    return java.util.Objects.requireNonNull(texts.get(path), path);
  }

  /** With these profiles enabled. */
  public Given enabling(String... names) {
    return new Given(texts, compose, List.of(names));
  }

  public Project load() {
    return load(Project.Request.of(compose).enabling(profiles));
  }

  /** As a project that nobody vouches for. */
  public Project loadUntrusted() {
    return load(Project.Request.of(compose).distrusted());
  }

  /** With Compose files beside it that are not loaded. */
  public Project loadBeside(String... siblings) {
    return load(Project.Request.of(compose).beside(List.of(siblings)));
  }

  private Project load(Project.Request request) {
    try {
      return Project.load(new InMemory(texts), IMAGES, request);
    } catch (ComposeException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private Map<String, String> plus(Map<String, String> more) {
    var all = new LinkedHashMap<>(texts);
    all.putAll(more);
    return all;
  }
}
