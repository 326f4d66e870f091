package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The {@code git apply} of this machine, with no settings but its own. */
final class Git {

  private static final long TIMEOUT_SECONDS = 60;

  private final Path dir;

  private Git(Path dir) {
    this.dir = dir;
  }

  /** Git in an empty folder; where there is none the test is skipped, but on CI it fails. */
  static Git in(Path dir) throws IOException, InterruptedException {
    try {
      new Git(dir).run("--version");
    } catch (IOException e) {
      if ("true".equalsIgnoreCase(System.getenv("CI"))) {
        throw e;
      }
      Assumptions.abort("git was not found, so no patch is tried with `git apply`");
    }
    return new Git(dir);
  }

  Path dir() {
    return dir;
  }

  /** Makes the folder a repository with all that is in it. */
  void commitAll() throws IOException, InterruptedException {
    assertThat(run("init", "-q")).isEmpty();
    assertThat(run("-c", "core.autocrlf=false", "add", "-A")).isEmpty();
    assertThat(
            run("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "x"))
        .isEmpty();
  }

  /** What git said of a patch in a mail; empty when a commit was made of it. */
  String am(String mail) throws IOException, InterruptedException {
    Path file = dir.resolveSibling("a.mail");
    Files.writeString(file, mail);
    return run(
        "-c",
        "core.autocrlf=false",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "am",
        "-q",
        file.toString());
  }

  /** What git said of a patch; empty when it was applied. */
  String apply(String patch, String... options) throws IOException, InterruptedException {
    Path file = dir.resolveSibling("a.patch");
    Files.writeString(file, patch);
    var words =
        new ArrayList<>(List.of("-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"));
    words.addAll(List.of(options));
    words.add(file.toString());
    return run(words.toArray(String[]::new));
  }

  private String run(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Path outside = dir.resolveSibling(".").normalize();
    Path said = Files.createTempFile(outside, "git", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CEILING_DIRECTORIES", outside.toString());
    environment.put("HOME", outside.toString());
    environment.put("XDG_CONFIG_HOME", outside.toString());
    environment.put("LC_ALL", "C");
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("git did not end");
    }
    String text = Files.readString(said, StandardCharsets.UTF_8);
    return process.exitValue() == 0 ? "" : "exit " + process.exitValue() + ": " + text;
  }
}
