package dev.tightship.network;

/**
 * What shows that one service speaks to another. It never holds a value of the project, which may
 * be a secret, but the name of the setting and the name of the host.
 *
 * @param weak whether it may mean something else than a host
 * @param says what names what: {@code DB_HOST names db}
 */
public record Evidence(Kind kind, boolean weak, String says, Where where) {

  /** Where it was found. */
  public enum Kind {
    /** It waits for the other to start, mostly in order to speak to it. */
    DEPENDS_ON,
    LINK,
    /** It sees the other's volumes, which takes no network. */
    VOLUMES_FROM,
    ENVIRONMENT,
    ENV_FILE,
    COMMAND,
    HEALTHCHECK,
    HOOK,
    /** A label tells a reverse proxy. */
    LABEL,
    EXTRA_HOST,
    /** The Dockerfile that it is built from. */
    DOCKERFILE,
    /** The content of a config that stands in the Compose file. */
    CONFIG,
    /** A file that is mounted. */
    MOUNTED,
    /** A file of its build context. */
    SOURCE
  }
}
