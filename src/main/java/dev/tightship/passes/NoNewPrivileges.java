package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.NoNewPrivileges.Breaks;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forbids a service to gain privileges through set-uid programs. */
final class NoNewPrivileges implements ServicePass {

  private static final String OPTION = "no-new-privileges:true";

  @Override
  public String id() {
    return "no-new-privileges";
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "security_opt");
    String present = present(service.items("security_opt"));
    if (present != null && !present.equals("false")) {
      return Remark.fine(subject, "it is set");
    }
    String message = "a set-uid program in the container can make its processes root";
    if (present != null) {
      return Remark.advice(
          subject, Severity.MEDIUM, message, "the project turns the protection off by name");
    }
    if (!(service.find("privileged") instanceof Answer.Absent)
        && !"false".equals(service.text("privileged").orElse(""))) {
      return Remark.advice(
          subject, Severity.MEDIUM, message, "the service is privileged, which has to go first");
    }
    String swarm = service.project().swarm();
    if (swarm != null) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          message,
          swarm + " shows that the file is deployed as a stack, and a stack ignores security_opt");
    }
    String obstacle = service.obstacle("security_opt");
    if (obstacle != null) {
      return Remark.advice(subject, Severity.MEDIUM, message, obstacle);
    }
    return judge(service, subject, message);
  }

  private static Remark judge(Service service, Subject subject, String message) {
    Origin origin = service.origin();
    if (origin instanceof Origin.Built built) {
      String path = built.build().dockerfile();
      Dockerfile dockerfile = path == null ? null : service.project().dockerfile(path);
      if (dockerfile == null) {
        String unread = built.build().unread();
        return Remark.advice(
            subject,
            Severity.MEDIUM,
            message,
            "its Dockerfile was not read"
                + (unread == null ? "" : " (" + unread + ")")
                + ": make sure that nothing in it needs sudo, su or a set-uid program");
      }
      String helper = PrivilegeHelpers.in(dockerfile);
      return helper != null
          ? Remark.advice(
              subject, Severity.MEDIUM, message, helper + ", which the option would break")
          : fix(
              service,
              subject,
              message,
              Risk.INFERRED,
              "its Dockerfile names no sudo, no su and no set-uid program");
    }
    ImageProfile profile = origin instanceof Origin.Pulled pulled ? pulled.profile() : null;
    Fact<dev.tightship.knowledge.NoNewPrivileges> fact =
        profile == null ? null : profile.noNewPrivileges().orElse(null);
    if (fact != null && fact.value() instanceof Breaks breaks) {
      return Remark.advice(subject, Severity.MEDIUM, message, breaks.reason());
    }
    boolean counts = origin instanceof Origin.Pulled p && p.counting() != null && fact != null;
    return counts
        ? fix(
            service,
            subject,
            message,
            Risk.PROVEN,
            "the image drops its privileges from root, which the option does not hinder")
        : fix(
            service,
            subject,
            message,
            Risk.INFERRED,
            "few programs gain privileges on the way, but it is not known that this one does not");
  }

  private static Remark fix(
      Service service, Subject subject, String message, Risk risk, String why) {
    return Remark.finding(
        subject,
        Severity.MEDIUM,
        message,
        Fix.of(
            "forbid new privileges",
            risk,
            why,
            new Edit.Ensure(service.at("security_opt"), Value.string(OPTION))));
  }

  /** {@code true} or {@code false} when the option is there in any of its forms, else null. */
  private static @Nullable String present(List<Node> options) {
    for (Node option : options) {
      if (option instanceof Node.Scalar scalar && scalar.text().startsWith("no-new-privileges")) {
        String value = scalar.text().substring("no-new-privileges".length());
        return value.isEmpty() ? "true" : value.substring(1).strip();
      }
    }
    return null;
  }
}
