package dev.tightship.engine;

import java.util.Set;

/**
 * What a run shall do.
 *
 * @param only ids of the passes to run; empty for all
 * @param skip ids of passes to leave out
 * @param services names of the services to touch; empty for all, and for what is no service
 * @param untrusted whether what the project says to Tightship itself (suppressions) is ignored
 * @param overlay whether the result is an {@link Overlay}, so that a fix is held which none can say
 */
public record Options(
    Level level,
    Set<String> only,
    Set<String> skip,
    Set<String> services,
    boolean untrusted,
    boolean overlay) {

  /** All passes on all services. */
  public static Options at(Level level) {
    return new Options(level, Set.of(), Set.of(), Set.of(), false, false);
  }

  /** The same for a result that is an overlay. */
  public Options forOverlay() {
    return new Options(level, only, skip, services, untrusted, true);
  }

  boolean runs(String pass) {
    return (only.isEmpty() || only.contains(pass)) && !skip.contains(pass);
  }
}
