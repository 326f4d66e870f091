package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not in the fixtures: where a value stays, and what is written where. */
class InlineSecretsTest extends PassTest {

  private static final String VALUE = "Tr33-H0use-9";

  InlineSecretsTest() {
    super(new InlineSecrets());
  }

  private static Given db(String settings) {
    return Given.compose("services:\n  db:\n    image: postgres:17.7\n" + settings.indent(4));
  }

  private Outcome run(Given given) {
    return Laws.check(given, List.of(pass()), Level.STANDARD);
  }

  private String after(Given given) {
    return run(given).text(COMPOSE).text();
  }

  /** Why the only finding has no fix. */
  private String held(Given given) {
    Outcome outcome = run(given);
    assertThat(Laws.written(outcome)).as("what changed").isEmpty();
    assertThat(outcome.steps()).filteredOn(step -> step.status() != Status.FINE).hasSize(1);
    return String.valueOf(
        outcome.steps().stream()
            .filter(step -> step.status() != Status.FINE)
            .map(Step::reason)
            .findFirst()
            .orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nentrypoint: /own.sh",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\ncommand: sleep 9",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nvolumes: ['./x:/usr/local/bin/docker-entrypoint.sh']",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nenv_file: missing.env",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nenv_file: {path: a.env}",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9, URL: 'x $$POSTGRES_PASSWORD'}",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nhealthcheck: {test: 'test \"$${POSTGRES_PASSWORD:-}\"'}",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nhealthcheck: {test: \"echo '$$POSTGRES_PASSWORD'\"}",
        "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nhealthcheck: {test: 'printenv POSTGRES_PASSWORD'}",
        "environment: ['POSTGRES_PASSWORD=Tr33-H0use-9', 'POSTGRES_PASSWORD=Tr33-H0use-9 ']",
      })
  void an_image_that_may_not_read_the_file_gets_a_variable(String settings) {
    Given given = db(settings).and("a.env", "POSTGRES_PASSWORD=other\n");
    Outcome outcome = run(given);
    assertThat(outcome.after().others().kept()).isEmpty();
    if (!settings.contains("9 '")) { // two values for one variable stay apart
      assertThat(outcome.after().others().variables())
          .containsExactly(Map.entry(".env", "DB_POSTGRES_PASSWORD=" + VALUE + "\n"));
    }
  }

  @Test
  void a_second_file_that_sets_the_variable_keeps_it_a_variable() {
    Given given =
        db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}")
            .override("services: {db: {environment: {POSTGRES_PASSWORD: Tr33-H0use-9}}}\n");
    Outcome outcome = run(given);
    assertThat(outcome.after().others().kept()).isEmpty();
    assertThat(outcome.text(OVERRIDE).text()).contains("${DB_POSTGRES_PASSWORD:?}");
    assertThat(outcome.text(COMPOSE).text()).contains("${DB_POSTGRES_PASSWORD:?}");
  }

  @Test
  void a_file_of_variables_that_git_tracks_is_no_place_for_a_secret() {
    Given web =
        Given.compose(
            "services: {web: {image: 'example/web:1', environment: {A_TOKEN: Tr33-H0use-9}}}\n");
    assertThat(held(web.and(".env", "A=1\n").inGit(".env")))
        .startsWith("it could only go to .env, which git tracks");
    assertThat(run(web.inGit()).after().created()).containsEntry(".gitignore", ".env\n");
    assertThat(run(web.inGit().and(".gitignore", ".env\n")).after().created())
        .containsOnlyKeys(".env.example");
  }

  @Test
  void a_tracked_file_that_holds_the_value_too_holds_the_move() {
    Given given =
        db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nsecrets: []")
            .with(
                Map.of(
                    COMPOSE,
                    "services:\n  db:\n    image: postgres:17.7\n    environment: {POSTGRES_PASSWORD:"
                        + " Tr33-H0use-9}\n  web:\n    image: example/web:1\n    env_file: web.env\n"))
            .and("web.env", "DB_PASSWORD=Tr33-H0use-9\n");
    assertThat(held(given.inGit("web.env"))).startsWith("git tracks web.env, which holds it too");
    Outcome outside = run(given.inGit().and(".gitignore", "web.env\n"));
    assertThat(outside.steps(Status.APPLIED))
        .singleElement()
        .extracting(step -> ((dev.tightship.pass.Remark.Finding) step.remark()).fix())
        .asString()
        .contains("secrets/db_password.txt and web.env change together");
  }

  @Test
  void a_stack_gets_files_and_no_variables() {
    assertThat(
            after(
                db(
                    "environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\ndeploy: {placement: {constraints:"
                        + " [node.role == manager]}}")))
        .contains("POSTGRES_PASSWORD_FILE: /run/secrets/db_password");
    assertThat(
            held(
                Given.compose(
                    "services: {web: {image: 'example/web:1', environment: {A_TOKEN: Tr33-H0use-9},"
                        + " deploy: {placement: {constraints: [node.role == manager]}}}}\n")))
        .startsWith("it could only go to .env, which a stack does not read");
  }

  @Test
  void a_value_under_two_names_is_one_secret_and_two_values_are_two() {
    Outcome outcome =
        run(
            Given.compose(
                """
                services:
                  a:
                    image: mysql:8.4
                    environment:
                      MYSQL_ROOT_PASSWORD: Tr33-H0use-9
                      MYSQL_PASSWORD: Tr33-H0use-9
                  b:
                    image: mysql:8.4
                    environment: [MYSQL_ROOT_PASSWORD=0ther-Value-1]
                """));
    assertThat(outcome.after().others().kept())
        .containsOnly(
            Map.entry("secrets/a_root_password.txt", VALUE),
            Map.entry("secrets/b_root_password.txt", "0ther-Value-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://u:${WEB_DATABASE_PASSWORD:?}@db/x | postgres://u:Tr33-H0use-9@db/x",
        "amqp://u:${WEB_DATABASE_PASSWORD:?}@a:1,amqp://u:${WEB_DATABASE_PASSWORD:?}@b:2/v | amqp://u:Tr33-H0use-9@a:1,amqp://u:Tr33-H0use-9@b:2/v",
        "Server=db;Uid=u;Pwd=${WEB_DATABASE_PASSWORD:?}; | Server=db;Uid=u;Pwd=Tr33-H0use-9;",
      })
  void only_the_password_of_an_address_becomes_a_variable(String after, String before) {
    Given given =
        Given.compose(
            "services:\n  web:\n    image: example/web:1\n    environment:\n      DATABASE_URL: "
                + before
                + "\n");
    assertThat(after(given)).contains("DATABASE_URL: " + after + "\n");
  }

  @Test
  void a_word_that_is_spelled_in_another_way_stays() {
    assertThat(
            held(
                Given.compose(
                    "services: {web: {image: 'example/web:1', command: 'serve --token=a\\ b-Tr33-H0use'}}\n")))
        .contains("spells it in another way");
  }

  @Test
  void the_report_names_scripts_that_need_it_too() {
    Given given =
        db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}")
            .and(".github/workflows/ci.yml", "run: docker compose up -d\n")
            .and("scripts/backup.sh", "docker compose exec db sh -c 'echo $POSTGRES_PASSWORD'\n")
            .and("docs/x.sh", "docker compose up\n");
    assertThat(whys(Level.STANDARD, given))
        .singleElement()
        .asString()
        .endsWith(
            "; .github/workflows/ci.yml, scripts/backup.sh call Compose, which needs it there too; scripts/backup.sh speaks"
                + " of POSTGRES_PASSWORD, which the container no longer has");
  }

  @Test
  void a_file_that_is_there_and_holds_something_else_is_left_alone() {
    Outcome outcome =
        run(
            db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}")
                .and("secrets/db_password.txt", "something else"));
    assertThat(outcome.after().others().kept())
        .containsOnly(Map.entry("secrets/db_password_2.txt", VALUE));
  }

  @Test
  void a_variable_may_have_any_name() {
    Outcome outcome =
        run(
            Given.compose(
                    """
                    services:
                      es:
                        build: .
                        environment:
                          - "app.(password=Tr33-H0use-9"
                        healthcheck:
                          test: echo $$app
                    """)
                .and(DOCKERFILE, "FROM debian:13\nCOPY a.sh /\n")
                .and("a.sh", "read app.(password_FILE"));
    assertThat(outcome.steps(Status.APPLIED)).hasSize(1);
  }

  @Test
  void a_safe_run_offers_it() {
    offers(Level.SAFE, db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}"));
  }

  @Test
  void what_only_a_variable_brings_stays() {
    leaves(
        "services: {db: {image: 'postgres:17.7', environment: {POSTGRES_PASSWORD: '${PW}'}}}\n",
        "no secret of it is written out here");
  }

  @Test
  void a_value_that_would_stay_elsewhere_holds_the_move() {
    Given db = db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}");
    assertThat(held(db.each(text -> text + "# not Tr33-H0use-9 again\n")))
        .startsWith("line 5 of compose.yaml holds it in a text that is not understood");
    assertThat(
            held(
                db("environment: {POSTGRES_PASSWORD: Tr33-H0use-9}\nvolumes: ['./init:/init:ro']")
                    .and("init/a.sql", "alter user a password 'Tr33-H0use-9'")))
        .startsWith("init/a.sql holds it too");
    assertThat(
            held(
                Given.compose(
                    """
                    services:
                      cache:
                        image: redis:7.4
                        command: ["redis-server", "--requirepass Rope-ladder-6"]
                        healthcheck:
                          test: redis-cli --pass Rope-ladder-6 ping
                    """)))
        .contains("of compose.yaml holds it in a text that is not understood");
    assertThat(after(db("environment: {POSTGRES_PASSWORD: postgres}")))
        .contains("POSTGRES_PASSWORD_FILE"); // an ordinary word, which stands in the image too
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "command: redis-server --requirepass \"Tr33-H0use-9\" --save 60 1 | command: redis-server --include /run/secrets/db_password_conf --save 60 1",
        "command: --requirepass 'Tr33-H0use-9' | command: --include /run/secrets/db_password_conf",
        "command: ['--requirepass', Tr33-H0use-9] | command: ['--include', /run/secrets/db_password_conf]",
      })
  void redis_includes_a_file_in_place_of_the_option(String before, String after) {
    Given given = Given.compose("services:\n  db:\n    image: redis:7.4\n    " + before + "\n");
    assertThat(after(given)).contains("    " + after + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis-cli -a 'Tr33-H0use-9' ping | redis-cli -a $$(sed -n 's/^requirepass //p' /run/secrets/db_password_conf) ping",
        "redis-cli -a Tr33-H0use-9 ping | redis-cli -a $$(sed -n 's/^requirepass //p' /run/secrets/db_password_conf) ping",
      })
  void a_test_reads_the_password_from_the_file(String before, String after) {
    Given given =
        Given.compose(
            "services:\n  db:\n    image: redis:7.4\n    command: redis-server --requirepass Tr33-H0use-9\n"
                + "    healthcheck:\n      test: "
                + before
                + "\n");
    assertThat(after(given)).contains("      test: " + after + "\n");
  }

  @Test
  void a_variable_that_is_set_to_nothing_stays_with_its_default() {
    assertThat(
            held(
                Given.compose(
                        "services: {db: {image: 'example/db:1', environment: {A_TOKEN:"
                            + " '${PW:-Tr33-H0use-9}'}}}\n")
                    .and(".env", "PW=\n")))
        .startsWith(".env gives PW no value");
  }
}
