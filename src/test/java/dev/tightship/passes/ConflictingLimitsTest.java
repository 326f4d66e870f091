package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.oracle.Compose;
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

class ConflictingLimitsTest extends PassTest {

  private static final String FINE = "no limit of it contradicts another";

  ConflictingLimitsTest() {
    super(new ConflictingLimits());
  }

  private static String service(String settings) {
    return "{services: {a: {image: x, " + settings + "}}}";
  }

  /** What Compose refuses is a finding, and what it takes is none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mem_limit: 1g, deploy: {resources: {limits: {memory: 1024m}}}",
        "mem_limit: 1g, deploy: {resources: {limits: {memory: 512m}}}",
        "mem_limit: 1073741824, deploy: {resources: {limits: {memory: 1GiB}}}",
        "mem_limit: 1.5g, deploy: {resources: {limits: {memory: 1536M}}}",
        "mem_limit: '${M:-1g}', deploy: {resources: {limits: {memory: 2g}}}",
        "mem_limit: 1g, deploy: {resources: {limits: {cpus: '1'}}}",
        "mem_limit: 1g, deploy: {resources: {limits: {}}}",
        "mem_limit: 1g, deploy: {resources: {reservations: {memory: 512m}}}",
        "mem_limit: 0, deploy: {resources: {limits: {memory: 1g}}}",
        "mem_limit: -1, deploy: {resources: {limits: {cpus: '1'}}}",
        "cpus: 0.5, deploy: {resources: {limits: {cpus: '0.50'}}}",
        "cpus: '0.1', deploy: {resources: {limits: {cpus: 0.1}}}",
        "cpus: 0.5, deploy: {resources: {limits: {cpus: '1'}}}",
        "cpus: 0, deploy: {resources: {limits: {cpus: '1'}}}",
        "pids_limit: 100, deploy: {resources: {limits: {pids: 100}}}",
        "pids_limit: 100, deploy: {resources: {limits: {memory: 200m}}}",
        "pids_limit: -1, deploy: {resources: {limits: {cpus: '1'}}}",
        "mem_reservation: 1g, deploy: {resources: {limits: {cpus: '1'}}}",
        "mem_reservation: 1g, deploy: {resources: {reservations: {cpus: '1'}}}",
        "mem_reservation: 1g, deploy: {resources: {reservations: {memory: 1g}}}",
        "scale: 2, deploy: {replicas: 2}",
        "scale: 2, deploy: {replicas: 3}",
        "scale: 2, deploy: {resources: {}}",
        "mem_limit: 1g, memswap_limit: -1",
      })
  void finds_what_compose_refuses(String settings, @TempDir Path folder) throws Exception {
    Path file = folder.resolve(COMPOSE);
    Files.writeString(file, service(settings));
    boolean accepted = Compose.orSkip().config(folder, List.of(file), "--quiet").accepted();
    assertThat(findings(service(settings)).isEmpty()).isEqualTo(accepted);
  }

  /** Read in Docker Engine 28. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mem_limit: 4m | its memory limit of 4m is less than the 6 MiB that it wants at least",
        "mem_limit: 1g, mem_reservation: 2g"
            + "| its memory limit of 1g is less than the memory that is reserved, 2g",
        "deploy: {resources: {limits: {memory: 1g}, reservations: {memory: 2g}}}"
            + "| its memory limit of 1g is less than the memory that is reserved, 2g",
        "mem_reservation: 2g, deploy: {resources: {limits: {memory: 1g}}}"
            + "| its memory limit of 1g is less than the memory that is reserved, 2g",
        "mem_limit: 1g, memswap_limit: 512m"
            + "| memswap_limit, which counts memory and swap together, is less than its memory limit of"
            + " 1g",
        "memswap_limit: 512m | memswap_limit without a memory limit",
        "cpus: 0.5, cpu_quota: 50000 | cpu_quota stands beside a limit of CPUs",
        "cpu_period: 50000, deploy: {resources: {limits: {cpus: '2'}}}"
            + "| cpu_period stands beside a limit of CPUs",
      })
  void finds_what_the_engine_refuses(String settings, String message) {
    assertThat(findings(service(settings)))
        .singleElement()
        .matches(f -> f.severity() == Severity.HIGH)
        .extracting(Remark.Finding::message)
        .isEqualTo(message + ": the engine does not start it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mem_limit: 1g, mem_reservation: 1g, memswap_limit: 1g",
        "mem_limit: 0, mem_reservation: 1g",
        "mem_limit: $M, mem_reservation: 1g, memswap_limit: 1g",
        "mem_limit: 1g, mem_reservation: $M, memswap_limit: '$M'",
        "mem_limit: $M, deploy: {resources: {limits: {memory: $N}}}",
        "memswap_limit: 0",
        "memswap_limit: -1",
        "cpu_quota: 50000, cpu_period: 100000, cpus: 0",
        "cpu_shares: 512, cpus: 1",
        "oom_kill_disable: true, mem_limit: 1g",
        "oom_kill_disable: false",
      })
  void leaves_what_fits(String settings) {
    leaves(service(settings), FINE);
  }

  @Test
  void a_service_that_must_not_be_ended_needs_a_limit() {
    advises(service("oom_kill_disable: true"), "leave oom_kill_disable out");
  }

  @Test
  void the_two_may_stand_in_two_files() {
    Given given = Given.compose(service("mem_limit: 1g"));
    advises(
        given.override("services: {a: {deploy: {resources: {limits: {cpus: '1'}}}}}"),
        "move it to deploy.resources.limits.memory");
    leaves(given.override("services: {a: {deploy: {resources: {limits: {memory: 1024m}}}}}"), FINE);
  }
}
