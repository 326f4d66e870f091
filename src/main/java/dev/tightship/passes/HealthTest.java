package dev.tightship.passes;

import dev.tightship.analysis.Recipe;
import dev.tightship.compose.Answer;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellCommand;
import dev.tightship.dockerfile.ShellScript;
import dev.tightship.dockerfile.ShellScripts;
import dev.tightship.yaml.Node;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The test of the health check that counts for a service.
 *
 * @param script what it runs
 * @param by the HEALTHCHECK that says it; null where the service does
 */
record HealthTest(ShellScript script, @Nullable Instruction by) {

  /** What ends a test without asking anything. */
  private static final Set<String> ENDS = Set.of("exit", "false", "kill", "return");

  /** That of the service itself, else that of its Dockerfile; null where there is none. */
  static @Nullable HealthTest of(Service service) {
    if ("true".equals(service.text("healthcheck", "disable").orElse(""))) {
      return null;
    }
    if (service.find("healthcheck", "test") instanceof Answer.Known known) {
      ShellScript script = known.node() instanceof Node.Scalar ? line(service) : words(service);
      return script == null ? null : new HealthTest(script, null);
    }
    Recipe.Read read = Recipe.of(service) instanceof Recipe.Read r ? r : null;
    Instruction by = read == null ? null : read.image().healthcheck();
    if (read == null || by == null || isOff(by)) {
      return null;
    }
    return ShellScripts.of(read.file()).stream()
        .filter(script -> script.instruction().equals(by))
        .map(script -> new HealthTest(script.script(), by))
        .findFirst()
        .orElse(null);
  }

  /** Whether an instruction says that there is none. */
  static boolean isOff(Instruction healthcheck) {
    return healthcheck.arguments().text().equalsIgnoreCase("NONE");
  }

  private static @Nullable ShellScript line(Service service) {
    return service.text("healthcheck", "test").map(HealthTest::shell).orElse(null);
  }

  private static @Nullable ShellScript words(Service service) {
    List<String> words = service.words("healthcheck", "test");
    if (words == null || words.size() < 2) {
      return null;
    }
    return switch (words.get(0)) {
      case "CMD" -> ShellScript.ofWords(words.subList(1, words.size()));
      case "CMD-SHELL" -> shell(words.get(1));
      default -> null;
    };
  }

  private static ShellScript shell(String text) {
    return ShellScript.ofWords(List.of("/bin/sh", "-c", text));
  }

  /**
   * The program without which the test always fails: its first one, unless another one is asked
   * when that fails. Null where there is none, or it is not understood.
   */
  @Nullable String program() {
    if (!(script instanceof ShellScript.Known known) || known.commands().isEmpty()) {
      return null;
    }
    List<ShellCommand> all = known.commands();
    for (ShellCommand command : all) {
      ShellCommand.Program program = command.program();
      boolean first = command.equals(all.get(0));
      boolean goesOn =
          first
              || command.join() == Join.AND
              || (command.join() == Join.OR && program != null && ENDS.contains(program.name()));
      if (!goesOn || command.negated() || command.block() != null) {
        return null;
      }
    }
    ShellCommand.Program program = all.get(0).program();
    return program == null ? null : program.name();
  }
}
