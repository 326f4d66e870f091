package dev.tightship.passes;

import dev.tightship.compose.Environment;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Assignment;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.Stage;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Subject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Tells where it is not checked from whom something comes, in builds and in services. */
final class TlsVerification implements ScriptPass {

  private static final String FINE = "it switches no check of certificates or signatures off";

  @Override
  public String id() {
    return "tls-verification";
  }

  @Override
  public boolean joins() {
    return true;
  }

  @Override
  public Stream<Remark> inspect(Project project) {
    return Stream.concat(
        ScriptPass.super.inspect(project),
        project.services().stream().flatMap(service -> remarks(service).stream()));
  }

  @Override
  public List<Remark> remarks(Dockerfile file, Stage stage, List<Runs> runs) {
    var remarks = new ArrayList<Remark>();
    boolean known = runs.stream().allMatch(Runs::known);
    var byInstruction = new IdentityHashMap<Instruction, Runs>();
    runs.forEach(r -> byInstruction.put(r.instruction(), r));
    for (Instruction instruction : stage.instructions()) {
      Runs run = byInstruction.get(instruction);
      Set<Unverified> found =
          run == null ? assignments(instruction) : commands(instruction, run.scripts());
      Subject subject = StagePass.subject(file, stage, instruction);
      found.forEach(f -> remarks.add(advice(subject, f)));
    }
    if (remarks.isEmpty()) {
      remarks.add(
          Remark.fine(
              StagePass.subject(file, stage),
              known ? FINE : "nothing of it that can be told switches a check off"));
    }
    return remarks;
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

  private static Set<Unverified> commands(
      Instruction instruction, List<List<ShellCommand>> scripts) {
    var found = new LinkedHashSet<Unverified>();
    if (instruction.is("HEALTHCHECK")) {
      return found; // it asks the container itself
    }
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
