package dev.tightship.compose;

import dev.tightship.yaml.Node;
import org.jspecify.annotations.Nullable;

/**
 * Something that a service mounts, from its {@code volumes} or its {@code tmpfs}.
 *
 * @param source the host's path as the project writes it, the name of the volume, or null where
 *     there is none or a variable without a value decides it
 * @param target path in the container without a slash at its end; null where a variable without a
 *     value decides it
 * @param readOnly whether the service may only read it; false where that is not said
 * @param frame from where its paths are seen
 * @param item the item of the list that says so
 * @param list the list in which it stands; null where a file writes one text in the place of a list
 */
public record Mount(
    Kind kind,
    @Nullable String source,
    @Nullable String target,
    boolean readOnly,
    Frame frame,
    Node item,
    Service.@Nullable PlacedList list) {

  /** What is mounted. */
  public enum Kind {
    /** A file or folder of the host. */
    BIND,
    /** A volume with a name. */
    VOLUME,
    /** A volume without a name, new for each container. */
    ANONYMOUS,
    /** Memory. */
    TMPFS,
    /** What this program does not know, or what a variable without a value decides. */
    OTHER
  }

  /**
   * The path from the project's root of what is bound; null where it is no bind mount or lies
   * outside of the project.
   */
  public @Nullable String inProject() {
    return kind == Kind.BIND && source != null ? frame.path(source) : null;
  }

  /** Whether the mount lies at this path or above it, so that it hides what the image has there. */
  public boolean covers(String path) {
    return target != null
        && (target.equals(path) || target.equals("/") || path.startsWith(target + "/"));
  }
}
