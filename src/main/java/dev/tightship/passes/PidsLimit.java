package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
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
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "pids_limit");
    Limits limit = Limits.of(service, "pids_limit", "pids");
    if (limit instanceof Limits.Given given) {
      // 0 and less mean no limit (Docker Engine API, HostConfig.PidsLimit)
      return given.texts().stream().anyMatch(PidsLimit::unlimited)
          ? advice(subject, "the project turns the limit off by name")
          : Remark.fine(subject, "it has a limit of its own");
    }
    return limit instanceof Limits.Missing missing
        ? judge(missing)
        : advice(subject, ((Limits.Barred) limit).because());
  }

  private static boolean unlimited(String limit) {
    return limit.equals("0") || limit.startsWith("-");
  }

  private static Remark judge(Limits.Missing missing) {
    Origin origin = missing.service().origin();
    if (origin instanceof Origin.Built) {
      ImageProfile base = Recipe.baseOf(missing.service());
      return fix(
          missing,
          base == null ? LEAST : usual(base),
          Risk.INFERRED,
          "an ordinary server needs a tenth of it");
    }
    if (origin instanceof Origin.Unclear unclear) {
      return fix(missing, LEAST, Risk.BREAKING, unclear.because());
    }
    ImageProfile profile = ((Origin.Pulled) origin).counting();
    if (profile != null) {
      return fix(
          missing,
          usual(profile),
          Risk.INFERRED,
          "%s usually stays far below".formatted(profile.name()));
    }
    var pulled = (Origin.Pulled) origin;
    ImageProfile altogether = pulled.profile();
    String altered = pulled.altered();
    return fix(
        missing,
        altogether == null ? LEAST : usual(altogether),
        Risk.BREAKING,
        altered != null ? altered : "it is not known how many processes the image needs");
  }

  private static int usual(ImageProfile profile) {
    return Math.max(LEAST, profile.fact(FactKey.PIDS).map(Fact::value).orElse(LEAST));
  }

  private static Remark fix(Limits.Missing missing, int limit, Risk risk, String why) {
    return Remark.finding(
        missing.subject(),
        Severity.MEDIUM,
        MESSAGE,
        Fix.of(
            "limit the service to %s processes and threads".formatted(limit),
            risk,
            why,
            new Edit.Set(missing.place(), Value.integer(limit))));
  }

  private static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.MEDIUM, MESSAGE, unfixed);
  }
}
