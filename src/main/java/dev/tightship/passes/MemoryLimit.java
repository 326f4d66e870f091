package dev.tightship.passes;

import dev.tightship.analysis.ExplicitMemory;
import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Service;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.Kind;
import dev.tightship.knowledge.Memory;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.ServicePass;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import org.jspecify.annotations.Nullable;

/** Limits the memory of a service, so that a leak or an attack ends with it. */
final class MemoryLimit implements ServicePass {

  private static final String MESSAGE = "the service may take all memory of the machine";

  /** MiB for what is built here, of which no size is known. */
  private static final long BUILT = 1024;

  /** What an image needs to start is far from what it needs under load. */
  private static final long FLOORS = 4;

  /** A heap is not all: threads, buffers and programs come on top of it. */
  private static final long HEAPS = 2;

  @Override
  public String id() {
    return "memory-limit";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Remark inspect(Service service) {
    Subject subject = Subject.of(service, "mem_limit");
    Limits limit = Limits.of(service, "mem_limit", "memory");
    if (limit instanceof Limits.Given given) {
      // 0 and less mean no limit (Docker Engine API, HostConfig.Memory)
      return given.texts().stream().anyMatch(text -> text.matches("-.*|0+[a-zA-Z]*"))
          ? advice(subject, "the project turns the limit off by name")
          : Remark.fine(subject, "it has a limit of its own");
    }
    return limit instanceof Limits.Missing missing
        ? judge(missing)
        : advice(subject, ((Limits.Barred) limit).because());
  }

  private static Remark judge(Limits.Missing missing) {
    Service service = missing.service();
    Subject subject = missing.subject();
    if (!(service.find("memswap_limit") instanceof Answer.Absent)) {
      return advice(subject, "its memswap_limit must not be below the limit: set both");
    }
    Origin origin = service.origin();
    String unknown = origin.unknown();
    if (unknown != null) {
      return advice(subject, unknown);
    }
    boolean built = origin instanceof Origin.Built;
    ImageProfile profile =
        origin instanceof Origin.Pulled pulled ? pulled.profile() : Recipe.baseOf(service);
    if (profile == null) {
      return advice(subject, "it is not known what its base image holds");
    }
    Memory memory = profile.value(FactKey.MEMORY);
    boolean ownProgram = built && (profile.kind() == Kind.RUNTIME || profile.kind() == Kind.BASE);
    if (memory == null && !ownProgram) {
      return advice(subject, "it is not known how much %s takes".formatted(profile.name()));
    }
    ExplicitMemory explicit = ExplicitMemory.of(service);
    if (explicit instanceof ExplicitMemory.CannotTell cannotTell) {
      return advice(subject, cannotTell.because());
    }
    ExplicitMemory.Of named = explicit instanceof ExplicitMemory.Of of ? of : null;
    if (memory != null && memory.grows() && named == null) {
      return advice(
          subject,
          "it keeps its data in memory without a maximum: give it one first, or it is ended when"
              + " the limit is reached");
    }
    long limit = built ? BUILT : 0;
    if (memory != null) {
      limit = Math.max(limit, Math.max(memory.limit(), FLOORS * memory.floor()));
    }
    String why =
        built
            ? "it names no size that would need more"
            : "a small installation stays below it, and starts with a quarter of it";
    if (named != null && HEAPS * named.mebibytes() >= limit) {
      limit = HEAPS * named.mebibytes();
      why =
          "twice the %s that it names (%s)"
              .formatted(MemorySize.write(named.mebibytes()), named.where());
    }
    for (String[] path : ALSO) {
      Answer also = service.find(path);
      Long size = service.text(path).map(MemorySize::mebibytes).orElse(null);
      if (!(also instanceof Answer.Absent) && size == null) {
        return advice(
            subject, "it is not known how large its %s is".formatted(path[path.length - 1]));
      }
      if (size != null && HEAPS * size > limit) {
        limit = HEAPS * size;
        why = "twice its %s".formatted(String.join(".", path));
      }
    }
    return fix(missing, limit, why);
  }

  /** What must fit into the limit: the engine refuses a smaller one, or the service fails. */
  private static final String[][] ALSO = {
    {"mem_reservation"}, {"deploy", "resources", "reservations", "memory"}, {"shm_size"}
  };

  private static Remark fix(Limits.Missing missing, long limit, String why) {
    String size = MemorySize.write(limit);
    return Remark.finding(
        missing.subject(),
        Severity.MEDIUM,
        MESSAGE,
        Fix.of(
            "limit the service to %s of memory".formatted(size),
            Risk.INFERRED,
            why,
            new Edit.Set(missing.place(), Value.string(size))));
  }

  private static Remark advice(Subject subject, @Nullable String unfixed) {
    return Remark.advice(
        subject, Severity.MEDIUM, MESSAGE, unfixed == null ? "nothing is known of it" : unfixed);
  }
}
