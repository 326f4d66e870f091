package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.dockerfile.Word;
import dev.tightship.edit.Edit;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mends what the builder warns of and takes nonetheless, and reports what it refuses: measured with
 * {@code docker buildx build --check}, engine 28.5.2.
 */
final class BuildWarnings implements Pass {

  private static final String AUTHORS = "org.opencontainers.image.authors";

  /** {@code 80}, {@code 80-90} or {@code 80/udp}. */
  private static final Pattern PORT =
      Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/(?i:tcp|udp|sctp))?");

  /** An address and a port of the host, as {@code docker run --publish} takes them. */
  private static final Pattern HOST =
      Pattern.compile("(?:[\\d.]{7,15}:)?(?:\\d{1,5}(?:-\\d{1,5})?)?:");

  /**
   * As the builder takes them (moby/sys, signal): names of Linux with or without SIG, and numbers.
   */
  private static final Pattern SIGNAL =
      Pattern.compile(
          "[1-9]\\d{0,2}|(?:SIG)?(?:ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL"
              + "|PROF|PWR|QUIT|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH"
              + "|XCPU|XFSZ|RTMIN(?:[+]\\d{1,2})?|RTMAX(?:-\\d{1,2})?)",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String id() {
    return "build-warnings";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return project.dockerfiles().stream().flatMap(file -> inspect(project, file).stream());
  }

  private static List<Remark> inspect(Project project, Dockerfile file) {
    var remarks = new ArrayList<Remark>();
    BuiltStages built = BuiltStages.of(project, file);
    var build = file.build(Map.of());
    var placed = new HashSet<Integer>(); // the stages that say where they end
    for (Stage stage : file.stages()) {
      boolean before =
          build.base(stage) instanceof Base.EarlierStage earlier
              && placed.contains(earlier.index());
      if (before || stage.last("WORKDIR") != null) {
        placed.add(stage.index());
      }
      if (built.contains(stage)) {
        remarks.addAll(inspect(file, stage, before));
      }
    }
    return remarks;
  }

  /**
   * @param before whether a stage below it has said where it works, in this file
   */
  private static List<Remark> inspect(Dockerfile file, Stage stage, boolean before) {
    var remarks = new ArrayList<Remark>();
    boolean placed = before;
    for (Instruction instruction : stage.instructions()) {
      Remark remark =
          switch (instruction.keyword()) {
            case "MAINTAINER" -> maintainer(file, stage, instruction);
            case "STOPSIGNAL" -> signal(file, stage, instruction);
            case "EXPOSE" -> expose(file, stage, instruction);
            case "WORKDIR" -> placed ? null : workdir(file, stage, instruction);
            default -> null;
          };
      placed |= instruction.is("WORKDIR");
      if (remark != null) {
        remarks.add(remark);
      }
    }
    return StagePass.orFine(remarks, file, stage, "no builder warns of what it says");
  }

  // MAINTAINER

  private static Remark maintainer(Dockerfile file, Stage stage, Instruction instruction) {
    Subject subject = StagePass.subject(file, stage, instruction);
    String message = "MAINTAINER is deprecated, and few programs show what it says";
    String name = name(instruction);
    boolean labelled =
        stage.instructions().stream()
            .filter(other -> other.is("LABEL"))
            .flatMap(other -> other.assignments().stream())
            .anyMatch(label -> label.name().equals(AUTHORS));
    if (name == null || labelled) {
      return Remark.advice(
          subject,
          Severity.LOW,
          message,
          labelled ? "take it away: a label names the authors" : "write a label " + AUTHORS);
    }
    String label = instruction.written().text().equals("maintainer") ? "label" : "LABEL";
    return finding(
        file,
        stage,
        instruction,
        message,
        "name the authors in a label",
        "%s %s=\"%s\"".formatted(label, AUTHORS, name));
  }

  /** Who it is, where that can stand between quotes as it is; else null. */
  private static @Nullable String name(Instruction instruction) {
    String text = instruction.arguments().text();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String name = quoted ? text.substring(1, text.length() - 1) : text;
    return !name.isBlank() && name.chars().allMatch(c -> c >= ' ' && "\"$\\`".indexOf(c) < 0)
        ? name
        : null;
  }

  // EXPOSE

  private static @Nullable Remark expose(Dockerfile file, Stage stage, Instruction instruction) {
    Subject subject = StagePass.subject(file, stage, instruction);
    String before = instruction.whole().text();
    var after = new StringBuilder(before);
    int from = before.length();
    List<Word> words = instruction.words();
    for (int i = words.size() - 1; i >= 0; i--) {
      String word = words.get(i).text();
      from = before.lastIndexOf(word, from - word.length());
      if (word.indexOf('$') >= 0) {
        continue;
      }
      int end = word.lastIndexOf(':') + 1;
      if (!isPort(word.substring(end)) || !isHost(word.substring(0, end))) {
        return Remark.advice(
            subject,
            Severity.MEDIUM,
            "EXPOSE names what is no port, so the build fails",
            "write ports from 1 to 65535, with /udp where they are not of TCP");
      }
      after.delete(from, from + end);
    }
    return after.toString().equals(before)
        ? null
        : finding(
            file,
            stage,
            instruction,
            "EXPOSE names a port of the host, which no builder looks at",
            "name the ports of the container alone",
            after.toString());
  }

  private static boolean isHost(String text) {
    return text.isEmpty() || HOST.matcher(text).matches();
  }

  private static boolean isPort(String text) {
    var port = PORT.matcher(text);
    if (!port.matches()) {
      return false;
    }
    int first = Integer.parseInt(port.group(1));
    int last = port.group(2) == null ? first : Integer.parseInt(port.group(2));
    return first <= last && last <= 65_535;
  }

  // STOPSIGNAL

  private static @Nullable Remark signal(Dockerfile file, Stage stage, Instruction instruction) {
    String signal = instruction.arguments().text().strip();
    boolean sure = !signal.isEmpty() && signal.chars().noneMatch(c -> "$\"'\\`".indexOf(c) >= 0);
    Subject subject = StagePass.subject(file, stage, instruction);
    if (sure && !SIGNAL.matcher(signal).matches()) {
      return Remark.advice(
          subject,
          Severity.MEDIUM,
          "STOPSIGNAL names what is no signal, so the build fails",
          "write a signal of Linux, as SIGTERM or 15");
    }
    return sure && signal.toUpperCase(Locale.ROOT).matches("(?:SIG)?KILL|9")
        ? Remark.advice(
            subject,
            Severity.LOW,
            "each stop kills the program, which can finish nothing",
            "take STOPSIGNAL away, or name the signal that the program waits for")
        : null;
  }

  // WORKDIR

  private static @Nullable Remark workdir(Dockerfile file, Stage stage, Instruction instruction) {
    String path = instruction.arguments().text();
    boolean sure = !path.isEmpty() && path.chars().noneMatch(c -> "$\"'\\:%".indexOf(c) >= 0);
    return path.startsWith("/") || !sure
        ? null
        : Remark.advice(
            StagePass.subject(file, stage, instruction),
            Severity.LOW,
            "the working directory depends on that of the base image",
            "write the whole path, from / on");
  }

  private static Remark finding(
      Dockerfile file,
      Stage stage,
      Instruction instruction,
      String message,
      String title,
      String after) {
    Subject subject = StagePass.subject(file, stage, instruction);
    if (StagePass.isTooLong(file)) {
      return Remark.advice(subject, Severity.LOW, message, StagePass.TOO_LONG);
    }
    String before = instruction.whole().text();
    return Remark.finding(
        subject,
        Severity.LOW,
        message,
        Fix.of(
            title,
            Risk.NEUTRAL,
            "the image runs as before",
            new Edit.Rewrite(file.path(), stage.index(), before, after)));
  }
}
