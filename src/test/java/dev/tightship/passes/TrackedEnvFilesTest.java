package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.pass.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets leave the env files that git tracks, and each container sees what it saw before. */
@SuppressWarnings("NullAway.Init")
class TrackedEnvFilesTest {

  private static final Pass PASS = new InlineSecrets();

  private static final String FILE = "a.env";
  private static final String VALUE = "Tr33-H0use-9";
  private static final String KEPT = "secrets/db_password.txt";

  private static final String DB = "services: {db: {image: 'postgres:17.7', env_file: a.env}}\n";
  private static final String WEB = "services: {web: {image: 'example/web:1', env_file: a.env}}\n";

  @TempDir Path temp;

  /** A project whose env file git tracks. */
  private static Given tracked(String compose, String text) {
    return Given.compose(compose).and(FILE, text).inGit(FILE);
  }

  private Outcome run(Given given) {
    return Laws.check(given, List.of(PASS), Level.STANDARD);
  }

  private String after(Given given) {
    return run(given).text(FILE).text();
  }

  /** Why the only secret stays. */
  private String held(Given given) {
    Outcome outcome = run(given);
    assertThat(Laws.written(outcome)).as("what changed").isEmpty();
    return outcome.steps(Status.ADVISED).stream()
        .map(Step::reason)
        .map(String::valueOf)
        .findFirst()
        .orElse("");
  }

  @Test
  void an_image_that_reads_a_file_gets_one_where_all_readers_do() {
    Outcome one = run(tracked(DB, "POSTGRES_PASSWORD=Tr33-H0use-9\n"));
    assertThat(one.text(FILE).text())
        .isEqualTo("POSTGRES_PASSWORD_FILE=/run/secrets/db_password\n");
    assertThat(one.after().others().kept()).containsEntry(KEPT, VALUE);

    String both =
        """
        services:
          db: {image: 'postgres:17.7', env_file: a.env}
          copy: {image: 'postgres:16.11', env_file: a.env}
        """;
    Outcome two = run(tracked(both, "POSTGRES_PASSWORD=Tr33-H0use-9\n"));
    assertThat(two.after().service("copy")).isNotNull();
    assertThat(two.text(PassTest.COMPOSE).text().split("db_password\\b", -1)).hasSize(5);
    assertThat(two.text(FILE).text()).contains("_FILE=");

    String mixed = both.replace("postgres:16.11", "example/web:1");
    Outcome neither = run(tracked(mixed, "POSTGRES_PASSWORD=Tr33-H0use-9\n"));
    assertThat(neither.text(FILE).text())
        .isEqualTo("POSTGRES_PASSWORD=${DB_POSTGRES_PASSWORD:?}\n");
    assertThat(neither.after().others().kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: {POSTGRES_PASSWORD: ''}",
        "environment: [POSTGRES_PASSWORD]",
        "environment: {POSTGRES_PASSWORD_FILE: /x}",
        "env_file: [a.env, b.env]",
        "env_file: [a.env, missing.env]",
        "command: sleep 9",
        "environment: {X: 'x $$POSTGRES_PASSWORD'}",
        "healthcheck: {test: 'printenv POSTGRES_PASSWORD'}",
      })
  void an_image_that_may_not_read_the_file_gets_a_variable(String setting) {
    String compose =
        "services:\n  db:\n    image: postgres:17.7\n    env_file: a.env\n    " + setting + "\n";
    String once =
        setting.startsWith("env_file") ? compose.replace("    env_file: a.env\n", "") : compose;
    Given given =
        tracked(once, "POSTGRES_PASSWORD=Tr33-H0use-9\n").and("b.env", "POSTGRES_PASSWORD=x\n");

    assertThat(after(given)).isEqualTo("POSTGRES_PASSWORD=${DB_POSTGRES_PASSWORD:?}\n");
  }

  @Test
  void a_variable_that_another_line_asks_for_stays() {
    assertThat(after(tracked(DB, "POSTGRES_PASSWORD=Tr33-H0use-9\nU=x:${POSTGRES_PASSWORD}@y\n")))
        .isEqualTo("POSTGRES_PASSWORD=${DB_POSTGRES_PASSWORD:?}\nU=x:${POSTGRES_PASSWORD}@y\n");
  }

  @Test
  void a_new_name_is_none_that_an_env_file_asks_for() {
    Outcome outcome = run(tracked(WEB, "WEB_TOKEN=Tr33-H0use-9\nU=${WEB_TOKEN}\n"));
    assertThat(outcome.text(FILE).text()).isEqualTo("WEB_TOKEN=${WEB_TOKEN_2:?}\nU=${WEB_TOKEN}\n");
  }

  /** What stands around a value, and what becomes of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A_TOKEN=Tr33-H0use-9|A_TOKEN=${WEB_A_TOKEN:?}",
        "export A_TOKEN = Tr33-H0use-9 # why|export A_TOKEN = ${WEB_A_TOKEN:?} # why",
        "A_TOKEN: Tr33-H0use-9|A_TOKEN: ${WEB_A_TOKEN:?}",
        "A_TOKEN=\"Tr33-H0use-9\"  # why|A_TOKEN=\"${WEB_A_TOKEN:?}\"  # why",
        "A_TOKEN='Tr33-H0use-9'|A_TOKEN=\"${WEB_A_TOKEN:?}\"",
        "A_TOKEN='Tr33 $H \\ \"9'|A_TOKEN=\"${WEB_A_TOKEN:?}\"",
        "A_TOKEN=\"Tr33 \\\\ \\\" 9\"|A_TOKEN=\"${WEB_A_TOKEN:?}\"",
        "A_TOKEN=Tr33$$H0use9|A_TOKEN=${WEB_A_TOKEN:?}",
        "U=http://u:Tr33-H0use-9@h/$X|U=http://u:${WEB_U_PASSWORD:?}@h/$X",
        "U='http://u:Tr33-H0use-9@h/'|U=\"http://u:${WEB_U_PASSWORD:?}@h/\"",
      })
  void all_bytes_around_a_value_stay(String before, String after) {
    assertThat(after(tracked(WEB, "X=1\n" + before + "\nY=2\n")))
        .isEqualTo("X=1\n" + after + "\nY=2\n");
  }

  @Test
  void what_is_not_sure_is_held() {
    assertThat(held(tracked(WEB, "A_TOKEN=Tr33-H0use-9\nA_TOKEN=Tr33-H0use-9\n")))
        .startsWith("line 1 of a.env is not the only one that gives A_TOKEN");
    assertThat(held(tracked(WEB, "# A_TOKEN=Tr33-H0use-9\nA_TOKEN=Tr33-H0use-9\n")))
        .startsWith("line 1 of a.env holds it in a text that is not understood");
    assertThat(held(tracked(WEB, "A_TOKEN=${X:-Tr33-H0use-9}\n")))
        .startsWith("a.env:1 gives it as the default of a variable");
    assertThat(held(tracked(WEB, "U='http://u:Tr33-H0use-9@h/$x'\n")))
        .startsWith("line 1 of a.env spells it in another way");
    assertThat(held(tracked(WEB, "A_TOKEN=\"Tr33\nH0use-9\"\n")))
        .startsWith("no file of variables can hold a text of several lines");
    assertThat(held(tracked(WEB, "A_TOKEN=\"Tr33 \\$ H0use-9\"\n")))
        .startsWith("line 1 of a.env spells it in another way");
  }

  @Test
  void a_file_that_is_read_in_another_way_too_keeps_them() {
    String line = "A_TOKEN=Tr33-H0use-9\n";
    String raw =
        "services: {web: {image: 'example/web:1', env_file: [{path: a.env, format: raw}]}}\n";
    assertThat(held(tracked(raw, line)))
        .startsWith("service web gets a.env as it is written (format: raw)");
    Given web = tracked(WEB, line);
    assertThat(held(web.and("scripts/run.sh", "docker run --env-file a.env x\n")))
        .startsWith("scripts/run.sh may read a.env too");
    assertThat(
            held(
                tracked(WEB.replace("}}", ", volumes: ['.:/app']}}"), line)
                    .and("x.py", "f('a.env')\n")))
        .startsWith("the program of service web may read a.env too");
    assertThat(
            after(
                tracked(WEB.replace("}}", ", volumes: ['.:/app']}}"), line)
                    .and("x.py", "'ba.env'\n")))
        .isEqualTo("A_TOKEN=${WEB_A_TOKEN:?}\n");
    assertThat(held(tracked(WEB.replace("}}", ", volumes: ['./a.env:/app/x']}}"), line)))
        .startsWith("the program of service web may read a.env too");
    String usual = "services: {web: {build: app, env_file: app/.env}}\n";
    Given built = Given.compose(usual).and("app/Dockerfile", "FROM example/x:1\n");
    assertThat(held(built.and("app/.env", line).inGit("app/.env")))
        .startsWith("the program of service web may read app/.env too");
    assertThat(
            held(
                Given.compose(usual.replace("app/.env", "app/b.env"))
                    .and("app/Dockerfile", "FROM example/x:1\nCOPY b.env /\n")
                    .and("app/b.env", line)
                    .inGit("app/b.env")))
        .startsWith("app/Dockerfile may read app/b.env too");
    assertThat(
            held(
                Given.compose("services: {web: {image: 'example/web:1', env_file: .env}}\n")
                    .and(".env", line)
                    .inGit(".env")))
        .startsWith("git tracks .env, which holds it too");
    assertThat(
            held(
                Given.compose("services: {web: {image: 'example/web:1', env_file: .env.example}}\n")
                    .and(".env.example", line)
                    .inGit(".env.example")))
        .startsWith(".env.example holds it too, an example that people copy");
    assertThat(
            held(
                Given.compose(
                        "include: [lib/compose.yaml]\nservices: {a: {image: 'example/a:1'}}\n")
                    .and("lib/compose.yaml", WEB)
                    .and("lib/a.env", line)
                    .inGit("lib/a.env")))
        .startsWith("service web gets lib/a.env by a file from which other projects may draw");
  }

  @Test
  void what_is_left_is_reported_and_what_has_moved_is_not() {
    Given given = tracked(WEB, "A_TOKEN=Tr33-H0use-9\nB_TOKEN=x\nB_TOKEN=Tr33-H0use-8\n");
    Outcome outcome = Laws.check(given, List.of(PASS, new EnvFileSecrets()), Level.STANDARD);
    assertThat(outcome.steps(Status.ADVISED))
        .filteredOn(step -> step.pass().equals("env-file-secrets"))
        .extracting(step -> ((dev.tightship.pass.Remark.Finding) step.remark()).message())
        .containsExactly("git tracks it, and the secrets of B_TOKEN with it");
  }

  // Against Docker Compose

  /** Real shapes: what stands in a.env and b.env, and how services get them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POSTGRES_USER=u⏎POSTGRES_PASSWORD=Tr33-H0use-9|A=1",
        "MYSQL_ROOT_PASSWORD='Tr33 $H0use 9'⏎MYSQL_PASSWORD=\"0ther $$ \\\\ one-5\"|A=${MYSQL_PASSWORD}",
        "export DB_URL=postgres://u:Tr33-H0use-9@db/x?y=$Z # c|DB_PASSWORD=Tr33-H0use-9⏎OTHER=${DB_URL}",
        "DB_TOKEN=Tr33-H0use-9⏎SAME=${DB_TOKEN}|DB_TOKEN: '0ther{H0use}-8'⏎WEB_DB_TOKEN=x",
        "SECRET_KEY=a#b$$c'd-55⏎API_KEY=Qu13t\"Oc-7|SECRET_KEY=a#b$$c'd-55",
      })
  void each_container_sees_what_it_saw(String first, String second) throws IOException {
    Given given =
        Given.compose(
                """
                services:
                  db:
                    image: postgres:17.7
                    env_file: a.env
                  sql:
                    image: mysql:8.4
                    env_file: [a.env]
                  web:
                    image: example/web:1
                    environment: [API_TOKEN=Tr33-H0use-9, Z=1]
                    env_file:
                      - a.env
                      - {path: b.env, required: false}
                """)
            .and("a.env", first.replace('⏎', '\n') + "\r\n")
            .and("b.env", second.replace('⏎', '\n'))
            .and(".env", "Z=zz\n")
            .inGit("a.env", "b.env");
    Outcome outcome = run(given);
    assertThat(outcome.steps(Status.APPLIED)).isNotEmpty();
    assertThat(outcome.text("a.env").text()).isNotEqualTo(given.text("a.env"));
    Map<String, String> kept = outcome.after().others().kept();
    for (Compose compose : List.of(Compose.orSkip(), Compose.olderOrSkip())) {
      assertThat(seen(compose, given.with(Laws.written(outcome)), kept))
          .isEqualTo(seen(compose, given, kept));
    }
  }

  /** By service, its variables; one that is read from a file has the value that is in there. */
  private Map<String, Map<String, String>> seen(
      Compose compose, Given given, Map<String, String> kept) throws IOException {
    Path folder = Files.createTempDirectory(temp, "project");
    for (Map.Entry<String, String> file : given.texts().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
    var answer =
        compose.config(folder, List.of(folder.resolve(PassTest.COMPOSE)), "--format", "json");
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    Object model = Json.read(answer.stdout());
    var all = new TreeMap<String, Map<String, String>>();
    for (String service : List.of("db", "sql", "web")) {
      var variables = new TreeMap<String, String>();
      var environment = (Map<?, ?>) Json.at(model, "services", service, "environment");
      Objects.requireNonNull(environment)
          .forEach(
              (name, value) -> {
                String text = String.valueOf(value);
                String secret = text.replace("/run/secrets/", "secrets/") + ".txt";
                boolean file = String.valueOf(name).endsWith("_FILE") && kept.containsKey(secret);
                variables.put(
                    file ? String.valueOf(name).replaceFirst("_FILE$", "") : String.valueOf(name),
                    file ? String.valueOf(kept.get(secret)).replace("$", "$$") : text);
              });
      all.put(service, variables);
    }
    return all;
  }
}
