package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Small applications that start as root: hardened by the program, they are built and serve as
 * another user, on a root that nobody may write, without a capability, and again after a restart.
 */
class ApplicationsBenchTest {

  static final Path APPLICATIONS = Path.of("src", "test", "bench", "applications");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"node", "python", "php", "go", "java"})
  @Execution(ExecutionMode.CONCURRENT)
  void an_application_serves_as_another_user(String name) throws Exception {
    Docker docker = Docker.orSkip();
    Path original = Files.createDirectory(temp.resolve("original"));
    Started.copy(APPLICATIONS.resolve(name), original);
    build(original);
    try (Started before = Started.of(docker, original, null)) {
      assertThat(answer(before)).isEqualTo(name + " 0");
    }
    Path hardened =
        FixturesBenchTest.hardened(original, temp.resolve("hardened"), "--level", "strict");
    try (Started project = Started.of(docker, hardened, null)) {
      String answer = answer(project);
      assertThat(answer).startsWith(name + " ").isNotEqualTo(name + " 0");
      String container = project.container("app");
      assertThat(docker.ask("inspect", "-f", "{{.HostConfig.ReadonlyRootfs}}", container))
          .isEqualTo("true");
      assertThat(docker.ask("inspect", "-f", "{{.HostConfig.CapDrop}}", container))
          .isEqualTo("[ALL]");
      assertThat(docker.ask("inspect", "-f", "{{.HostConfig.CapAdd}}", container)).isEqualTo("[]");
      project.restart();
      assertThat(answer(project)).isEqualTo(answer);
    }
  }

  /** What a stage of its own would build, where the images for that are not at hand. */
  private static void build(Path project) throws IOException, InterruptedException {
    if (Files.exists(project.resolve("main.go"))) {
      var go =
          new ProcessBuilder("go", "build", "-o", "application", "main.go")
              .directory(project.toFile())
              .inheritIO();
      go.environment().put("CGO_ENABLED", "0");
      assertThat(go.start().waitFor()).as("go build").isZero();
    }
    if (Files.exists(project.resolve("Application.java"))) {
      var arguments = new ArrayList<>(List.of("--release", "17", "-d"));
      arguments.add(project.resolve("classes").toString());
      arguments.add(project.resolve("Application.java").toString());
      var javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
      assertThat(javac.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    }
  }

  /** What the application says to whoever asks, as soon as it does. */
  private static String answer(Started project) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "nothing";
    while (System.nanoTime() < end) {
      try {
        HttpRequest get = HttpRequest.newBuilder(project.url("app", 8080)).build();
        HttpResponse<String> response = client.send(get, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          return response.body().strip();
        }
        last = "status " + response.statusCode();
      } catch (IOException | IllegalArgumentException e) {
        last = String.valueOf(e);
      }
      Thread.sleep(250);
    }
    throw new AssertionError("no answer: " + last);
  }
}
