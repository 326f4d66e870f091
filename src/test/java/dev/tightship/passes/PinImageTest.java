package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinImageTest extends PassTest {

  private static final String DECIDED =
      "a variable decides the tag: set it to 1.31.4 where it has its value";

  PinImageTest() {
    super(new PinImage());
  }

  private static String image(String image) {
    return "services:\n  web:\n    image: %s # front\n    tty: true\n".formatted(image);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, nginx:1.31.4",
    "nginx:latest, nginx:1.31.4",
    "nginx:alpine, nginx:1.31.4-alpine",
    "nginx:1, nginx:1.31.4",
    "nginx:stable, nginx:1.30.4",
    "docker.io/library/nginx, docker.io/library/nginx:1.31.4",
    "docker.io/nginx:alpine, docker.io/nginx:1.31.4-alpine",
    "library/nginx:1.30, library/nginx:1.30.4",
    "node:lts, node:24.19.0",
    "python:3-slim, python:3.14.7-slim"
  })
  void pins_a_floating_tag_and_keeps_name_and_variant(String floating, String pinned) {
    hardens(image(floating), image(pinned));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "'%s'"})
  void keeps_the_quotes(String quotes) {
    hardens(image(quotes.formatted("nginx")), image(quotes.formatted("nginx:1.31.4")));
  }

  @Test
  void pins_in_braces() {
    hardens("{services: {web: {image: nginx}}}\n", "{services: {web: {image: nginx:1.31.4}}}\n");
  }

  @Test
  void offers_at_level_safe_since_a_machine_may_hold_another_version() {
    offers(Level.SAFE, image("nginx"));
  }

  @Test
  void pins_what_keeps_data_only_at_level_strict() {
    offers(Level.STANDARD, image("redis"));
    hardens(Level.STRICT, image("redis"), image("redis:8.10.1"));
    assertThat(whys(Level.STRICT, Given.compose(image("redis"))))
        .containsExactly(
            "on 2026-08-21 the tag meant this version; a volume that another one filled may not"
                + " fit it");
  }

  @Test
  void says_on_which_day_the_tag_had_its_meaning() {
    assertThat(whys(Level.SAFE, Given.compose(image("nginx"))))
        .containsExactly("on 2026-08-21 the tag meant this version");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:${TAG:-latest}, nginx:${TAG:-1.31.4}",
    "nginx:${TAG-latest}, nginx:${TAG-1.31.4}",
    "${IMAGE:-nginx:latest}, ${IMAGE:-nginx:1.31.4}",
    "${IMAGE:-nginx}, ${IMAGE:-nginx:1.31.4}"
  })
  void pins_in_the_default_of_a_variable(String floating, String pinned) {
    hardens(image(floating), image(pinned));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${REPO:-nginx}:latest",
        "nginx${TAG:-:latest}",
        "${REPO:-docker.io}/${NAME:-nginx}",
        "nginx:${TAG:-${OTHER:-latest}}",
        "nginx${NONE:+:alpine}"
      })
  void leaves_a_tag_that_does_not_stand_in_a_default(String image) {
    advises(image(image), DECIDED);
  }

  @Test
  void leaves_a_variable_that_has_its_value_elsewhere() {
    advises(Given.compose(image("nginx:${TAG:-1.31.4}")).and(".env", "TAG=latest\n"), DECIDED);
    advises(Given.compose(image("nginx:$TAG")).and(".env", "TAG=latest\n"), DECIDED);
    leaves(
        Given.compose(image("nginx:${TAG:-latest}")).and(".env", "TAG=1.31.4\n"),
        "it names a full version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx:$TAG", "${IMAGE:?say which}", "nginx:${TAG}"})
  void does_not_guess_a_variable_without_a_value(String image) {
    advises(image(image), "the image depends on a variable that has no value here");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:1.31.4, it names a full version",
    "nginx:1.31.0-alpine, it names a full version",
    "nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, -",
    "'acme/unknown:2.3', 'it names a tag, and the table of versions does not know the image'"
  })
  void leaves_what_is_pinned(String image, String reason) {
    if (reason.equals("-")) {
      advises(image(image), "the image is not a valid reference");
    } else {
      leaves(image(image), reason);
    }
  }

  @Test
  void leaves_a_digest() {
    leaves(image("nginx:latest@sha256:" + "a1".repeat(32)), "it is pinned by its digest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme/unknown", "acme/unknown:latest", "ghcr.io/acme/unknown:edge"})
  void names_no_version_of_an_image_that_it_does_not_know(String image) {
    advises(
        image(image),
        "the table of versions does not know the image: name the version that runs today");
  }

  @Test
  void names_no_version_of_a_line_that_has_ended() {
    advises(
        image("mongo:4.2-bionic"),
        "the tags listed on 2026-08-21 do not include 4.2-bionic: not supported any more, or never"
            + " published");
  }

  @Test
  void leaves_what_is_built_here() {
    leaves(
        Given.compose("services: {api: {image: nginx, build: .}}").and(DOCKERFILE, "FROM nginx\n"),
        "the image is built here: its version is that of the project");
  }

  @Test
  void leaves_what_another_file_builds() {
    leaves(
        Given.compose("services: {api: {image: nginx}}\n")
            .override("services: {api: {build: .}}\n"),
        "the image is built here: its version is that of the project");
  }

  @Test
  void does_not_take_for_pulled_what_a_tagged_build_may_build() {
    leaves(
        Given.compose("services: {api: {image: nginx}}\n")
            .override("services: {api: {build: !override {context: .}}}\n"),
        "the image is built here: its version is that of the project");
  }

  @Test
  void pins_in_the_file_that_counts() {
    hardens(
        Level.STANDARD,
        Given.compose("services: {web: {image: 'node:24'}}\n")
            .override("services: {web: {image: nginx}}\n"),
        Map.of(OVERRIDE, "services: {web: {image: nginx:1.31.4}}\n"));
  }

  @Test
  void pins_in_the_anchor_that_all_share_else_beside_it() {
    hardens(
        """
        x-web: &web {image: nginx}
        services: {a: {<<: *web}, b: {<<: *web}}
        """,
        """
        x-web: &web {image: nginx:1.31.4}
        services: {a: {<<: *web}, b: {<<: *web}}
        """);
    hardens(
        Level.STANDARD,
        Given.compose("services: {a: {image: node}}\n")
            .override("x-web: &web {image: nginx}\nservices: {a: {<<: *web}}\n"),
        Map.of(
            "compose.override.yaml",
            "x-web: &web {image: nginx}\nservices: {a: {<<: *web, image: nginx:1.31.4}}\n"));
  }

  @Test
  void reports_what_extends_and_what_is_extended() {
    String text =
        """
        services:
          base: {image: nginx}
          web: {extends: base, image: nginx}
        """;
    hardens(
        text,
        """
        services:
          base: {image: nginx:1.31.4}
          web: {extends: base, image: nginx:1.31.4}
        """);
  }

  @Test
  void reports_a_service_without_an_image() {
    advises("services: {web: {tty: true}}", "the service has neither image nor build");
    advises("services: {web: {image: 'a b'}}", "the image is not a valid reference");
    advises("services: {web: }", "the service has neither image nor build");
  }

  @Test
  void pins_a_swarm_stack_too() {
    hardens(
        """
        services:
          web:
            image: nginx
            deploy: {placement: {constraints: [node.role==manager]}}
        """,
        """
        services:
          web:
            image: nginx:1.31.4
            deploy: {placement: {constraints: [node.role==manager]}}
        """);
  }

  @Test
  void keeps_an_anchor_that_nobody_else_uses() {
    hardens("services: {web: {image: &i nginx}}\n", "services: {web: {image: &i nginx:1.31.4}}\n");
  }

  @Test
  void holds_an_anchor_that_others_use() {
    holds(
        "services: {web: {image: &i nginx, labels: {image: *i}}}\n",
        "it stands inside the anchor &i, which other places share");
  }
}
