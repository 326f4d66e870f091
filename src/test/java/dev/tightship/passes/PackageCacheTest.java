package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageCacheTest extends PassTest {

  private static final String NOTHING = "no package manager is seen to leave anything";

  PackageCacheTest() {
    super(new PackageCache());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, text);
  }

  private void cleans(Level level, String before, String after) {
    hardens(level, dockerfile(before), Map.of(DOCKERFILE, after));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apk add curl | apk add --no-cache curl",
        "apk -q add --virtual .build gcc | apk -q add --no-cache --virtual .build gcc",
        "set -eux; apk add a; apk add b | set -eux; apk add --no-cache a; apk add --no-cache b",
        "pip install -r requirements.txt | pip install --no-cache-dir -r requirements.txt",
        "pip3.12 install a && x | pip3.12 install --no-cache-dir a && x",
        "python3 -m pip install a | python3 -m pip install --no-cache-dir a",
        "if [ -f r.txt ]; then pip install a; fi | if [ -f r.txt ]; then pip install --no-cache-dir a; fi",
      })
  void keeps_the_cache_out(String before, String after) {
    cleans(Level.SAFE, "FROM a\nRUN " + before + "\n", "FROM a\nRUN " + after + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apt-get update && apt-get install -y curl | && rm -rf /var/lib/apt/lists/*",
        "apt-get update; apt-get install -y curl; apt-get clean | && rm -rf /var/lib/apt/lists/*",
        "apt update && apt install -y curl | && rm -rf /var/lib/apt/lists/*",
        "dnf install -y nginx | && dnf clean all",
        "microdnf install nginx && x | && microdnf clean all",
        "yum -y install nginx | && yum clean all",
        "zypper -n in nginx | && zypper clean --all",
      })
  void takes_away_what_is_left(String before, String added) {
    cleans(
        Level.STANDARD,
        "FROM a\nRUN " + before + "\nCMD x\n",
        "FROM a\nRUN " + before + " " + added + "\nCMD x\n");
    offers(Level.SAFE, dockerfile("FROM a\nRUN " + before + "\nCMD x\n"));
  }

  @Test
  void takes_away_the_index_that_an_update_leaves() {
    cleans(
        Level.STANDARD,
        "FROM a\nRUN apk update && apk add git\n",
        "FROM a\nRUN apk update && apk add --no-cache git && rm -rf /var/cache/apk/*\n");
    cleans(
        Level.SAFE,
        "FROM a\nRUN apk update && apk add git && rm -rf /var/cache/apk/*\n",
        "FROM a\nRUN apk update && apk add --no-cache git && rm -rf /var/cache/apk/*\n");
    advises(
        dockerfile("FROM a\nRUN apk update\nRUN case $A in *) apk add x; esac\n"),
        "line 3 may use it: update and install there, and take it away at the end of each");
  }

  @Test
  void puts_it_on_a_line_of_its_own_where_there_are_several() {
    cleans(
        Level.STANDARD,
        """
        FROM debian:13
        RUN apt-get update \\
            # for the health check
            && apt-get install -y curl \\
            && pip install a
        """,
        """
        FROM debian:13
        RUN apt-get update \\
            # for the health check
            && apt-get install -y curl \\
            && pip install --no-cache-dir a \\
            && rm -rf /var/lib/apt/lists/*
        """);
    cleans(
        Level.STANDARD,
        """
        FROM debian:13
        RUN apt-get update && \\
          apt-get install -y \\
            curl git
        """,
        """
        FROM debian:13
        RUN apt-get update && \\
          apt-get install -y \\
            curl git \\
            && rm -rf /var/lib/apt/lists/*
        """);
  }

  @Test
  void takes_the_tabs_of_the_step_for_that_line() {
    cleans(
        Level.STANDARD,
        """
        FROM debian:13
        RUN apt-get update && \\
        \t\tapt-get install -y \\
        \t\t\tcurl
        """,
        """
        FROM debian:13
        RUN apt-get update && \\
        \t\tapt-get install -y \\
        \t\t\tcurl \\
        \t\t\t&& rm -rf /var/lib/apt/lists/*
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apt-get update; apt-get install -y a;",
        "apt-get update && apt-get install -y a # as b says",
        "apt-get update && apt-get install -y a &",
        "apt-get update && apt-get install -y a; exit 0",
        "apt-get update && apt-get install -y a && exec b",
      })
  void adds_nothing_where_it_would_not_be_run(String run) {
    advises(
        dockerfile("FROM a\nRUN " + run + "\n"), "end the step with rm -rf /var/lib/apt/lists/*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apt-get update && apt-get install -y a || exit 1",
        "apt-get update; (apt-get install -y a; b)",
        "apt-get update; if a; then apt-get install -y b; fi",
        "apt-get update && apt-get install -y a | tee log",
      })
  void adds_it_behind_what_goes_on(String run) {
    cleans(
        Level.STANDARD,
        "FROM a\nRUN " + run + "\n",
        "FROM a\nRUN " + run + " && rm -rf /var/lib/apt/lists/*\n");
  }

  @Test
  void does_it_for_each_kind_in_one_step() {
    cleans(
        Level.STANDARD,
        "FROM a\nRUN apt-get update && apt-get install -y a && apt-get install -y b && dnf install c\n",
        "FROM a\nRUN apt-get update && apt-get install -y a && apt-get install -y b && dnf install c"
            + " && rm -rf /var/lib/apt/lists/* && dnf clean all\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "npm ci --omit=dev | npm cache clean --force",
        "npm install -g pm2@6.0.0; x | npm cache clean --force",
        "set -e; npm i | npm cache clean --force",
        "yarn global add serve | yarn cache clean",
        "yarn install --frozen-lockfile --production | yarn cache clean",
      })
  void takes_away_what_npm_and_yarn_keep_at_home(String run, String clean) {
    String before = "FROM node:24\nWORKDIR /a\nCOPY . .\nRUN " + run + "\n";
    hardens(
        Level.STANDARD,
        dockerfile(before).and("yarn.lock", "# yarn lockfile v1\n").and("package.json", "{}"),
        Map.of(DOCKERFILE, before.stripTrailing() + " && " + clean + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN --mount=type=cache,target=/root/.npm npm ci",
        "ENV NPM_CONFIG_CACHE=/tmp/npm\nRUN npm ci",
        "RUN npm ci --cache /tmp/npm",
        "RUN npm ci && npm cache clean --force && npm run build",
        "RUN npm ci && rm -rf /root/.npm",
        "RUN apk add --no-cache npm && npm ci && apk del npm",
        "RUN if a; then npm ci; fi",
        "RUN a || npm ci",
        "RUN sudo -u node npm ci",
        "RUN npm run build && npx x",
        "RUN npm ci\nRUN npm ci --offline",
        "RUN yarn install",
        "RUN yarn set version berry && yarn global add x",
        "RUN pnpm install",
        "RUN composer install",
        "COPY --from=composer:1 /usr/bin/composer /usr/bin/\nRUN composer install",
        "ENV COMPOSER_CACHE_DIR=/dev/null\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/\nRUN composer install",
      })
  void leaves_what_node_and_php_may_need(String text) {
    leaves(dockerfile("FROM node:24\nWORKDIR /a\nCOPY . .\n" + text + "\n"), NOTHING);
  }

  @Test
  void keeps_the_cache_of_composer_out() {
    String before =
        "FROM php:8.4\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/\nRUN composer -n install --no-dev\n";
    cleans(Level.SAFE, before, before.replace("install --no-dev", "install --no-cache --no-dev"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apk add --no-cache curl",
        "RUN apk --no-cache add curl",
        "RUN apk del curl",
        "RUN apk $FLAGS add curl",
        "RUN pip install --no-cache-dir a",
        "RUN pip install $OPTIONS a",
        "RUN pip download a",
        "RUN pip list",
        "RUN apt-get update && apt-get install -y a && rm -rf /var/lib/apt/lists/*",
        "RUN apt-get update && apt-get install -y a && rm -rf /tmp/x /var/lib/apt/lists",
        "RUN apt-get update && apt-get install -y a && rm -rf \"/var/lib/apt\"",
        "RUN apt-get update && apt-get install -y a && rm -rf /var/lib/{apt,dpkg,cache}/",
        "RUN apt-get update && apt-get install -y a && find /var/lib/apt/lists -delete",
        "RUN dnf install -y a && dnf clean all",
        "RUN yum install -y a && rm -rf /var/cache/yum",
        "RUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y a",
        "RUN --mount=type=cache,target=/var/cache/apk apk add a",
        "RUN --mount=type=cache,target=/root/.cache/pip pip install a",
        "ENV PIP_NO_CACHE_DIR=1\nRUN pip install a",
        "RUN echo apk add",
        "RUN [\"apk\", \"add\", \"a\"]",
        "RUN <<EOF\napk add a\nEOF",
        "RUN case a in b) apk add c;; esac",
        "CMD apk add a",
      })
  void leaves_what_leaves_nothing_or_cannot_be_told(String text) {
    leaves(dockerfile("FROM a\n" + text + "\n"), NOTHING);
  }

  @Test
  void leaves_the_lists_where_a_later_step_may_use_them() {
    String advice =
        "line 4 may use it: update and install there, and take it away at the end of each";
    advises(dockerfile("FROM a\nRUN apt-get update\nRUN x\nRUN apt-get install -y a\n"), advice);
    advises(
        dockerfile(
            "FROM a AS b\nRUN apt-get update && apt-get install c\nFROM b\nRUN case $A in *) apt-get install d; esac\n"),
        advice);
    cleans(
        Level.STANDARD,
        """
        FROM a
        RUN apt-get update && apt-get install b
        RUN apt-get update && apt-get install c
        """,
        """
        FROM a
        RUN apt-get update && apt-get install b && rm -rf /var/lib/apt/lists/*
        RUN apt-get update && apt-get install c && rm -rf /var/lib/apt/lists/*
        """);
  }

  @Test
  void leaves_stages_from_which_others_only_copy() {
    leaves(
        dockerfile("FROM a AS b\nRUN apk add gcc\nFROM c\nCOPY --from=b /x /x\n"),
        "only what is copied from it gets on");
  }

  @Test
  void keeps_to_the_continuation_of_the_file() {
    String run =
        "# escape=`\nFROM debian:13\nRUN apt-get update && `\n  apt-get install -y curl%s\n";
    cleans(
        Level.STANDARD, run.formatted(""), run.formatted(" `\n  && rm -rf /var/lib/apt/lists/*"));
  }
}
