package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Variants;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives a service a health check, so that one that hangs is seen. */
final class Healthcheck implements ServicePass {

  private static final String MESSAGE = "a service that runs and no longer answers looks well";

  /** Stands in the knowledge for a check that the image itself brings. */
  private static final List<String> OF_IMAGE = List.of("IMAGE");

  @Override
  public String id() {
    return "healthcheck";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "healthcheck");
    Answer present = service.find("healthcheck");
    if (present instanceof Answer.Unknown unknown) {
      return advice(subject, unknown.because());
    }
    if (present instanceof Answer.Known) {
      List<String> test = service.words("healthcheck", "test");
      boolean off =
          "true".equals(service.text("healthcheck", "disable").orElse(""))
              || List.of("NONE").equals(test);
      return off
          ? advice(subject, "the project turns it off by name")
          : Remark.fine(subject, "it has one");
    }
    String obstacle = service.obstacle("healthcheck");
    if (obstacle != null) {
      return advice(subject, obstacle);
    }
    Origin origin = service.origin();
    if (origin instanceof Origin.Unclear unclear) {
      return advice(subject, unclear.because());
    }
    if (!(origin instanceof Origin.Pulled pulled)) {
      return built(service, subject);
    }
    ImageProfile profile = pulled.counting();
    if (profile == null) {
      String altered = pulled.altered();
      return advice(
          subject, altered == null ? "it is not known what the image answers to" : altered);
    }
    Variants<List<String>> known = profile.value(FactKey.HEALTH);
    return judge(service, subject, profile, known == null ? null : known.of(pulled.tag()));
  }

  /** What starts as its base image does answers as that does. */
  private static Remark built(Service service, Subject subject) {
    BuiltHere built;
    try {
      built = BuiltHere.of(service);
    } catch (BuiltHere.Unread e) {
      return advice(subject, e.because());
    }
    Instruction own = built.image().healthcheck();
    if (own != null) {
      return HealthTest.isOff(own)
          ? advice(subject, "line %s of its Dockerfile turns it off".formatted(own.line()))
          : Remark.fine(subject, "line %s of its Dockerfile brings one".formatted(own.line()));
    }
    ImageProfile base = built.base();
    Variants<List<String>> known = base == null ? null : base.value(FactKey.HEALTH);
    return base == null || known == null || built.asBase() != null
        ? advice(subject, "only its author knows which question it must answer")
        : judge(service, subject, base, known.of(built.tag()));
  }

  private static Remark judge(
      Service service, Subject subject, ImageProfile profile, @Nullable List<String> test) {
    if (test == null) {
      return advice(
          subject, "no check is known whose programs are all in %s".formatted(profile.name()));
    }
    if (test.equals(OF_IMAGE)) {
      return Remark.fine(subject, "its image brings one");
    }
    return Remark.finding(
        subject,
        Severity.LOW,
        MESSAGE,
        Fix.of(
            "check its health",
            Risk.BREAKING,
            "the check asks %s as it is usually set up".formatted(profile.name()),
            new Edit.Set(service.at("healthcheck"), check(test))));
  }

  private static Value check(List<String> test) {
    Map<String, Value> entries = new LinkedHashMap<>();
    entries.put(
        "test", new Value.Sequence(test.stream().map(word -> (Value) Value.string(word)).toList()));
    entries.put("interval", Value.string("30s"));
    entries.put("timeout", Value.string("5s"));
    entries.put("retries", Value.integer(3));
    entries.put("start_period", Value.string("60s"));
    return new Value.Mapping(entries);
  }

  private static Remark advice(Subject subject, String unfixed) {
    return Remark.advice(subject, Severity.LOW, MESSAGE, unfixed);
  }
}
