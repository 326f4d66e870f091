package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells of steps of a build that reach the machine, and of volumes over what the kernel shows. */
final class BuildPrivileges implements StagePass {

  private static final Pattern MODE = Pattern.compile("(?:^|,)mode=(0?[0-7]{3,4})(?=,|$)");
  private static final Pattern SECRET = Pattern.compile("(?:^|,)type=(secret|ssh)(?=,|$)");
  private static final Pattern KERNEL = Pattern.compile("/(?:dev|proc|sys)(?:/.*)?");
  private static final Pattern ENGINE =
      Pattern.compile("(?:/var)?/run/(?:docker|podman/podman|containerd/containerd)[.]sock");

  @Override
  public String id() {
    return "build-privileges";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Project project, Dockerfile file, Stage stage) {
    var remarks = new ArrayList<Remark>();
    for (Instruction instruction : stage.instructions()) {
      Subject subject = StagePass.subject(file, stage, instruction);
      if (instruction.is("RUN")) {
        instruction.flags().forEach(flag -> add(remarks, flag(subject, flag)));
      } else if (instruction.is("VOLUME")) {
        add(remarks, volume(subject, instruction));
      }
    }
    return StagePass.orFine(remarks, file, stage, "no step of it reaches out of the build");
  }

  private static void add(List<Remark> remarks, @Nullable Remark remark) {
    if (remark != null) {
      remarks.add(remark);
    }
  }

  private static @Nullable Remark flag(Subject subject, Flag flag) {
    String value = flag.value() == null ? "" : flag.value();
    return switch (flag.name()) {
      case "security" ->
          value.equals("insecure")
              ? Remark.advice(
                  subject,
                  Severity.HIGH,
                  "the step has power over the machine that builds (--security=insecure)",
                  "take the option away, unless the step fails without it")
              : null;
      case "network" ->
          value.equals("host")
              ? Remark.advice(
                  subject,
                  Severity.MEDIUM,
                  "the step reaches what listens on 127.0.0.1 of the machine that builds"
                      + " (--network=host)",
                  "take the option away, unless the step fails without it")
              : null;
      case "mount" -> mount(subject, value);
      default -> null;
    };
  }

  /** A secret, or the socket of an agent, that each user of the step may use. */
  private static @Nullable Remark mount(Subject subject, String value) {
    Matcher kind = SECRET.matcher(value);
    Matcher mode = MODE.matcher(value);
    boolean everyone = kind.find() && mode.find() && (Integer.parseInt(mode.group(1), 8) & 07) != 0;
    return everyone
        ? Remark.advice(
            subject,
            Severity.LOW,
            "each user of the step may use what it mounts (type=%s, mode=%s)"
                .formatted(kind.group(1), mode.group(1)),
            "take mode away, so that its owner alone may; where the step runs as another user, name"
                + " that one with uid=")
        : null;
  }

  private static @Nullable Remark volume(Subject subject, Instruction instruction) {
    List<String> json = instruction.json();
    List<String> paths =
        json != null ? json : instruction.words().stream().map(Word::text).toList();
    for (String path : paths) {
      if (ENGINE.matcher(path).matches()) {
        return Remark.advice(
            subject,
            Severity.LOW,
            "VOLUME makes an empty folder where the socket of the engine would be",
            "take it away: it gives no access, and hides whether a service mounts the socket");
      }
      if (KERNEL.matcher(path).matches()) {
        return Remark.advice(
            subject,
            Severity.MEDIUM,
            "VOLUME puts a volume over what the kernel shows in %s".formatted(path),
            "take it away, and keep files elsewhere");
      }
    }
    return null;
  }
}
