package dev.tightship.dockerfile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a COPY or ADD brings into an image.
 *
 * @param from the stage, image or context of {@code --from}; null for the build context
 * @param sources without the documents that stand in the file itself
 * @param target where it goes, from the root of the image and without a slash at its end
 * @param owner the value of {@code --chown}; null without one
 */
public record Copy(
    Instruction by,
    @Nullable String from,
    List<Resolution> sources,
    Resolution target,
    @Nullable Resolution owner) {

  public Copy {
    sources = List.copyOf(sources);
  }
}
