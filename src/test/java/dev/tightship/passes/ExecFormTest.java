package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecFormTest extends PassTest {

  private static final String PYTHON = "FROM python:3.14.7-slim\n";
  private static final String FINE = "nothing in it is started by a shell";

  ExecFormTest() {
    super(new ExecForm());
  }

  private static Given service(String settings, String dockerfile) {
    return Given.compose("services: {api: {build: ., %s}}\n".formatted(settings))
        .and(DOCKERFILE, dockerfile);
  }

  private static Given dockerfile(String text) {
    return service("restart: always", text);
  }

  private void rewrites(Given before, String after) {
    hardens(Level.STANDARD, before, Map.of(DOCKERFILE, after));
  }

  // ---- what becomes a list

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CMD npm start | CMD [\"npm\", \"start\"]",
        "cmd   npm start | cmd   [\"npm\", \"start\"]",
        "CMD exec npm start | CMD [\"npm\", \"start\"]",
        "CMD exec echo on | CMD [\"echo\", \"on\"]",
        "CMD npm 'run it' \"now\" | CMD [\"npm\", \"run it\", \"now\"]",
        "CMD sed 's/a\\d/b\"/' | CMD [\"sed\", \"s/a\\\\d/b\\\"/\"]",
        "ENTRYPOINT npm start | ENTRYPOINT [\"npm\", \"start\"]",
        "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]#CMD npm start"
            + " | SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]#CMD [\"npm\", \"start\"]",
        "ENTRYPOINT [\"tini\", \"--\"]#CMD npm start"
            + " | ENTRYPOINT [\"tini\", \"--\"]#CMD [\"npm\", \"start\"]",
        "CMD npm \\#  start | CMD [\"npm\", \\#  \"start\"]",
      })
  void starts_one_program_with_plain_words_itself(String before, String after) {
    rewrites(
        dockerfile(PYTHON + before.replace('#', '\n') + "\n"),
        PYTHON + after.replace('#', '\n') + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node:24.19.0-slim",
        "alpine:3.24",
        "debian:13-slim",
        "php:8.4-fpm",
        "eclipse-temurin:21-jre",
        "scratch"
      })
  void knows_what_starts_the_words_in_usual_base_images(String base) {
    String from = "FROM " + base + "\n";
    rewrites(dockerfile(from + "CMD serve --all\n"), from + "CMD [\"serve\", \"--all\"]\n");
  }

  @Test
  void follows_the_command_into_stages_that_are_built_on_it() {
    rewrites(
        dockerfile(PYTHON + "CMD npm start\nFROM 0\n".replace("PYTHON", "") + "FROM a\n")
            .with(
                Map.of(
                    DOCKERFILE, "FROM python:3.14.7-slim AS a\nCMD npm start\nFROM a\nENV A=1\n")),
        "FROM python:3.14.7-slim AS a\nCMD [\"npm\", \"start\"]\nFROM a\nENV A=1\n");
  }

  // ---- what a shell is needed for

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CMD npm start --port $PORT | a shell fills in $PORT",
        "CMD npm start *.js | a shell fills in *.js",
        "CMD npm start ~/x | a shell fills in ~/x",
        "CMD npm run build && npm start | more than one command needs a shell",
        "CMD npm start > /tmp/log | it needs a shell",
        "CMD A=1 npm start | it needs a shell",
        "CMD npm start & | there is more in it than the command",
        "CMD npm start # dev | there is more in it than the command",
        "CMD cd /app | cd is for a shell to do",
        "CMD echo on | echo is for a shell to do",
        "CMD exec -a x npm | -a is for a shell to do",
      })
  void leaves_to_a_shell_what_it_does(String command, String reason) {
    advises(dockerfile(PYTHON + command + "\n"), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[\"/bin/bash\", \"-lc\"] | the shell of line 2 reads files of its own first",
        "[\"/bin/bash\", \"--login\", \"-c\"] | the shell of line 2 reads files of its own first",
        "[\"pwsh\", \"-Command\"] | its shell is not one that is understood",
      })
  void leaves_what_another_shell_prepares(String shell, String reason) {
    advises(dockerfile(PYTHON + "SHELL " + shell + "\nCMD npm start\n"), reason);
  }

  @Test
  void leaves_a_bash_that_is_told_what_to_read() {
    advises(
        dockerfile(PYTHON + "SHELL [\"/bin/bash\", \"-c\"]\nENV BASH_ENV=/nvm.sh\nCMD npm start\n"),
        "the shell of line 2 reads files of its own first");
  }

  // ---- who gets the words

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "FROM acme/base#CMD serve | it is not known which shell and entry point its base image has",
        "FROM nginx:1.29.1#CMD nginx -g 'daemon off;'"
            + " | it is not known which shell and entry point its base image has",
        "FROM debian:13#ENTRYPOINT [\"/start.sh\"]#CMD serve"
            + " | the ENTRYPOINT of line 2 may look at what it starts",
        "FROM debian:13#ENTRYPOINT [\"tini\", \"-p\", \"KILL\"]#CMD serve"
            + " | the ENTRYPOINT of line 2 may look at what it starts",
        "FROM debian:13#ENTRYPOINT [\"npm\"]#CMD serve"
            + " | the ENTRYPOINT of line 2 may look at what it starts",
        "FROM debian:13#CMD [\"a\"]#ENTRYPOINT serve"
            + " | the shell leaves out the CMD of line 2, which the program would get",
      })
  void leaves_what_something_else_gets(String dockerfile, String reason) {
    advises(dockerfile(dockerfile.replace('#', '\n') + "\n"), reason);
  }

  @Test
  void leaves_words_out_of_an_entry_point_that_a_shell_left_out() {
    advises(
        service("command: ['--all']", PYTHON + "ENTRYPOINT serve\n"),
        "service api has a command, which a shell leaves out and the program would get");
    advises(
        dockerfile(PYTHON + "ENTRYPOINT exec serve \"$0\"\nCMD serve --all\n"),
        "the ENTRYPOINT of line 2 starts a shell, which leaves it out");
  }

  @Test
  void leaves_what_no_service_starts() {
    leaves(service("command: serve", PYTHON + "CMD npm start\n"), FINE);
    leaves(service("entrypoint: serve", PYTHON + "CMD a\nENTRYPOINT b\n"), FINE);
    leaves(dockerfile(PYTHON + "CMD npm start\n" + PYTHON + "CMD [\"a\"]\n"), FINE);
    leaves(dockerfile("FROM python:3.14.7-slim AS a\nCMD b c\nFROM a\nCMD [\"d\"]\n"), FINE);
  }

  @Test
  void asks_all_services_that_start_it() {
    Given two =
        Given.compose(
                "services: {a: {build: .}, b: {build: ., command: x}, c: {build: ., init: true,"
                    + " working_dir: /c}}\n")
            .and(DOCKERFILE, PYTHON + "WORKDIR /a\nCOPY run /a/\nCMD ./run\n")
            .and("run", "#!/bin/sh\nserve\n");
    advises(two, "it is not known what ./run is");
  }

  // ---- which file it is

  @Test
  void starts_a_script_that_says_what_reads_it() {
    String dockerfile = PYTHON + "WORKDIR /app\nCOPY . .\nCMD ./bin/run --all\n";
    rewrites(
        dockerfile(dockerfile).and("bin/run", "#!/bin/sh\nserve\n"),
        dockerfile.replace("CMD ./bin/run --all", "CMD [\"./bin/run\", \"--all\"]"));
    advises(
        dockerfile(dockerfile).and("bin/run", "serve\n"),
        "bin/run has no #! in its first line, so that only a shell runs it");
    advises(dockerfile(dockerfile), "it is not known what ./bin/run is");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COPY start /usr/local/bin/ | start has no #! in its first line, so that only a shell runs it",
        "COPY start /usr/local/bin/start | start has no #! in its first line, so that only a shell"
            + " runs it",
        "COPY --from=x /bin/start /usr/local/bin/ | what line 2 copies to start is not looked at",
        "RUN make -o /usr/local/bin/start | line 2 may make start",
        "ENV PATH=/app/bin:/bin~RUN make -o /app/bin/start | line 3 may make start",
      })
  void looks_at_programs_that_the_project_brings(String lines, String reason) {
    advises(
        dockerfile(PYTHON + lines.replace('~', '\n') + "\nCMD start\n").and("start", "serve\n"),
        reason);
  }

  @Test
  void looks_at_what_is_mounted() {
    String dockerfile = PYTHON + "WORKDIR /app\nCOPY run .\nCMD ./run\n";
    advises(
        service("volumes: ['./dev:/app']", dockerfile)
            .and("run", "#!/bin/sh\n")
            .and("dev/run", "serve\n"),
        "dev/run has no #! in its first line, so that only a shell runs it");
    advises(
        service("volumes: ['code:/app']", dockerfile).and("run", "#!/bin/sh\n"),
        "./run may come from a volume");
  }

  // ---- what the shell gives it

  @Test
  void leaves_a_program_that_reads_what_a_shell_sets() {
    String dockerfile = "WORKDIR /app\nCOPY . .\nCMD node a.js\n";
    String reads = "const here = process.env.PWD;\n";
    advises(
        dockerfile("FROM debian:13\n" + dockerfile).and("a.js", reads),
        "line 1 of a.js reads PWD, which only a shell sets");
    // the start script of the image sets it as well
    rewrites(
        dockerfile("FROM node:24.19.0\n" + dockerfile).and("a.js", reads),
        "FROM node:24.19.0\n" + dockerfile.replace("node a.js", "[\"node\", \"a.js\"]"));
    rewrites(
        dockerfile("FROM debian:13\n" + dockerfile).and("a.js", "// " + reads),
        "FROM debian:13\n" + dockerfile.replace("node a.js", "[\"node\", \"a.js\"]"));
  }

  @Test
  void leaves_a_variable_that_a_shell_leaves_out() {
    advises(
        service("environment: {a.b: 1}", PYTHON + "CMD serve\n"),
        "a shell may leave out the variable a.b, whose name is none for it");
  }

  @Test
  void leaves_the_leftovers_of_browsers_to_the_shell_that_stays() {
    String command = "COPY . .\nCMD node a.js\n";
    String source = "require('puppeteer').launch();\n";
    String reason =
        "line 1 of a.js speaks of a browser, which leaves processes for a shell to take away";
    advises(dockerfile("FROM node:24.19.0-slim\n" + command).and("a.js", source), reason);
    String list = "COPY . .\nCMD [\"node\", \"a.js\"]\n";
    rewrites(
        dockerfile("FROM node:24.19.0-alpine\n" + command).and("a.js", source),
        "FROM node:24.19.0-alpine\n" + list);
    rewrites(
        service("init: true", "FROM node:24.19.0-slim\n" + command).and("a.js", source),
        "FROM node:24.19.0-slim\n" + list);
  }

  // ---- lists that are no JSON

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CMD ['node', 'a.js'] | CMD [\"node\", \"a.js\"]",
        "CMD [\"node\", 'a b.js'] | CMD [\"node\", \"a b.js\"]",
        "CMD [\"node\", \"a.js\",] | CMD [\"node\", \"a.js\"]",
        "CMD [\u201cnode\u201d, \u201ca.js\u201d] | CMD [\"node\", \"a.js\"]",
        "ENTRYPOINT [ 'node' ,'a\"b' ] | ENTRYPOINT [ \"node\" ,\"a\\\"b\" ]",
      })
  void mends_a_list_that_is_no_json(String before, String after) {
    rewrites(dockerfile(PYTHON + before + "\n"), PYTHON + after + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CMD [node, a.js]",
        "CMD ['node' 'a.js']",
        "CMD ['node', '$A']",
        "CMD ['no\\de']",
        "CMD ['node', 'a.js'] && b",
        "CMD [ -f /a ]"
      })
  void leaves_what_is_not_certainly_such_a_list(String command) {
    Given given = dockerfile(PYTHON + command + "\n");
    org.assertj.core.api.Assertions.assertThat(said(given))
        .allMatch(said -> said.startsWith("low CMD starts a shell"));
    org.assertj.core.api.Assertions.assertThat(
            Laws.changed(Laws.check(given, java.util.List.of(pass()), Level.STRICT)))
        .isEmpty();
  }

  @Test
  void leaves_a_file_that_no_person_wrote_to_its_maker() {
    advises(
        dockerfile(PYTHON + "RUN x\n".repeat(1_000) + "CMD npm start\n"),
        "the file is too long to be rewritten");
  }
}
