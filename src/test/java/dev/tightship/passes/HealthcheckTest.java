package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthcheckTest extends PassTest {

  HealthcheckTest() {
    super(new Healthcheck());
  }

  private static String service(String image, String settings) {
    return "services:\n  it:\n    image: " + image + "\n" + settings;
  }

  @Test
  void a_known_image_gets_a_check_at_level_strict() {
    String postgres = service("postgres:16.15", "");

    offers(Level.STANDARD, Given.compose(postgres));
    hardens(
        Level.STRICT,
        postgres,
        postgres
            + "    healthcheck:\n"
            + "      test:\n"
            + "        - CMD-SHELL\n"
            + "        - pg_isready -h 127.0.0.1 -U \"$${POSTGRES_USER:-postgres}\" -d"
            + " \"$${POSTGRES_DB:-postgres}\"\n"
            + "      interval: 30s\n"
            + "      timeout: 5s\n"
            + "      retries: 3\n"
            + "      start_period: 60s\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test: [CMD, 'true']", "test: 'true'", "interval: 5s"})
  void a_check_of_its_own_is_left(String check) {
    leaves(service("nginx:1.31.4", "    healthcheck: {" + check + "}\n"), "it has one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nginx:1.31.4 | healthcheck: {disable: true} | the project turns it off by name",
        "nginx:1.31.4 | healthcheck: {test: [NONE]} | the project turns it off by name",
        "nobody/knows:1 | ports: [] | it is not known what the image answers to",
        "nginx:1.31.4 | command: sh run.sh | the service has its own command, and what is known of"
            + " nginx does not cover it",
      })
  void what_is_not_known_is_said(String image, String setting, String reason) {
    advises(service(image, "    " + setting + "\n"), reason);
  }

  private static Given built(String dockerfile) {
    return Given.compose("services:\n  it:\n    build: .\n").and(DOCKERFILE, dockerfile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM node:24.19.0-slim\nCMD [\"node\", \"a.js\"]\n",
        "FROM redis:8.10.1\nCMD [\"/start\"]\n",
        "FROM nobody/knows:1\n"
      })
  void what_is_built_here_is_for_its_author(String dockerfile) {
    advises(built(dockerfile), "only its author knows which question it must answer");
  }

  @Test
  void what_is_built_here_and_starts_as_its_base_is_asked_as_its_base() {
    Given given = built("FROM redis:8.10.1\nCOPY redis.conf /usr/local/share/\n");

    offers(Level.STANDARD, given);
    hardens(
        Level.STRICT,
        given,
        Map.of(
            COMPOSE,
            given.text(COMPOSE)
                + "    healthcheck:\n"
                + "      test:\n"
                + "        - CMD-SHELL\n"
                + "        - redis-cli ping | grep -Eq \"PONG|NOAUTH\"\n"
                + "      interval: 30s\n"
                + "      timeout: 5s\n"
                + "      retries: 3\n"
                + "      start_period: 60s\n"));
  }

  @Test
  void what_the_dockerfile_says_counts() {
    String check = "HEALTHCHECK --interval=5s CMD true\n";
    String base = "FROM redis:8.10.1 AS a\n";
    leaves(built(base + check), "line 2 of its Dockerfile brings one");
    leaves(built(base + check + "FROM a\n"), "line 2 of its Dockerfile brings one");
    advises(built(base + "HEALTHCHECK NONE\n"), "line 2 of its Dockerfile turns it off");
    advises(
        built(base + check + "FROM a\nHEALTHCHECK none\n"),
        "line 4 of its Dockerfile turns it off");
  }
}
