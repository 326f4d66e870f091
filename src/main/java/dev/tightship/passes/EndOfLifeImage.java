package dev.tightship.passes;

import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Stage;
import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Images;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Status;
import dev.tightship.knowledge.Support;
import dev.tightship.knowledge.Versions;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reports images that get no updates any more, or soon none. A newer release line is another
 * program: that step is a person's, so there is no fix.
 */
final class EndOfLifeImage implements Pass {

  @Override
  public String id() {
    return "end-of-life-image";
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return Stream.concat(
        project.dockerfiles().stream().flatMap(file -> inspect(project, file).stream()),
        project.services().stream().map(EndOfLifeImage::inspect));
  }

  private static Remark inspect(Service service) {
    Subject subject = Subject.of(service, "image");
    Origin origin = service.origin();
    if (origin instanceof Origin.Unclear unclear) {
      return Remark.fine(subject, unclear.because());
    }
    return origin instanceof Origin.Pulled pulled
        ? judge(subject, pulled.reference(), service.project().images())
        : Remark.fine(subject, "the image is built here: what it starts from is looked at there");
  }

  private static List<Remark> inspect(Project project, Dockerfile file) {
    var built = BuiltStages.of(project, file);
    var remarks = new ArrayList<Remark>();
    for (Stage stage : file.stages()) {
      var subject = new Subject.OfStage(file.path(), stage.index());
      List<String> images = built.images(stage);
      for (String image : images) {
        remarks.add(
            ImageReference.parse(image)
                .map(reference -> judge(subject, reference, project.images()))
                .orElse(Remark.fine(subject, "what it starts from is no valid image reference")));
      }
      if (images.isEmpty()) {
        remarks.add(
            Remark.fine(
                subject,
                built.contains(stage)
                    ? "it starts from another stage, from nothing, or from what cannot be told"
                    : "no service is built from this stage"));
      }
    }
    return remarks;
  }

  private static Remark judge(Subject subject, ImageReference image, Images images) {
    ImageProfile profile = images.find(image).orElse(null);
    if (profile == null) {
      return Remark.fine(subject, "it is not known how long the image gets updates");
    }
    String name = image.familiarName();
    String tag = image.tag().orElse(null);
    Support support =
        tag == null && image.digest().isPresent()
            ? new Support.Unknown("its digest does not tell which version it is")
            : Support.of(profile, tag);
    if (support instanceof Support.Dated dated && dated.ended()) {
      return Remark.advice(
          subject,
          Severity.HIGH,
          "release line %s of %s reached its end of life on %s"
              .formatted(dated.line(), name, dated.on()),
          newer(profile, dated.source()));
    }
    Remark ofStatus = ofStatus(subject, image, profile);
    if (ofStatus != null) {
      return ofStatus;
    }
    if (support instanceof Support.Unlisted unlisted) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "%s %s is of a release line that gets no updates any more: no tag of it was listed on %s"
              .formatted(name, tag, unlisted.source().date()),
          newer(profile, unlisted.source()));
    }
    if (support instanceof Support.Dated dated) {
      return dated.endsSoon()
          ? Remark.advice(
              subject,
              Severity.LOW,
              "release line %s of %s reaches its end of life on %s"
                  .formatted(dated.line(), name, dated.on()),
              newer(profile, dated.source()))
          : Remark.fine(
              subject, "release line %s gets updates until %s".formatted(dated.line(), dated.on()));
    }
    return Remark.fine(subject, ((Support.Unknown) support).because());
  }

  /** What the library says of the image as a whole, or null where that is no reason to worry. */
  private static @Nullable Remark ofStatus(
      Subject subject, ImageReference image, ImageProfile profile) {
    Fact<Status> status = profile.fact(FactKey.STATUS).orElse(null);
    if (status == null) {
      return null;
    }
    boolean library = image.familiarName().indexOf('/') < 0;
    String message =
        switch (status.value()) {
          case DEPRECATED -> "%s is deprecated".formatted(image.familiarName());
          case NO_SUPPORTED_TAGS ->
              "%s has no supported tag any more".formatted(image.familiarName());
          case NOT_IN_LIBRARY ->
              library
                  ? "%s left the library of official images and gets no updates there"
                      .formatted(image.familiarName())
                  : null;
          case ACTIVE -> null;
        };
    if (message == null) {
      return null;
    }
    String note = status.note();
    return Remark.advice(
        subject,
        status.value() == Status.DEPRECATED ? Severity.MEDIUM : Severity.HIGH,
        message,
        "choose an image that is kept up%s; %s"
            .formatted(note == null ? "" : " (" + note + ")", said(status.source())));
  }

  /** What to do about a line that ends. */
  private static String newer(ImageProfile profile, Source source) {
    String todo = "choose a newer release line";
    Versions.Newest newest = profile.versions().newest();
    if (newest != null) {
      String small = newest.small();
      todo +=
          ", the newest is %s (%s%s)"
              .formatted(newest.line(), newest.tag(), small == null ? "" : ", smaller: " + small);
    }
    return todo + (profile.holdsData() ? ", and carry its data over" : "") + "; " + said(source);
  }

  private static String said(Source source) {
    return "by %s, state of %s".formatted(source.what(), source.date());
  }
}
