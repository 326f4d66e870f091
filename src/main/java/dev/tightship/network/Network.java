package dev.tightship.network;

/**
 * A network of a project.
 *
 * @param key as services name it
 * @param name as the engine knows it; empty where it is made of the name of the project
 * @param external whether somebody else made it, so that others may be there
 * @param internal whether it has no way out
 */
public record Network(String key, String name, boolean external, boolean internal) {

  /** The network of all services that name none. */
  public static final String DEFAULT = "default";
}
