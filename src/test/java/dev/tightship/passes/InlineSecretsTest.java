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
  void a_file_of_variables_that_git_leaves_out_stays_as_it_is() {
    Given given =
        Given.compose(
                """
                services:
                  db: {image: 'postgres:17.7', environment: {POSTGRES_PASSWORD: Tr33-H0use-9}}
                  web: {image: 'example/web:1', env_file: web.env}
                """)
            .and("web.env", "DB_PASSWORD=Tr33-H0use-9\n");
    for (Given each : List.of(given, given.inGit().and(".gitignore", "web.env\n"))) {
      assertThat(run(each).steps(Status.APPLIED))
          .singleElement()
          .extracting(step -> ((dev.tightship.pass.Remark.Finding) step.remark()).fix())
          .asString()
          .contains("secrets/db_password.txt and web.env change together");
    }
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
  void secrets_in_one_text_leave_it_together_wherever_else_they_stand() {
    Outcome outcome =
        run(
            Given.compose(
                """
                services:
                  db:
                    image: postgres:17.7
                    environment: {POSTGRES_PASSWORD: Tr33-H0use-9}
                  other:
                    image: mysql:8.4
                    environment: {MYSQL_ROOT_PASSWORD: 0ther-Value-1, MYSQL_PASSWORD: 0ther-Value-2}
                    healthcheck:
                      test: mysqladmin -p"$$MYSQL_ROOT_PASSWORD" ping && mysql -p"$$MYSQL_PASSWORD"
                  app:
                    image: example/app:1
                    environment:
                      SETTINGS: |
                        url: postgres://u:Tr33-H0use-9@db/x
                        admin_password: 0ther-Value-3
                    restart: "no"
                """));
    assertThat(outcome.text(COMPOSE).text())
        .contains(
            "url: postgres://u:${DB_PASSWORD:?}@db/x",
            "admin_password: ${APP_SETTINGS_PASSWORD:?}",
            """
            test: mysqladmin -p"$$(cat /run/secrets/other_root_password)" ping && mysql -p"$$(cat /run/secrets/other_password)"
            """);
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

  // What an image has

  private static final String IMAGE =
      """
      services:
        api: {build: .}
        db: {image: 'example/db:1', environment: {DB_PASSWORD: Tr33-H0use-9}}
      """;

  private static Given image(String dockerfile) {
    return image(IMAGE, dockerfile);
  }

  private static Given image(String compose, String dockerfile) {
    return Given.compose(compose).and(DOCKERFILE, dockerfile);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENV DB_PASSWORD=Tr33-H0use-9¶RUN npm run build"
            + "| line 3 of Dockerfile runs what may need DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶RUN ./configure && apt-get update"
            + "| line 3 of Dockerfile runs what may need DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶RUN echo $(./ask)"
            + "| line 3 of Dockerfile runs what may need DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶ONBUILD RUN mkdir /x"
            + "| line 3 of Dockerfile runs what may need DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶RUN echo ${DB_PASSWORD:-x} >> /etc/db"
            + "| line 3 of Dockerfile uses DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶ENV URL=db://x:$DB_PASSWORD@db"
            + "| line 3 of Dockerfile uses DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9 URL=$DB_PASSWORD"
            + "| line 2 of Dockerfile uses DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶COPY <<E /x¶p=$DB_PASSWORD¶E"
            + "| line 3 of Dockerfile uses DB_PASSWORD while the image is built",
        "ENV DB_PASSWORD=Tr33-H0use-9¶ENV DB_PASSWORD=other"
            + "| Dockerfile sets DB_PASSWORD more than once",
        "ENV DB_URL=db://x:Tr33-H0use-9@$DB/ | line 2 of Dockerfile makes it of more than a text",
        "LABEL db.password=Tr33-H0use-9 | line 2 of Dockerfile holds it too, and with it the image",
        "ARG DB_PASSWORD=Tr33-H0use-9 | line 2 of Dockerfile holds it too, and with it the image",
        "# was Tr33-H0use-9¶ENV DB_PASSWORD=Tr33-H0use-9 | line 2 of Dockerfile holds it too",
        "ENV DB_PASSWORD=Tr33-H0use-9¶FROM debian:13¶CMD x | line 2 of Dockerfile holds it too",
      })
  void an_image_that_may_need_the_variable_keeps_it(String lines, String because) {
    assertThat(held(image("FROM debian:13\n" + lines.replace('¶', '\n') + "\n")))
        .startsWith(because + ";");
  }

  @Test
  void a_stage_on_top_may_need_the_variable_and_another_one_does_not() {
    String env = "FROM debian:13 AS a\nENV DB_PASSWORD=Tr33-H0use-9\n";
    assertThat(held(image(env + "FROM a AS b\nRUN make\nFROM a\nCMD x\n")))
        .startsWith("line 4 of Dockerfile runs what may need DB_PASSWORD while the image is built");
    assertThat(held(image("ARG V=a\n" + env + "FROM ${W} AS b\nRUN make\nFROM a\nCMD x\n")))
        .startsWith("line 5 of Dockerfile runs what may need DB_PASSWORD while the image is built");
    assertThat(
            Laws.changed(run(image("FROM node AS b\nRUN make\n" + env + "COPY --from=b /a /b\n"))))
        .containsEntry(
            DOCKERFILE, "FROM node AS b\nRUN make\nFROM debian:13 AS a\nCOPY --from=b /a /b\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web: {image: 'example/api:latest'} | service web runs the image of Dockerfile too",
        "web: {build: {context: web, additional_contexts: {base: 'service:api'}}}"
            + "| service web builds on the image of Dockerfile too",
        "web: {build: {context: ., target: $STAGE}} | it is not known what service web builds",
        "web: {build: $CONTEXT} | it is not known what service web builds",
        "web: {build: web} | web/Dockerfile builds on the image of Dockerfile",
      })
  void who_else_takes_the_image_keeps_the_variable_in_it(String service, String because) {
    Given given =
        image(
                "services:\n  api: {build: ., image: example/api}\n  db: {image: 'example/db:1',"
                    + " environment: {DB_PASSWORD: Tr33-H0use-9}}\n  "
                    + service
                    + "\n",
                "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n")
            .and("web/Dockerfile", "FROM example/api\n");
    assertThat(held(given)).startsWith(because + ";");
  }

  @Test
  void a_variable_of_which_an_image_speaks_when_it_starts_stays_a_variable() {
    String read = "process.env.DB_PASSWORD_FILE";
    for (String start :
        List.of("CMD db --password $DB_PASSWORD", "HEALTHCHECK CMD t $DB_PASSWORD")) {
      Given given =
          image("FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n" + start + "\n").and("a.js", read);
      assertThat(after(given)).contains("DB_PASSWORD: '${").doesNotContain("DB_PASSWORD_FILE");
    }
    assertThat(
            after(
                image("FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\nCMD [\"node\"]\n")
                    .and("a.js", read)))
        .contains("DB_PASSWORD_FILE: /run/secrets/");
  }

  @Test
  void a_service_that_sets_the_variable_itself_only_loses_that_of_its_image() {
    for (String own :
        List.of(
            "environment: {DB_PASSWORD: ''}", "environment: [DB_PASSWORD]", "env_file: own.env")) {
      Outcome outcome =
          run(
              image(
                      "services:\n  api:\n    build: .\n    " + own + "\n",
                      "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n")
                  .and("own.env", "DB_PASSWORD=\n"));
      assertThat(Laws.written(outcome)).containsOnly(Map.entry(DOCKERFILE, "FROM debian:13\n"));
      assertThat(outcome.steps(Status.APPLIED))
          .singleElement()
          .asString()
          .contains(
              "take its secret out of Dockerfile", "each service that has it sets another one");
    }
    assertThat(
            held(
                image(
                    IMAGE.replace("build: .}", "build: ., env_file: missing.env}"),
                    "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n")))
        .startsWith(
            "missing.env, the env_file of service api, is not here, and may set DB_PASSWORD");
  }

  @Test
  void what_a_second_file_alone_sets_does_not_take_the_place_of_the_image() {
    String dockerfile = "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n";
    String override = "services: {api: {environment: {DB_PASSWORD: ''}}}\n";
    assertThat(held(image(dockerfile).override(override)))
        .startsWith(
            "compose.yaml, which may be used alone, does not set DB_PASSWORD of service api;");
    String both = IMAGE.replace("build: .}", "build: ., environment: [DB_PASSWORD=]}");
    assertThat(Laws.changed(run(image(both, dockerfile).override(override))))
        .containsEntry(DOCKERFILE, "FROM debian:13\n");
  }

  @Test
  void variables_that_others_share_get_nothing_new() {
    String text =
        """
        x-env: &env {A: b}
        services:
          api: {build: ., %s}
          db: {image: 'example/db:1', environment: {DB_PASSWORD: Tr33-H0use-9}}
        """;
    String dockerfile = "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n";
    assertThat(held(image(text.formatted("environment: *env"), dockerfile)))
        .startsWith("the variables of service api come from an anchor");
    assertThat(after(image(text.formatted("environment: {<<: *env}"), dockerfile)))
        .contains("environment: {<<: *env, DB_PASSWORD: '${");
  }

  @Test
  void secrets_in_one_variable_of_an_image_leave_it_together() {
    String dockerfile = "FROM debian:13\nENV URLS=a://u:Tr33-H0use-9@h,b://u:0ther-0ne-8@h\n";
    assertThat(after(image("services: {api: {build: .}}\n", dockerfile)))
        .contains("a://u:${API_URLS_PASSWORD:?}@h,b://u:${API_URLS_PASSWORD_2:?}@h");
    Given given = image(IMAGE, dockerfile + "# not 0ther-0ne-8\n");
    assertThat(held(given))
        .startsWith("another secret that stands beside it cannot leave the image");
  }

  @Test
  void a_dockerfile_that_nobody_wrote_is_left_alone() {
    String env = "FROM debian:13\nENV " + "A=b ".repeat(200) + "DB_PASSWORD=Tr33-H0use-9\n";
    assertThat(held(image(env))).startsWith("Dockerfile is too long to be rewritten;");
  }

  @Test
  void a_dockerfile_inside_of_a_compose_file_keeps_its_variables() {
    assertThat(
            held(
                Given.compose(
                    """
                    services:
                      api:
                        build:
                          dockerfile_inline: |
                            FROM debian:13
                            ENV DB_PASSWORD=Tr33-H0use-9
                      db: {image: 'example/db:1', environment: {DB_PASSWORD: Tr33-H0use-9}}
                    """)))
        .startsWith("line 2 of compose.yaml (dockerfile_inline of api) holds it too");
  }

  // Compose file, file of variables, image

  @Test
  void a_value_leaves_all_three_kinds_of_files_at_once() {
    String compose =
        """
        services:
          api: {build: .}
          db: {image: 'postgres:17.7', env_file: db.env}
          job: {image: 'example/job:1', environment: {URL: 'db://x:Tr33-H0use-9@db'}}
        """;
    Outcome outcome =
        run(
            image(compose, "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\nCMD [\"node\"]\n")
                .and("a.js", "process.env.DB_PASSWORD_FILE")
                .and("db.env", "POSTGRES_PASSWORD=Tr33-H0use-9\n")
                .inGit("db.env"));
    assertThat(outcome.steps(Status.APPLIED)).hasSize(1);
    assertThat(outcome.text(DOCKERFILE).text()).isEqualTo("FROM debian:13\nCMD [\"node\"]\n");
    assertThat(outcome.text("db.env").text())
        .isEqualTo("POSTGRES_PASSWORD_FILE=/run/secrets/db_password\n");
    assertThat(outcome.text(COMPOSE).text())
        .contains("DB_PASSWORD_FILE: /run/secrets/db_password", "x:${DB_PASSWORD:?}@db")
        .doesNotContain(VALUE);
    assertThat(outcome.after().others().kept()).containsEntry("secrets/db_password.txt", VALUE);
    assertThat(outcome.after().others().variables().get(".env")).contains("DB_PASSWORD=" + VALUE);
  }

  @Test
  void what_one_of_the_three_keeps_all_keep() {
    String compose =
        """
        services:
          api: {build: .}
          db: {image: 'postgres:17.7', env_file: db.env}
          job: {image: 'example/job:1', environment: {URL: 'db://x:Tr33-H0use-9@db'}}
        """;
    String dockerfile = "FROM debian:13\nENV DB_PASSWORD=Tr33-H0use-9\n";
    String line = "POSTGRES_PASSWORD=Tr33-H0use-9\n";
    assertThat(held(image(compose, dockerfile + "RUN make\n").and("db.env", line).inGit("db.env")))
        .startsWith("line 3 of Dockerfile runs what may need DB_PASSWORD");
    assertThat(
            held(
                image(compose, dockerfile)
                    .and("db.env", "# Tr33-H0use-9\n" + line)
                    .inGit("db.env")))
        .startsWith("line 1 of db.env holds it in a text that is not understood");
  }

  @Test
  void scripts_of_a_service_read_the_file_in_place_of_the_variable_of_its_image() {
    String compose =
        """
        services:
          db:
            build: .
            healthcheck: {test: 'PGPASSWORD=$$POSTGRES_PASSWORD psql'}
        """;
    assertThat(after(image(compose, "FROM postgres:17.7\nENV POSTGRES_PASSWORD=Tr33-H0use-9\n")))
        .contains("PGPASSWORD=$$(cat /run/secrets/", "POSTGRES_PASSWORD_FILE: /run/secrets/");
  }

  /** PostgreSQL refuses the variable beside the one for its file. */
  @Test
  void a_variable_behind_which_that_of_the_image_would_show_stays_a_variable() {
    String compose = "services: {db: {build: ., environment: {POSTGRES_PASSWORD: Tr33-H0use-9}}}\n";
    String dockerfile = "FROM postgres:17.7\nENV POSTGRES_PASSWORD=%s\n";
    assertThat(after(image(compose, dockerfile.formatted("0ther-0ne-8"))))
        .contains("POSTGRES_PASSWORD: \"${DB_POSTGRES_PASSWORD:?}\"")
        .doesNotContain("POSTGRES_PASSWORD_FILE");
    assertThat(after(image(compose, dockerfile.formatted("Tr33-H0use-9"))))
        .contains("POSTGRES_PASSWORD_FILE: /run/secrets/");
  }
}
