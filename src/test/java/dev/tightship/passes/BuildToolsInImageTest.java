package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildToolsInImageTest extends PassTest {

  private static final String NOTHING = "nothing is seen in it that only its build needs";
  private static final String WORK = "it is for work on the sources, which needs their tools";

  BuildToolsInImageTest() {
    super(new BuildToolsInImage());
  }

  private static Given built(String dockerfile) {
    return built(dockerfile, "{build: .}");
  }

  private static Given built(String dockerfile, String service) {
    return Given.compose("services: {api: %s}\n".formatted(service))
        .and(DOCKERFILE, dockerfile.replace("; ", "\n") + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM golang:1.27; WORKDIR /a; RUN go build -o main .; CMD ./main | name this stage build, and"
            + " add a last one FROM scratch with COPY --from=build /a/main /a/main and the start; build"
            + " with CGO_ENABLED=0, and copy what else it reads, such as /etc/ssl/certs",
        "FROM golang:1.27 AS go; ENV CGO_ENABLED=0; RUN go install .; CMD [\"shop\"] | add a last stage"
            + " behind go FROM scratch with what it starts, with COPY --from=go and the start; copy"
            + " what else it reads, such as /etc/ssl/certs",
        "FROM rust:1-bookworm; RUN cargo build --release; CMD [\"/target/release/a\"] | name this stage"
            + " build, and add a last one FROM debian:bookworm-slim with COPY --from=build"
            + " /target/release/a /target/release/a and the start; check with ldd which libraries it"
            + " links to, and install those there",
        "FROM rust:1; RUN cargo build; CMD [\"/start.sh\"] | name this stage build, and add a last one"
            + " FROM debian (slim) in the release of its base with what it starts, with COPY"
            + " --from=build and the start; check with ldd which libraries it links to, and install"
            + " those there",
        "FROM gradle:9-jdk21; RUN gradle jar; CMD [\"java\", \"-jar\", \"/a.jar\"] | name this stage"
            + " build, and add a last one FROM eclipse-temurin:21-jre with COPY --from=build /a.jar"
            + " /a.jar and the start; check that nothing calls tools of the JDK",
        "FROM maven:3-amazoncorretto-19; RUN mvn package; CMD [\"java\", \"-jar\", \"$J\"] | name this"
            + " stage build, and add a last one FROM eclipse-temurin (JRE) in the same version of Java"
            + " with the jar, with COPY --from=build and the start; check that nothing calls tools of"
            + " the JDK",
      })
  void names_the_stage_that_a_built_program_needs(String dockerfile, String instead) {
    advises(built(dockerfile), instead);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eclipse-temurin:21-jdk | eclipse-temurin:21-jre",
        "eclipse-temurin:21-alpine | eclipse-temurin:21.0.12_8-jre-alpine",
        "eclipse-temurin:21.0.12_8-jdk-noble | eclipse-temurin:21.0.12_8-jre-noble",
      })
  void names_the_runtime_of_java(String base, String smaller) {
    String check = "; check that nothing calls tools of the JDK, such as jcmd";
    String start = "; CMD [\"java\", \"-jar\", \"/a.jar\"]";
    advises(built("FROM " + base + "; COPY a.jar /" + start), "start from " + smaller + check);
    advises(
        built("FROM " + base + "; RUN ./mvnw package" + start),
        "name this stage build, and add a last one FROM "
            + smaller
            + " with COPY --from=build /a.jar /a.jar and the start"
            + check);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "python:3.12 | python:3.12-slim",
        "python:3.12.14 | python:3.12.14-slim",
        "python:3.12-bookworm | python:3.12-slim-bookworm",
        "python | python:slim",
        "node:22-bookworm | node:22-bookworm-slim",
        "docker.io/library/ruby:3.4 | docker.io/library/ruby:3.4-slim",
        "debian:13 | debian:13-slim",
      })
  void names_the_slim_variant(String base, String smaller) {
    advises(
        built("FROM " + base + "; CMD [\"x\"]"),
        "start from "
            + smaller
            + "; install what is then missing, such as git, curl or a compiler for packages that are"
            + " built");
  }

  @Test
  void says_what_another_library_asks_for() {
    advises(
        built("FROM php:8.4-fpm"),
        "try php:8.4-fpm-alpine: Alpine has another C library and other packages, so test it");
    advises(
        built("FROM eclipse-temurin:21-jre"),
        "try eclipse-temurin:21-jre-alpine: Alpine has another C library and other packages, so test"
            + " it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM python:3.12-slim",
        "FROM python:3.12.1",
        "FROM node:14",
        "FROM python@sha256:0123456789012345678901234567890123456789012345678901234567890123",
        "FROM nginx:1.31",
        "FROM postgres:17",
        "FROM acme/unknown:1",
        "FROM ubuntu:24.04",
        "FROM golang:1.27-alpine; COPY a /a; CMD [\"/a\"]",
        "FROM golang:1.27-alpine; RUN go build",
        "FROM golang:1.27-alpine; RUN go build; CMD [\"go\", \"run\", \".\"]",
        "FROM eclipse-temurin:21-jre-alpine; CMD [\"java\", \"-jar\", \"/a.jar\"]",
        "FROM eclipse-temurin:21-jdk-alpine; RUN jlink -x; CMD [\"java\", \"A\"]",
        "FROM node:24-slim; RUN npm ci --omit=dev && npm run build; CMD [\"node\", \"dist/a\"]",
        "FROM node:24-slim; RUN npm ci && npm run build && npm prune --omit=dev; CMD [\"node\", \"a\"]",
        "FROM node:24-slim; RUN npm ci; CMD [\"serve\", \"build\"]",
        "FROM debian:13-slim; RUN apt-get install -y gcc && make && apt-get purge -y gcc; CMD [\"a\"]",
        "FROM alpine:3.23; RUN apk add --virtual .b build-base && make && apk del .b; CMD [\"a\"]",
        "FROM alpine:3.23; RUN apk add libgcc gcompat; CMD [\"a\"]",
      })
  void leaves_the_rest(String dockerfile) {
    leaves(built(dockerfile), NOTHING);
  }

  @Test
  void leaves_what_starts_from_nothing() {
    String why = "it starts from nothing, or from what is not known";
    leaves(built("FROM golang:1.27 AS b; RUN go build; FROM scratch; COPY --from=b /a /a"), why);
    leaves(built("ARG B; FROM $B"), why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM python:3.12 AS dev",
        "FROM python:3.12 AS api-development",
        "FROM node:24; CMD [\"npm\", \"run\", \"dev\"]",
        "FROM node:24; CMD nodemon app.js",
        "FROM node:24; ENV NODE_ENV=development; CMD [\"node\", \"app.js\"]",
        "FROM python:3.12; CMD [\"uvicorn\", \"a:b\", \"--reload\"]",
      })
  void leaves_what_is_for_development(String dockerfile) {
    leaves(built(dockerfile), WORK);
  }

  @Test
  void the_command_of_the_service_counts() {
    leaves(built("FROM node:24; CMD [\"node\", \"a\"]", "{build: ., command: npm run dev}"), WORK);
    leaves(
        built("FROM node:24; WORKDIR /app; COPY . .", "{build: ., volumes: ['.:/app']}")
            .and("app.js", ""),
        WORK);
  }

  @Test
  void an_image_that_one_service_runs_in_earnest_counts() {
    assertThat(
            said(
                Given.compose(
                        """
                        services:
                          dev: {build: ., command: npm run dev}
                          api: {build: .}
                          job: {build: ., command: [node, job.js]}
                        """)
                    .and(DOCKERFILE, "FROM node:24\n")))
        .containsExactly(
            "low the image is built on more of its distribution than most programs need");
  }

  @ParameterizedTest
  @CsvSource({"gcc", "g++", "build-essential", "python3-dev", "openjdk-21-jdk-headless", "rustc"})
  void finds_compilers(String name) {
    assertThat(said(built("FROM debian:13-slim; RUN apt-get install -y curl " + name)))
        .containsExactly(
            "medium the image keeps compilers that only its build needs (%s)".formatted(name));
  }

  @ParameterizedTest
  @CsvSource({
    "serve -s build -l 80, /app/build",
    "serve -l 80 dist, /app/dist",
    "npx --yes serve /srv/www, /srv/www",
    "http-server -p 80 ./out, /app/out",
    "serve -s, of the folder that is served to",
  })
  void finds_the_folder_that_is_served(String command, String folder) {
    advises(
        built("FROM node:24; WORKDIR /app; RUN yarn build; CMD " + command),
        "name this stage build, and add a last one FROM nginx:1.31.4-alpine with COPY --from=build "
            + folder
            + " /usr/share/nginx/html; it listens on port 80, and a single-page application needs"
            + " try_files $uri /index.html");
  }
}
