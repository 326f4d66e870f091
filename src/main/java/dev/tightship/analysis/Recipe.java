package dev.tightship.analysis;

import dev.tightship.compose.Build;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.BuiltImage;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import org.jspecify.annotations.Nullable;

/** How the image of a service is built, as far as the project tells. */
public sealed interface Recipe {

  /**
   * @param image what the stage that is built comes to
   * @param base what is known of the image that it is built on; null when nothing is
   */
  record Read(Build build, Dockerfile file, BuiltImage image, @Nullable ImageProfile base)
      implements Recipe {}

  /**
   * It is built, but not from a Dockerfile that could be read.
   *
   * @param because half a sentence
   */
  record Unread(String because) implements Recipe {}

  /** The service is not built here. */
  record None() implements Recipe {}

  /** Goes through the Dockerfile each time it is asked. */
  static Recipe of(Service service) {
    Build build = service.build().orElse(null);
    if (build == null) {
      return new None();
    }
    String path = build.dockerfile();
    if (path == null) {
      String unread = build.unread();
      return new Unread("its Dockerfile was not read" + (unread == null ? "" : ": " + unread));
    }
    Dockerfile file = service.project().dockerfile(path);
    if (file == null) {
      return new Unread("its Dockerfile could not be read");
    }
    if (build.target() == null && service.has("build", "target")) {
      return new Unread("the stage that is built depends on a variable that has no value here");
    }
    Stage target = file.target(build.target());
    if (target == null) {
      return new Unread("its Dockerfile has no stage " + build.target());
    }
    BuiltImage image = file.build(build.args()).image(target);
    return new Read(build, file, image, base(service, image));
  }

  /** What is known of the image that a service is built on; null where nothing is, or it is not. */
  static @Nullable ImageProfile baseOf(Service service) {
    return of(service) instanceof Read read ? read.base : null;
  }

  private static @Nullable ImageProfile base(Service service, BuiltImage image) {
    return image.base() instanceof Base.Image base
        ? ImageReference.parse(base.reference())
            .flatMap(service.project().images()::find)
            .orElse(null)
        : null;
  }
}
