package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerSocketTest extends PassTest {

  private static final String NO_WAY = "it has no open way to the engine";

  DockerSocketTest() {
    super(new DockerSocket());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'/var/run/docker.sock:/var/run/docker.sock'",
        "'/run/docker.sock:/tmp/docker.sock:ro'",
        "'//var/run/docker.sock:/var/run/docker.sock'",
        "'/var/run/../run/docker.sock:/s'",
        "'${SOCK:-/var/run/docker.sock}:/s'",
        "'${SOCK}:/var/run/docker.sock'",
        "{type: bind, source: /var/run/docker.sock, target: /s, read_only: true}",
        "'/var/run:/var/run:ro'",
        "'/run/:/host/run'",
        "'/run/podman/podman.sock:/s'",
        "'/run/user/1000/podman/podman.sock:/s'",
        "'/run/user/1000/docker.sock:/s'",
        "'~/.docker/run/docker.sock:/s'",
        "'${HOME}/.docker/run/docker.sock:/s'",
        "'/run/containerd/containerd.sock:/s'",
        "'\\\\.\\pipe\\docker_engine:\\\\.\\pipe\\docker_engine'",
        "{type: npipe, source: '\\\\.\\pipe\\docker_engine', target: x}",
        "'engine:/s'",
      })
  void reports_every_way_to_mount_it(String volume) {
    assertThat(
            findings(
                """
                services: {a: {image: acme/a, volumes: [%s]}}
                volumes: {engine: {driver_opts: {o: bind, device: /run/docker.sock}}}
                """
                    .formatted(volume)))
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'./docker.sock:/s'",
        "'/srv/run:/run'",
        "'/run/myapp:/run/myapp'",
        "'/var/run/mysqld/mysqld.sock:/s'",
        "'run:/var/run'",
        "/var/run",
      })
  void leaves_other_mounts(String volume) {
    leaves(
        "services: {a: {image: acme/a, volumes: [%s]}}\nvolumes: {run: {}}\n".formatted(volume),
        NO_WAY);
  }

  @Test
  void says_that_read_only_does_not_help() {
    assertThat(
            findings(
                "services: {a: {image: acme/a, volumes: ['/run/docker.sock:/run/docker.sock:ro']}}"))
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .endsWith("and :ro takes nothing of that away");
  }

  @Test
  void reports_the_api_socket() {
    assertThat(findings("services: {a: {image: acme/a, use_api_socket: true}}"))
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH);
    leaves("services: {a: {image: acme/a, use_api_socket: false}}", NO_WAY);
  }

  @Test
  void knows_whose_work_it_is() {
    assertThat(
            findings(
                """
                services:
                  a: {image: traefik, volumes: ["/var/run/docker.sock:/var/run/docker.sock:ro"]}
                  b: {image: tecnativa/docker-socket-proxy, volumes: ["/run/docker.sock:/run/docker.sock"]}
                """))
        .extracting(Finding::severity)
        .containsExactly(Severity.MEDIUM, Severity.INFO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[DOCKER_HOST=tcp://10.0.0.5:2375]", "{DOCKER_HOST: 'tcp://build.acme:4243/'}"})
  void reports_an_engine_that_does_not_ask_who_it_is(String environment) {
    assertThat(findings("services: {a: {image: acme/a, environment: %s}}".formatted(environment)))
        .extracting(Finding::severity)
        .containsExactly(Severity.HIGH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[DOCKER_HOST=tcp://10.0.0.5:2376]",
        "[DOCKER_HOST=tcp://10.0.0.5:2375, DOCKER_TLS_VERIFY=1]",
        "{DOCKER_HOST: 'ssh://ann@10.0.0.5'}",
        "{DOCKER_HOST: 'unix:///x.sock'}",
        "[DOCKER_HOST]",
        "['DOCKER_HOST=${DOCKER_HOST}']",
      })
  void leaves_an_engine_that_asks(String environment) {
    leaves("services: {a: {image: acme/a, environment: %s}}".formatted(environment), NO_WAY);
  }

  @Test
  void tells_a_socket_proxy_from_an_engine_in_the_project() {
    String ask = "{image: acme/a, environment: ['DOCKER_HOST=tcp://engine:2375']}";
    leaves(
        "services: {a: %s, engine: {image: wollomatic/socket-proxy}}".formatted(ask),
        "it asks the engine through service engine, which decides what it may");
    assertThat(findings("services: {a: %s, engine: {image: 'docker:29-dind'}}".formatted(ask)))
        .extracting(Finding::severity)
        .containsExactly(Severity.MEDIUM);
    assertThat(findings("services: {a: %s, engine: {image: acme/proxy}}".formatted(ask)))
        .extracting(Finding::severity)
        .containsExactly(Severity.LOW);
  }

  @Test
  void a_later_file_has_the_last_word() {
    leaves(
        Given.compose("services: {a: {image: acme/a, environment: ['DOCKER_HOST=tcp://x:2375']}}\n")
            .override("services: {a: {environment: {DOCKER_HOST: 'ssh://x'}}}\n"),
        NO_WAY);
  }

  @Test
  void does_not_guess_what_another_service_brings() {
    advises(
        "services: {a: {image: acme/a}, b: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
  }
}
