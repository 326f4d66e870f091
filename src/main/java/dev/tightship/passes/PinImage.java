package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Interpolation;
import dev.tightship.compose.Interpolation.Operator;
import dev.tightship.compose.Interpolation.Template;
import dev.tightship.compose.Interpolation.Variable;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.text.TextEdit;
import dev.tightship.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names the version of a service's image, where its tag floats. */
final class PinImage implements ServicePass {

  @Override
  public String id() {
    return "pin-image";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "image");
    Origin origin = service.origin();
    if (origin instanceof Origin.Built) {
      return Remark.fine(subject, "the image is built here: its version is that of the project");
    }
    if (origin instanceof Origin.Unclear unclear) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "the version of the image cannot be read from the project",
          unclear.because());
    }
    Pinning pinning = Pinning.of(((Origin.Pulled) origin).reference(), service.project().images());
    if (!(pinning instanceof Pinning.To to)
        || !(service.find("image") instanceof Answer.Known known)
        || !(known.node() instanceof Node.Scalar written)) {
      return pinning.remark(subject);
    }
    String obstacle = service.obstacle("image");
    if (obstacle != null) {
      return Remark.advice(subject, Severity.MEDIUM, to.message(), obstacle);
    }
    Template template = Interpolation.parse(written.text());
    String pinned = template.isLiteral() ? to.image().toString() : inDefault(service, template, to);
    if (pinned == null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          to.message(),
          "a variable decides the tag: set it to %s where it has its value".formatted(to.tag()));
    }
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        to.message(),
        Fix.of(
            "pin %s to %s".formatted(to.image().familiarName(), to.tag()),
            to.risk(),
            to.why(),
            new Edit.Set(service.at("image"), Value.string(pinned))));
  }

  /**
   * The text with the pin in the default of its only variable, {@code nginx:${TAG:-latest}} or
   * {@code ${IMAGE:-nginx:latest}}; null where the tag does not stand there, or the variable has a
   * value of its own.
   */
  private static @Nullable String inDefault(Service service, Template template, Pinning.To to) {
    List<Variable> variables = template.variables();
    Variable variable = variables.get(0);
    Template word = variable.word();
    boolean isDefault =
        variable.operator() == Operator.DEFAULT_IF_EMPTY
            || variable.operator() == Operator.DEFAULT_IF_UNSET;
    if (variables.size() != 1
        || word == null
        || !isDefault
        || service.project().variables().isSet(variable.name())
        || variable.span().end() != template.span().end()) {
      return null;
    }
    if (!word.isLiteral()) {
      return null; // ${TAG:-${OTHER:-latest}}: the pin would take OTHER away
    }
    String before = template.scalar().substring(0, variable.span().start());
    String image = before.isEmpty() ? to.image().toString() : to.tag();
    boolean means =
        ImageReference.parse(before + image).equals(ImageReference.parse(to.image().toString()));
    return means
        ? TextEdit.apply(template.scalar(), List.of(new TextEdit(word.span(), image, "")))
        : null;
  }
}
