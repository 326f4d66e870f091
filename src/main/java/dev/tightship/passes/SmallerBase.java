package dev.tightship.passes;

import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import dev.tightship.pass.Severity;
import org.jspecify.annotations.Nullable;

/** A base of which the same version is there with less. */
final class SmallerBase implements Separation {

  private static final String MESSAGE =
      "the image is built on more of its distribution than most programs need";

  @Override
  public @Nullable Proposal of(FinalImage image) {
    ImageProfile base = image.base();
    if (base == null || !image.hasTag()) {
      return null;
    }
    boolean runtime = base.kind() == Kind.RUNTIME;
    if (!runtime && base.kind() != Kind.BASE) {
      return null;
    }
    String slim = image.smaller().slim();
    if (slim != null) {
      return new Proposal(
          Severity.LOW,
          MESSAGE,
          "start from %s; install what is then missing, such as git, curl or a compiler for packages"
                  .formatted(image.with(slim))
              + " that are built");
    }
    String alpine = runtime ? image.smaller().alpine() : null;
    return alpine == null
        ? null
        : new Proposal(
            Severity.LOW,
            MESSAGE,
            "try %s: Alpine has another C library and other packages, so test it"
                .formatted(image.with(alpine)));
  }
}
