package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamespacesTest extends PassTest {

  HostNamespacesTest() {
    super(new HostNamespaces());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pid: host", "uts: host", "cgroup: host", "ipc: host", "pid: '${P:-host}'"})
  void takes_it_from_a_known_server_only_at_level_strict(String setting) {
    String before = "services: {web: {image: nginx, %s}}\n".formatted(setting);
    offers(Level.STANDARD, before);
    hardens(Level.STRICT, before, "services: {web: {image: nginx}}\n");
  }

  @Test
  void gives_a_database_shared_memory_of_its_own() {
    hardens(
        Level.STRICT,
        "services:\n  db:\n    ipc: host\n    image: postgres:17.11\n",
        "services:\n  db:\n    image: postgres:17.11\n    shm_size: 1gb\n");
    hardens(
        Level.STRICT,
        "services: {db: {image: 'postgres:17.11', ipc: host, shm_size: 2gb}}\n",
        "services: {db: {image: 'postgres:17.11', shm_size: 2gb}}\n");
  }

  @Test
  void lets_users_be_remapped_where_nothing_is_mounted() {
    hardens(
        "services: {web: {image: acme/web, userns_mode: host, tmpfs: /tmp}}\n",
        "services: {web: {image: acme/web, tmpfs: /tmp}}\n");
    String mounts = "services: {web: {image: acme/web, userns_mode: host, volumes: ['./a:/a']}}\n";
    offers(Level.STANDARD, mounts);
    hardens(Level.STRICT, mounts, "services: {web: {image: acme/web, volumes: ['./a:/a']}}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"privileged: true", "pid: host", "network_mode: host", "network_mode: '${N}'"})
  void leaves_users_that_the_engine_could_not_remap(String setting) {
    advises(
        "services: {web: {image: acme/web, userns_mode: host, %s}}".formatted(setting),
        "privileged, network_mode: host and pid: host need it: those first");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "network_mode: host|MEDIUM",
        "pid: host|HIGH",
        "ipc: host|MEDIUM",
        "uts: host|LOW",
        "cgroup: host|LOW",
        "cgroup_parent: /x|LOW",
        "network_mode: 'service:vpn'|INFO",
        "network_mode: 'container:vpn'|INFO",
        "pid: 'service:vpn'|INFO",
        "ipc: 'container:x'|INFO",
        "pid: '${P}'|LOW",
        "build: {context: ., network: host}|LOW",
        "build: {context: ., entitlements: [network.host]}|LOW",
      })
  void reports_what_only_a_person_can_decide(String setting, Severity severity) {
    assertThat(
            findings("services: {a: {image: acme/a, %s}, vpn: {image: acme/v}}".formatted(setting)))
        .allMatch(finding -> finding.fix() == null)
        .extracting(Finding::severity)
        .containsExactly(severity);
  }

  @Test
  void never_takes_the_network_away() {
    advises(
        "services: {web: {image: nginx, network_mode: host}}",
        "leave it out, publish the ports that it serves under ports, and name other services in the"
            + " place of localhost");
  }

  @Test
  void says_what_is_enough_for_an_image_that_watches_the_machine() {
    assertThat(
            findings("services: {m: {image: prom/node-exporter, pid: host, network_mode: host}}"))
        .extracting(Finding::severity, f -> String.valueOf(f.unfixed()).split(" ", -1)[0])
        .containsExactly(tuple(Severity.LOW, "only"), tuple(Severity.LOW, "it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tty: true",
        "ipc: private",
        "ipc: shareable",
        "cgroup: private",
        "network_mode: bridge",
        "network_mode: none",
        "build: {context: ., network: none}"
      })
  void leaves_namespaces_of_its_own(String setting) {
    leaves("services: {a: {image: acme/a, %s}}".formatted(setting), "it has namespaces of its own");
  }

  @Test
  void leaves_what_would_not_be_gone() {
    advises(
        Given.compose("services: {db: {image: nginx, pid: host}}\n")
            .override("services: {db: {pid: host, tty: true}}\n"),
        "pid is set in more than one file");
    advises(
        "services: {a: {image: acme/a}, b: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
  }
}
