package dev.tightship.passes;

import dev.tightship.compose.Environment;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells where it is not checked from whom something comes, in builds and in services. */
final class TlsVerification implements ScriptPass {

  private static final String FINE = "it switches no check of certificates or signatures off";

  @Override
  public String id() {
    return "tls-verification";
  }

  @Override
  public String nothing() {
    return FINE;
  }

  @Override
  public String nothingSeen() {
    return "nothing of it that can be told switches a check off";
  }

  @Override
  public boolean looksAt(Instruction instruction) {
    return !instruction.is("HEALTHCHECK"); // it asks the container itself
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return Stream.concat(
        ScriptPass.super.inspect(project),
        project.services().stream().flatMap(service -> remarks(service).stream()));
  }

  @Override
  public List<Against> against(StageInBuild in, Instruction instruction, @Nullable Runs runs) {
    Set<Unverified> found = runs == null ? assignments(instruction) : commands(runs.scripts());
    return found.stream()
        .map(one -> new Against(one.severity(), one.message(), one.instead()))
        .toList();
  }

  private static Remark advice(Subject subject, Unverified found) {
    return Remark.advice(subject, found.severity(), found.message(), found.instead());
  }

  /** ENV, and ARG: within the build both are variables of what runs. */
  private static Set<Unverified> assignments(Instruction instruction) {
    var found = new LinkedHashSet<Unverified>();
    if (instruction.is("ENV") || instruction.is("ARG")) {
      for (Assignment assignment : instruction.assignments()) {
        String value = assignment.value();
        Unverified one = value == null ? null : Unverified.variable(assignment.name(), value);
        if (one != null) {
          found.add(one);
        }
      }
    }
    return found;
  }

  private static Set<Unverified> commands(List<List<ShellCommand>> scripts) {
    var found = new LinkedHashSet<Unverified>();
    for (List<ShellCommand> script : scripts) {
      boolean verifies = Runs.verifies(script);
      for (List<ShellCommand> pipeline : Runs.pipelines(script)) {
        boolean kept = pipeline.stream().anyMatch(TlsVerification::writes);
        for (ShellCommand command : pipeline) {
          for (Unverified one : Unverified.command(command, kept)) {
            // what has the sum that is meant needs no signature, and may come over any connection
            boolean checked = verifies && (one.packages() || Fetch.of(command) != null);
            if (!checked) {
              found.add(one);
            }
          }
        }
      }
    }
    return found;
  }

  private static boolean writes(ShellCommand command) {
    ShellCommand.Program program = command.program();
    return (program != null && program.name().equals("tee"))
        || command.redirections().stream().anyMatch(r -> r.operator().startsWith(">"));
  }

  private static List<Remark> remarks(Service service) {
    var remarks = new ArrayList<Remark>();
    for (Map.Entry<String, Environment.Value> variable :
        service.environment().values().entrySet()) {
      String name = variable.getKey();
      Unverified one =
          variable.getValue().known()
              ? Unverified.variable(name, variable.getValue().text())
              : null;
      if (one != null) {
        boolean here = service.mentions(name, "environment");
        remarks.add(
            advice(
                here ? Subject.of(service, "environment", name) : Subject.of(service, "env_file"),
                one));
      }
    }
    List<String> command = service.words("command");
    if (command != null) {
      Unverified.words(command)
          .forEach(one -> remarks.add(advice(Subject.of(service, "command"), one)));
    }
    return remarks.isEmpty() ? List.of(Remark.fine(Subject.of(service), FINE)) : remarks;
  }
}
