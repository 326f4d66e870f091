package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Verdict;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Forbids a service to gain privileges through set-uid programs. */
final class NoNewPrivileges implements ServicePass {

  private static final String NAME = "no-new-privileges";
  private static final String OPTION = NAME + ":true";

  /** As the engine reads a boolean (strconv.ParseBool). */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

  @Override
  public String id() {
    return "no-new-privileges";
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = new Subject.OfService(service.name(), service.atHome("security_opt"));
    String message = "a set-uid program in the container can make its processes root";
    if (service.find("security_opt") instanceof Answer.Unknown unknown) {
      return Remark.advice(subject, Severity.MEDIUM, message, unknown.because());
    }
    String present = present(service);
    if (present != null) {
      return TRUE.contains(present)
          ? Remark.fine(subject, "it is set")
          : Remark.advice(
              subject,
              Severity.MEDIUM,
              message,
              present.contains("$")
                  ? "a variable without a value here decides whether the protection is on"
                  : "the project turns the protection off by name");
    }
    if (Privileges.privileged(service)) {
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
    String obstacle = service.obstacleAtHome("security_opt");
    if (obstacle != null) {
      return Remark.advice(subject, Severity.MEDIUM, message, obstacle);
    }
    String helper = PrivilegeHelpers.in(service);
    return helper != null
        ? Remark.advice(
            subject, Severity.MEDIUM, message, helper + ", which the option would break")
        : judge(service, subject, message);
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
      if (helper != null) {
        return Remark.advice(
            subject, Severity.MEDIUM, message, helper + ", which the option would break");
      }
      ImageProfile base = Recipe.baseOf(service);
      String breaks = base == null ? null : breaks(base);
      return base != null && breaks != null
          ? Remark.advice(
              subject,
              Severity.MEDIUM,
              message,
              "it is built on %s: %s".formatted(base.name(), breaks))
          : fix(
              service,
              subject,
              message,
              Risk.INFERRED,
              "its Dockerfile names no sudo, no su and no set-uid program");
    }
    ImageProfile profile = origin instanceof Origin.Pulled pulled ? pulled.profile() : null;
    Verdict verdict = profile == null ? null : profile.value(FactKey.NO_NEW_PRIVILEGES);
    String breaks = profile == null ? null : breaks(profile);
    if (breaks != null) {
      return Remark.advice(subject, Severity.MEDIUM, message, breaks);
    }
    String altered =
        origin instanceof Origin.Pulled pulled && profile != null ? pulled.altered() : null;
    boolean counts = verdict != null && altered == null;
    String statedIn = profile == null ? null : profile.statedIn();
    if (counts && statedIn != null) {
      return fix(
          service,
          subject,
          message,
          Risk.INFERRED,
          "it follows from what the project says of the image in " + statedIn);
    }
    return counts
        ? fix(
            service,
            subject,
            message,
            Risk.PROVEN,
            "nothing that the image does when it starts gains privileges, and dropping them still"
                + " works")
        : fix(
            service,
            subject,
            message,
            Risk.INFERRED,
            "few programs gain privileges on the way, but it is not known that this one does not"
                + (altered == null ? "" : ": " + altered));
  }

  private static @Nullable String breaks(ImageProfile profile) {
    return profile.value(FactKey.NO_NEW_PRIVILEGES) instanceof Verdict.Breaks breaks
        ? breaks.reason()
        : null;
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
            new Edit.Ensure(service.atHome("security_opt"), Value.string(OPTION))));
  }

  /** What stands behind the option in any of its forms, variables filled in; null without it. */
  private static @Nullable String present(Service service) {
    for (Node option : service.items("security_opt")) {
      if (option instanceof Node.Scalar scalar) {
        String text = service.interpolated(scalar).orElse(scalar.text());
        if (text.equals(NAME)) {
          return "true";
        }
        if (text.startsWith(NAME + ":") || text.startsWith(NAME + "=")) {
          return text.substring(NAME.length() + 1).strip();
        }
      }
    }
    return null;
  }
}
