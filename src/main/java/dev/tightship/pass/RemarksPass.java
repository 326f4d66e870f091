package dev.tightship.pass;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import java.util.List;
import java.util.stream.Stream;

/** A pass that looks at one service at a time, and may have several things to say of it. */
public interface RemarksPass extends Pass {

  /** What there is to say of a service, one remark or more. */
  List<Remark> remarks(Service service);

  @Override
  default Stream<Remark> inspect(Project project) {
    return project.services().stream().flatMap(service -> remarks(service).stream());
  }
}
