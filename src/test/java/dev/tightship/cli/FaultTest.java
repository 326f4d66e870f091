package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Project;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of our own: one line, exit code 3, and the projects beside it are done. */
@SuppressWarnings("NullAway.Init")
class FaultTest {

  private static final String TEXT = "services:\n  %s:\n    image: nginx:alpine\n";

  @TempDir Path temp;

  /** Fails on every project that has a service of this name. */
  private record Failing(Supplier<Throwable> failure) implements Pass {
    @Override
    public String id() {
      return "pids-limit";
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      if (project.services().stream().anyMatch(s -> s.name().equals("bad"))) {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
      return Stream.of();
    }
  }

  static Stream<Supplier<Throwable>> failures() {
    return Stream.of(
        () -> new IllegalStateException("a secret text\nof the project"),
        StackOverflowError::new,
        OutOfMemoryError::new);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void one_line_for_a_fault(Supplier<Throwable> failure) throws IOException {
    Path bad = temp.resolve("bad");
    Path good = temp.resolve("good");
    Cli.write(bad.resolve("compose.yaml"), TEXT.formatted("bad"));
    Cli.write(good.resolve("compose.yaml"), TEXT.formatted("web"));
    List<Pass> passes = List.of(new Failing(failure));

    for (Object[] arguments :
        new Object[][] {{"harden", bad}, {"harden", bad, good}, {"harden", "-i", good, bad}}) {
      Cli.Run run = Cli.run(passes, arguments);

      assertThat(run.code()).isEqualTo(3);
      assertThat(run.errors())
          .singleElement()
          .asString()
          .startsWith("tightship: " + bad + ": a fault of Tightship, please report it: ")
          .contains(failure.get().getClass().getSimpleName())
          .doesNotContain("secret");
      assertThat(run.err()).doesNotContain("\tat ", "Exception in");
      assertThat(run.err().contains("nothing to do")).isEqualTo(arguments.length > 2);
    }
    assertThat(Cli.run(passes, "harden", "--format", "json", bad).out())
        .contains("\"refused\"", "a fault of Tightship");
  }

  @Test
  void one_line_for_an_error_that_is_nobodys() throws IOException {
    Cli.write(temp.resolve("compose.yaml"), TEXT.formatted("bad"));
    Cli.Run run =
        Cli.run(List.of(new Failing(() -> new NoClassDefFoundError("x"))), "harden", temp);

    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).matches("tightship: a fault of Tightship, please report it: [^\n]+\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void says_that_its_output_was_not_taken() throws Exception {
    Cli.write(temp.resolve("compose.yaml"), TEXT.formatted("web"));
    var java = String.join(" ", Cli.command(List.of(), "harden", "-q", temp));

    Cli.Run full = Cli.finish(new ProcessBuilder("sh", "-c", java + " >/dev/full"));
    assertThat(full.code()).isEqualTo(2);
    assertThat(full.err()).startsWith("tightship: standard output cannot be written: ");

    Cli.Run closed = Cli.finish(new ProcessBuilder("sh", "-c", java + " | true"));
    assertThat(closed.err()).isEmpty();
    assertThat(Map.of("code", closed.code())).isEqualTo(Map.of("code", 0));
  }
}
