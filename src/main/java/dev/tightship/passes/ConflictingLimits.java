package dev.tightship.passes;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.pass.Remark;
import dev.tightship.pass.RemarksPass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells of limits that contradict each other: those that Docker Compose refuses (compose-go,
 * loader.checkConsistency), and those with which the engine does not start the container (Docker
 * Engine 28, daemon.verifyPlatformContainerResources).
 */
final class ConflictingLimits implements RemarksPass {

  private static final double LEAST_MEMORY = 6.0 * 1024 * 1024;

  private static final List<String> LIMITS = List.of("deploy", "resources", "limits");
  private static final List<String> RESERVATIONS = List.of("deploy", "resources", "reservations");

  /**
   * A setting that Compose takes in two places.
   *
   * @param key the short key
   * @param group the mapping below {@code deploy}; once it is there, Compose compares
   * @param field its field, named as in the message
   * @param number reads either
   */
  private record Pair(
      String key, List<String> group, String field, Function<String, @Nullable Double> number) {

    String[] path() {
      var path = new ArrayList<>(group);
      path.add(field);
      return path.toArray(String[]::new);
    }

    String name() {
      return String.join(".", path());
    }
  }

  private static final Pair MEMORY = new Pair("mem_limit", LIMITS, "memory", MemorySize::bytes);
  private static final Pair RESERVED =
      new Pair("mem_reservation", RESERVATIONS, "memory", MemorySize::bytes);
  private static final Pair CPUS = new Pair("cpus", LIMITS, "cpus", ConflictingLimits::number);

  private static final List<Pair> PAIRS =
      List.of(
          MEMORY,
          RESERVED,
          CPUS,
          new Pair("pids_limit", LIMITS, "pids", ConflictingLimits::number));

  /** Without any of these there is nothing to compare, which is what most services are like. */
  private static final List<String> KEYS =
      List.of(
          "deploy",
          "mem_limit",
          "mem_reservation",
          "memswap_limit",
          "cpus",
          "cpu_quota",
          "cpu_period",
          "pids_limit",
          "oom_kill_disable");

  @Override
  public String id() {
    return "conflicting-limits";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    if (KEYS.stream().noneMatch(service::has)) {
      return List.of(fine(service));
    }
    for (Pair pair : PAIRS) {
      distinct(service, pair, remarks);
    }
    replicas(service, remarks);
    memory(service, remarks);
    cpus(service, remarks);
    if (remarks.isEmpty()) {
      remarks.add(fine(service));
    }
    return remarks;
  }

  private static Remark fine(Service service) {
    return Remark.fine(Subject.of(service), "no limit of it contradicts another");
  }

  /** Beside the group below deploy a short key must have the same value there. */
  private static void distinct(Service service, Pair pair, List<Remark> remarks) {
    String text = service.text(pair.key).orElse(null);
    Double number = text == null ? null : pair.number.apply(text);
    boolean off = number != null && number == 0;
    if (text == null || off || !service.has(pair.group.toArray(String[]::new))) {
      return;
    }
    Answer inDeploy = service.find(pair.path());
    if (inDeploy instanceof Answer.Absent) {
      remarks.add(
          refused(
              service,
              pair.key,
              "%s stands beside %s, which has no %s"
                  .formatted(pair.key, String.join(".", pair.group), pair.field),
              "move it to " + pair.name()));
      return;
    }
    Double other = service.text(pair.path()).map(pair.number).orElse(null);
    if (number != null && other != null && number.floatValue() != other.floatValue()) {
      remarks.add(
          refused(
              service,
              pair.key,
              "%s is %s, and %s is %s"
                  .formatted(pair.key, text, pair.name(), service.text(pair.path()).orElse("")),
              "keep one of them"));
    }
  }

  private static void replicas(Service service, List<Remark> remarks) {
    String scale = service.text("scale").orElse("");
    String replicas = service.text("deploy", "replicas").orElse("");
    Double a = number(scale);
    Double b = number(replicas);
    if (a != null && b != null && !a.equals(b)) {
      remarks.add(
          refused(
              service,
              "scale",
              "scale is %s, and deploy.replicas is %s".formatted(scale, replicas),
              "keep one of them"));
    }
  }

  /** What the engine does with a memory limit; a limit below deploy takes the place of the key. */
  private static void memory(Service service, List<Remark> remarks) {
    Size limit = Size.of(service, MEMORY);
    Size reserved = Size.of(service, RESERVED);
    Size swap = Size.of(service, "memswap_limit");
    if (limit.isBelow(LEAST_MEMORY)) {
      remarks.add(
          stopped(service, MEMORY.key, "%s is less than the 6 MiB that it wants at least", limit));
    }
    if (limit.isBelow(reserved.bytes)) {
      remarks.add(
          stopped(
              service,
              RESERVED.key,
              "%s is less than the memory that is reserved, " + reserved.text,
              limit));
    }
    if (limit.isBelow(swap.bytes) || swap.bytes == 0 || !swap.known) {
      return;
    }
    if (swap.isBelow(limit.bytes)) {
      remarks.add(
          stopped(
              service,
              "memswap_limit",
              "memswap_limit, which counts memory and swap together, is less than %s",
              limit));
    } else if (limit.known && limit.bytes == 0) {
      remarks.add(
          finding(
              service,
              "memswap_limit",
              Severity.HIGH,
              "memswap_limit without a memory limit: the engine does not start it",
              "set a memory limit as well"));
    }
  }

  private static void cpus(Service service, List<Remark> remarks) {
    Double cpus =
        service.text(CPUS.path()).or(() -> service.text(CPUS.key)).map(CPUS.number).orElse(0.0);
    for (String key : new String[] {"cpu_quota", "cpu_period"}) {
      Double other = service.text(key).map(ConflictingLimits::number).orElse(null);
      if (cpus != null && cpus > 0 && other != null && other > 0) {
        remarks.add(
            finding(
                service,
                key,
                Severity.HIGH,
                "%s stands beside a limit of CPUs: the engine does not start it".formatted(key),
                "keep one of them"));
      }
    }
    boolean unkillable =
        service.find("oom_kill_disable") instanceof Answer.Known known
            && known.node() instanceof Node.Scalar scalar
            && scalar.flag().orElse(false);
    Size limit = Size.of(service, MEMORY);
    if (unkillable && limit.known && limit.bytes == 0) {
      remarks.add(
          finding(
              service,
              "oom_kill_disable",
              Severity.MEDIUM,
              "the kernel must not end it, and it has no memory limit: it may take the machine down",
              "leave oom_kill_disable out"));
    }
  }

  /**
   * An amount of memory.
   *
   * @param bytes 0 where it is not set
   * @param known whether that is so; false for what a variable without a value decides
   */
  private record Size(String text, double bytes, boolean known) {

    static Size of(Service service, Pair pair) {
      Size inDeploy = of(service, pair.path());
      return inDeploy.known && inDeploy.bytes == 0 ? of(service, pair.key) : inDeploy;
    }

    static Size of(Service service, String... path) {
      Answer answer = service.find(path);
      if (answer instanceof Answer.Absent) {
        return new Size("", 0, true);
      }
      String text = service.text(path).orElse("");
      Double bytes = MemorySize.bytes(text);
      return new Size(text, bytes == null ? 0 : bytes, bytes != null);
    }

    /** Whether both are set and this one is smaller. */
    boolean isBelow(double other) {
      return known && bytes > 0 && bytes < other;
    }
  }

  private static @Nullable Double number(String text) {
    return text.strip().matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")
        ? Double.valueOf(text.strip())
        : null;
  }

  private static Remark refused(Service service, String key, String message, String unfixed) {
    boolean always = !service.has("profiles");
    return finding(
        service,
        key,
        always ? Severity.HIGH : Severity.MEDIUM,
        message
            + ": Docker Compose refuses the project"
            + (always ? "" : " once a profile turns this service on"),
        unfixed);
  }

  private static Remark stopped(Service service, String key, String message, Size limit) {
    return finding(
        service,
        key,
        Severity.HIGH,
        message.formatted("its memory limit of " + limit.text) + ": the engine does not start it",
        "change one of them");
  }

  private static Remark finding(
      Service service, String key, Severity severity, String message, String unfixed) {
    return Remark.advice(Subject.of(service, key), severity, message, unfixed);
  }
}
