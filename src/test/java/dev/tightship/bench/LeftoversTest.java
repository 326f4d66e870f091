package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the bench starts is gone afterwards, also when the bench is killed. */
class LeftoversTest {

  private static final String PROJECT =
      """
      services:
        sleeper:
          build: .
          init: true
          command: sleep 600
          volumes:
            - data:/data
      volumes:
        data:
      """;

  @TempDir private Path temp = Path.of("");

  /** Starts a project and waits to be killed. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws Exception {
      Started started = Started.of(Docker.orSkip(), Path.of(arguments[0]), null);
      System.out.println(started.name() + " " + started.folder());
      Started.sleep(Duration.ofMinutes(5));
    }
  }

  private Path project() throws IOException {
    Files.writeString(temp.resolve("docker-compose.yml"), PROJECT);
    Files.writeString(temp.resolve("Dockerfile"), "FROM alpine:3.23\nRUN touch /here\n");
    return temp;
  }

  @Test
  void two_runs_leave_nothing_behind() throws Exception {
    Docker docker = Docker.orSkip();
    for (int run = 0; run < 2; run++) {
      Started started = Started.of(docker, project(), null);
      assertThat(left(docker, started.name())).as("while it runs").isNotEmpty();
      started.close();
      assertThat(left(docker, started.name())).isEmpty();
      assertThat(started.folder()).doesNotExist();
    }
  }

  @Test
  void a_killed_run_leaves_nothing_behind() throws Exception {
    Docker docker = Docker.orSkip();
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                project().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      assertThat(line).as("name and folder of what was started").isNotNull();
      String[] words = line.split(" ", 2);
      assertThat(left(docker, words[0])).as("while it runs").isNotEmpty();
      victim.destroyForcibly().waitFor();
      for (int i = 0;
          i < 60 && !(left(docker, words[0]).isEmpty() && !Files.exists(Path.of(words[1])));
          i++) {
        Started.sleep(Duration.ofMillis(500));
      }
      assertThat(left(docker, words[0])).isEmpty();
      assertThat(Path.of(words[1])).doesNotExist();
    } finally {
      victim.destroyForcibly();
    }
  }

  /** Containers, networks, volumes and images of a project. */
  private static List<String> left(Docker docker, String name) {
    String label = "label=com.docker.compose.project=" + name;
    return Stream.of(
            docker.ask("ps", "-aq", "--filter", label),
            docker.ask("network", "ls", "-q", "--filter", label),
            docker.ask("volume", "ls", "-q", "--filter", label),
            docker.ask("image", "ls", "-q", "--filter", label),
            docker.ask("image", "ls", "-q", name + "-sleeper"))
        .filter(answer -> !answer.isEmpty())
        .toList();
  }
}
