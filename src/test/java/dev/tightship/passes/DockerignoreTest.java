package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerignoreTest extends PassTest {

  private static final String FINE = "nothing that should stay out of the image was found";
  private static final String HEAD =
      "# Nothing of this is needed to build, and no image should hold it.\n";
  private static final String COPIES = "FROM a\nCOPY . /app\n";

  DockerignoreTest() {
    super(new Dockerignore());
  }

  /** A project whose context holds the history of the repository. */
  private static Given given(String dockerfile) {
    return Given.compose("services: {api: {build: .}}\n")
        .and(DOCKERFILE, dockerfile)
        .and(".git/HEAD", "ref: refs/heads/main\n")
        .and("main.py", "print(1)\n");
  }

  private void writes(Given given, String... lines) {
    hardens(Level.STANDARD, given, Map.of(".dockerignore", HEAD + String.join("\n", lines) + "\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY . /app",
        "COPY ./ ./",
        "COPY / /app/",
        "COPY * /app/",
        "ADD [\".\", \"/app\"]",
        "COPY package.json .\nCOPY --chown=1:1 . .",
        "COPY *.json ./\nCOPY . .",
        "COPY requirements.txt src/.* ./\nCOPY . .",
      })
  void keeps_the_repository_out_of_what_is_copied_whole(String copy) {
    writes(given("FROM a\n" + copy + "\n"), ".git");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY main.py /app/",
        "COPY src /app/",
        "COPY --from=b . /app",
        "COPY . .\nCOPY .git/HEAD /app/",
        "COPY .git .git\nCOPY . .",
        "COPY . .\nCOPY .* ./",
        "COPY . .\nCOPY $FILE ./",
        "COPY . .\nCOPY .gi[t] ./",
        "COPY . .\nRUN git describe --tags > version",
        "COPY . .\nRUN --mount=type=bind,target=/src make",
        "COPY . .\nRUN --mount=type=bind,source=.git,target=/src/.git make",
        "RUN x",
      })
  void leaves_it_where_it_is_not_copied_or_needed(String copy) {
    leaves(given("FROM a\n" + copy + "\n"), FINE);
  }

  @Test
  void leaves_out_of_sight_a_mount_of_something_else() {
    writes(
        given(
            COPIES
                + "RUN --mount=type=cache,target=/x --mount=type=bind,from=b,target=/y make\n"
                + "RUN --mount=type=bind,source=src,target=/z make\n"),
        ".git");
  }

  @ParameterizedTest
  @CsvSource({
    "Makefile, V := $(shell git rev-parse HEAD)",
    "pyproject.toml, 'requires = [\"setuptools_scm\"]'",
    "app/pom.xml, <artifactId>git-commit-id-plugin</artifactId>",
    "scripts/build.sh, cp -r .git /tmp",
    "Dockerfile.prod, 'FROM a\nCOPY .git /x'",
  })
  void leaves_it_where_a_build_may_read_it(String file, String text) {
    leaves(given(COPIES).and(file, text + "\n"), FINE);
  }

  @Test
  void is_not_misled_by_addresses_of_repositories() {
    writes(
        given(COPIES)
            .and("package.json", "{\"repository\": \"git+https://github.com/a/b.git\"}\n")
            .and("setup.cfg", "url = https://example.org/b.git\n# see .gitignore\n"),
        ".git");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN npm ci --omit=dev",
        "RUN npm install",
        "RUN --mount=type=cache,target=/c yarn install --immutable",
        "RUN corepack enable && yarn",
        "RUN <<E\npnpm i\nE",
      })
  void keeps_modules_out_that_the_image_installs_itself(String run) {
    writes(
        given("FROM a\nCOPY package.json .\n" + run + "\nCOPY . .\n").and("package.json", "{}\n"),
        ".git",
        "node_modules");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN x\nCOPY . .",
        "RUN npm install -g pm2\nCOPY . .",
        "RUN apt-get install -y yarn\nCOPY . .",
        "RUN npm ci\nCOPY . .\nCOPY node_modules node_modules",
        "RUN npm ci\nFROM a\nCOPY . .",
      })
  void leaves_modules_that_the_image_may_need(String rest) {
    writes(given("FROM a\n" + rest + "\n").and("package.json", "{}\n"), ".git");
  }

  @Test
  void keeps_modules_of_several_folders_out() {
    writes(
        given("FROM a\nCOPY . .\nRUN npm ci\n")
            .and("package.json", "{}\n")
            .and("web/package.json", "{}\n"),
        ".git",
        "**/node_modules");
    writes(
        given("FROM a AS b\nRUN npm ci\nFROM b\nCOPY web /web\n")
            .and("package.json", "{}\n")
            .and("web/package.json", "{}\n"),
        "web/node_modules");
  }

  @Test
  void keeps_out_what_compose_hands_out_as_a_secret() {
    hardens(
        Level.STANDARD,
        Given.compose(
                """
                services:
                  api: {build: ., secrets: [db]}
                  web: {build: ., secrets: [db]}
                secrets:
                  db: {file: ./secrets/db.txt}
                  tls: {file: ./tls.key}
                """)
            .and(DOCKERFILE, COPIES + "COPY tls.key /etc/\n")
            .and("secrets/db.txt", "hunter2")
            .and("tls.key", "-----BEGIN PRIVATE KEY-----\n"),
        Map.of(".dockerignore", HEAD + "secrets/db.txt\n"));
  }

  @Test
  void keeps_out_variables_that_all_services_get_anyway() {
    Given given =
        Given.compose("services: {api: {build: ., env_file: .env}}\n")
            .and(DOCKERFILE, "FROM a\nRUN x\nCOPY . .\nCMD y\n")
            .and(".env", "DB_PASSWORD=hunter2\n");
    writes(given, ".env");
    advisesOnly(given.and(DOCKERFILE, "FROM a\nCOPY . .\nRUN x\n"));
    advisesOnly(given.and(DOCKERFILE, "FROM a AS b\nCOPY . .\nFROM b\nRUN x\n"));
    advisesOnly(given.and(".env", "VITE_API=x\nDB_PASSWORD=hunter2\n"));
    advisesOnly(given.override("services: {job: {build: .}}\n"));
    leaves(given.and(".env", "PORT=3000\nDB_PASSWORD=\n"), FINE);
    leaves(given.and(DOCKERFILE, "FROM a\nCOPY . .\nCOPY .env /x\n"), FINE);
  }

  private void advisesOnly(Given given) {
    advises(given, "bring them when the service starts, and name them in its .dockerignore");
  }

  @Test
  void reports_other_files_with_secrets() {
    Given given =
        Given.compose("services: {api: {build: ./api}}\n").and("api/" + DOCKERFILE, COPIES);
    advisesOnly(given.and("api/conf/server.key", "-----BEGIN PRIVATE KEY-----\n"));
    advisesOnly(given.and("api/site.pem", "-----BEGIN PRIVATE KEY-----\n"));
    advisesOnly(given.and("api/.npmrc", "//x/:_authToken=hunter2\n"));
    leaves(given.and("api/test/server.key", "-----BEGIN PRIVATE KEY-----\n"), FINE);
    leaves(given.and("api/ca.pem", "-----BEGIN CERTIFICATE-----\n"), FINE);
    leaves(given.and("server.key", "-----BEGIN PRIVATE KEY-----\n"), FINE);
    leaves(given.and("api/.env.example", "API_KEY=hunter2\n"), FINE);
  }

  @Test
  void tells_what_a_file_that_is_there_does_not_keep_out() {
    Given given = given(COPIES).and(".env", "DB_PASSWORD=hunter2\n");
    advises(given.and(".dockerignore", "# .git\n*.md\n.env\n"), "add a line for each");
    advisesOnly(given.and(".dockerignore", ".git\n"));
    String fine = "its .dockerignore keeps out what should stay out";
    leaves(given.and(".dockerignore", ".git/\n/.env\n"), fine);
    leaves(given.and(".dockerignore", "**/.git\n.env*\n"), fine);
    leaves(given.and(".dockerignore", "*\n!src\n"), fine);
    leaves(given.and(".dockerignore", ".*\n"), fine);
    leaves(given.and(".dockerignore", ".env\n**\n"), fine);
  }

  @Test
  void leaves_the_file_of_one_dockerfile_to_it() {
    Given own = given(COPIES).and("Dockerfile.dockerignore", "x\n");
    assertThat(Laws.check(own, List.of(pass()), Level.STRICT).steps()).isEmpty();
  }

  @Test
  void does_not_write_where_not_all_builds_are_known() {
    advises(
        given(COPIES).override("services: {b: {build: {context: $NOWHERE}}}\n"),
        "write them into .dockerignore: service b is built from what could not be read, maybe from"
            + " this folder");
    advises(
        given(COPIES)
            .override("services: {b: {build: {context: ./b, additional_contexts: {c: .}}}}\n"),
        "write them into .dockerignore: service b takes more folders, which may be this one");
    advises(
        given(COPIES).override("services: {b: {build: {dockerfile: Gone}}}\n"),
        "write them into .dockerignore: the Dockerfile of service b could not be read");
  }

  @Test
  void writes_one_file_for_all_services_of_a_folder() {
    hardens(
        Level.STANDARD,
        Given.compose(
                """
                services:
                  api: {build: ./app}
                  job: {build: {context: app, dockerfile: job.Dockerfile}}
                  web: {build: ./web}
                """)
            .and("app/" + DOCKERFILE, COPIES)
            .and("app/job.Dockerfile", "FROM a\nCOPY job.py /\n")
            .and("app/.git", "gitdir: ../.git/modules/app\n")
            .and("web/" + DOCKERFILE, "FROM a\nCOPY html /html\n"),
        Map.of("app/.dockerignore", HEAD + ".git\n"));
  }

  @Test
  void offers_at_level_safe() {
    offers(Level.SAFE, given(COPIES));
  }
}
