package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;

/** Limits how many processes and threads a service may have, so that a fork bomb ends with it. */
final class PidsLimit implements ServicePass {

  /** Processes and threads together; what an ordinary server needs is far below. */
  private static final int LEAST = 512;

  private static final String MESSAGE =
      "the service may start processes until the whole machine has none left";

  @Override
  public String id() {
    return "pids-limit";
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "pids_limit");
    Answer shortKey = service.find("pids_limit");
    Answer inDeploy = service.find("deploy", "resources", "limits", "pids");
    if (shortKey instanceof Answer.Known || inDeploy instanceof Answer.Known) {
      // 0 and less mean no limit (Docker Engine API, HostConfig.PidsLimit)
      return unlimited(service.text("pids_limit").orElse(""))
              || unlimited(service.text("deploy", "resources", "limits", "pids").orElse(""))
          ? advice(subject, "the project turns the limit off by name")
          : Remark.fine(subject, "it has a limit of its own");
    }
    if (shortKey instanceof Answer.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    if (inDeploy instanceof Answer.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    String swarm = service.project().swarm();
    if (swarm != null) {
      return advice(
          subject,
          swarm
              + " shows that the file is deployed as a stack: set deploy.resources.limits.pids, which"
              + " needs version 3.9 there");
    }
    // any limit below deploy makes the short key illegal beside it (measured, Compose v5.4.0)
    boolean deploy = service.has("deploy", "resources", "limits");
    String[] path =
        deploy
            ? new String[] {"deploy", "resources", "limits", "pids"}
            : new String[] {"pids_limit"};
    String obstacle = service.obstacle(path);
    return obstacle != null ? advice(subject, obstacle) : judge(service, path);
  }

  private static boolean unlimited(String limit) {
    return limit.equals("0") || limit.startsWith("-");
  }

  private static Remark judge(Service service, String[] path) {
    Origin origin = service.origin();
    if (origin instanceof Origin.Built) {
      ImageProfile base = BaseProfile.of(service);
      return fix(
          service,
          path,
          base == null ? LEAST : usual(base),
          Risk.INFERRED,
          "an ordinary server needs a tenth of it");
    }
    if (origin instanceof Origin.Unclear unclear) {
      return fix(service, path, LEAST, Risk.BREAKING, unclear.because());
    }
    ImageProfile profile = ((Origin.Pulled) origin).counting();
    if (profile != null) {
      return fix(
          service,
          path,
          usual(profile),
          Risk.INFERRED,
          "%s usually stays far below".formatted(profile.name()));
    }
    var pulled = (Origin.Pulled) origin;
    ImageProfile altogether = pulled.profile();
    String altered = pulled.altered();
    return fix(
        service,
        path,
        altogether == null ? LEAST : usual(altogether),
        Risk.BREAKING,
        altered != null ? altered : "it is not known how many processes the image needs");
  }

  private static int usual(ImageProfile profile) {
    return Math.max(LEAST, profile.fact(FactKey.PIDS).map(Fact::value).orElse(LEAST));
  }

  private static Remark fix(Service service, String[] path, int limit, Risk risk, String why) {
    return Remark.finding(
        Subject.of(service, path),
        Severity.MEDIUM,
        MESSAGE,
        Fix.of(
            "limit the service to %s processes and threads".formatted(limit),
            risk,
            why,
            new Edit.Set(service.at(path), Value.integer(limit))));
  }

  private static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.MEDIUM, MESSAGE, unfixed);
  }
}
