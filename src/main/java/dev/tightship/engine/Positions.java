package dev.tightship.engine;

import dev.tightship.compose.InlineDockerfile;
import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import dev.tightship.pass.Subject;
import dev.tightship.text.Lines.Position;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import org.jspecify.annotations.Nullable;

/** Where subjects stand in the original, whatever was edited since. */
final class Positions {

  private final Project original;

  Positions(Project original) {
    this.original = original;
  }

  /** The position of a subject or of its nearest parent; null where the file has no such thing. */
  @Nullable Position of(Subject subject) {
    if (subject instanceof Subject.OfService service) {
      return of(service.at());
    }
    if (subject instanceof Subject.OfFile file) {
      return of(file.at());
    }
    if (subject instanceof Subject.OfInstruction one) {
      return of(one.file(), one.stage(), one.instruction());
    }
    if (subject instanceof Subject.OfDockerfile whole) {
      boolean apart = original.inline(whole.file()) == null;
      return apart && original.dockerfile(whole.file()) != null
          ? new Position(1, 1)
          : of(whole.file(), 0, null);
    }
    var stage = (Subject.OfStage) subject;
    return of(stage.file(), stage.stage(), null);
  }

  /** The position of an instruction; of the FROM of its stage where the original has none such. */
  private @Nullable Position of(String path, int stage, @Nullable String says) {
    Dockerfile file = original.dockerfile(path);
    if (file == null || stage >= file.stages().size()) {
      return null;
    }
    Instruction at = file.stages().get(stage).from();
    for (Instruction instruction : file.stages().get(stage).instructions()) {
      if (instruction.whole().text().equals(says)) {
        at = instruction;
        break;
      }
    }
    InlineDockerfile inline = original.inline(path);
    if (inline != null) {
      return inline.position(at);
    }
    int start = at.span().start();
    return new Position(at.line(), start - file.text().lastIndexOf('\n', start - 1));
  }

  /** The file in which a subject stands. */
  String fileOf(Subject subject) {
    return original.fileOf(subject.file());
  }

  /** The position of a place of keys, null where it is not there. */
  @Nullable Position exactly(Place place) {
    YamlFile file = original.file(place.file());
    Node node = file == null ? null : file.root();
    for (Segment segment : place.path()) {
      node =
          node instanceof Node.Mapping mapping && segment instanceof Segment.Key key
              ? mapping.get(key.name())
              : null;
    }
    return node == null ? null : of(place);
  }

  @Nullable Position of(Place place) {
    YamlFile file = original.file(place.file());
    return file == null ? null : file.position(place);
  }
}
