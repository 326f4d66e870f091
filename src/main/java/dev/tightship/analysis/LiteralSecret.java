package dev.tightship.analysis;

import dev.tightship.edit.Place;
import dev.tightship.secret.Literal.Kind;
import dev.tightship.secret.SecretValue;
import dev.tightship.text.Span;
import org.jspecify.annotations.Nullable;

/**
 * A secret that is written out in a project, as one service gets it.
 *
 * @param service name of the service
 * @param setting what brings it to the service
 * @param where it is written
 * @param kind how it is known to be a secret
 * @param name what it goes by: the variable, the option, the key
 * @param value as the container sees it
 * @param weak whether it is a default word, a placeholder, or too short
 * @param variable of whose default it is part; null where it is part of none
 */
public record LiteralSecret(
    String service,
    Setting setting,
    Where where,
    Kind kind,
    String name,
    SecretValue value,
    boolean weak,
    @Nullable String variable) {

  /** Whether an instruction of its Dockerfile brings it. */
  public boolean isOfImage() {
    return setting == Setting.IMAGE;
  }

  /** What brings a secret to a service. */
  public enum Setting {
    ENVIRONMENT,
    ENV_FILE,
    COMMAND,
    ENTRYPOINT,
    HEALTHCHECK,
    HOOK,
    LABEL,
    LOGGING,
    BUILD_ARGUMENT,
    CONFIG,
    /** An instruction of its Dockerfile. */
    IMAGE
  }

  /** Where a secret is written. */
  public sealed interface Where {

    /** Path from the project's root. */
    String file();

    /** From 1. */
    int line();
  }

  /**
   * In a Compose file.
   *
   * @param place of the scalar in which the text really stands, which may be an anchor elsewhere
   * @param text of that scalar, its variables not filled in
   * @param span of the secret in that text
   * @param line of the scalar
   */
  public record InCompose(Place place, String text, Span span, int line) implements Where {
    @Override
    public String file() {
      return place.file();
    }

    /** Without the place: an item of a list is named by its text, which holds the secret. */
    @Override
    public String toString() {
      return "%s:%d".formatted(place.file(), line);
    }
  }

  /**
   * In a file of variables.
   *
   * @param span of the secret in the file, quotes around it left out
   */
  public record InEnvFile(String file, Span span, int line) implements Where {}

  /**
   * In a Dockerfile.
   *
   * @param keyword of the instruction
   * @param stage index from 0; -1 above the first stage
   * @param line of the instruction
   * @param variable that it assigns or declares; null where it is a command
   * @param span of the secret in the value of that, quotes around it left out
   */
  public record InDockerfile(
      String file, String keyword, int stage, int line, @Nullable String variable, Span span)
      implements Where {}
}
