package dev.tightship.passes;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExposedPortTest extends PassTest {

  private static final String SAME =
      "what it publishes is what its image exposes, or set otherwise";
  private static final String MORE = "its Dockerfile does not tell all that the image exposes";
  private static final String CORRECT =
      "correct the one on which nothing listens, so that both say the same";
  private static final String LEAVE_OUT =
      "leave that server out: docker compose exec gives a shell without one";

  ExposedPortTest() {
    super(new ExposedPort());
  }

  private static Given service(String settings, String dockerfile) {
    return Given.compose("services: {api: {build: ., %s}}\n".formatted(settings))
        .and(DOCKERFILE, dockerfile);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22", "80 22/tcp", "23", "3389", "5900"})
  void reports_ports_for_administration(String ports) {
    advises(service("init: true", "FROM debian:13\nEXPOSE " + ports + "\n"), LEAVE_OUT);
  }

  @Test
  void leaves_other_ports_and_stages_that_nobody_builds() {
    leaves(service("init: true", "FROM debian:13\nEXPOSE 80 2222 22-25 $SSH\n"), MORE);
    leaves(service("init: true", "FROM debian:13\nEXPOSE 22\nFROM debian:13\nEXPOSE 80\n"), SAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ports: ['8080:80'] | FROM node:24~EXPOSE 3000~CMD [\"node\", \"a.js\"]",
        "ports: [{target: 80, published: 80}] | FROM scratch~EXPOSE 3000 9000-9010/tcp",
        "ports: ['80', '3000'], environment: {PORT: 8000} | FROM debian:13~EXPOSE 3000",
        "ports: ['80'] | FROM debian:13 AS a~EXPOSE 3000~FROM a",
      })
  void reports_a_port_that_the_image_does_not_expose(String settings, String dockerfile) {
    advises(service(settings, dockerfile.replace('~', '\n') + "\n"), CORRECT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ports: ['8080:3000'] | FROM node:24~EXPOSE 3000~CMD a",
        "ports: ['9005'] | FROM scratch~EXPOSE 9000-9010/udp",
        "ports: ['80'], environment: {LISTEN: '0.0.0.0:80'} | FROM scratch~EXPOSE 3000",
        "ports: ['80'], command: serve -p 80 | FROM scratch~EXPOSE 3000",
        "ports: ['9229'], command: nodemon --inspect=0.0.0.0 a.js | FROM node:24~EXPOSE 3000~CMD a",
        "ports: ['80'] | FROM scratch~ENV PORT=80~EXPOSE 3000",
        "ports: ['80'] | FROM node:24~EXPOSE 3000~CMD [\"x\", \"--port=80\"]",
        "ports: ['80'], expose: ['80'] | FROM scratch~EXPOSE 3000",
        "ports: ['$UNKNOWN:$PORT'] | FROM scratch~EXPOSE 3000",
        "init: true | FROM scratch~EXPOSE 3000",
      })
  void leaves_what_agrees_or_is_set_otherwise(String settings, String dockerfile) {
    leaves(service(settings, dockerfile.replace('~', '\n') + "\n"), SAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM nginx:1.31.4~EXPOSE 443",
        "FROM acme/base:1~EXPOSE 443~CMD a",
        "FROM php:8-apache~EXPOSE 443",
        "FROM scratch~ARG P~EXPOSE $P",
        "FROM scratch",
      })
  void does_not_guess_what_the_base_image_exposes(String dockerfile) {
    leaves(service("ports: ['80']", dockerfile.replace('~', '\n') + "\n"), MORE);
  }
}
