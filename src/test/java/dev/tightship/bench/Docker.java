package dev.tightship.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The {@code docker} program and the engine behind it, as {@code DOCKER_HOST} names it. Every call
 * is bounded in time.
 */
final class Docker {

  private static final Duration USUAL = Duration.ofMinutes(1);

  private Docker() {}

  /**
   * What one call said.
   *
   * @param exit as the program ended; 124 when it was stopped after its time
   */
  record Answer(int exit, String out, String err) {
    boolean ok() {
      return exit == 0;
    }

    /** Both outputs, for a message. */
    String said() {
      return (out + "\n" + err).strip();
    }
  }

  /**
   * The engine of this machine. Where none answers the test is skipped, but on CI ({@code CI=true})
   * it fails: a bench that nobody runs proves nothing.
   */
  static Docker orSkip() {
    var docker = new Docker();
    String message = "no Docker engine answers: see docs/bench.md";
    boolean answers;
    try {
      answers = docker.run(USUAL, List.of("version", "--format", "{{.Server.Version}}")).ok();
    } catch (UncheckedIOException notInstalled) {
      answers = false;
    }
    if (!answers && "true".equalsIgnoreCase(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.assumeTrue(answers, message);
    return docker;
  }

  /** Runs {@code docker} with these words. */
  Answer run(Duration limit, List<String> words) {
    var command = new ArrayList<>(List.of("docker"));
    command.addAll(words);
    try {
      Path out = Files.createTempFile("bench", ".out");
      Path err = Files.createTempFile("bench", ".err");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
          process.destroyForcibly().waitFor();
        }
        return new Answer(ended ? process.exitValue() : 124, read(out), read(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while docker ran", e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  Answer run(String... words) {
    return run(USUAL, List.of(words));
  }

  /** What the call prints; fails with what it complains about. */
  String ask(String... words) {
    Answer answer = run(words);
    if (!answer.ok()) {
      throw new AssertionError("docker " + String.join(" ", words) + ": " + answer.said());
    }
    return answer.out().strip();
  }
}
