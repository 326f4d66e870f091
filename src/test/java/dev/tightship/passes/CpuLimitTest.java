package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuLimitTest extends PassTest {

  private static final String OWN = "it has a limit of its own";

  CpuLimitTest() {
    super(new CpuLimit());
  }

  @Test
  void limits_a_known_image_at_the_end_of_its_service() {
    hardens(
        Level.STRICT,
        """
        services:
          web:
            image: nginx:1.31.4 # front
            ports: ["8080:80"] # open

          db: {image: "mongo:8.0.29"}
        """,
        """
        services:
          web:
            image: nginx:1.31.4 # front
            ports: ["8080:80"] # open
            cpus: 1.0

          db: {image: "mongo:8.0.29", cpus: 1.0}
        """);
  }

  @Test
  void limits_what_is_built_here() {
    hardens(
        Level.STRICT,
        "services:\n  api:\n    build: .\n",
        "services:\n  api:\n    build: .\n    cpus: 1.0\n");
  }

  @Test
  void only_offers_it_at_level_standard() {
    offers(Level.STANDARD, "services: {web: {image: nginx}, api: {build: .}}");
  }

  @Test
  void reports_an_image_that_is_not_known_to_start_as_it_is_meant_to() {
    advises(
        "services: {web: {image: 'acme/unknown:1'}}", "nothing is known of the image acme/unknown");
    advises(
        "services: {web: {image: nginx, command: x}}",
        "the service has its own command, and what is known of nginx does not cover it");
    advises(
        "services: {web: {image: 'nginx:1.19.3'}}",
        "what is known of the image does not cover its version 1.19.3");
    advises(
        "services: {web: {image: '${IMAGE}'}}",
        "the image depends on a variable that has no value here");
  }

  @Test
  void goes_into_deploy_as_a_text_where_limits_are() {
    hardens(
        Level.STRICT,
        """
        services:
          web:
            image: nginx
            deploy:
              resources:
                limits:
                  memory: 64m # small
            restart: always
        """,
        """
        services:
          web:
            image: nginx
            deploy:
              resources:
                limits:
                  memory: 64m # small
                  cpus: "1.0"
            restart: always
        """);
  }

  @Test
  void sees_limits_in_another_file() {
    hardens(
        Level.STRICT,
        Given.compose("services:\n  web:\n    image: nginx\n")
            .override("services: {web: {deploy: {resources: {limits: {pids: 90}}}}}\n"),
        Map.of(
            COMPOSE,
            """
            services:
              web:
                image: nginx
                deploy:
                  resources:
                    limits:
                      cpus: "1.0"
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpus: 2",
        "cpus: 0.5",
        "cpus: '${CPUS}'",
        "deploy: {resources: {limits: {cpus: '0.25'}}}"
      })
  void leaves_a_limit_that_is_there(String limit) {
    leaves("services: {web: {image: nginx, %s}}".formatted(limit), OWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpus: 0", "cpus: '0.0'", "deploy: {resources: {limits: {cpus: '0'}}}"})
  void reports_a_limit_that_is_turned_off(String limit) {
    advises(
        "services: {web: {image: nginx, %s}}".formatted(limit),
        "the project turns the limit off by name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cpu_quota", "cpu_period", "cpu_count", "cpu_percent", "cpu_shares", "cpuset"})
  void leaves_a_service_that_shares_processors_otherwise(String key) {
    leaves(
        "services: {web: {image: nginx, %s: '1'}}".formatted(key),
        key + " says already what it gets");
  }

  @Test
  void reports_a_reservation() {
    advises(
        "services: {web: {image: nginx, deploy: {resources: {reservations: {cpus: '2'}}}}}",
        "it reserves processors: set a limit that leaves it as many");
  }

  @Test
  void reports_a_stack() {
    advises(
        "services: {web: {image: nginx, deploy: {placement: {max_replicas_per_node: 1}}}}",
        "deploy.placement of service web shows that the file is deployed as a stack: set"
            + " deploy.resources.limits.cpus there");
  }

  @Test
  void writes_once_what_is_extended_and_leaves_what_is_taken_away() {
    hardens(
        Level.STRICT,
        "services: {base: {image: nginx}, web: {extends: base}}",
        "services: {base: {image: nginx, cpus: 1.0}, web: {extends: base}}");
    advises(
        Given.compose("services: {web: {image: nginx, cpus: 2}}\n")
            .override("services: {web: {cpus: !reset null}}\n"),
        "compose.override.yaml takes cpus away with !reset");
  }
}
