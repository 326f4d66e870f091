package dev.tightship.passes;

import dev.tightship.dockerfile.Directive;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.Optional;

/**
 * What {@code # syntax=} says: the image that reads the Dockerfile, and so decides what is built.
 * Docker recommends {@code docker/dockerfile:1}, which follows compatible releases (Dockerfile
 * reference, "syntax"), so that is not pinned further.
 */
final class Frontend {

  private static final String OFFICIAL = "docker/dockerfile";

  /** Built from what is merged, not from what is released. */
  private static final String UPSTREAM = "docker/dockerfile-upstream";

  private Frontend() {}

  /** Empty where the file leaves it to the builder. */
  static Optional<Remark> remark(Dockerfile file) {
    return file.directives().stream()
        .filter(directive -> directive.name().equals("syntax"))
        .findFirst()
        .map(directive -> remark(new Subject.OfDockerfile(file.path()), directive));
  }

  private static Remark remark(Subject subject, Directive directive) {
    String text = directive.value().split(" ", 2)[0]; // the rest is for the program in the image
    ImageReference image = ImageReference.parse(text).orElse(null);
    if (image == null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "the syntax line does not name an image, so the build fails",
          "write # syntax=docker/dockerfile:1");
    }
    if (image.digest().isPresent()) {
      return Remark.fine(subject, "what reads the file is pinned by its digest");
    }
    String tag = image.tag().orElse("latest");
    if (!image.familiarName().equals(OFFICIAL)) {
      return image.familiarName().equals(UPSTREAM)
          ? Remark.advice(
              subject,
              Severity.MEDIUM,
              "the file is read by a program that was not released",
              "write # syntax=docker/dockerfile:1, unless it needs what is not in there yet")
          : Remark.advice(
              subject,
              Severity.MEDIUM,
              "the file is read by a program that is not from Docker, and each build may take"
                  + " another one",
              "pin it by its digest: it sees the whole build");
    }
    if (tag.equals("latest")) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "each build may read the file by other rules, also by incompatible ones",
          "write # syntax=docker/dockerfile:1, which follows compatible releases");
    }
    if (tag.endsWith("labs") || tag.endsWith("experimental") || tag.equals("master")) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "the file is read by experimental rules, which may change",
          "write # syntax=docker/dockerfile:1, unless it needs what is only in there");
    }
    return Remark.fine(subject, "compatible releases of Docker read the file");
  }
}
