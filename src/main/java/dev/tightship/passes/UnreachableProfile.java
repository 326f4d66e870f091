package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Service;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of a service that needs one which its own profiles do not turn on. */
final class UnreachableProfile implements Pass {

  @Override
  public String id() {
    return "unreachable-profile";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var profiles = new HashMap<String, Profiles>();
    project.services().forEach(service -> profiles.put(service.name(), Profiles.of(service)));
    boolean none = profiles.values().stream().allMatch(Profiles::always);
    return project.services().stream()
        .flatMap(service -> none ? Stream.of(fine(service)) : inspect(service, profiles).stream());
  }

  private static List<Remark> inspect(Service service, Map<String, Profiles> profiles) {
    var remarks = new ArrayList<Remark>();
    Profiles own = Profiles.of(service);
    for (Reference reference : service.references()) {
      Profiles other =
          reference.kind() == Reference.Kind.SERVICE && !reference.optional()
              ? profiles.get(reference.name())
              : null;
      Remark remark = other == null ? null : inspect(service, own, reference, other);
      if (remark != null) {
        remarks.add(remark);
      }
    }
    if (remarks.isEmpty()) {
      remarks.add(fine(service));
    }
    return remarks;
  }

  private static Remark fine(Service service) {
    return Remark.fine(
        Subject.of(service, "profiles"), "whatever turns it on turns on what it needs");
  }

  private static @Nullable Remark inspect(
      Service service, Profiles own, Reference reference, Profiles other) {
    if (!own.known() || !other.known() || other.always()) {
      return null;
    }
    List<String> alone =
        own.names().stream().filter(name -> !other.names().contains(name)).toList();
    if (!own.always() && alone.isEmpty()) {
      return null;
    }
    String name = reference.name();
    return Remark.advice(
        new Subject.OfService(service.name(), reference.place()),
        own.always() ? Severity.HIGH : Severity.MEDIUM,
        "it needs service %s, which only %s turns on: %s"
            .formatted(
                name,
                named(other.names()),
                own.always()
                    ? "without it Docker Compose refuses the project"
                    : "with %s alone Docker Compose refuses the project".formatted(named(alone))),
        own.always()
            ? "take the profiles from %s, give them to this service as well, or say required: false"
                .formatted(name)
            : "give %s the same profiles, or say required: false below depends_on".formatted(name));
  }

  private static String named(Collection<String> profiles) {
    return "profile " + String.join(" or ", profiles);
  }
}
