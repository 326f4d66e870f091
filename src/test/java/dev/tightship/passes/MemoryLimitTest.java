package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitTest extends PassTest {

  MemoryLimitTest() {
    super(new MemoryLimit());
  }

  private static String service(String image, String settings) {
    return "services:\n  it:\n    image: " + image + "\n" + settings;
  }

  @ParameterizedTest
  @CsvSource({"nginx:1.31.4, 128m", "postgres:16.15, 1g"})
  void a_known_image_gets_what_a_small_installation_stays_below(String image, String limit) {
    hardens(service(image, ""), service(image, "    mem_limit: " + limit + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: postgres -c shared_buffers=4GB | 8g",
        "command: [-c, shared_buffers=300MB] | 1g",
        "shm_size: 1gb | 2g",
        "mem_reservation: 1500m | 3000m",
      })
  void it_is_twice_what_the_service_names(String setting, String limit) {
    String given = "    " + setting + "\n";

    hardens(
        service("postgres:16.15", given),
        service("postgres:16.15", given + "    mem_limit: " + limit + "\n"));
  }

  @Test
  void beside_limits_in_deploy_it_goes_there() {
    hardens(
        service(
            "nginx:1.31.4",
            "    deploy:\n      resources:\n        limits:\n          cpus: '1'\n"),
        service(
            "nginx:1.31.4",
            """
                deploy:
                  resources:
                    limits:
                      cpus: '1'
                      memory: 128m
            """));
  }

  @Test
  void also_when_those_stand_in_another_file() {
    String override =
        "services:\n  it:\n    deploy:\n      resources:\n        limits:\n          cpus: '1'\n";

    hardens(
        Level.STANDARD,
        Given.compose(service("nginx:1.31.4", "")).override(override),
        Map.of(
            COMPOSE,
            service(
                "nginx:1.31.4",
                "    deploy:\n      resources:\n        limits:\n          memory: 128m\n")));
  }

  // ---- built here

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CMD [\"java\", \"-jar\", \"a.jar\"] | 1g",
        "CMD [\"java\", \"-Xmx4g\", \"-jar\", \"a.jar\"] | 8g",
        "ENV JAVA_OPTS=\"-Xms1g -Xmx1536m\" | 3g",
        "ENV NODE_OPTIONS=--max-old-space-size=2048 | 4g",
      })
  void what_is_built_here_gets_twice_its_heap_and_never_less_than_a_gibibyte(
      String line, String limit) {
    String compose = "services:\n  it:\n    build: .\n";

    hardens(
        Level.STANDARD,
        Given.compose(compose).and(DOCKERFILE, "FROM eclipse-temurin:21\n" + line + "\n"),
        Map.of(COMPOSE, compose + "    mem_limit: " + limit + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM nobody/knows | it is not known what its base image holds",
        "FROM $BASE | it is not known what its base image holds",
        "FROM couchbase:8.0.2 | it is not known how much couchbase takes",
      })
  void what_is_built_on_something_unknown_may_need_any_amount(String line, String reason) {
    advises(Given.compose("services:\n  it:\n    build: .\n").and(DOCKERFILE, line + "\n"), reason);
    advises(
        Given.compose("services:\n  it:\n    build: ./gone\n"),
        "it is not known what its base image holds");
  }

  @Test
  void a_heap_that_cannot_be_told_holds_it() {
    advises(
        Given.compose(
                "services:\n  it:\n    build: .\n    environment:\n      JAVA_OPTS: -Xmx${HEAP}\n")
            .and(DOCKERFILE, "FROM eclipse-temurin:21\n"),
        "JAVA_OPTS depends on a variable that has no value here");
  }

  // ---- nothing to do, nothing known

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mem_limit: 1g",
        "deploy: {resources: {limits: {memory: 1g}}}",
        "mem_limit: ${LIMIT:-1g}"
      })
  void a_limit_of_its_own_is_left(String setting) {
    leaves(service("nginx:1.31.4", "    " + setting + "\n"), "it has a limit of its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody/knows:1 | ports: [] | nothing is known of the image nobody/knows",
        "nginx:1.31.4 | command: sh run.sh | the service has its own command, and what is known of"
            + " nginx does not cover it",
        "nginx:1.31.4 | mem_limit: 0 | the project turns the limit off by name",
        "nginx:1.31.4 | memswap_limit: 2g | its memswap_limit must not be below the limit: set both",
        "nginx:1.31.4 | shm_size: '${SHM}' | it is not known how large its shm_size is",
        "redis:8.10.1 | ports: [] | it keeps its data in memory without a maximum: give it one first,"
            + " or it is ended when the limit is reached",
      })
  void what_is_not_known_is_said(String image, String setting, String reason) {
    advises(service(image, "    " + setting + "\n"), reason);
  }

  @Test
  void a_store_with_a_maximum_gets_twice_that() {
    String command = "    command: redis-server --maxmemory 1gb\n";

    hardens(
        service("redis:8.10.1", command), service("redis:8.10.1", command + "    mem_limit: 2g\n"));
  }
}
