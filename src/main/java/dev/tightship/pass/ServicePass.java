package dev.tightship.pass;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import java.util.stream.Stream;

/** A pass that looks at one service at a time. */
public interface ServicePass extends Pass {

  /** What there is to say of a service. */
  Remark inspect(Service service);

  @Override
  default Stream<Remark> inspect(Project project) {
    return project.services().stream().map(this::inspect);
  }
}
