package dev.tightship.passes;

import dev.tightship.compose.Build;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import org.jspecify.annotations.Nullable;

/** What is known of the image that a service's own image is built on. */
final class BaseProfile {

  private BaseProfile() {}

  /** Null for a service that is pulled, and where the base cannot be told. */
  static @Nullable ImageProfile of(Service service) {
    Build build = service.build().orElse(null);
    String path = build == null ? null : build.dockerfile();
    Dockerfile file = path == null ? null : service.project().dockerfile(path);
    if (build == null
        || file == null
        || (build.target() == null && service.has("build", "target"))) {
      return null;
    }
    var meaning = file.build(build.args());
    Stage stage = file.target(build.target());
    while (stage != null && meaning.base(stage) instanceof Base.EarlierStage earlier) {
      stage = file.stages().get(earlier.index());
    }
    return stage != null && meaning.base(stage) instanceof Base.Image image
        ? ImageReference.parse(image.reference())
            .flatMap(service.project().images()::find)
            .orElse(null)
        : null;
  }
}
