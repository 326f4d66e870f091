package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthcheckProgramTest extends PassTest {

  private static final String FINE = "its check calls nothing that is known to be missing";
  private static final String NONE = "no check of the project's own counts";
  private static final String SLIM = "FROM node:24.19.0-slim\n";

  HealthcheckProgramTest() {
    super(new HealthcheckProgram());
  }

  private static Given pulled(String image, String test) {
    return Given.compose(
        "services: {it: {image: '%s', healthcheck: {test: %s}}}\n".formatted(image, test));
  }

  private static Given built(String dockerfile) {
    return Given.compose("services: {it: {build: .}}\n").and(DOCKERFILE, dockerfile);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      value = {
        "mongo:8.0.29 % [CMD, mongo, --eval, x] % mongo % mongo:8.0.29",
        "mariadb:12.3.2 % 'mysqladmin ping -h localhost' % mysqladmin % mariadb:12.3.2",
        "alpine:3.24 % [CMD-SHELL, 'curl -f http://a || exit 1'] % curl % alpine:3.24",
        "alpine:3.24 % [CMD, sh, -c, 'curl -f http://a && true'] % curl % alpine:3.24",
        "debian:13 % [CMD, /usr/bin/pgrep, cron] % pgrep % debian:13",
      })
  void reports_what_an_image_does_not_have(
      String image, String test, String program, String lacking) {
    assertThat(said(pulled(image, test)))
        .containsExactly(
            "medium its health check calls %s, which %s does not have, so that it always fails"
                .formatted(program, lacking));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '%',
      value = {
        "mongo:5.0.31 % [CMD, mongo, --eval, x]",
        "mongo:8.0.29 % [CMD, mongosh, --eval, x]",
        "alpine:3.24 % [CMD, wget, http://a]",
        "node:24.19.0 % [CMD, curl, http://a]",
        "nobody/knows:1 % [CMD, curl, http://a]",
        "alpine:3.24 % [CMD-SHELL, 'curl -f http://a || wget http://a']",
        "alpine:3.24 % [CMD-SHELL, 'curl -f http://a; exit 0']",
        "alpine:3.24 % [CMD-SHELL, '! curl -f http://a']",
        "alpine:3.24 % [CMD-SHELL, 'if curl -f http://a; then exit 1; fi']",
        "alpine:3.24 % [CMD-SHELL, '$$CURL -f http://a']",
      })
  void leaves_what_is_there_or_not_known(String image, String test) {
    leaves(pulled(image, test), FINE);
  }

  @Test
  void leaves_what_the_service_may_bring() {
    String test = "healthcheck: {test: [CMD, curl, x]}";
    for (String brings :
        new String[] {
          "volumes: ['./curl:/opt/curl']",
          "volumes: ['./tools:/usr/local/bin']",
          "command: sh -c 'apk add curl && serve'"
        }) {
      leaves("services: {it: {image: 'alpine:3.24', %s, %s}}\n".formatted(brings, test), FINE);
    }
  }

  @Test
  void looks_at_the_dockerfile_where_the_service_says_nothing() {
    String check = "HEALTHCHECK --interval=5s CMD curl -f http://127.0.0.1 || exit 1\n";
    assertThat(said(built(SLIM + "RUN apt-get update && apt-get install -y tini git\n" + check)))
        .containsExactly(
            "medium HEALTHCHECK in line 3 calls curl, which node:24.19.0-slim does not have, so that"
                + " it always fails");
    advises(
        built(SLIM + "HEALTHCHECK CMD [\"curl\", \"-f\", \"http://127.0.0.1\"]\n"),
        "ask with a program that is there, or install that one in the Dockerfile");
    leaves(built(SLIM + check + "HEALTHCHECK NONE\n"), NONE);
    leaves(built(SLIM), NONE);
    leaves(
        Given.compose("services: {it: {build: ., healthcheck: {test: [CMD, node, x]}}}\n")
            .and(DOCKERFILE, SLIM + check),
        FINE);
    leaves(
        Given.compose("services: {it: {build: ., healthcheck: {disable: true}}}\n")
            .and(DOCKERFILE, SLIM + check),
        NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apt-get update && apt-get install -y curl",
        "RUN apt-get update && apt-get install -y curl-minimal",
        "RUN apt-get install -y $TOOLS",
        "RUN ./install.sh",
        "RUN bash install.sh",
        "RUN . ./install.sh",
        "RUN make tools",
        "RUN case x in *) ;; esac",
        "COPY --from=tools /usr/bin/ /usr/bin/",
        "COPY --from=tools /out/curl /opt/tools/",
        "COPY tools/ /usr/local/",
        "ARG X\nCOPY tools $X",
        "CMD [\"sh\", \"-c\", \"apt-get install curl\"]",
      })
  void leaves_what_a_step_may_bring(String step) {
    String test = "HEALTHCHECK CMD curl -f http://127.0.0.1\n";
    leaves(built(SLIM + step + "\n" + test), FINE);
  }

  @Test
  void knows_who_brings_a_program() {
    leaves(
        built("FROM debian:13\nRUN apt-get install -y netcat-openbsd\nHEALTHCHECK CMD nc -z a 1\n"),
        FINE);
    advises(
        built("FROM debian:13\nRUN apt-get install -y git\nHEALTHCHECK CMD nc -z a 1\n"),
        "ask with a program that is there, or install that one in the Dockerfile");
  }
}
