package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tightship.bench.FixturesBenchTest.Fixture;
import dev.tightship.bench.Started.NotStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bench is only worth something when it notices: one line of a copy hardened by hand is
 * spoiled, and the bench has to fail and name the service and the reason.
 */
class SabotageTest {

  /** What is spoiled, and what the bench has to say of it. */
  @SuppressWarnings("ImmutableEnumChecker") // constants, never changed
  enum Sabotage {
    FRONT_CANNOT_DROP(
        Fixture.LESSON,
        "cap_add: [CHOWN, DAC_OVERRIDE, SETGID, SETUID]\n    read_only: true\n    tmpfs:\n      - /var/cache",
        "cap_add: [CHOWN, DAC_OVERRIDE]\n    read_only: true\n    tmpfs:\n      - /var/cache",
        "web",
        "setgid|setuid|initgroups|[Nn]ot permitted"),
    FRONT_HAS_NO_CACHE(
        Fixture.LESSON, "      - /var/cache/nginx\n", "", "web", "[Rr]ead-only file system"),
    FRONT_HAS_NO_PROCESSES(
        Fixture.LESSON,
        "mem_limit: 256m\n    pids_limit: 512",
        "mem_limit: 256m\n    pids_limit: 1",
        "web",
        "[Rr]esource temporarily unavailable|fork|pthread|clone"),
    APPLICATION_CANNOT_REACH(
        Fixture.LESSON,
        "      - default\n      - mongo-net\n",
        "      - default\n",
        "api",
        "mongo"),
    APPLICATION_CANNOT_READ(
        Fixture.LESSON, "secrets/mongo_password.txt", "0600", "api", "EACCES|[Pp]ermission denied"),
    DATABASE_CANNOT_DROP(
        Fixture.LESSON,
        "cap_add: [CHOWN, DAC_OVERRIDE, SETGID, SETUID]\n    read_only: true\n    tmpfs:\n      - /tmp\n    mem_limit: 1g\n    pids_limit: 1024",
        "cap_add: [CHOWN, DAC_OVERRIDE, SETGID]\n    read_only: true\n    tmpfs:\n      - /tmp\n    mem_limit: 1g\n    pids_limit: 1024",
        "mongo",
        "[Nn]ot permitted|[Pp]ermission denied"),
    DATABASE_HAS_NO_MEMORY(
        Fixture.LESSON,
        "mem_limit: 1g\n    pids_limit: 1024",
        "mem_limit: 6m\n    pids_limit: 1024",
        "mongo",
        "true|137|[Mm]emory|OOM"),
    SECOND_DATABASE_HAS_NO_SOCKET(
        Fixture.SECOND_EDITION,
        "            - /var/run/postgresql\n",
        "",
        "db",
        "[Rr]ead-only file system"),
    SECOND_DATABASE_CANNOT_LOOK(
        Fixture.SECOND_EDITION,
        "cap_add: [CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID]",
        "cap_add: [CHOWN, FOWNER, SETGID, SETUID]",
        "db",
        "[Pp]ermission denied"),
    CACHE_IS_ALONE(
        Fixture.SECOND_EDITION,
        "            - db-net\n            - cache-net\n",
        "            - db-net\n",
        "api",
        "cache");

    final Fixture fixture;
    final String line;
    final String instead;
    final String service;
    final String reason;

    Sabotage(Fixture fixture, String line, String instead, String service, String reason) {
      this.fixture = fixture;
      this.line = line;
      this.instead = instead;
      this.service = service;
      this.reason = reason;
    }
  }

  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  void the_bench_names_the_service_and_the_reason(Sabotage sabotage) throws Exception {
    Docker docker = Docker.orSkip();
    try (var project =
        Started.of(docker, FixturesBenchTest.mended(sabotage.fixture, temp), spoiled(sabotage))) {
      FixturesBenchTest.exercise(project, sabotage.fixture);
      fail("the bench did not notice");
    } catch (NotStarted found) {
      System.out.printf("%-32s %s%n", sabotage, found.getMessage());
      assertThat(found.service()).as(found.getMessage()).isEqualTo(sabotage.service);
      assertThat(found.getMessage()).containsPattern(sabotage.reason);
    }
  }

  /** The files of the hardened copy, one of them spoiled. */
  private Path spoiled(Sabotage sabotage) throws IOException {
    Path folder = Files.createDirectory(temp.resolve("spoiled"));
    Started.copy(sabotage.fixture.byHand(), folder);
    if (sabotage.instead.matches("0[0-7]{3}")) {
      Files.setPosixFilePermissions(
          folder.resolve(sabotage.line), PosixFilePermissions.fromString("rw-------"));
      return folder;
    }
    Path compose = folder.resolve("docker-compose.yml");
    String text = Files.readString(compose);
    assertThat(text).contains(sabotage.line);
    Files.writeString(compose, text.replace(sabotage.line, sabotage.instead));
    return folder;
  }
}
