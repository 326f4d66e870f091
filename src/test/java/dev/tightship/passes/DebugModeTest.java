package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebugModeTest extends PassTest {

  private static final String FINE = "nothing is switched on for development";

  DebugModeTest() {
    super(new DebugMode());
  }

  private static Given service(String key, String value) {
    return Given.compose("services:\n  api:\n    image: a\n    %s: %s\n".formatted(key, value));
  }

  private static Given built(String text) {
    return Given.compose("services: {api: {build: .}}\n")
        .and(DOCKERFILE, "FROM debian:13\n" + text + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "FLASK_DEBUG=1    ¦ high the debugger of Flask is on, which runs what it is given (FLASK_DEBUG)",
        "FLASK_ENV=development ¦ high the debugger of Flask is on, which runs what it is given (FLASK_ENV)",
        "DJANGO_DEBUG=True ¦ medium Django runs as for development, and tells strangers of its insides (DJANGO_DEBUG)",
        "APP_DEBUG=true   ¦ medium the application runs as for development, and tells strangers of its insides (APP_DEBUG)",
        "NODE_ENV=development ¦ low Node.js runs as for development, and tells strangers of its insides (NODE_ENV)",
        "RAILS_ENV=development ¦ medium Rails runs as for development, and tells strangers of its insides (RAILS_ENV)",
        "ASPNETCORE_ENVIRONMENT=Development ¦ medium ASP.NET Core runs as for development, and tells strangers of its insides (ASPNETCORE_ENVIRONMENT)",
        "DEBUG=*          ¦ low the logging of Node.js runs as for development, and tells strangers of its insides (DEBUG)",
        "DEBUG=true       ¦ low the application runs as for development, and tells strangers of its insides (DEBUG)",
        "NODE_OPTIONS=--inspect ¦ medium Node.js waits for a debugger (NODE_OPTIONS)",
        "NODE_OPTIONS=--inspect=0.0.0.0:9229 ¦ high whoever reaches the port for debuggers runs code in Node.js (NODE_OPTIONS)",
        "JAVA_TOOL_OPTIONS=-agentlib:jdwp=server=y,address=*:5005 ¦ high whoever reaches the port for debuggers runs code in Java (JAVA_TOOL_OPTIONS)",
        "JAVA_OPTS=-agentlib:jdwp=server=y,address=127.0.0.1:5005 ¦ medium Java waits for a debugger (JAVA_OPTS)",
        "XDEBUG_MODE=develop,debug ¦ medium Xdebug lets a debugger steer PHP (XDEBUG_MODE)",
      })
  void finds_variables_wherever_they_are_set(String variable, String message) {
    assertThat(said(service("environment", "[\"%s\"]".formatted(variable))))
        .containsExactly(message);
    assertThat(said(built("ENV A=b " + variable))).containsExactly(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "flask --app a run --debug ¦ high the debugger of Flask is on, which runs what it is given (--debug)",
        "python manage.py runserver 0.0.0.0:8000 ¦ medium a server for development is started, which is not made for strangers (manage.py runserver)",
        "poetry run uvicorn a:b --reload ¦ medium a server for development is started, which is not made for strangers (uvicorn --reload)",
        "/app/node_modules/.bin/nodemon a.js ¦ medium a server for development is started, which is not made for strangers (nodemon)",
        "npm run dev -- --host ¦ medium a server for development is started, which is not made for strangers (npm run dev)",
        "yarn dev ¦ medium a server for development is started, which is not made for strangers (yarn dev)",
        "npx ng serve --host 0.0.0.0 ¦ medium a server for development is started, which is not made for strangers (ng serve)",
        "node --inspect=0.0.0.0 a.js ¦ high whoever reaches the port for debuggers runs code in Node.js (--inspect)",
        "node --inspect a.js ¦ medium Node.js waits for a debugger (--inspect)",
        "java -agentlib:jdwp=server=y,address=0.0.0.0:5005 -jar a.jar ¦ high whoever reaches the port for debuggers runs code in Java (jdwp)",
        "python -m debugpy --listen 0.0.0.0:5678 a.py ¦ high whoever reaches the port for debuggers runs code in Python (debugpy)",
        "php -d display_errors=On a.php ¦ medium PHP runs as for development, and tells strangers of its insides (display_errors)",
      })
  void finds_starts_wherever_they_are_written(String start, String message) {
    assertThat(said(service("command", start))).containsExactly(message);
    assertThat(said(service("entrypoint", "[sh, -c, \"a && exec %s\"]".formatted(start))))
        .containsExactly(message);
    assertThat(said(built("CMD " + start))).containsExactly(message);
    assertThat(said(built("ENTRYPOINT [\"" + start.replace(" ", "\", \"") + "\"]")))
        .containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FLASK_DEBUG=0",
        "NODE_ENV=production",
        "DEBUG=false",
        "DEBUG=express:*",
        "APP_DEBUG=",
        "NODE_OPTIONS=--max-old-space-size=512",
        "JAVA_OPTS=-Xmx1g",
        "XDEBUG_MODE=off",
      })
  void leaves_other_values(String variable) {
    leaves(service("environment", "[\"%s\"]".formatted(variable)), FINE);
    leaves(built("ENV " + variable), FINE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npm start",
        "npm run build",
        "uvicorn a:b --workers 2",
        "flask run",
        "nginx --debug",
        "echo 'npm run dev'",
        "node a.js --inspect",
        "python manage.py migrate",
      })
  void leaves_other_starts(String start) {
    leaves(service("command", start), FINE);
    leaves(built("CMD " + start), FINE);
  }

  @Test
  void takes_what_counts_in_the_end() {
    leaves(built("ENV NODE_ENV=development\nENV NODE_ENV=production"), FINE);
    leaves(built("ENV DEBUG=*\nFROM debian:13\nCMD x"), FINE);
    leaves(
        Given.compose(
                "services: {api: {build: ., command: start, environment: [NODE_ENV=production]}}\n")
            .and(DOCKERFILE, "FROM node:24\nENV NODE_ENV=development\nCMD npm run dev\n"),
        FINE);
    leaves(
        Given.compose("services: {api: {build: ., entrypoint: start}}\n")
            .and(DOCKERFILE, "FROM node:24\nCMD npm run dev\n"),
        FINE);
    leaves(service("environment", "[NODE_ENV]"), FINE);
    leaves(service("environment", "{NODE_ENV: $X}"), FINE);
  }

  @Test
  void speaks_once_of_what_services_share() {
    assertThat(
            said(
                Given.compose("services: {a: {build: .}, b: {build: .}}\n")
                    .and(DOCKERFILE, "FROM node:24\nCMD npm run dev\n")))
        .hasSize(1);
  }

  @Test
  void leaves_what_is_for_development() {
    String why = "it is for development: ";
    leaves(
        Given.compose(
                "services: {api: {build: ./src, command: npm run dev, volumes: [./src:/app]}}\n")
            .and("src/Dockerfile", "FROM node:24\nWORKDIR /app\nCOPY . .\n")
            .and("src/a.js", "1\n"),
        why + "./src is mounted over /app");
    leaves("services: {api-dev: {image: a, command: npm run dev}}\n", why + "its name says so");
    leaves(
        "services: {api: {image: a, command: npm run dev, profiles: [dev]}}\n",
        why + "its profile says so");
    leaves(
        Given.compose("services: {api: {build: {context: ., target: development}}}\n")
            .and(DOCKERFILE, "FROM node:24 AS development\nCMD npm run dev\n"),
        why + "the stage that is built says so");
    leaves(
        Given.compose("services: {api: {build: {context: ., dockerfile: Dockerfile.dev}}}\n")
            .and("Dockerfile.dev", "FROM node:24\nCMD npm run dev\n"),
        FINE);
    leaves(
        Given.compose("services: {api: {image: a}}\n")
            .and(OVERRIDE, "services: {api: {command: npm run dev}}\n"),
        FINE);
  }

  @Test
  void knows_names_by_their_parts() {
    assertThat(said(Given.compose("services: {device-test2: {image: a, command: yarn dev}}\n")))
        .hasSize(1);
  }
}
