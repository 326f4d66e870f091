package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.passes.Profiles.Meeting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of a {@code container_name} that more than one container would have. */
final class DuplicateName implements Pass {

  /** How many services of one name are compared. */
  private static final int MOST = 64;

  private static final String KEY = "container_name";

  private static final String ADVICE =
      "leave container_name out: services reach each other by their own names";

  @Override
  public String id() {
    return "duplicate-name";
  }

  @Override
  public boolean joins() {
    return true;
  }

  private record Named(Service service, Profiles profiles) {}

  @Override
  public Stream<Remark> inspect(Project project) {
    var taken = new HashMap<String, List<Named>>();
    var remarks = new ArrayList<Remark>();
    for (Service service : project.services()) {
      remarks.add(inspect(service, taken));
    }
    return remarks.stream();
  }

  private static Remark inspect(Service service, Map<String, List<Named>> taken) {
    Subject subject = Subject.of(service, KEY);
    String name = service.text(KEY).orElse("");
    if (name.isEmpty()) {
      return Remark.fine(subject, "it gives its containers no name, or one that is not known");
    }
    var named = new Named(service, Profiles.of(service));
    List<Named> others = taken.computeIfAbsent(name, n -> new ArrayList<>());
    Remark remark = clash(subject, name, named, others);
    if (others.size() < MOST) {
      others.add(named);
    }
    int containers = Replicas.of(service);
    if (remark == null && containers > 1) {
      return Remark.advice(
          subject,
          service.has("profiles") ? Severity.MEDIUM : Severity.HIGH,
          "%d containers of it cannot all be named %s: Docker Compose refuses the project"
              .formatted(containers, name),
          ADVICE);
    }
    return remark != null ? remark : Remark.fine(subject, "no other container has its name");
  }

  private static @Nullable Remark clash(
      Subject subject, String name, Named named, List<Named> others) {
    Remark later = null;
    for (Named other : others) {
      Meeting meeting = named.profiles.with(other.profiles);
      String message =
          "the container of service %s is named %s as well: Docker Compose refuses the project"
              .formatted(other.service.name(), name);
      if (meeting instanceof Meeting.Always) {
        return Remark.advice(subject, Severity.HIGH, message, ADVICE);
      }
      if (meeting instanceof Meeting.InProfile in && later == null) {
        later =
            Remark.advice(
                subject, Severity.MEDIUM, message + " with profile " + in.profile(), ADVICE);
      }
    }
    return later;
  }
}
