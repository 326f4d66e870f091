package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value of a secret is in anything that the program says or writes, but in the project. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class SecretsTest {

  private static final List<String> NAMES =
      List.of(
          "DB_PASSWORD",
          "POSTGRES_PASSWORD",
          "MYSQL_ROOT_PASSWORD",
          "API_TOKEN",
          "CLIENT_SECRET",
          "SECRET_KEY_BASE",
          "JWT_SECRET",
          "NPM_TOKEN",
          "password",
          "smtp.password",
          "db-password",
          "dbPassword",
          "REDIS_PASSWD",
          "ADMIN_PWD",
          "VAULT_TOKEN",
          "secretKey");

  /** Ways to write a secret below a service; N is its name, V the value, W another value. */
  private static final List<String> PLACES =
      List.of(
          "environment:\n      N: V",
          "environment:\n      N: \"V\"  # V again",
          "environment:\n      'N': 'V'",
          "environment:\n      - N=V",
          "environment:\n      - \"N=V\"",
          "environment:\n      - 'N=V W'",
          "environment: {A: b, N: V, B: c}",
          "environment: [A=b, \"N=V\"]",
          "environment:\n      {A: b,\n       N: V,\n       B: c}",
          "environment:\n      N: >-\n        V\n        W\n      A: b",
          "environment:\n      N: |\n        V\n\n        W",
          "environment:\n      N: \"V\n        W\"",
          "environment:\n      N:\n        V",
          "environment:\n      N: ${N:-V}",
          "environment:\n      N: ${OTHER:-V}",
          "environment:\n      OTHER: ${N:-V}",
          "environment:\n      N: &x V\n      A: *x",
          "environment:\n      URL: postgres://u:V@db/x\n      N: V",
          "environment:\n      URL: \"amqp://u:V/W@W@mq:1/x\"",
          "environment:\n      JDBC: jdbc:mysql://db/x?user=u&password=V",
          "environment:\n      CS: Server=db;Pwd=V;Database=x",
          "command: redis-server --requirepass V",
          "command: [\"redis-server\", \"--requirepass\", \"V\"]",
          "command:\n      - redis-server\n      - --requirepass\n      - V",
          "command: app --password=V --token V",
          "command: sh -c \"N=V exec app\"",
          "healthcheck:\n      test: [\"CMD\", \"redis-cli\", \"-a\", \"V\", \"ping\"]",
          "healthcheck:\n      test: mysqladmin ping -uroot -pV",
          "labels:\n      - traefik.http.middlewares.a.basicauth.users=u:$$apr1$$V$$W",
          "labels:\n      N: V",
          "build:\n      context: .\n      args:\n        N: V",
          "build:\n      context: .\n      args:\n        - N=V",
          "# N: V\n    hostname: h",
          "# - N=V\n    hostname: h",
          "hostname: h # N is V");

  private static final List<String> DOCKERFILES =
      List.of(
          "ENV N=V",
          "ENV N V W",
          "ENV A=b \\\n    N=V \\\n    B=c",
          "ARG N=V",
          "RUN N=V npm ci",
          "RUN curl -u u:V https://x",
          "RUN app --password V",
          "# N=V");

  @TempDir Path temp;

  @BeforeEach
  void uses_real_paths() throws IOException {
    temp = temp.toRealPath();
  }

  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void no_value_is_in_any_output(int seed) throws Exception {
    var random = new Random(seed);
    var values = new ArrayList<String>();
    var text = new StringBuilder("# a project\nversion: '3'\nservices:\n");
    for (int i = 0; i < 4; i++) {
      String image = i % 2 == 0 ? "image: nginx:alpine" : "image: redis";
      String place = fill(PLACES.get((seed * 4 + i) % PLACES.size()), random, values);
      boolean built = place.startsWith("build");
      boolean first = random.nextBoolean();
      text.append("  s").append(i).append(":\n");
      text.append(first || built ? "" : "    " + image + "\n");
      text.append("    ").append(place).append('\n');
      text.append(first && !built ? "    " + image + "\n" : "");
    }
    if (seed % 3 == 0 && text.toString().matches("(?s).*[A-Za-z]: " + values.get(0) + "\n.*")) {
      text.append("  note:\n    labels:\n      note: see ")
          .append(values.get(0))
          .append(" there\n");
    }
    String dockerfile =
        fill(DOCKERFILES.get(seed % DOCKERFILES.size()), random, values)
            + "\nFROM nginx:stable\n"
            + fill(DOCKERFILES.get((seed + 3) % DOCKERFILES.size()), random, values)
            + "\n";
    if (!dockerfile.startsWith("ARG") && !dockerfile.startsWith("#")) {
      dockerfile = dockerfile.substring(dockerfile.indexOf("FROM"));
    }
    text.append("  built:\n    build: .\n");
    Cli.write(temp.resolve("compose.yaml"), text.toString());
    Cli.write(temp.resolve("Dockerfile"), dockerfile);
    Cli.write(temp.resolve(".env"), fill("N=V\nTAG='V", random, values));
    Path patch = Files.createTempDirectory(temp, "patch").resolve("p.patch");
    Path overlay = patch.resolveSibling("overlay.yaml");

    var said = new StringBuilder();
    for (Object[] more :
        new Object[][] {
          {},
          {"-v"},
          {"--format", "json"},
          {"--patch", "-"},
          {"--patch", patch},
          {"--overlay", "-", "--level", "strict"},
          {"--overlay", overlay, "--level", "strict", "--format", "json"},
          {"--color", "always"},
          {"--level", "strict"}
        }) {
      var arguments = new ArrayList<Object>(List.of("harden", temp));
      arguments.addAll(List.of(more));
      Cli.Run run = Cli.run(arguments.toArray());
      assertThat(run.code()).as(run.err()).isIn(0, 2);
      said.append(run.out()).append(run.err());
    }
    for (Path written : List.of(patch, overlay)) {
      if (Files.exists(written)) {
        said.append(Files.readString(written));
      }
    }

    assertThat(said).contains("pids_limit");
    for (String value : new TreeSet<>(values)) {
      assertThat(said.toString()).as("of%n%s%n%s", text, dockerfile).doesNotContain(value);
    }
  }

  /** A comment or a label repeats what another file of the project holds. */
  @Test
  void values_of_files_that_no_fix_changes_are_hidden() throws IOException {
    Cli.write(
        temp.resolve("compose.yaml"),
        """
        services:
          web: # as t4sty-Tea, on the server as t4sty-Cocoa
            image: nginx:alpine
            hostname: t4sty-Coffee
            env_file: app.env
        """);
    Cli.write(temp.resolve(".env"), "DB_PASSWORD='t4sty-Tea'\n");
    Cli.write(temp.resolve("app.env"), "API_TOKEN=t4sty-Coffee\n");
    Cli.write(
        temp.resolve("docker-compose.prod.yml"),
        "services: {web: {environment: {DB_PASSWORD: t4sty-Cocoa}}}\n");

    Cli.Run run = Cli.run("harden", temp, "--level", "strict");

    assertThat(run.out()).contains("pids_limit: ").doesNotContain("t4sty");
  }

  @Test
  void what_is_no_secret_stays_readable_in_the_diff() throws IOException {
    Cli.write(
        temp.resolve("compose.yaml"),
        """
        services:
          web:
            image: nginx:alpine
            environment:
              DB_PASSWORD_FILE: /run/secrets/db
              DB_PASSWORD: ${DB_PASSWORD}
              TOKEN_TTL: 3600
          b:
            image: redis
            secrets: [db]
            environment:
              AUTH_URL: https://id.example.org/
              SECRET_KEY_BASE: ${X:?}
              POSTGRES_USER: notes
        """);

    Cli.Run run = Cli.run("harden", temp);

    assertThat(run.out())
        .contains(
            "DB_PASSWORD_FILE: /run/secrets/db\n",
            "DB_PASSWORD: ${DB_PASSWORD}\n",
            "TOKEN_TTL: 3600\n")
        .contains(
            "AUTH_URL: https://id.example.org/\n",
            "SECRET_KEY_BASE: ${X:?}\n",
            "POSTGRES_USER: notes\n")
        .doesNotContain("***");
    assertThat(run.err()).doesNotContain("***", "unidiff-zero");
  }

  private static String fill(String template, Random random, List<String> values) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    String filled = template.replaceAll("\\bN\\b", name);
    String value = value(random);
    String other = value(random);
    if (template.matches("(?s).*\\bV\\b.*") || template.contains("pV")) {
      values.add(value);
    }
    if (template.matches("(?s).*\\bW\\b.*")) {
      values.add(other);
    }
    return filled.replaceAll("\\bV\\b|(?<=-p)V\\b", value).replaceAll("\\bW\\b", other);
  }

  private static String value(Random random) {
    var value = new StringBuilder("q");
    for (int i = 0; i < 7; i++) {
      value.append("abcdefghjkmnpqrstuvwxyz".charAt(random.nextInt(23)));
    }
    return value.append(random.nextInt(10)).append("Xy").toString();
  }
}
