package dev.tightship.passes;

import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.Pin;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.Set;

/** What the dated table of versions says of an image, for Compose files and Dockerfiles alike. */
sealed interface Pinning {

  /** Tags that move by what they say. */
  Set<String> MOVING =
      Set.of(
          "stable",
          "edge",
          "main",
          "master",
          "develop",
          "dev",
          "nightly",
          "rolling",
          "unstable",
          "testing",
          "next",
          "beta",
          "canary",
          "release",
          "lts",
          "current",
          "alpine",
          "slim");

  /** The remark of an image that is not pinned by a fix. */
  Remark remark(Subject subject);

  /**
   * The tag floats and the table knows what it meant.
   *
   * @param image the reference as its owner writes it, with the new tag
   */
  record To(ImageReference image, String tag, String message, Risk risk, String why)
      implements Pinning {
    @Override
    public Remark remark(Subject subject) {
      return Remark.advice(subject, Severity.MEDIUM, message, "pin it to " + tag);
    }
  }

  /** There is nothing to pin. */
  record Fine(String because) implements Pinning {
    @Override
    public Remark remark(Subject subject) {
      return Remark.fine(subject, because);
    }
  }

  /** The tag floats, and what it means is not known. */
  record Open(String message, String unfixed) implements Pinning {
    @Override
    public Remark remark(Subject subject) {
      return Remark.advice(subject, Severity.MEDIUM, message, unfixed);
    }
  }

  /** Of an image that runs, or that is built on. */
  static Pinning of(ImageReference image, Images images) {
    return of(image, images, true);
  }

  /**
   * @param runs whether it may find data that another version left; not so where only files are
   *     taken from it
   */
  static Pinning of(ImageReference image, Images images, boolean runs) {
    if (image.digest().isPresent()) {
      return new Fine("it is pinned by its digest");
    }
    String tag = image.tag().orElse(null);
    boolean latest = tag == null || tag.equals("latest");
    ImageProfile profile = images.find(image).orElse(null);
    String message =
        latest
            ? "the image has no version, so each pull may bring another program"
            : "the tag moves from version to version, so each pull may bring another program";
    if (profile == null) {
      return latest || MOVING.contains(tag)
          ? new Open(
              message,
              "the table of versions does not know the image: name the version that runs today")
          : new Fine("it names a tag, and the table of versions does not know the image");
    }
    Pin pin = profile.versions().pin(tag);
    if (pin instanceof Pin.Exact) {
      return new Fine("it names a full version");
    }
    if (!(pin instanceof Pin.To to)) {
      return new Open(
          latest ? message : "the tag does not name a full version", ((Pin.Unknown) pin).reason());
    }
    boolean data = runs && profile.holdsData();
    return new To(
        image.withTag(to.tag()),
        to.tag(),
        message,
        data ? Risk.BREAKING : Risk.INFERRED,
        data
            ? "on %s the tag meant this version; a volume that another one filled may not fit it"
                .formatted(to.asOf())
            : "on %s the tag meant this version".formatted(to.asOf()));
  }
}
