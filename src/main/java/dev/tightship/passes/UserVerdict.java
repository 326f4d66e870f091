package dev.tightship.passes;

import dev.tightship.compose.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether a service that is built here could start as another user than root. */
sealed interface UserVerdict {

  /**
   * It is well as it is.
   *
   * @param because half a sentence
   * @param aside whether another user in the image would make no difference to the service
   */
  record Fine(String because, boolean aside) implements UserVerdict {
    static Fine of(String because) {
      return new Fine(because, false);
    }
  }

  /**
   * It starts as root, and no other user can be named for sure.
   *
   * @param because half a sentence
   */
  record Against(Service service, String because) implements UserVerdict {}

  /**
   * It is not even known whether it starts as root.
   *
   * @param because half a sentence
   */
  record Unclear(String because) implements UserVerdict {}

  /**
   * It may start as another user.
   *
   * @param folders that are given to the user
   * @param open why a person has to look
   * @param looked why nothing of it needs root
   */
  record Change(
      Service service, ImageUser user, SortedSet<String> folders, List<String> open, String looked)
      implements UserVerdict {

    /** What holds for both services, or for both ways to start one. */
    Change and(Change other) {
      var all = new TreeSet<>(folders);
      all.addAll(other.folders);
      var reasons = new ArrayList<>(open);
      other.open.stream().filter(o -> !reasons.contains(o)).forEach(reasons::add);
      boolean more = !other.looked.isEmpty() && !other.looked.equals(looked);
      String both =
          more ? looked + "; of service " + other.service.name() + ", " + other.looked : looked;
      return new Change(service, user, all, reasons, both);
    }
  }

  /** What holds for all services that start one stage; there is one at least. */
  static UserVerdict together(List<UserVerdict> verdicts) {
    Against against = null;
    Unclear unclear = null;
    Change change = null;
    Fine fine = null;
    for (UserVerdict verdict : verdicts) {
      if (verdict instanceof Against one) {
        against = against == null ? one : against;
      } else if (verdict instanceof Unclear one) {
        unclear = unclear == null ? one : unclear;
      } else if (verdict instanceof Fine one) {
        fine = fine == null || fine.aside() ? one : fine;
      } else if (verdict instanceof Change one) {
        if (change != null && !change.user().equals(one.user())) {
          against =
              new Against(
                  one.service(),
                  "services %s and %s would start as different users"
                      .formatted(change.service().name(), one.service().name()));
        } else {
          change = change == null ? one : change.and(one);
        }
      }
    }
    if (against != null) {
      return against;
    }
    if (unclear != null) {
      return unclear;
    }
    if (change == null) {
      return fine == null ? Fine.of("no service starts it") : fine;
    }
    return fine == null || fine.aside()
        ? change
        : new Against(
            change.service(),
            "not all services that start it agree: of one, %s".formatted(fine.because()));
  }
}
