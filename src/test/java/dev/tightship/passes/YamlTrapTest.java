package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTrapTest extends PassTest {

  private static final String FINE = "each value is read as it is written";

  YamlTrapTest() {
    super(new YamlTrap());
  }

  /** A value is a finding where the container gets another text, and then that text is named. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "on",
        "no",
        "yes",
        "y",
        "1.10",
        "0123",
        "022",
        "007",
        "08",
        "0x1F",
        "22:22",
        "12:30:45",
        "2001-01-01",
        "1e3",
        "1_000",
        "1.0",
        "1000000",
        "1000000.0",
        "0o17",
        "0b11",
        "+5",
        ".5",
        "1.",
        "true",
        "True",
        "FALSE",
        "12345678901234567890",
        "3.14",
        "0",
        "-1",
        "'1.10'",
        "v1.10"
      })
  void finds_what_reaches_the_container_otherwise(String value, @TempDir Path folder) {
    String text = "services:\n  a:\n    image: x\n    environment:\n      A: %s\n".formatted(value);
    Object read =
        Json.at(Compose.orSkip().model(folder, text), "services", "a", "environment", "A");
    String written = value.replace("'", "");
    if (written.equals(read)) {
      assertThat(findings(text)).isEmpty();
    } else {
      assertThat(findings(text))
          .singleElement()
          .extracting(Remark.Finding::message)
          .asString()
          .startsWith("A has no quotes, so " + written)
          .endsWith("and \"%s\" is handed on".formatted(read));
    }
  }

  /** What Compose warns of is mended, and it takes the result for the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "init: yes | init: true",
        "tty: On | tty: true",
        "read_only: 'y' | read_only: true",
        "privileged: OFF | privileged: false",
        "stdin_open: n | stdin_open: false",
        "attach: no | attach: false",
        "oom_kill_disable: no | oom_kill_disable: false",
        "healthcheck: {test: [CMD, a], disable: no} | healthcheck: {test: [CMD, a], disable: false}",
      })
  void mends_what_compose_warns_of(String before, String after, @TempDir Path folder)
      throws Exception {
    String text = "services:\n  a:\n    image: x\n    %s\n";
    Path file = folder.resolve(COMPOSE);
    Files.writeString(file, text.formatted(before));
    assertThat(Compose.orSkip().config(folder, List.of(file)).stderr())
        .contains("for boolean is not supported by YAML 1.2");
    assertThat(Compose.orSkip().model(folder, text.formatted(after)))
        .isEqualTo(Compose.orSkip().model(folder, text.formatted(before)));

    hardens(Level.SAFE, text.formatted(before), text.formatted(after));
  }

  @Test
  void mends_the_root_and_lists_as_well() {
    hardens(
        Level.SAFE,
        """
        services:
          a:
            image: x
            depends_on:
              b: {condition: service_started, required: no}
            volumes:
              - type: volume
                source: v
                target: /v
                read_only: on # a comment
          b: {image: y}
        networks:
          default: {internal: yes}
        volumes:
          v:
            external: yes
        """,
        """
        services:
          a:
            image: x
            depends_on:
              b: {condition: service_started, required: false}
            volumes:
              - type: volume
                source: v
                target: /v
                read_only: true # a comment
          b: {image: y}
        networks:
          default: {internal: true}
        volumes:
          v:
            external: true
        """);
  }

  @ParameterizedTest
  @CsvSource({"755, 01363", "1777, 03361", "700, 01274", "640, 01200"})
  void a_mode_begins_with_a_zero(String mode, String read) {
    assertThat(
            findings(
                "{services: {a: {image: x, volumes: [{type: tmpfs, target: /t, tmpfs: {mode: %s}}]}}}"
                    .formatted(mode)))
        .singleElement()
        .matches(f -> f.severity() == Severity.MEDIUM)
        .extracting(Remark.Finding::message)
        .isEqualTo("the mode %s is a decimal number, which is the mode %s".formatted(mode, read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0755", "493", "420", "0o755", "1023", "511"})
  void leaves_modes_that_are_meant(String mode) {
    leaves(
        "{services: {a: {image: x, volumes: [{type: tmpfs, target: /t, tmpfs: {mode: %s}}]}}}"
            .formatted(mode),
        FINE);
  }

  @Test
  void a_port_may_be_of_base_60() {
    assertThat(
            findings(
                "services:\n  a:\n    image: x\n    ports: [22:22, 8080:80, '22:22', 80, 0.0.0.0:22:22]\n"))
        .singleElement()
        .matches(
            f -> f.severity() == Severity.INFO && f.message().startsWith("22:22 without quotes"));
  }

  @Test
  void follows_anchors_once_and_shows_no_secret() {
    assertThat(
            findings(
                """
                x-env: &env
                  UMASK: 022
                x-base: &base
                  init: yes
                services:
                  a:
                    <<: *base
                    image: x
                    environment: {<<: *env, DB_PASSWORD: 012345, VERSION: 3.10}
                  b:
                    <<: *base
                    image: x
                    environment: *env
                """))
        .extracting(Remark.Finding::message)
        .containsExactly(
            "yes is a text since YAML 1.2: Docker Compose warns of it and takes it for true",
            "UMASK has no quotes, so 022 is a number for Docker Compose, and \"18\" is handed on",
            "DB_PASSWORD has no quotes, so it is a number for Docker Compose, and another text is handed on",
            "VERSION has no quotes, so 3.10 is a number for Docker Compose, and \"3.1\" is handed on");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{services: {a: {image: nginx:1.10, restart: no, environment: [A=1.10, B=022, C=yes]}}}",
        "{services: {a: {image: x, environment: {A: null, B: '', C: \"022\", D: 1, E: on}}}}",
        "{services: {a: {image: x, mem_limit: 1_000, x-a: 1.10, cpus: 1.50}}, x-b: {c: yes}}",
      })
  void leaves_what_stays_the_same(String text) {
    leaves(Given.compose(text), FINE);
  }
}
