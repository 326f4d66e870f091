package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.knowledge.HostAccess.Need;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the power over the whole machine from services, their hooks and their builds. */
final class Privileged implements RemarksPass {

  private static final String MESSAGE =
      "root in the container is root on the machine: it may load kernel modules and mount its disks";

  /** What Compose takes for true, in any case. */
  private static final Set<String> TRUE = Set.of("true", "yes", "on", "y");

  private static final Set<String> ROOT = Set.of("root", "0");

  @Override
  public String id() {
    return "privileged";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    remarks.add(container(service));
    hooks(service, "post_start", remarks);
    hooks(service, "pre_stop", remarks);
    build(service, remarks);
    return remarks;
  }

  /** Whether a service, as far as is known, has the power over the machine. */
  static boolean is(Service service) {
    return isOn(service, "privileged");
  }

  /** Whether a setting is true, or a variable without a value may make it so. */
  static boolean isOn(Service service, String key) {
    return service.find(key) instanceof Answer.Known
        && service.text(key).map(Privileged::isTrue).orElse(true);
  }

  private static boolean isTrue(String text) {
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  private static Remark container(Service service) {
    Subject subject = Subject.of(service, "privileged");
    if (service.find("privileged") instanceof Answer.Unknown unknown) {
      return Remark.advice(
          subject,
          Severity.LOW,
          "it is not known whether the service is privileged",
          unknown.because());
    }
    if (!is(service)) {
      return Remark.fine(subject, "it is not privileged");
    }
    if (service.text("privileged").isEmpty()) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "a variable without a value here decides whether the service is privileged",
          "leave it out, or write what the service needs: devices, cap_add");
    }
    String enough = PlainServer.enough(service, Need.PRIVILEGED);
    if (enough != null) {
      return Remark.advice(subject, Severity.HIGH, MESSAGE, enough);
    }
    PlainServer server = PlainServer.of(service, Need.PRIVILEGED);
    if (server == null) {
      return Remark.advice(
          subject,
          Severity.HIGH,
          MESSAGE,
          "find out what it needs and give it that alone: its devices under devices, a capability"
              + " under cap_add");
    }
    String obstacle = service.obstacleToRemoval("privileged");
    return obstacle != null
        ? Remark.advice(subject, Severity.HIGH, MESSAGE, obstacle)
        : Remark.finding(
            subject,
            Severity.HIGH,
            MESSAGE,
            Fix.of(
                "take the power over the machine away",
                Risk.BREAKING,
                server.what(),
                new Edit.Remove(service.at("privileged"))));
  }

  private static void hooks(Service service, String key, List<Remark> remarks) {
    for (Service.PlacedList hooks : service.lists(key)) {
      for (Node item : hooks.list().items()) {
        if (!(item instanceof Node.Mapping hook)) {
          continue;
        }
        Subject subject = new Subject.OfService(service.name(), hooks.place().item(item.value()));
        String when = key.equals("post_start") ? "after the start" : "before the stop";
        String privileged = text(service, hook.get("privileged"));
        String user = text(service, hook.get("user"));
        if (privileged != null && isTrue(privileged)) {
          remarks.add(
              Remark.advice(
                  subject,
                  Severity.HIGH,
                  "the command %s has power over the whole machine".formatted(when),
                  "do its work when the image is built, or in a service of its own with the one"
                      + " capability that it needs"));
        } else if (user != null && ROOT.contains(user.split(":", -1)[0])) {
          remarks.add(
              Remark.advice(
                  subject,
                  Severity.LOW,
                  "the command %s runs as root".formatted(when),
                  "run it as the user of the service, or do its work when the image is built"));
        }
      }
    }
  }

  private static void build(Service service, List<Remark> remarks) {
    if (service.text("build", "privileged").map(Privileged::isTrue).orElse(false)) {
      remarks.add(
          Remark.advice(
              Subject.of(service, "build", "privileged"),
              Severity.MEDIUM,
              "each RUN of its Dockerfile has power over the machine that builds",
              "leave it out, unless a RUN fails without it"));
    }
    Subject subject = Subject.of(service, "build", "entitlements");
    if (service.find("build", "entitlements") instanceof Answer.Known known
        && known.node() instanceof Node.Sequence list
        && list.items().stream().anyMatch(i -> "security.insecure".equals(text(service, i)))) {
      remarks.add(
          Remark.advice(
              subject,
              Severity.MEDIUM,
              "a RUN of its Dockerfile may take power over the machine that builds",
              "leave security.insecure out, unless a RUN with --security=insecure needs it"));
    }
  }

  private static @Nullable String text(Service service, @Nullable Node node) {
    return node instanceof Node.Scalar scalar ? service.interpolated(scalar).orElse(null) : null;
  }
}
