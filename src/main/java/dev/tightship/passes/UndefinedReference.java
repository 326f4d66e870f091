package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Reference;
import dev.tightship.compose.Reference.Kind;
import dev.tightship.compose.Service;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tells what a service refers to and nobody defines, which Docker Compose refuses. */
final class UndefinedReference implements Pass {

  @Override
  public String id() {
    return "undefined-reference";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    var defined = new EnumMap<Kind, Set<String>>(Kind.class);
    for (Kind kind : Kind.values()) {
      defined.put(kind, new HashSet<>(project.names(kind.section())));
    }
    defined.getOrDefault(Kind.NETWORK, new HashSet<>()).add("default"); // Compose makes it
    String incomplete = project.incomplete();
    return project.services().stream()
        .flatMap(
            service ->
                incomplete == null
                    ? inspect(service, defined).stream()
                    : Stream.of(Remark.fine(Subject.of(service), incomplete)));
  }

  private static List<Remark> inspect(Service service, Map<Kind, Set<String>> defined) {
    var remarks = new ArrayList<Remark>();
    for (Reference reference : service.references()) {
      if (!defined.getOrDefault(reference.kind(), Set.of()).contains(reference.name())) {
        remarks.add(undefined(service, reference));
      }
    }
    if (remarks.isEmpty()) {
      remarks.add(Remark.fine(Subject.of(service), "all that it refers to is defined"));
    }
    return remarks;
  }

  private static Remark undefined(Service service, Reference reference) {
    boolean always = !service.has("profiles");
    return Remark.advice(
        new Subject.OfService(service.name(), reference.place()),
        always ? Severity.HIGH : Severity.MEDIUM,
        "there is no %s %s: Docker Compose refuses the %s"
            .formatted(
                reference.kind().word(),
                reference.name(),
                always ? "project" : "project once a profile turns this service on"),
        advice(reference));
  }

  private static String advice(Reference reference) {
    String name = reference.name();
    String section = reference.kind().section();
    return switch (reference.kind()) {
      case NETWORK ->
          Set.of("host", "none").contains(name)
              ? "the network of the engine with this name is network_mode: " + name
              : define(section, "external: true is for one that is there already");
      case VOLUME ->
          name.contains("/")
              ? "a folder of the project begins with ./, a volume is defined below volumes:"
              : define(section, "a folder of the project is written ./" + name);
      case SECRET, CONFIG, MODEL -> define(section, "or take it out");
      case SERVICE -> define(section, "or name the one that is meant");
    };
  }

  private static String define(String section, String otherwise) {
    return "define it below %s:, or name the file that does as well, with -f; %s"
        .formatted(section, otherwise);
  }
}
