package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinBaseImageTest extends PassTest {

  private static final String BUILD = "services: {api: {build: .}}\n";

  PinBaseImageTest() {
    super(new PinBaseImage());
  }

  private static final String SCRATCH = "it starts from a stage of the same file, or from nothing";

  private static Given dockerfile(String text) {
    return Given.compose(BUILD).and(DOCKERFILE, text);
  }

  private void pins(String before, String after) {
    hardens(Level.STANDARD, dockerfile(before), Map.of(DOCKERFILE, after));
  }

  @ParameterizedTest
  @CsvSource({
    "FROM node, FROM node:24.19.0, no",
    "FROM node:24-alpine, FROM node:24.19.0-alpine, yes",
    "from node:lts as Base, from node:24.19.0 as Base, yes",
    "FROM --platform=linux/amd64 node:24 AS x, FROM --platform=linux/amd64 node:24.19.0 AS x, yes",
    "FROM docker.io/library/node:24, FROM docker.io/library/node:24.19.0, yes"
  })
  void pins_a_floating_tag(String before, String after, String known) {
    String rest = "\n# as before\nRUN true\n";
    pins(before + rest, (known.equals("no") ? "FROM node:26.7.0" : after) + rest);
  }

  @Test
  void pins_each_stage_and_leaves_what_stands_on_another() {
    pins(
        """
        # build
        FROM node:24 AS build
        RUN npm ci
        FROM build AS test
        FROM scratch AS empty
        FROM nginx:alpine
        COPY --from=test / /
        COPY --from=empty / /
        """,
        """
        # build
        FROM node:24.19.0 AS build
        RUN npm ci
        FROM build AS test
        FROM scratch AS empty
        FROM nginx:1.31.4-alpine
        COPY --from=test / /
        COPY --from=empty / /
        """);
  }

  @Test
  void pins_the_default_of_an_argument_that_is_the_tag() {
    pins("ARG VERSION=24\nFROM node:${VERSION}\n", "ARG VERSION=24.19.0\nFROM node:${VERSION}\n");
    pins("ARG V=24-slim\nFROM node:$V AS x\n", "ARG V=24.19.0-slim\nFROM node:$V AS x\n");
    pins("ARG V=\"24\"\nFROM node:$V\n", "ARG V=\"24.19.0\"\nFROM node:$V\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARG N=node\nARG V=24\nFROM $N:$V\n",
        "ARG V=24\nARG FULL=$V\nFROM node:$FULL\n",
        "FROM node:${V:-24}\n",
        "ARG V=24\nFROM \"node:${V}\"\n",
        "ARG V=24\nARG V=24\nFROM node:${V}\n",
      })
  void reports_other_arguments(String text) {
    Outcome outcome = Laws.check(dockerfile(text), List.of(pass()), Level.STRICT);
    assertThat(Laws.changed(outcome)).isEmpty();
    assertThat(outcome.steps(Status.ADVISED)).isNotEmpty();
    assertThat(outcome.steps(Status.ADVISED).get(0).reason())
        .startsWith("the FROM has variables: pin it to 24.19.0");
  }

  @Test
  void pins_an_argument_that_is_a_part_of_the_tag_or_all_of_the_image() {
    pins("ARG V=24\nFROM node:${V}-alpine\n", "ARG V=24.19.0\nFROM node:${V}-alpine\n");
    pins("ARG IMAGE=node:24\nFROM $IMAGE\n", "ARG IMAGE=node:24.19.0\nFROM $IMAGE\n");
    pins(
        "ARG R=docker.io/library\nFROM $R/node:24 AS x\n",
        "ARG R=docker.io/library\nFROM $R/node:24.19.0 AS x\n");
  }

  @Test
  void pins_an_argument_once_where_all_that_use_it_agree() {
    pins(
        "ARG V=24\nFROM node:${V} AS a\nFROM node:$V-alpine\nCOPY --from=a /a /a\n",
        "ARG V=24.19.0\nFROM node:${V} AS a\nFROM node:$V-alpine\nCOPY --from=a /a /a\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARG V=24\nFROM acme/x:$V AS a\nFROM node:$V\n",
        "ARG V=3\nFROM node:${V:+24} AS a\nFROM python:$V\n",
        "ARG V=24\nARG FULL=node:$V\nFROM $FULL AS a\nFROM node:$V\n",
        "ARG V=24\nFROM --platform=${V:+linux/amd64} node:$V\n",
      })
  void reports_an_argument_that_others_use_too(String text) {
    Outcome outcome = Laws.check(dockerfile(text), List.of(pass()), Level.STRICT);
    assertThat(Laws.changed(outcome)).isEmpty();
    assertThat(outcome.steps(Status.ADVISED).get(0).reason()).startsWith("V is used elsewhere too");
  }

  @Test
  void reports_an_argument_that_a_stage_uses_too() {
    advises(
        dockerfile("ARG V=24\nFROM node:$V\nARG V\nRUN echo $V\n"),
        "line 3 uses V too, where a full version may not fit: pin it to 24.19.0 by hand");
  }

  private static final String WITH_DEFAULT = "ARG V=24\nFROM node:$V-alpine\n";

  private static Given passing(String args) {
    return Given.compose("services: {api: {build: {context: ., args: %s}}}\n".formatted(args))
        .and(DOCKERFILE, WITH_DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{V: 22}", "[V=22]", "{V: '${NOT_SET:-22}'}"})
  void speaks_of_the_argument_that_a_service_passes(String args) {
    advises(passing(args), "let service api pass 22.23.2 as its build argument V");
  }

  @Test
  void leaves_the_default_that_no_service_takes() {
    leaves(passing("{V: 22.23.2}"), "it names a full version");
    leaves(
        passing("{V: 9.9}").and(DOCKERFILE, "ARG V=24\nARG I=node:$V\nFROM acme/$I\n"),
        "it names a tag, and the table of versions does not know the image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[V]", "{V: }", "{V: '${NOT_SET}'}"})
  void says_which_argument_is_not_known(String args) {
    advises(passing(args), "service api passes V, and its value is not known here");
  }

  @Test
  void sees_an_argument_in_another_file() {
    advises(
        dockerfile(WITH_DEFAULT).override("services: {api: {build: {args: {V: 22}}}}\n"),
        "let service api pass 22.23.2 as its build argument V");
  }

  @Test
  void pins_the_default_for_the_services_that_take_it() {
    Given given =
        Given.compose(
                """
                services:
                  api: {build: {context: ., args: {V: 22}}}
                  worker: {build: .}
                """)
            .and(DOCKERFILE, WITH_DEFAULT);
    hardens(Level.STANDARD, given, Map.of(DOCKERFILE, "ARG V=24.19.0\nFROM node:$V-alpine\n"));
    advises(
        given.and(DOCKERFILE, "ARG V=24.19.0\nFROM node:$V-alpine\n"),
        "let service api pass 22.23.2 as its build argument V");
  }

  @Test
  void names_the_argument_where_several_make_the_image() {
    advises(
        passing("{V: 22}").and(DOCKERFILE, "ARG V=24\nARG N=node\nFROM $N:$V\n"),
        "service api passes V: pin it to 22.23.2");
  }

  @Test
  void pins_an_argument_beside_others_that_a_service_sets() {
    hardens(
        Level.STANDARD,
        Given.compose("services: {api: {build: {context: ., args: {VV: 22}}}}\n")
            .and(DOCKERFILE, "ARG V=24\nFROM node:$V\n"),
        Map.of(DOCKERFILE, "ARG V=24.19.0\nFROM node:$V\n"));
  }

  @Test
  void does_not_guess_an_argument_without_a_default() {
    Outcome outcome =
        Laws.check(dockerfile("ARG V\nFROM node:$V-x\n"), List.of(pass()), Level.STRICT);
    assertThat(Laws.changed(outcome)).isEmpty();
    assertThat(outcome.steps()).extracting(s -> s.status()).containsExactly(Status.ADVISED);
  }

  @Test
  void pins_a_base_that_keeps_data_only_at_level_strict() {
    offers(Level.STANDARD, dockerfile("FROM redis\n"));
    hardens(Level.STRICT, dockerfile("FROM redis\n"), Map.of(DOCKERFILE, "FROM redis:8.10.1\n"));
  }

  @Test
  void offers_at_level_safe() {
    offers(Level.SAFE, dockerfile("FROM node:24\n"));
  }

  @Test
  void leaves_what_names_its_version() {
    leaves(dockerfile("FROM node:24.19.0-alpine\n"), "it names a full version");
    leaves(dockerfile("FROM node@sha256:" + "a1".repeat(32) + "\n"), "it is pinned by its digest");
    leaves(
        dockerfile("FROM acme/unknown:1.2\n"),
        "it names a tag, and the table of versions does not know the image");
    leaves(
        dockerfile("FROM scratch\n"), "it starts from a stage of the same file, or from nothing");
  }

  @Test
  void reports_what_the_table_does_not_know() {
    advises(
        dockerfile("FROM acme/unknown\n"),
        "the table of versions does not know the image: name the version that runs today");
    advises(
        dockerfile("FROM node:14-alpine\n"),
        "the tags listed on 2026-08-21 do not include 14-alpine: not supported any more, or never"
            + " published");
    advises(dockerfile("FROM Node:24\n"), "correct the FROM instruction");
  }

  @Test
  void changes_a_dockerfile_of_two_services_once() {
    hardens(
        Level.STANDARD,
        Given.compose(
                """
                services:
                  a: {build: ./app}
                  b: {build: {context: app, target: x}}
                """)
            .and("app/Dockerfile", "FROM node:24 AS x\nFROM x\n"),
        Map.of("app/Dockerfile", "FROM node:24.19.0 AS x\nFROM x\n"));
  }

  @Test
  void says_nothing_of_a_dockerfile_that_is_not_there() {
    Outcome outcome = Laws.check(Given.compose(BUILD), List.of(pass()), Level.STRICT);
    assertThat(outcome.steps()).isEmpty();
    assertThat(outcome.before().problems())
        .extracting(p -> p.describe())
        .containsExactly(
            "Dockerfile: there is no such Dockerfile, although a service is built from it");
  }

  @Test
  void leaves_stages_that_nobody_builds_but_keeps_a_file_in_step() {
    leaves(
        Given.compose("services: {api: {build: {context: ., target: a}}}\n")
            .and(DOCKERFILE, "FROM node:24.19.0 AS a\nFROM node:24\nFROM python\n"),
        "it names a full version");
    hardens(
        Level.STANDARD,
        Given.compose("services: {api: {build: {context: ., target: a}}}\n")
            .and(DOCKERFILE, "FROM node:24 AS a\nFROM node:24 AS test\nFROM python\n"),
        Map.of(DOCKERFILE, "FROM node:24.19.0 AS a\nFROM node:24.19.0 AS test\nFROM python\n"));
  }

  @Test
  void pins_images_that_files_are_taken_from() {
    pins(
        """
        FROM scratch AS own
        FROM scratch
        COPY --from=own / /
        COPY --from=0 / /
        COPY --chown=1:1 \\
          --from=node:24 \\
          # all of it
          /usr/local/bin /bin/
        RUN --mount=type=bind,from=composer:2,target=/c --mount=from=redis,target=/r x
        """,
        """
        FROM scratch AS own
        FROM scratch
        COPY --from=own / /
        COPY --from=0 / /
        COPY --chown=1:1 \\
          --from=node:24.19.0 \\
          # all of it
          /usr/local/bin /bin/
        RUN --mount=type=bind,from=composer:2.10.2,target=/c --mount=from=redis:8.10.1,target=/r x
        """);
  }

  @Test
  void reports_images_that_files_are_taken_from_and_that_are_not_known() {
    advises(
        dockerfile("FROM scratch\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/\n"),
        "the table of versions does not know the image: name the version that runs today");
    advises(
        dockerfile("FROM scratch AS build\nFROM scratch\nCOPY --from=biuld / /\n"),
        "name a stage above, or an image with its registry and its version");
    advises(dockerfile("FROM scratch\nRUN --mount=from=node:24 <<E\nx\nE\n"), "pin it to 24.19.0");
    leaves(dockerfile("FROM scratch\nCOPY --from=$X / /\n"), SCRATCH);
    leaves(dockerfile("FROM scratch\nCOPY --from=7 / /\n"), SCRATCH);
    leaves(dockerfile("FROM scratch\nRUN --mount=type=cache,target=/x y\n"), SCRATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{node: ../node}",
        "[node=docker-image://acme/node]",
        "{node: 'service:base'}",
      })
  void leaves_names_of_build_contexts(String contexts) {
    leaves(
        Given.compose(
                "services: {api: {build: {context: ., additional_contexts: %s}}}\n"
                    .formatted(contexts))
            .and(DOCKERFILE, "FROM node\nCOPY --from=node:latest / /\n"),
        "service api brings a build context of this name");
  }

  @ParameterizedTest
  @CsvSource({
    "docker/dockerfile, 'write # syntax=docker/dockerfile:1, which follows compatible releases'",
    "docker/dockerfile:latest, 'write # syntax=docker/dockerfile:1, which follows compatible"
        + " releases'",
    "docker.io/docker/dockerfile:1.7-labs, 'write # syntax=docker/dockerfile:1, unless it needs"
        + " what is only in there'",
    "docker/dockerfile-upstream:master, 'write # syntax=docker/dockerfile:1, unless it needs what"
        + " is not in there yet'",
    "acme/frontend:1 x=y, pin it by its digest: it sees the whole build",
    "Not/An/Image, write # syntax=docker/dockerfile:1",
  })
  void reports_what_reads_the_file(String syntax, String reason) {
    advises(dockerfile("# syntax=" + syntax + "\nFROM scratch\n"), reason);
  }

  @Test
  void leaves_the_frontend_that_docker_recommends() {
    String fine = "compatible releases of Docker read the file";
    leaves(dockerfile("# syntax=docker/dockerfile:1\nFROM scratch\n"), fine);
    leaves(dockerfile("# escape=`\n# syntax = docker/dockerfile:1.7\nFROM scratch\n"), fine);
    leaves(
        dockerfile("# syntax=acme/f@sha256:" + "a1".repeat(32) + "\nFROM scratch\n"),
        "what reads the file is pinned by its digest");
  }

  @Test
  void leaves_a_file_that_no_person_wrote_to_its_maker() {
    advises(
        dockerfile("FROM node:24\n" + "RUN x\n".repeat(1_000)),
        "the file is too long to be rewritten: pin it to 24.19.0");
  }

  @Test
  void follows_a_continued_from() {
    pins("FROM \\\n  node:24 \\\n  AS x\n", "FROM \\\n  node:24.19.0 \\\n  AS x\n");
  }
}
