package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;

/** Limits how much of the processors a service may take, so that the others get their share. */
final class CpuLimit implements ServicePass {

  /** One whole processor: a service with more does not start on a machine that has only one. */
  private static final String LIMIT = "1.0";

  /** Other ways to share processors out, some of which the engine refuses beside a limit. */
  private static final String[] SHARES = {
    "cpu_quota", "cpu_period", "cpu_count", "cpu_percent", "cpu_shares", "cpuset"
  };

  private static final String MESSAGE = "the service may take all processors of the machine";

  @Override
  public String id() {
    return "cpu-limit";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "cpus");
    Limits limit = Limits.of(service, "cpus", "cpus");
    if (limit instanceof Limits.Given given) {
      // 0 means no limit (Docker Engine API, HostConfig.NanoCpus)
      return given.texts().stream().anyMatch(text -> text.matches("0*\\.?0+"))
          ? advice(subject, "the project turns the limit off by name")
          : Remark.fine(subject, "it has a limit of its own");
    }
    for (String key : SHARES) {
      Answer answer = service.find(key);
      if (answer instanceof Answer.Known) {
        return Remark.fine(subject, key + " says already what it gets");
      }
      if (answer instanceof Answer.Unknown unknown) {
        return advice(subject, unknown.because());
      }
    }
    return limit instanceof Limits.Missing missing
        ? judge(missing)
        : advice(subject, ((Limits.Barred) limit).because());
  }

  private static Remark judge(Limits.Missing missing) {
    Service service = missing.service();
    if (!(service.find("deploy", "resources", "reservations", "cpus") instanceof Answer.Absent)) {
      return advice(
          missing.subject(), "it reserves processors: set a limit that leaves it as many");
    }
    String unknown = service.origin().unknown();
    return unknown != null
        ? advice(missing.subject(), unknown)
        : Remark.finding(
            missing.subject(),
            Severity.LOW,
            MESSAGE,
            Fix.of(
                "limit the service to one processor",
                Risk.BREAKING,
                "work that it spreads over several processors takes longer",
                new Edit.Set(
                    missing.place(),
                    missing.inDeploy()
                        ? Value.string(LIMIT)
                        : new Value.Scalar(Value.Kind.FLOAT, LIMIT))));
  }

  private static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.LOW, MESSAGE, unfixed);
  }
}
