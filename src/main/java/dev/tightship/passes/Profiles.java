package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.yaml.Node;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a service starts.
 *
 * @param names the profiles of which one has to be on; empty for a service that always starts
 * @param known whether that is all of them
 */
record Profiles(Set<String> names, boolean known) {

  private static final String ALL = "*";

  /** Those that are enabled are on, by whatever the user or the project says so. */
  static Profiles of(Service service) {
    if (service.find("profiles") instanceof Answer.Unknown) {
      return new Profiles(Set.of(), false);
    }
    var names = new LinkedHashSet<String>();
    boolean known = true;
    for (Node item : service.items("profiles")) {
      String name =
          item instanceof Node.Scalar scalar ? service.interpolated(scalar).orElse(null) : null;
      if (name == null) {
        known = false;
      } else {
        names.add(name);
      }
    }
    List<String> on = service.project().profiles();
    return on.contains(ALL) || names.stream().anyMatch(on::contains)
        ? new Profiles(Set.of(), known)
        : new Profiles(names, known);
  }

  /** Whether it starts when no profile is named. */
  boolean always() {
    return known && names.isEmpty();
  }

  /** A profile that is on whenever both start, or null. */
  private @Nullable String shared(Profiles other) {
    return names.stream().filter(other.names::contains).findFirst().orElse(null);
  }

  /** Whether the two start together: always, with a profile, or only where somebody wants it so. */
  Meeting with(Profiles other) {
    if (always() && other.always()) {
      return new Meeting.Always();
    }
    if (!known || !other.known) {
      return new Meeting.Never();
    }
    String shared =
        names.isEmpty()
            ? other.names.iterator().next()
            : other.names.isEmpty() ? names.iterator().next() : shared(other);
    return shared == null ? new Meeting.Never() : new Meeting.InProfile(shared);
  }

  /** When two services run side by side. */
  sealed interface Meeting {

    /** Whenever the project starts. */
    record Always() implements Meeting {}

    /** As soon as this profile is on. */
    record InProfile(String profile) implements Meeting {}

    /** Each in profiles of its own, as alternatives are, or it is not known. */
    record Never() implements Meeting {}
  }
}
