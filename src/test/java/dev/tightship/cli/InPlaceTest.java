package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class InPlaceTest {

  private static final String TEXT =
      "services:\n  web:\n    image: nginx:alpine\n  app:\n    build: app\n";

  @TempDir Path temp;
  private Path compose;
  private Path dockerfile;

  @BeforeEach
  void makes_a_project() throws IOException {
    temp = temp.toRealPath();
    compose = Cli.write(temp.resolve("compose.yaml"), TEXT);
    dockerfile = Cli.write(temp.resolve("app/Dockerfile"), "FROM nginx:stable\n");
  }

  @Test
  void writes_once_and_keeps_modes() throws Exception {
    Files.setPosixFilePermissions(compose, PosixFilePermissions.fromString("rw-rw----"));
    Files.setPosixFilePermissions(dockerfile, PosixFilePermissions.fromString("rwxr-xr-x"));

    Cli.Run first = Cli.run("harden", "-i", temp);

    assertThat(first.code()).isZero();
    assertThat(first.err())
        .contains("  written: " + Cli.seen(compose) + "\n", "  written: " + Cli.seen(dockerfile));
    assertThat(Files.readString(compose)).contains("pids_limit");
    assertThat(Files.readString(dockerfile)).startsWith("FROM nginx:1.");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(compose)))
        .isEqualTo("rw-rw----");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dockerfile)))
        .isEqualTo("rwxr-xr-x");

    FileTime past = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(compose, past);
    Files.setLastModifiedTime(dockerfile, past);
    Cli.Run second = Cli.run("harden", "-i", temp);

    assertThat(second.code()).isZero();
    assertThat(second.out()).isEmpty();
    assertThat(second.err()).startsWith(temp + ": nothing to do at level standard");
    assertThat(Files.getLastModifiedTime(compose)).isEqualTo(past);
    assertThat(Files.getLastModifiedTime(dockerfile)).isEqualTo(past);
    try (var files = Files.walk(temp)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  @Test
  void refuses_a_tree_with_uncommitted_changes() throws Exception {
    Path other = Cli.write(temp.resolve("other/x"), "1");
    Cli.commitAll(temp);
    Cli.write(other, "2");

    Cli.Run refused = Cli.run("harden", "-i", temp);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errors())
        .containsExactly(
            "tightship: %s: the git tree has uncommitted changes (%s): commit them, or say --force"
                .formatted(temp, Cli.seen(other)));
    assertThat(Files.readString(compose)).isEqualTo(TEXT);

    assertThat(Cli.run("harden", "-i", "--force", temp).code()).isZero();
    assertThat(Files.readString(compose)).isNotEqualTo(TEXT);
  }

  @Test
  void two_projects_of_one_run_may_share_a_dockerfile() throws Exception {
    Path second =
        Cli.write(temp.resolve("second/compose.yaml"), "services:\n  app:\n    build: ../app\n");
    Cli.commitAll(temp);

    Cli.Run run = Cli.run("harden", "-i", temp, temp.resolve("second"));

    assertThat(run.err()).doesNotContain("tightship: ");
    assertThat(run.code()).isZero();
    assertThat(Files.readString(second)).contains("pids_limit");
    assertThat(Files.readString(dockerfile).lines()).hasSize(1);
    assertThat(run.out().split("\\+FROM nginx:1.", -1)).hasSize(2);
    assertThat(Cli.run("harden", "-i", temp, temp.resolve("second")).out()).isEmpty();
  }

  @Test
  void takes_back_what_an_interrupted_run_left_and_says_so() throws Exception {
    Path project = temp.resolve("project");
    Cli.write(project.resolve("compose.yaml"), TEXT);
    Cli.write(project.resolve("app/Dockerfile"), "FROM nginx:stable\n");
    interrupt(project);
    assertThat(Files.exists(project.resolve(".tightship-journal"))).isTrue();

    Cli.Run run = Cli.run("harden", "-q", "-i", project);

    assertThat(run.code()).isZero();
    assertThat(run.errors())
        .singleElement()
        .asString()
        .matches(
            "tightship: .*/project: an earlier run was interrupted and is now (taken back|finished).*");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(Files.readString(project.resolve("compose.yaml"))).contains("pids_limit");
    assertThat(Files.exists(project.resolve(".tightship-journal"))).isFalse();
  }

  /** Kills runs until one leaves its journal behind. */
  private static void interrupt(Path project) throws Exception {
    Path journal = project.resolve(".tightship-journal");
    for (int attempt = 0; attempt < 60; attempt++) {
      Process process =
          new ProcessBuilder(Cli.command(List.of(), "harden", "-q", "-i", project))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      while (process.isAlive() && !Files.exists(journal)) {
        Thread.onSpinWait();
      }
      process.destroyForcibly();
      process.waitFor();
      if (Files.exists(journal)) {
        return;
      }
      Cli.write(project.resolve("compose.yaml"), TEXT);
      Cli.write(project.resolve("app/Dockerfile"), "FROM nginx:stable\n");
    }
    throw new AssertionError("no kill fell into a commit");
  }

  @Test
  void a_journal_that_is_none_of_ours_is_not_followed() throws Exception {
    Path journal = Cli.write(temp.resolve(".tightship-journal"), "rm -rf /\n");

    Cli.Run run = Cli.run("harden", "-i", temp);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("tightship: " + Cli.seen(journal) + ": ")
        .endsWith("nothing was touched, remove it by hand");
    assertThat(Files.readString(compose)).isEqualTo(TEXT);
  }
}
