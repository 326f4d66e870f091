package dev.tightship.dockerfile;

import java.util.List;
import java.util.Set;

/** Where the USER of a stage belongs, by the keywords that follow its FROM alone. */
final class UserPlace {

  /** These run, or make files, as the user that is set; what stood before them must stay so. */
  private static final Set<String> RUN_AS_USER = Set.of("RUN", "WORKDIR");

  /** A new USER comes after the last of these. */
  private static final Set<String> BEFORE =
      Set.of("RUN", "COPY", "ADD", "WORKDIR", "ONBUILD", "SHELL", "VOLUME", "USER");

  private static final Set<String> STARTS = Set.of("CMD", "ENTRYPOINT");

  /** The settings that stand at the end of a stage as one block with its CMD. */
  private static final Set<String> CLOSING =
      Set.of("CMD", "ENTRYPOINT", "HEALTHCHECK", "EXPOSE", "STOPSIGNAL");

  private UserPlace() {}

  /**
   * Whether the last USER can simply name another user. Not so when something is run after it: a
   * build step that needs the present user would break, so a further USER is wanted.
   */
  static boolean canChange(List<String> keywords) {
    int user = keywords.lastIndexOf("USER");
    return user >= 0
        && keywords.subList(user, keywords.size()).stream().noneMatch(RUN_AS_USER::contains);
  }

  /** The index before which a new USER stands; the count of keywords for the end of the stage. */
  static int toInsert(List<String> keywords) {
    int first = keywords.size();
    boolean starts = false;
    for (int i = keywords.size() - 1; i >= 0 && !BEFORE.contains(keywords.get(i)); i--) {
      starts |= STARTS.contains(keywords.get(i));
      first = CLOSING.contains(keywords.get(i)) ? i : first;
    }
    return starts ? first : keywords.size();
  }
}
