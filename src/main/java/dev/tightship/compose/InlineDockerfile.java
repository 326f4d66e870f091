package dev.tightship.compose;

import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.DockerfileException;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.text.Lines.Position;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Embedded;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile that stands inside a Compose file, below {@code build.dockerfile_inline}. Compose
 * fills in variables before it builds, so that {@code $$} stands for a dollar sign.
 */
public final class InlineDockerfile {

  private final Dockerfile dockerfile;
  private final YamlFile file;
  private final Place place;
  private final Embedded text;
  private final @Nullable String obstacle;

  private InlineDockerfile(
      Dockerfile dockerfile, YamlFile file, Place place, Embedded text, @Nullable String obstacle) {
    this.dockerfile = dockerfile;
    this.file = file;
    this.place = place;
    this.text = text;
    this.obstacle = obstacle;
  }

  /**
   * @throws DockerfileException where it is none; the line is that of the Dockerfile alone
   */
  static InlineDockerfile of(Service service, Answer.Known known, Node.Scalar scalar, String text)
      throws DockerfileException {
    YamlFile file = known.file();
    String path = "%s (dockerfile_inline of %s)".formatted(file.path(), service.name());
    Embedded embedded = Embedded.of(file, scalar);
    Dockerfile dockerfile = Dockerfile.read(path, text);
    String obstacle =
        !text.equals(scalar.text())
            ? "variables of Compose stand in the dockerfile_inline"
            : !known.own()
                ? "the dockerfile_inline comes from an anchor, or from a service that it extends"
                : file.documents().size() != 1
                    ? "the file holds several documents"
                    : !embedded.isExact()
                        ? "the dockerfile_inline is not written as a block of lines (|)"
                        : null;
    Place place = Place.of(file.path(), "services", service.name(), "build", "dockerfile_inline");
    return new InlineDockerfile(dockerfile, file, place, embedded, obstacle);
  }

  /** The Dockerfile; its path names the Compose file and the service. */
  public Dockerfile dockerfile() {
    return dockerfile;
  }

  /** The Compose file that it stands in. */
  public YamlFile file() {
    return file;
  }

  /** Why it cannot be edited, half a sentence; null when it can. */
  public @Nullable String obstacle() {
    return obstacle;
  }

  /** Where an instruction stands in the Compose file: at its line, or about there. */
  public Position position(Instruction instruction) {
    return file.lines().position(text.line(instruction.line() - 1));
  }

  /**
   * Edits of the Dockerfile as edits of the Compose file; null where they cannot be said there.
   *
   * @throws IllegalStateException where there is an {@link #obstacle}
   */
  public @Nullable List<TextEdit> edits(List<TextEdit> edits) {
    return text.edits(edits);
  }

  /** What edits of the Dockerfile come to, as a goal for the Compose file. */
  public Edit.Yaml goal(List<TextEdit> edits) {
    return new Edit.Set(place, Value.string(TextEdit.apply(dockerfile.text(), edits)));
  }
}
