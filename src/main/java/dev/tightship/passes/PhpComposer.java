package dev.tightship.passes;

import dev.tightship.pass.Severity;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Composer, which installs the packages of a program for PHP, in the image that runs it. */
final class PhpComposer implements Separation {

  @Override
  public @Nullable Proposal of(FinalImage image) {
    if (!image.runs(p -> isComposer(p.name()) && FinalImage.has(p, "install"))) {
      return null;
    }
    String vendor = image.path("vendor");
    return new Proposal(
        Severity.LOW,
        "the image holds Composer, which only its build needs",
        "run composer install --no-dev --ignore-platform-reqs in a stage FROM %s AS vendor, and take the"
                .formatted(from(image))
            + (vendor == null
                ? " folder vendor with COPY --from=vendor"
                : " packages with COPY --from=vendor /app/vendor " + vendor)
            + "; check that the extensions that they ask for are here");
  }

  private static boolean isComposer(String name) {
    return name.equals("composer") || name.equals("composer.phar");
  }

  /** The image from which the file takes it already, else the newest that is known. */
  private static String from(FinalImage image) {
    return image.image().copies().stream()
        .flatMap(copy -> Stream.ofNullable(copy.from()))
        .filter(from -> List.of(from.split("[:/@]", -1)).contains("composer"))
        .filter(from -> image.file().stage(from) == null)
        .findFirst()
        .orElse("composer:2");
  }
}
