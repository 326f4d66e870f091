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
        FROM nginx:alpine # not a comment to Docker, so not written
        """
            .replace(" # not a comment to Docker, so not written", ""),
        """
        # build
        FROM node:24.19.0 AS build
        RUN npm ci
        FROM build AS test
        FROM scratch AS empty
        FROM nginx:1.31.4-alpine
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
        "ARG IMAGE=node:24\nFROM $IMAGE\n",
        "ARG V=24\nFROM node:${V}-alpine\n",
        "ARG V=24\nFROM node:${V}\nFROM node:${V}-alpine\n",
        "ARG N=node\nARG V=24\nFROM $N:$V\n",
        "ARG V=24\nARG FULL=node:$V\nFROM node:$V\nFROM $FULL\n",
        "FROM node:${V:-24}\n"
      })
  void reports_other_arguments(String text) {
    Outcome outcome = Laws.check(dockerfile(text), List.of(pass()), Level.STRICT);
    assertThat(Laws.changed(outcome)).isEmpty();
    assertThat(outcome.steps(Status.ADVISED)).isNotEmpty();
    assertThat(outcome.steps(Status.ADVISED).get(0).reason())
        .startsWith("the FROM has variables: pin it to 24.19.0");
  }

  @Test
  void reports_an_argument_that_a_stage_uses_too() {
    advises(
        dockerfile("ARG V=24\nFROM node:$V\nARG V\nRUN echo $V\n"),
        "line 3 uses V too, where a full version may not fit: pin it to 24.19.0 by hand");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{V: 22}", "[V=22]", "[V]", "{V: }", "{V: '${NOT_SET}'}"})
  void reports_an_argument_that_a_service_sets(String args) {
    advises(
        Given.compose("services: {api: {build: {context: ., args: %s}}}\n".formatted(args))
            .and(DOCKERFILE, "ARG V=24\nFROM node:$V\n"),
        "service api sets the build argument V, which counts more than its default");
  }

  @Test
  void sees_an_argument_in_another_file() {
    advises(
        dockerfile("ARG V=24\nFROM node:$V\n")
            .override("services: {api: {build: {args: {V: 22}}}}\n"),
        "service api sets the build argument V, which counts more than its default");
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
  void follows_a_continued_from() {
    pins("FROM \\\n  node:24 \\\n  AS x\n", "FROM \\\n  node:24.19.0 \\\n  AS x\n");
  }
}
