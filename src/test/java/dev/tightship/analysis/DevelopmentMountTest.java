package dev.tightship.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevelopmentMountTest {

  private static final String DOCKERFILE =
      """
      FROM node:20 AS build
      WORKDIR /build
      COPY . .
      FROM node:20
      WORKDIR /app
      COPY package.json server.js ./
      COPY etc /etc/api
      COPY --from=build /build/dist /srv/www
      """;

  private static String look(Given given) {
    return DevelopmentMount.of(given.load().services().get(0))
        .map(mount -> mount.says() + (mount.readOnly() ? " to read" : ""))
        .orElse("none");
  }

  private static Given given(String volume) {
    return Given.compose("services:\n  a:\n    build: ./api\n    volumes:\n    - " + volume + "\n")
        .and("api/Dockerfile", DOCKERFILE)
        .and("api/src/a.js", "")
        .and("api/server.js", "")
        .and("api/data/a.csv", "")
        .and("api/etc/a.conf", "")
        .and("api/dist/index.html", "")
        .and("other/b.js", "");
  }

  @ParameterizedTest
  @CsvSource({
    "./api:/app, ./api is mounted over /app",
    "./api:/app:ro, ./api is mounted over /app to read",
    "./api:/, ./api is mounted over /",
    ".:/app, . is mounted over /app",
    "./api/src:/app/src, ./api/src is mounted over /app/src",
    "./api/server.js:/app/server.js, ./api/server.js is mounted over /app/server.js",
    "./api/dist:/srv/www, ./api/dist is mounted over /srv/www",
    "'{type: bind, source: ./api, target: /app}', ./api is mounted over /app",
  })
  void sees_the_source_over_the_image(String volume, String says) {
    assertThat(look(given(volume))).isEqualTo(says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./api:/elsewhere",
        "./api/data:/app/data",
        "./api/missing:/app/uploads",
        "./api/missing.js:/app/a.js",
        "./api/etc/a.conf:/etc/api/a.conf",
        "./other:/app/other",
        "../api:/app",
        "/api:/app",
        "data:/app",
        "/app/node_modules"
      })
  void leaves_data_and_other_places(String volume) {
    assertThat(look(given(volume))).isEqualTo("none");
  }

  @Test
  void the_working_directory_of_the_service_counts() {
    Given given =
        Given.compose(
                "services: {a: {build: api, working_dir: /program, volumes: ['./api:/program/x']}}")
            .and("api/Dockerfile", "FROM node:20\n");
    assertThat(look(given)).isEqualTo("./api is mounted over /program/x");
  }

  @Test
  void without_a_dockerfile_every_place_counts_that_is_not_for_data() {
    String compose = "services: {a: {build: api, volumes: ['./api:%s']}}";
    assertThat(look(Given.compose(compose.formatted("/usr/src/app"))))
        .isEqualTo("./api is mounted over /usr/src/app");
    assertThat(look(Given.compose(compose.formatted("/var/lib/app")))).isEqualTo("none");
    assertThat(look(Given.compose(compose.formatted("/opt/uploads")))).isEqualTo("none");
  }

  @Test
  void what_is_kept_in_step_counts_as_well() {
    String compose =
        """
        services:
          a:
            build: api
            develop:
              watch:
              - {action: rebuild, path: api/package.json}
              - {action: %s, path: ./api/src, target: /app/src}
        """;
    assertThat(look(Given.compose(compose.formatted("sync+restart"))))
        .isEqualTo("develop.watch copies ./api/src to /app/src");
    assertThat(look(Given.compose(compose.formatted("rebuild")))).isEqualTo("none");
  }

  @Test
  void a_service_that_is_pulled_has_no_source() {
    assertThat(look(Given.compose("services: {a: {image: node, volumes: ['.:/app']}}")))
        .isEqualTo("none");
  }
}
