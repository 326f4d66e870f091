package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Step;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndOfLifeImageTest extends PassTest {

  EndOfLifeImageTest() {
    super(new EndOfLifeImage());
  }

  private static Given image(String image) {
    return Given.compose("services:\n  a:\n    image: %s\n".formatted(image));
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, text);
  }

  private List<Remark> remarks(Given given) {
    return Laws.check(given, List.of(pass()), Level.STRICT).steps().stream()
        .map(Step::remark)
        .toList();
  }

  private void says(Given given, Severity severity, String message) {
    assertThat(remarks(given))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.class,
            finding -> {
              assertThat(finding.message()).isEqualTo(message);
              assertThat(finding.severity()).isEqualTo(severity);
              assertThat(finding.fix()).isNull();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "mongo:4.2-bionic, 4.2, mongo, 2023-04-30",
    "node:14, 14, node, 2023-04-30",
    "node:14.21.3-alpine, 14, node, 2023-04-30",
    "docker.io/library/postgres:9.6.24, 9.6, postgres, 2021-11-11",
    "postgres:12-alpine@sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1, 12,"
        + " postgres, 2024-11-21",
    "python:3.8-slim-buster, 3.8, python, 2024-10-07",
    "debian:buster-slim, buster, debian, 2024-06-30",
    "ubuntu:18.04, 18.04, ubuntu, 2023-05-31",
    "alpine:3.10.2, 3.10, alpine, 2021-05-01",
    "traefik:v1.7, 1.7, traefik, 2021-12-31",
  })
  void a_line_that_has_ended_is_high(String image, String line, String name, String date) {
    says(
        image(image),
        Severity.HIGH,
        "release line %s of %s reached its end of life on %s".formatted(line, name, date));
  }

  @Test
  void a_line_that_ends_within_half_a_year_is_low() {
    says(
        image("postgres:14"),
        Severity.LOW,
        "release line 14 of postgres reaches its end of life on 2026-11-12");
    says(
        image("debian:11-slim"),
        Severity.LOW,
        "release line 11 of debian reaches its end of life on 2026-08-31");
  }

  @Test
  void names_the_newest_line_and_where_the_date_comes_from() {
    advises(
        image("postgres:12"),
        "choose a newer release line, the newest is 18 (18.6, smaller: 18.6-alpine), and carry its"
            + " data over; by endoflife-date/endoflife.date products/postgresql.md, commit"
            + " a70eca337600, state of 2026-08-22");
    advises(
        image("python:3.8"),
        "choose a newer release line, the newest is 3.14 (3.14.7, smaller: 3.14.7-alpine); by"
            + " endoflife-date/endoflife.date products/python.md, commit a70eca337600, state of"
            + " 2026-08-22");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx:1.31.4, no date is known on which its release line ends",
    "nginx, no date is known on which its release line ends",
    "postgres:16, release line 16 gets updates until 2028-11-09",
    "postgres:16.3-alpine, release line 16 gets updates until 2028-11-09",
    "python:3-slim, release line 3.14 gets updates until 2030-10-31",
    "node:lts-alpine, release line 24 gets updates until 2028-04-30",
    "debian:bookworm-20240110-slim, release line bookworm gets updates until 2028-06-30",
    "eclipse-temurin:8u412-b08-jre, release line 8 gets updates until 2030-12-31",
    "postgres:19beta3, no date is known on which its release line ends",
    "postgres:99, no date is known on which its release line ends",
    "rabbitmq:4.1, no date is known on which its release line ends",
    "valkey/valkey:8, no date is known on which its release line ends",
    "elasticsearch, it is not known which version the image is",
    "elasticsearch:nonsense, no date is known on which its release line ends",
    "acme/own:1, it is not known how long the image gets updates",
    "node@sha256:a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1, its digest does"
        + " not tell which version it is",
    "'${TAG}', the image depends on a variable that has no value here",
  })
  void leaves_what_gets_updates_or_is_not_known(String image, String reason) {
    leaves(image(image), reason);
  }

  @Test
  void a_date_of_the_table_is_named_where_a_line_has_none() {
    says(
        image("alpine:3.1"),
        Severity.MEDIUM,
        "alpine 3.1 is of a release line that gets no updates any more: no tag of it was listed on"
            + " 2026-08-21");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nginx:1.2.3", "adminer:3.9.9", "traefik:v1.5.4", "openjdk:8-jre"})
  void a_version_below_all_that_are_listed_is_reported(String image) {
    assertThat(remarks(image(image)))
        .singleElement()
        .isInstanceOfSatisfying(
            Finding.class, f -> assertThat(f.severity()).isEqualTo(Severity.MEDIUM));
  }

  @Test
  void what_the_library_says_of_an_image_counts() {
    says(image("openjdk:28-ea-11"), Severity.MEDIUM, "openjdk is deprecated");
    says(
        image("mongo-express:1.0.2"), Severity.HIGH, "mongo-express has no supported tag any more");
    says(
        image("consul:1.99.0"),
        Severity.HIGH,
        "consul left the library of official images and gets no updates there");
    advises(
        image("openjdk:28-ea-11"),
        "choose an image that is kept up (early-access builds only; eclipse-temurin and others carry"
            + " the releases); by docker-library/official-images library/openjdk, commit"
            + " 37079fb336f5, state of 2026-08-21");
  }

  @Test
  void an_image_of_its_vendor_is_no_image_that_left() {
    assertThat(remarks(image("hashicorp/vault:99.0")))
        .singleElement()
        .isInstanceOf(Remark.Fine.class);
  }

  @Test
  void looks_at_the_stages_that_are_built() {
    says(
        dockerfile("FROM node:14-alpine\n").and("x", ""),
        Severity.HIGH,
        "release line 14 of node reached its end of life on 2023-04-30",
        1);
  }

  /** Beside the service, which is fine. */
  private void says(Given given, Severity severity, String message, int findings) {
    assertThat(remarks(given))
        .filteredOn(Finding.class::isInstance)
        .hasSize(findings)
        .allSatisfy(
            remark -> {
              assertThat(((Finding) remark).message()).isEqualTo(message);
              assertThat(((Finding) remark).severity()).isEqualTo(severity);
            });
  }

  @Test
  void leaves_a_stage_that_nothing_is_built_from() {
    leaves(
        dockerfile("FROM node:14 AS old\nFROM node:24\n"), "no service is built from this stage");
    leaves(
        dockerfile("FROM scratch\n"),
        "it starts from another stage, from nothing, or from what cannot be told");
    leaves(
        dockerfile("FROM node:24\n"),
        "the image is built here: what it starts from is looked at there");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM node:14 AS old\nFROM node:24\nCOPY --from=old /a /a\n",
        "FROM node:14 AS old\nFROM node:24\nCOPY --from=0 /a /a\n",
        "FROM node:14 AS old\nFROM node:24\nRUN --mount=type=bind,from=old,target=/x true\n",
        "FROM node:14 AS old\nFROM old AS x\nFROM x\n",
      })
  void follows_what_a_build_needs(String text) {
    says(
        dockerfile(text),
        Severity.HIGH,
        "release line 14 of node reached its end of life on 2023-04-30",
        1);
  }

  @Test
  void a_stage_means_what_each_service_makes_of_it() {
    String file = "ARG V=24\nFROM node:$V AS base\nFROM base AS a\nFROM node:16 AS b\n";
    String services = "services: {x: {build: {context: ., target: a%s}}}\n";
    leaves(
        Given.compose(services.formatted("")).and(DOCKERFILE, file),
        "release line 24 gets updates until 2028-04-30");
    says(
        Given.compose(services.formatted(", args: {V: 14}")).and(DOCKERFILE, file),
        Severity.HIGH,
        "release line 14 of node reached its end of life on 2023-04-30",
        1);
    // which stage is built cannot be told: each may be
    says(
        Given.compose("services: {x: {build: {context: ., target: '${T}'}}}\n")
            .and(DOCKERFILE, file),
        Severity.HIGH,
        "release line 16 of node reached its end of life on 2023-09-11",
        1);
  }
}
