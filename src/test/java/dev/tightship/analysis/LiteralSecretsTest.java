package dev.tightship.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tightship.analysis.LiteralSecret.InCompose;
import dev.tightship.analysis.LiteralSecret.InDockerfile;
import dev.tightship.analysis.LiteralSecret.InEnvFile;
import dev.tightship.compose.Given;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralSecretsTest {

  /**
   * @param rows {@code service | setting | place | name | kind | weak?}
   * @param values in the same order
   */
  record Case(String yaml, List<String> rows, List<String> values) {
    @Override
    public String toString() {
      return yaml;
    }
  }

  private static Case has(String service, String row, String value) {
    return new Case(
        "services:\n  api:\n" + service.indent(4), List.of("api | " + row), List.of(value));
  }

  static Stream<Case> places() {
    return Stream.of(
        has(
            "environment: {DB_PASSWORD: hunter2, PORT: 1}",
            "ENVIRONMENT | services.api.environment.DB_PASSWORD | DB_PASSWORD | VALUE | weak",
            "hunter2"),
        has(
            "environment:\n  - PORT=1\n  - DB_PASSWORD=a-long-one-77",
            "ENVIRONMENT | services.api.environment.[DB_PASSWORD=a-long-one-77] | DB_PASSWORD | VALUE | ",
            "a-long-one-77"),
        has(
            "environment:\n  - DB_PASSWORD=\"quoted-77x\"",
            "ENVIRONMENT | services.api.environment.[DB_PASSWORD=\"quoted-77x\"] | DB_PASSWORD | VALUE | ",
            "\"quoted-77x\""),
        has(
            "environment: {DB_PASSWORD: 'pa$$word-77x'}",
            "ENVIRONMENT | services.api.environment.DB_PASSWORD | DB_PASSWORD | VALUE | ",
            "pa$word-77x"),
        has(
            "environment: {DB_PASSWORD: 007}",
            "ENVIRONMENT | services.api.environment.DB_PASSWORD | DB_PASSWORD | VALUE | weak",
            "7"),
        has(
            "environment: {DB_PASSWORD: '${PW:-fallback-77x}'}",
            "ENVIRONMENT | services.api.environment.DB_PASSWORD | DB_PASSWORD | VALUE |  | PW",
            "fallback-77x"),
        has(
            "environment: {DB_PASSWORD: '${PW:-${OTHER-fallback-77x}}'}",
            "ENVIRONMENT | services.api.environment.DB_PASSWORD | DB_PASSWORD | VALUE |  | OTHER",
            "fallback-77x"),
        has(
            "environment: {X: '${DB_PASSWORD:-fallback-77x}'}",
            "ENVIRONMENT | services.api.environment.X | X | VALUE |  | DB_PASSWORD",
            "fallback-77x"),
        has(
            "environment: {URL: 'postgres://${U:-u}:${PW:-kestrel-77}@${H:-db}/x'}",
            "ENVIRONMENT | services.api.environment.URL | URL | URL |  | PW",
            "kestrel-77"),
        has(
            "environment: {URL: '${DB_URL:-postgres://u:kestrel-77@db/x}'}",
            "ENVIRONMENT | services.api.environment.URL | URL | URL |  | DB_URL",
            "kestrel-77"),
        has(
            "environment: {POSTGRES_USER: geonetwork, POSTGRES_PASSWORD: GeoNetwork}",
            "ENVIRONMENT | services.api.environment.POSTGRES_PASSWORD | POSTGRES_PASSWORD | VALUE | weak",
            "GeoNetwork"),
        has(
            "command: redis-server --requirepass hunter2-long",
            "COMMAND | services.api.command | requirepass | OPTION | ",
            "hunter2-long"),
        has(
            "command: [redis-server, --requirepass, hunter2-long]",
            "COMMAND | services.api.command.[hunter2-long] | requirepass | OPTION | ",
            "hunter2-long"),
        has(
            "entrypoint: [sh, -c, 'redis-server --requirepass hunter2-long']",
            "ENTRYPOINT | services.api.entrypoint.[redis-server --requirepass hunter2-long] | requirepass"
                + " | OPTION | ",
            "hunter2-long"),
        has(
            "healthcheck: {test: mysqladmin ping -phunter2-long}",
            "HEALTHCHECK | services.api.healthcheck.test | password | OPTION | ",
            "hunter2-long"),
        has(
            "post_start:\n  - command: redis-cli -a hunter2-long ping",
            "HOOK | services.api.post_start.[…].command | password | OPTION | ",
            "hunter2-long"),
        has(
            "labels: ['traefik.http.middlewares.a.basicauth.users=u:$$apr1$$abcdefgh$$abcdefghijkl']",
            "LABEL | services.api.labels.[traefik.http.middlewares.a.basicauth.users=u:$$apr1$$abcdefgh$$abcdefghijkl]"
                + " | traefik.http.middlewares.a.basicauth.users | HASH | ",
            "$apr1$abcdefgh$abcdefghijkl"),
        has(
            "logging: {driver: splunk, options: {splunk-token: hunter2-long}}",
            "LOGGING | services.api.logging.options.splunk-token | splunk-token | VALUE | ",
            "hunter2-long"),
        has(
            "build: {context: ., args: {NPM_TOKEN: hunter2-long}}",
            "BUILD_ARGUMENT | services.api.build.args.NPM_TOKEN | NPM_TOKEN | VALUE | ",
            "hunter2-long"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void finds(Case given) {
    List<LiteralSecret> found = LiteralSecrets.of(Given.compose(given.yaml).load());
    assertThat(rows(found)).isEqualTo(given.rows);
    assertThat(values(found)).isEqualTo(given.values);
    assertThat(found.toString()).doesNotContain(given.values);
  }

  private static List<String> rows(List<LiteralSecret> found) {
    return found.stream()
        .map(
            s ->
                "%s | %s | %s | %s | %s | %s%s"
                    .formatted(
                        s.service(),
                        s.setting(),
                        where(s.where()),
                        s.name(),
                        s.kind(),
                        s.weak() ? "weak" : "",
                        s.variable() == null ? "" : " | " + s.variable()))
        .toList();
  }

  private static String where(LiteralSecret.Where where) {
    if (where instanceof InCompose compose) {
      return compose.place().describe();
    }
    return where instanceof InDockerfile dockerfile
        ? dockerfile.file() + ":" + dockerfile.line() + " " + dockerfile.keyword()
        : where.file() + ":" + where.line();
  }

  private static List<String> values(List<LiteralSecret> found) {
    return found.stream().map(s -> s.value().reveal()).toList();
  }

  @Test
  void finds_an_anchor_where_it_is_written_for_each_service_that_has_it() {
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose(
                    """
                    x-env: &env
                      DB_PASSWORD: hunter2-long
                    services:
                      api:
                        environment: *env
                      job:
                        environment:
                          <<: *env
                          PORT: 1
                    """)
                .load());
    assertThat(rows(found))
        .containsExactly(
            "api | ENVIRONMENT | x-env.DB_PASSWORD | DB_PASSWORD | VALUE | ",
            "job | ENVIRONMENT | x-env.DB_PASSWORD | DB_PASSWORD | VALUE | ");
    assertThat(found.get(0).where().line()).isEqualTo(2);
  }

  @Test
  void finds_what_a_later_file_overrides_too() {
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose("services: {api: {image: a, environment: {PASSWORD: first-one-77}}}")
                .override("services: {api: {environment: {PASSWORD: second-one-77}}}")
                .load());
    assertThat(values(found)).containsExactly("first-one-77", "second-one-77");
    assertThat(found)
        .extracting(s -> s.where().file())
        .containsExactly("compose.yaml", "compose.override.yaml");
  }

  @Test
  void tells_where_in_the_scalar_it_is_written() {
    String url = "postgres://u$$er:${PW:-it-is-77}@db/x?a=b";
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose("services: {api: {environment: {URL: '%s'}}}".formatted(url)).load());
    assertThat(found)
        .singleElement()
        .satisfies(
            s -> {
              assertThat(((InCompose) s.where()).span().of(url)).isEqualTo("it-is-77");
              assertThat(s.value().reveal()).isEqualTo("it-is-77");
            });
  }

  @Test
  void reads_files_of_variables() {
    String env =
        """
        # API_KEY=not-this-one
        PORT=1
        DB_PASSWORD=plain-long-77
        API_TOKEN='single $77 quoted'
        API_SECRET="double \\"77\\" quoted" # comment
        FROM_OUTSIDE_TOKEN=${TOKEN}
        DEFAULT_TOKEN=${TOKEN:-fallback-77x}
        """;
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose("services: {api: {env_file: api.env}}").and("api.env", env).load());
    assertThat(rows(found))
        .containsExactly(
            "api | ENV_FILE | api.env:3 | DB_PASSWORD | VALUE | ",
            "api | ENV_FILE | api.env:4 | API_TOKEN | VALUE | ",
            "api | ENV_FILE | api.env:5 | API_SECRET | VALUE | ",
            "api | ENV_FILE | api.env:7 | DEFAULT_TOKEN | VALUE |  | TOKEN");
    assertThat(values(found))
        .containsExactly(
            "plain-long-77", "single $77 quoted", "double \"77\" quoted", "fallback-77x");
    assertThat(found)
        .extracting(s -> ((InEnvFile) s.where()).span().of(env))
        .containsExactly(
            "plain-long-77", "single $77 quoted", "double \\\"77\\\" quoted", "fallback-77x");
  }

  @Test
  void reads_raw_files_as_they_stand() {
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose("services: {api: {env_file: [{path: api.env, format: raw}]}}")
                .and("api.env", "PORT=1\r\nDB_PASSWORD=\"a $x 77 b\"\r\n")
                .load());
    assertThat(rows(found)).containsExactly("api | ENV_FILE | api.env:2 | DB_PASSWORD | VALUE | ");
    assertThat(values(found)).containsExactly("\"a $x 77 b\"");
  }

  @Test
  void reads_what_stands_in_a_config_of_the_service() {
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose(
                    """
                    services:
                      api: {configs: [app]}
                      other: {image: a}
                    configs:
                      app:
                        content: |
                          db:
                            user: u
                            password: hunter2-long
                    """)
                .load());
    assertThat(rows(found))
        .containsExactly("api | CONFIG | configs.app.content | password | PARAMETER | ");
    assertThat(values(found)).containsExactly("hunter2-long");
  }

  @Test
  void reads_the_stages_of_the_image() {
    List<LiteralSecret> found =
        LiteralSecrets.of(
            Given.compose("services: {api: {build: .}}")
                .and(
                    "Dockerfile",
                    """
                    ARG API_KEY=above-all-77
                    FROM a AS unused
                    ENV OLD_TOKEN=not-built-77
                    FROM b
                    ENV PORT=1 DB_PASSWORD="in-the-image-77"
                    ARG NPM_TOKEN
                    LABEL token=${T:-fallback-77x}
                    RUN echo app:in-a-layer-77 | chpasswd && echo $DB_PASSWORD
                    HEALTHCHECK --interval=3s CMD redis-cli -a healthy-77x ping
                    CMD ["redis-server", "--requirepass", "started-77x"]
                    """)
                .load());
    assertThat(rows(found))
        .containsExactly(
            "api | IMAGE | Dockerfile:1 ARG | API_KEY | VALUE | ",
            "api | IMAGE | Dockerfile:5 ENV | DB_PASSWORD | VALUE | ",
            "api | IMAGE | Dockerfile:7 LABEL | token | VALUE |  | T",
            "api | IMAGE | Dockerfile:8 RUN | password | OPTION | ",
            "api | IMAGE | Dockerfile:9 HEALTHCHECK | password | OPTION | ",
            "api | IMAGE | Dockerfile:10 CMD | requirepass | OPTION | ");
    assertThat(values(found))
        .containsExactly(
            "above-all-77",
            "in-the-image-77",
            "fallback-77x",
            "in-a-layer-77",
            "healthy-77x",
            "started-77x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: {DB_PASSWORD: '${DB_PASSWORD}', API_KEY: '${API_KEY:?}', TOKEN: }",
        "environment: [DB_PASSWORD, 'API_KEY=', 'TOKEN=$TOKEN']",
        "environment: {DB_PASSWORD_FILE: /run/secrets/db, TOKEN_TTL: 3600, CLUSTER_ID: abc-DEF-123}",
        "environment: {S3_ACCESS_KEY: identity, S3_SECRET_KEY: '${S3_SECRET_KEY}'}",
        "environment: {URL: 'postgres://u:${PW}@db/x', X: 'x${PW:-}y'}",
        "environment: {PASSWORD: 'prefix-${PW}'}",
        "command: redis-server --requirepass ${PW}",
        "healthcheck: {test: [CMD-SHELL, 'redis-cli -a $$REDIS_PASSWORD ping']}",
        "healthcheck: {test: [CMD-SHELL, 'mysqladmin ping -p$$(cat /run/secrets/db)']}",
        "labels: {traefik.enable: 'true', traefik.http.routers.a.tls.certresolver: letsencrypt}",
        "secrets: [db_password]",
        "build: {context: ., args: {NPM_TOKEN: , VERSION: 1}}",
      })
  void leaves_what_is_none(String service) {
    assertThat(
            rows(
                LiteralSecrets.of(
                    Given.compose("services:\n  api:\n    image: a\n    " + service).load())))
        .isEmpty();
  }

  @Test
  void looks_at_hostile_files_in_linear_time() {
    var yaml = new StringBuilder("services:\n  api:\n    environment:\n");
    for (int i = 0; i < 5_000; i++) {
      yaml.append("      PASSWORD_")
          .append(i)
          .append(": '${A:-")
          .append("${B:-".repeat(i % 9))
          .append("x'\n");
    }
    yaml.append("      URL: 'a://b:").append("://@$${".repeat(20_000)).append("'\n");
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> LiteralSecrets.of(Given.compose(yaml.toString()).load()));
  }
}
