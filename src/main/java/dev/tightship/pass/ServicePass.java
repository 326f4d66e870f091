package dev.tightship.pass;

import dev.tightship.compose.Service;
import java.util.List;

/** A pass that looks at one service at a time, and has one thing to say of it. */
public interface ServicePass extends RemarksPass {

  /** What there is to say of a service. */
  Remark inspect(Service service);

  @Override
  default List<Remark> remarks(Service service) {
    return List.of(inspect(service));
  }
}
