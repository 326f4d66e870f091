package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs git on a folder of a test, away from the user's own settings. */
final class Repository {

  private Repository() {}

  static void init(Folder folder) throws IOException, InterruptedException {
    try {
      git(folder, "init", "-q", "-b", "main");
    } catch (IOException e) {
      Assumptions.abort("needs git");
    }
  }

  static void commitAll(Folder folder) throws IOException, InterruptedException {
    git(folder, "add", "-A");
    git(folder, "commit", "-q", "-m", "all");
  }

  static String git(Folder folder, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.addAll(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
    command.addAll(List.of("-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.path().toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    // What git runs must not wait for input.
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }
}
