package dev.tightship.passes;

import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import dev.tightship.secret.Placeholders;
import dev.tightship.secret.SecretFinder;
import dev.tightship.text.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reports a secret of a Dockerfile that a service has as well: it must change in both places at
 * once. Values are compared and never named.
 */
final class RepeatedSecret implements Pass {

  private static final int LONGEST = 4_096;

  @Override
  public String id() {
    return "repeated-secret";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    if (project.dockerfiles().isEmpty()) {
      return Stream.empty();
    }
    Map<String, Set<String>> places = places(project);
    return StagePass.ofBuilt(project, (file, stage) -> remarks(file, stage, places));
  }

  private static List<Remark> remarks(
      Dockerfile file, Stage stage, Map<String, Set<String>> places) {
    var remarks = new ArrayList<Remark>();
    for (Instruction instruction : stage.instructions()) {
      Remark remark =
          instruction.is("ENV") || instruction.is("ARG")
              ? remark(file, stage, instruction, places)
              : null;
      if (remark != null) {
        remarks.add(remark);
      }
    }
    return StagePass.orFine(remarks, file, stage, "no service repeats a secret of it");
  }

  private static @Nullable Remark remark(
      Dockerfile file, Stage stage, Instruction instruction, Map<String, Set<String>> places) {
    for (Assignment assignment : instruction.assignments()) {
      for (String secret : secrets(assignment.name(), assignment.value())) {
        Set<String> same = places.get(secret);
        if (same != null) {
          return Remark.advice(
              StagePass.subject(file, stage, instruction),
              Severity.HIGH,
              "%s holds the secret of %s".formatted(assignment.name(), String.join(", ", same)),
              "keep it in one place alone, outside of both files, and change it: whoever changes one"
                  + " of them now breaks the other");
        }
      }
    }
    return null;
  }

  /** By secret, where services have it: {@code POSTGRES_PASSWORD of service db}. */
  private static Map<String, Set<String>> places(Project project) {
    var places = new HashMap<String, Set<String>>();
    for (Service service : project.services()) {
      service
          .environment()
          .values()
          .forEach(
              (name, value) -> add(places, service, name, value.known() ? value.text() : null));
      service
          .build()
          .ifPresent(
              build -> build.args().forEach((name, value) -> add(places, service, name, value)));
    }
    return places;
  }

  private static void add(
      Map<String, Set<String>> places, Service service, String name, @Nullable String value) {
    for (String secret : secrets(name, value)) {
      places
          .computeIfAbsent(secret, s -> new LinkedHashSet<>())
          .add("%s of service %s".formatted(name, service.name()));
    }
  }

  /** The secrets in a value: the whole of it, or the password of a URL. */
  private static List<String> secrets(String name, @Nullable String value) {
    if (value == null || value.length() > LONGEST) {
      return List.of();
    }
    String line = name + "=" + value;
    return SecretFinder.find(line).stream()
        .map((Span span) -> span.of(line))
        .filter(secret -> !Placeholders.is(secret) && secret.indexOf('$') < 0)
        .toList();
  }
}
