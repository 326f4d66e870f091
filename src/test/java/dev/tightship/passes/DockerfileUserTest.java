package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Remark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileUserTest extends PassTest {

  private static final String COMPOSE_FILE = "services: {api: {build: .}}\n";
  private static final String ALPINE =
      "RUN addgroup -g 10001 app && adduser -D -u 10001 -G app app";
  private static final String DEBIAN =
      "RUN groupadd --gid 10001 app && useradd --uid 10001 --gid app --create-home app";

  DockerfileUserTest() {
    super(new DockerfileUser());
  }

  private static Given given(String dockerfile) {
    return given(COMPOSE_FILE, dockerfile);
  }

  private static Given given(String compose, String dockerfile) {
    return Given.compose(compose)
        .and(DOCKERFILE, dockerfile)
        .and("server.js", "console.log(1)\n")
        .and("app.py", "print(1)\n");
  }

  private void starts(Level level, String compose, String before, String after) {
    hardens(level, given(compose, before), Map.of(DOCKERFILE, after));
  }

  private void starts(String before, String after) {
    starts(Level.STANDARD, COMPOSE_FILE, before, after);
  }

  private static final String RUN_NODE = "CMD [\"node\", \"/app/server.js\"]\n";
  private static final String RUN_PYTHON = "CMD [\"python\", \"/app/app.py\"]\n";

  // The user

  @ParameterizedTest
  @CsvSource({
    "node:22-slim, 1000",
    "docker.io/library/node:22-alpine, 1000",
    "gcr.io/distroless/nodejs22-debian12, 65532",
    "gcr.io/distroless/static:debug, 65532",
    "mcr.microsoft.com/dotnet/aspnet:8.0, 1654",
    "mcr.microsoft.com/dotnet/runtime:10.0-alpine, 1654",
  })
  void takes_the_user_that_the_base_has(String base, String user) {
    String from = "FROM " + base + "\nCOPY . /app\n";
    starts(from + "CMD [\"/app/run\"]\n", from + "USER " + user + "\nCMD [\"/app/run\"]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adduser --disabled-password --gecos '' shop",
        "adduser --disabled-password --gecos 'The shop' --uid $UID shop",
        "adduser -D shop",
        "adduser -S -D -H -h /app -s /sbin/nologin -G www shop",
        "useradd shop",
        "useradd -ms /bin/bash shop",
        "set -eux; addgroup -S shop && adduser -S shop -G shop",
        "apt-get update && apt-get install -y adduser tini; adduser --system shop",
        "id -u shop || useradd -u 1500 shop",
        "useradd -u 1500 shop || true",
        "useradd -o -u 1500 shop",
        "useradd -u 1500 shop && usermod -u 1600 shop",
        "useradd -u 1500 shop && groupmod -g 1600 shop",
        "sh -c 'useradd -u 1500 shop'",
      })
  void takes_the_user_that_the_file_makes_and_never_uses(String made) {
    String from = "FROM python:3.13\nRUN " + made + "\nCOPY . /app\n";
    starts(from + RUN_PYTHON, from + "USER shop\n" + RUN_PYTHON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adduser --disabled-password --gecos 'The shop' --uid 1500 shop",
        "adduser -S -u 1500 shop",
        "useradd -r -u 1500 -g www shop",
        "useradd -rmu 1500 shop",
        "useradd -u1500 shop",
        "/usr/sbin/useradd --system --uid=1500 shop",
        "sudo useradd -u 1500 shop",
        "useradd -u 1500 shop && usermod -aG www-data shop && adduser shop www-data",
        "if [ -d /x ]; then rm -r /x; fi; useradd -u 1500 shop",
        "echo 'no useradd' && command -v useradd && useradd -u 1500 shop",
        "userdel www && useradd -u 1500 shop",
        "[\"useradd\", \"-u\", \"1500\", \"shop\"]",
      })
  void takes_the_number_of_a_user_that_the_file_makes_where_it_says_it(String made) {
    String from = "FROM python:3.13\nRUN " + made + "\nCOPY . /app\n";
    starts(from + RUN_PYTHON, from + "USER 1500\n" + RUN_PYTHON);
  }

  @Test
  void reads_a_user_in_a_document_that_a_shell_runs() {
    // with CRLF the shell sees the CR as part of the last word, and so do we
    String from = "FROM python:3.13\nRUN <<EOF\nset -e\nuseradd -u 1500 shop\nEOF\nCOPY . /app\n";
    assertThat(Laws.changed(Laws.harden(given(from + RUN_PYTHON), List.of(pass()), Level.STANDARD)))
        .isEqualTo(Map.of(DOCKERFILE, from + "USER 1500\n" + RUN_PYTHON));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "case $A in b) useradd shop ;; esac",
        "<<EOF python3\nos.system('useradd app')\nEOF",
        "xargs useradd < users",
        "busybox adduser -D shop",
        "echo 'shop:x:1500:1500::/app:/bin/sh' >> /etc/passwd",
        "sed -i s/33/1500/ /etc/passwd",
        "useradd $USERS && usermod -l app shop",
        "bash -c \"useradd $NAME\"",
        "echo $(useradd shop)",
      })
  void makes_none_where_a_step_that_is_not_understood_may_make_some(String made) {
    String from = "FROM node:22\nRUN " + made + "\nCOPY . /app\n";
    advises(
        given(from + RUN_NODE),
        "line 2 may make or change users in a way that is not understood: start as the one that is"
            + " meant");
  }

  @Test
  void does_not_take_a_user_that_is_gone_or_may_not_be_there() {
    String from = "FROM node:22-bookworm\nRUN userdel -rf node\nCOPY . /app\n";
    starts(from + RUN_NODE, from + DEBIAN + "\nUSER 10001\n" + RUN_NODE);
    advises(
        given("FROM node:22\nRUN if [ $A = b ]; then useradd shop; fi\nCOPY . /app\n" + RUN_NODE),
        "line 2 makes shop, which no USER names: start as the one that is meant");
    advises(
        given("FROM node:22\nRUN useradd -o -u 0 shop\nCOPY . /app\n" + RUN_NODE),
        "line 2 makes shop, which no USER names: start as the one that is meant");
  }

  @Test
  void keeps_the_name_where_the_list_of_users_comes_from_elsewhere() {
    String from = "FROM node:22\nCOPY passwd /etc/passwd\nCOPY . /app\n";
    starts(from + RUN_NODE, from + "USER node\n" + RUN_NODE);
    String changed = "FROM node:22\nRUN usermod -u 1234 node\nCOPY . /app\n";
    starts(changed + RUN_NODE, changed + "USER node\n" + RUN_NODE);
  }

  @Test
  void says_the_name_where_it_writes_the_number() {
    assertThat(titles("FROM node:22\nCOPY . /app\n" + RUN_NODE))
        .containsExactly("start as node (1000), a user that node has");
    assertThat(titles("FROM python:3.13-slim\nCOPY . /app\n" + RUN_PYTHON))
        .containsExactly("start as app (10001), a user of its own");
    assertThat(titles("FROM python:3.13\nRUN useradd -u 1500 shop\nCOPY . /app\n" + RUN_PYTHON))
        .containsExactly("start as shop (1500), which the Dockerfile makes and does not use");
  }

  private List<String> titles(String dockerfile) {
    return Laws.check(given(dockerfile), List.of(pass()), Level.STANDARD)
        .steps(Status.APPLIED)
        .stream()
        .map(Step::remark)
        .map(remark -> remark instanceof Remark.Finding f && f.fix() != null ? f.fix().title() : "")
        .toList();
  }

  @Test
  void makes_one_in_the_way_of_the_distribution() {
    String alpine = "FROM python:3.13-alpine3.24\nCOPY . /app\n";
    starts(alpine + RUN_PYTHON, alpine + ALPINE + "\nUSER 10001\n" + RUN_PYTHON);
    String debian = "FROM python:3.13-slim\nCOPY . /app\n";
    starts(debian + RUN_PYTHON, debian + DEBIAN + "\nUSER 10001\n" + RUN_PYTHON);
    String temurin = "FROM eclipse-temurin:25.0.3_9-jre\nCOPY . /app\n";
    starts(temurin + RUN_PYTHON, temurin + DEBIAN + "\nUSER 10001\n" + RUN_PYTHON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM fedora\n",
        "FROM fedora:44\n",
        "FROM almalinux:9\n",
        "FROM rockylinux:9.3\n",
        "FROM oraclelinux:8-slim\n",
        "FROM amazonlinux:2023\nRUN dnf install -y shadow-utils python3 && dnf clean all\n",
        "FROM almalinux:9-minimal\nRUN microdnf install -y shadow-utils\n",
        "FROM oraclelinux:9-slim\nRUN userdel games\n",
      })
  void makes_one_where_useradd_is_there(String base) {
    String from = base + "COPY . /app\n";
    starts(from + RUN_PYTHON, from + DEBIAN + "\nUSER 10001\n" + RUN_PYTHON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM fedora:33\n",
        "FROM almalinux:9-minimal\n",
        "FROM rockylinux:8-minimal\n",
        "FROM oraclelinux:9\n",
        "FROM oraclelinux:8-slim-fips\n",
        "FROM amazonlinux:2023\n",
        "FROM amazonlinux:2\nRUN yum install -y shadow-utils && yum remove -y shadow-utils\n",
        "FROM amazonlinux:2\nRUN yum install -y shadow-utils || true\n",
        "FROM openjdk:24-oracle\n",
      })
  void leaves_a_number_alone_to_level_strict_where_useradd_may_not_be_there(String base) {
    String from = base + "COPY . /app\n";
    offers(Level.STANDARD, given(from + RUN_PYTHON));
    starts(Level.STRICT, COMPOSE_FILE, from + RUN_PYTHON, from + "USER 10001:10001\n" + RUN_PYTHON);
    assertThat(whys(Level.STRICT, given(from + RUN_PYTHON)).get(0))
        .endsWith(
            " may lack useradd, and for a number alone there is no name and no home: a program may"
                + " look up its user, or keep files at home");
  }

  @Test
  void takes_a_number_where_there_is_nothing() {
    String before =
        """
        FROM golang:1.26 AS build
        RUN go build -o /shop

        FROM scratch
        COPY --from=build /shop /
        ENTRYPOINT ["/shop"]
        """;
    starts(before, before.replace("ENTRYPOINT", "USER 10001:10001\nENTRYPOINT"));
  }

  @Test
  void takes_the_user_whose_entry_a_stage_from_nothing_copies() {
    String build = "FROM alpine:3.24 AS build\nRUN adduser -D -u 1500 shop\n\nFROM scratch\n";
    String copy = "COPY --from=build /etc/passwd /etc/group /etc/\nCOPY shop /\n";
    starts(build + copy + "CMD [\"/shop\"]\n", build + copy + "USER 1500\nCMD [\"/shop\"]\n");
    advises(
        given("FROM scratch\nCOPY passwd /etc/passwd\nCMD [\"/shop\"]\n"),
        "line 2 copies a list of users: start as one of them with USER");
  }

  @Test
  void goes_back_to_the_user_that_was_left() {
    String before = "FROM node:22\nUSER node\nCOPY . /app\nUSER root\nRUN npm i -g serve\n";
    starts(Level.STRICT, COMPOSE_FILE, before + RUN_NODE, before + "USER 1000\n" + RUN_NODE);
    starts(
        Level.STRICT,
        COMPOSE_FILE,
        "FROM node:22\nUSER 1000\nRUN x\nUSER root\n" + RUN_NODE,
        "FROM node:22\nUSER 1000\nRUN x\nUSER 1000\n" + RUN_NODE);
  }

  @Test
  void goes_back_to_the_user_that_the_base_starts_as() {
    String before = "FROM grafana/grafana:12.4.0\nUSER root\nRUN apk add --no-cache curl\n";
    starts(Level.STRICT, COMPOSE_FILE, before, before + "USER 472:0\n");
    starts(
        Level.STRICT,
        COMPOSE_FILE,
        "FROM grafana/grafana:12.4.0\nUSER root\n",
        "FROM grafana/grafana:12.4.0\nUSER 472:0\n");
  }

  @Test
  void says_that_it_does_not_know_where_it_does_not() {
    advises(
        given("FROM mcr.microsoft.com/dotnet/aspnet:8.0\nUSER $APP_UID\n"),
        "its user depends on a variable: `APP_UID` is not set in the file, and its base image may"
            + " set it");
  }

  @Test
  void says_so_where_no_user_can_be_made_for_sure() {
    advises(
        given("FROM openjdk:17\nCOPY . /app\n" + RUN_PYTHON),
        "it is not known how to make a user on openjdk:17: make one with a number of its own, and"
            + " start as it with USER");
    advises(
        given("FROM python:3.13\nRUN useradd one && useradd two\nCOPY . /app\n" + RUN_PYTHON),
        "line 2 makes one and two, which no USER names: start as the one that is meant");
    advises(
        given("FROM python:3.13\nARG U\nRUN useradd $U\nCOPY . /app\n" + RUN_PYTHON),
        "line 3 makes $U, which no USER names: start as the one that is meant");
    advises(
        given("FROM python:3.13\nRUN groupadd app\nCOPY . /app\n" + RUN_PYTHON),
        "line 2 makes a group or uses the number 10001: make a user there, and start as it with"
            + " USER");
    advises(
        given("FROM ghcr.io/shop/base:3\nCOPY . /app\n" + RUN_PYTHON),
        "nothing is known of its base image: if that starts as root, make a user and start as it"
            + " with USER");
    advises(
        given("ARG BASE\nFROM $BASE\nCOPY . /app\n" + RUN_PYTHON),
        "its base image is not known: `BASE` has no default and was not given");
  }

  // Its place

  @Test
  void stands_after_all_that_runs_and_above_the_comments_of_the_start() {
    starts(
        "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install flask\nENV A=1\n\n"
            + "# The start\nEXPOSE 80\n# of it\n"
            + RUN_PYTHON,
        "FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install flask\nENV A=1\n\n"
            + DEBIAN
            + "\nUSER 10001\n# The start\nEXPOSE 80\n# of it\n"
            + RUN_PYTHON);
  }

  @Test
  void keeps_the_case_and_a_missing_line_end() {
    starts(
        "from node:22\ncopy . /app\ncmd [\"node\", \"/app/server.js\"]",
        "from node:22\ncopy . /app\nuser 1000\ncmd [\"node\", \"/app/server.js\"]");
    starts(
        Level.STANDARD,
        "services: {api: {build: ., command: node /app/server.js}}\n",
        "FROM node:22\nCOPY . /app",
        "FROM node:22\nCOPY . /app\nUSER 1000");
  }

  @Test
  void reads_the_escape_char_and_documents() {
    starts(
        "# escape=`\nFROM python:3.13-slim\nCOPY . `\n  /app\nRUN <<EOF\nUSER x\nEOF\n"
            + RUN_PYTHON,
        "# escape=`\nFROM python:3.13-slim\nCOPY . `\n  /app\nRUN <<EOF\nUSER x\nEOF\n"
            + DEBIAN
            + "\nUSER 10001\n"
            + RUN_PYTHON);
  }

  @Test
  void looks_at_the_stage_that_a_service_starts() {
    String before =
        """
        FROM node:22 AS build
        USER node
        RUN npm ci

        FROM node:22-slim AS run
        COPY --from=build /app /app
        """;
    starts(before + RUN_NODE, before + "USER 1000\n" + RUN_NODE);
    leaves(given(before + "USER 1000\n" + RUN_NODE), "it starts as 1000 (line 7)");
    starts(
        Level.STANDARD,
        "services: {api: {build: {context: ., target: first}}}\n",
        "FROM node:22 AS first\n" + RUN_NODE + "FROM node:22 AS second\n" + RUN_NODE,
        "FROM node:22 AS first\nUSER 1000\n" + RUN_NODE + "FROM node:22 AS second\n" + RUN_NODE);
    advises(
        given(
            "services: {api: {build: {context: ., target: first}}}\n",
            "FROM node:22 AS first\n" + RUN_NODE + "FROM first\nRUN npm ci\n" + RUN_NODE),
        "the stage of line 3 is built on it, and its steps would run as the new user too: begin that one with USER root");
    advises(
        given(
            "services: {api: {build: {context: ., target: \"$STAGE\"}}}\n",
            "FROM node:22\n" + RUN_NODE),
        "the stage that is built depends on a variable that has no value here");
  }

  // What it writes to

  @Test
  void gives_the_volumes_to_the_user() {
    String compose =
        """
        services: {api: {build: ., volumes: ["data:/data", "lib:/app/node_modules"]}}
        volumes: {data: , lib: }
        """;
    String before = "FROM python:3.13-alpine\nCOPY . /app\nVOLUME /var/shop/\n" + RUN_PYTHON;
    Given given = given(compose, before);
    offers(Level.STANDARD, given);
    starts(
        Level.STRICT,
        compose,
        before,
        "FROM python:3.13-alpine\nCOPY . /app\nVOLUME /var/shop/\n"
            + ALPINE
            + " && mkdir -p /data /var/shop && chown -R app:app /data /var/shop\nUSER 10001\n"
            + RUN_PYTHON);
    assertThat(whys(Level.STRICT, given))
        .containsExactly(
            "what an earlier run left in /data belongs to root: once `docker compose run --rm"
                + " --no-deps --user root --cap-add CHOWN --entrypoint chown api -R app:app"
                + " /data`; what an earlier run left in /var/shop belongs to root: begin with a new"
                + " volume (docker compose up -V)");
    starts(
        Level.STRICT,
        "services: {api: {build: ., volumes: [\"data:/data\"]}}\nvolumes: {data: }\n",
        "FROM node:22\nCOPY . /app\n" + RUN_NODE,
        "FROM node:22\nCOPY . /app\nRUN mkdir -p /data && chown -R node:node /data\nUSER 1000\n"
            + RUN_NODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "volumes: [\"./data:/data\"]",
        "volumes: [\"./tls/site.key:/site.key:ro\"]",
        "tmpfs: [\"/cache\"]",
        "secrets: [token]",
      })
  void leaves_it_to_level_strict_where_somebody_elses_files_are_mounted(String setting) {
    String compose = "services: {api: {build: ., %s}}\n".formatted(setting);
    offers(Level.STANDARD, given(compose, "FROM node:22\nCOPY . /app\n" + RUN_NODE));
    starts(
        Level.STRICT,
        compose,
        "FROM node:22\nCOPY . /app\n" + RUN_NODE,
        "FROM node:22\nCOPY . /app\nUSER 1000\n" + RUN_NODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "volumes: [\"./app.conf:/app.conf:ro\", \"/etc/localtime:/etc/localtime\"]",
        "tmpfs: [\"/tmp\", \"/cache:uid=1000,gid=1000\"]",
        "ports: [\"80:80\"]",
        "network_mode: bridge",
        "volumes: [\"temporary:/tmp\"]",
      })
  void is_not_kept_by_what_every_user_can_use(String setting) {
    starts(
        Level.STANDARD,
        "services: {api: {build: ., %s}}\n".formatted(setting),
        "FROM node:22\nCOPY . /app\n" + RUN_NODE,
        "FROM node:22\nCOPY . /app\nUSER 1000\n" + RUN_NODE);
  }

  @Test
  void says_so_where_a_volume_cannot_be_given_to_it() {
    String volume = "services: {api: {build: ., volumes: [\"vol:%s\"]}}\nvolumes: {vol: }\n";
    advises(
        given(volume.formatted("/app"), "FROM node:22\nCOPY . /app\n" + RUN_NODE),
        "the volume at /app hides the program of its image");
    advises(
        given(volume.formatted("/a b"), "FROM node:22\nCOPY . /app\n" + RUN_NODE),
        "the volume at /a b cannot be prepared by a plain command");
    advises(
        given(volume.formatted("/data"), "FROM scratch\nCOPY shop /\nCMD [\"/shop\"]\n"),
        "the volume at /data belongs to root, and no RUN works in the image: copy a folder there"
            + " with COPY --chown=10001:10001 from a stage that has one");
    advises(
        given("FROM node:22\nCOPY . /app\nVOLUME $DATA\n" + RUN_NODE),
        "it is not known which volumes its Dockerfile declares");
  }

  private static final String NODE =
      "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "fs.writeFileSync('uploads/a.txt', x) | /app/uploads",
        "fs.writeFile(`./uploads/${name}`, x) | /app/uploads",
        "fs.appendFile('logs/2026/' + day + '.log', x) | /app/logs/2026",
        "fs.createWriteStream(path.join('uploads', name)) | /app/uploads",
        "fs.mkdirSync('uploads', { recursive: true }) | /app/uploads",
        "fs.ensureDir('uploads') | /app/uploads",
        "multer({ dest: 'uploads/' }) | /app/uploads",
        "fs.writeFileSync('/data/shop/a.json', x) | /data/shop",
        "fs.writeFileSync('/var/lib/shop/a.json', x) | /var/lib/shop",
        "fs.writeFileSync('a/x', y); fs.writeFileSync('a/b/x', y) | /app/a",
        "fs.writeFileSync('b/x', y); fs.writeFileSync('a/x', y) | /app/a /app/b",
        "fs.writeFileSync('/tmp/x', y); fs.writeFileSync('a/x', y) | /app/a",
      })
  void gives_the_folders_that_the_program_writes_to_to_the_user(String program, String folders) {
    hardens(
        Level.STANDARD,
        given(NODE).and("server.js", program + "\n"),
        Map.of(
            DOCKERFILE,
            NODE.replace(
                "CMD",
                "RUN mkdir -p %1$s && chown -R node:node %1$s\nUSER 1000\nCMD"
                    .formatted(folders))));
  }

  @Test
  void says_which_folder_it_gives_away_and_why() {
    assertThat(
            whys(
                Level.STANDARD,
                given(NODE).and("server.js", "fs.writeFileSync('uploads/a.txt', x)\n")))
        .containsExactly(
            "node has that user for such programs, and all that its program was seen to write goes"
                + " to /app/uploads (server.js, line 1, calls fs.writeFileSync)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // beside the program, or where it is not written out
        "fs.writeFileSync('a.txt', x)",
        "fs.writeFileSync('./a.txt', x)",
        "fs.writeFileSync('/app/a.txt', x)",
        "fs.writeFileSync('/a.txt', x)",
        "fs.writeFileSync(file, x)",
        "fs.writeFileSync(path.join(__dirname, 'uploads', 'a'), x)",
        "fs.writeFileSync(path.join('uploads', '/etc/x'), x)",
        "fs.writeFileSync('uploads/../a', x)",
        "fs.writeFileSync('uploads/a'.replace('uploads', dir), x)",
        "fs.writeFileSync('up loads/a', x)",
        "fs.writeFileSync(`${dir}/a`, x)",
        "fs.writeFileSync('uploads/a', x); fs.writeFileSync(file, x)",
        "fs.writeFileSync('uploads/a', x); new Sequelize({ dialect: 'sqlite' })",
        // the system's
        "fs.writeFileSync('/etc/shop/a', x)",
        "fs.writeFileSync('/var/log/a', x)",
        "fs.writeFileSync('/usr/share/shop/a', x)",
        // a folder that is there would be an error, or end what the program does at first
        "fs.mkdirSync('uploads')",
        "if (!fs.existsSync('uploads')) { fs.mkdirSync('uploads', { recursive: true }); seed(); }",
        "const dir = 'uploads'; fs.mkdirSync('uploads', { recursive: true })",
        // what takes the folder itself away
        "fs.writeFileSync('uploads/a', x); fs.rmdirSync('uploads')",
        // another working directory
        "process.chdir('/srv'); fs.writeFileSync('uploads/a', x)",
        // built, and not looked into
        "fs.writeFileSync('dist/a', x)",
      })
  void gives_away_nothing_else(String program) {
    Given given = given(NODE).and("server.js", program + "\n");
    Outcome outcome = Laws.check(given, List.of(pass()), Level.STRICT);
    assertThat(Laws.changed(outcome)).isEmpty();
    assertThat(outcome.steps(Status.ADVISED))
        .singleElement()
        .satisfies(step -> assertThat(step.reason()).startsWith("its program writes (server.js"));
  }

  @Test
  void gives_away_no_folder_that_holds_a_program() {
    Given writes = given(NODE).and("server.js", "fs.writeFileSync('uploads/a', x)\n");
    Given program = writes.and("uploads/plugin.js", "run()\n");
    advises(program, WRITES);
    advises(writes.and("src/uploads/run.sh", "run\n"), WRITES);
    advises(writes.and(DOCKERFILE, NODE.replace("COPY . .", "COPY --from=b /app .")), WRITES);
    advises(writes.and(DOCKERFILE, NODE.replace("COPY . .", "COPY . .\nCOPY up uploads")), WRITES);
    advises(writes.and(DOCKERFILE, NODE.replace("COPY . .", "COPY . .\nADD a.tar ./")), WRITES);
    advises(writes.and(DOCKERFILE, NODE.replace("WORKDIR /app", "WORKDIR $DIR")), WRITES);
    advises(
        writes.and(DOCKERFILE, NODE.replaceAll("CMD.*", "CMD cd /srv && node server.js")), WRITES);
    String data = "node:22\nCOPY server.js /app/\nCMD [\"node\", \"/app/server.js\"]\n";
    Given distroless =
        given("FROM gcr.io/distroless/" + data.replace("node:22", "nodejs22-debian12"))
            .and("server.js", "fs.writeFileSync('/data/a', x)\n");
    advises(
        distroless,
        "its program writes (server.js, line 1, calls fs.writeFileSync), and no RUN works in the"
            + " image: copy that folder there with COPY --chown=nonroot:nonroot from a stage that"
            + " has one");
  }

  private static final String WRITES =
      "its program writes (server.js, line 1, calls fs.writeFileSync): give that folder alone to the"
          + " user, with chown in a RUN, and start as it with USER";

  @Test
  void gives_the_folders_of_all_services_away() {
    String compose =
        "services: {api: {build: .}, jobs: {build: ., working_dir: /srv/jobs, command: node /app/server.js}}\n";
    hardens(
        Level.STANDARD,
        given(compose, NODE).and("server.js", "fs.writeFileSync('uploads/a', x)\n"),
        Map.of(
            DOCKERFILE,
            NODE.replace(
                "CMD",
                "RUN mkdir -p /app/uploads /srv/jobs/uploads && chown -R node:node /app/uploads"
                    + " /srv/jobs/uploads\nUSER 1000\nCMD")));
  }

  @Test
  void leaves_it_to_level_strict_where_the_program_cannot_be_looked_at() {
    Given given =
        Given.compose(COMPOSE_FILE)
            .and(DOCKERFILE, "FROM debian:13\nCOPY shop /\nCMD [\"/shop\"]\n");
    offers(Level.STANDARD, given);
    offers(
        Level.STANDARD,
        given("FROM node:22\nCOPY . /app\nRUN curl https://x.io/i | sh\n" + RUN_NODE));
    offers(Level.STANDARD, given("FROM node:22\nCOPY . /app\nRUN apk add iptables\n" + RUN_NODE));
  }

  // What needs root

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ENTRYPOINT [\"gosu\", \"node\", \"node\", \"server.js\"]",
        "CMD su-exec node node server.js",
        "CMD exec setpriv --reuid=node node server.js",
        "ENTRYPOINT [\"/init\"]",
      })
  void leaves_a_start_that_hands_over_by_itself(String start) {
    String program = start.replaceAll("^[^/a-z]*(exec )?(/usr/bin/)?([a-z/-]+).*", "$3");
    leaves(
        given("FROM node:22\nCOPY . /app\n" + start + "\n"),
        "line 3 of Dockerfile calls %s, which hands over to another user".formatted(program));
  }

  @Test
  void does_not_guess_what_a_supervisor_does() {
    advises(
        given("FROM node:22\nCOPY . /app\nCMD [\"/usr/bin/supervisord\", \"-n\"]\n"),
        "line 3 of Dockerfile calls supervisord, which starts each program as the user that its"
            + " configuration names");
  }

  @Test
  void leaves_a_base_whose_triggers_would_run_as_the_user() {
    advises(
        given("FROM node:22\nONBUILD RUN apt-get update\nCOPY . /app\n" + RUN_NODE),
        "line 2 of Dockerfile holds what other builds run first, and they would as the new user");
  }

  @Test
  void looks_into_the_scripts_that_are_started() {
    String dockerfile = "FROM node:22\nCOPY . /app\nENTRYPOINT [\"/app/start.sh\"]\n" + RUN_NODE;
    leaves(
        given(dockerfile).and("start.sh", "#!/bin/sh\n# su\nexec gosu node \"$@\"\n"),
        "line 3 of start.sh calls gosu, which hands over to another user");
    advises(
        given(dockerfile).and("start.sh", "#!/bin/sh\nchown -R node /app\nexec \"$@\"\n"),
        "line 2 of start.sh calls chown, which takes root");
    advises(given(dockerfile), "start.sh is started, which is not among its sources");
    hardens(
        Level.STANDARD,
        given(dockerfile).and("start.sh", "#!/bin/sh\n# chown\nexec \"$@\"\n"),
        Map.of(DOCKERFILE, dockerfile.replace("ENTRYPOINT", "USER 1000\nENTRYPOINT")));
  }

  @Test
  void leaves_a_base_that_drops_by_itself() {
    leaves(
        given("FROM nginx:1.30.4\nCOPY . /usr/share/nginx/html\n"),
        "it starts as nginx does, which drops root by itself");
    leaves(
        given("FROM php:8.4-apache\nCOPY . /var/www/html\n"),
        "it starts as php does, which drops root by itself");
    leaves(
        given("FROM nginxinc/nginx-unprivileged:1.30.4\nCOPY . /usr/share/nginx/html\n"),
        "its base image does not start as root");
    leaves(
        given("FROM gcr.io/distroless/static:nonroot\nCOPY . /\n"),
        "its base image does not start as root");
    advises(
        given("FROM tomcat:11.0.24\nCOPY . /usr/local/tomcat/webapps\n"),
        "it starts as tomcat does, and it is not known whether that needs root");
    advises(
        given("FROM nginx:1.30.4\nCMD nginx && sleep 9\n"),
        "it is built on nginx, which it starts in its own way");
    advises(
        given("FROM debian:13\nRUN apt-get install -y nginx\nCMD [\"nginx\"]\n"),
        "line 3 of Dockerfile calls nginx, which takes root");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privileged: true | service api is privileged, which has to go first",
        "cap_add: [NET_ADMIN] | service api has cap_add, which may be there for root alone",
        "devices: [/dev/ttyUSB0] | service api has devices, which may be there for root alone",
        "network_mode: host | service api shares with its machine (network_mode), where root may be needed",
        "pid: $PID | service api shares with its machine (pid), where root may be needed",
        "volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro'] | service api mounts /var/run/docker.sock, which only root may use",
        "volumes: ['.:/app'] | service api is in development: . is mounted over /app",
        "user: root | service api sets user: root, which counts more",
        "user: $ME | service api sets a user that a variable decides, which counts more",
      })
  void says_what_in_a_service_is_against_it(String setting, String reason) {
    advises(
        given(
            "services: {api: {build: ., %s}}\n".formatted(setting),
            "FROM node:22\nCOPY . /app\n" + RUN_NODE),
        reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN pip install --user flask | leaves something in the home of root (pip install --user), which nobody else may read",
        "COPY run /root/run | leaves something in the home of root (/root), which nobody else may read",
        "ENV PATH=/root/.local/bin:$PATH | leaves something in the home of root (/root), which nobody else may read",
        "WORKDIR /root | leaves something in the home of root (/root), which nobody else may read",
        "RUN cp x ~/.npmrc | leaves something in the home of root (~/), which nobody else may read",
        "RUN npx playwright install | leaves something in the home of root (playwright install), which nobody else may read",
        "RUN chmod 700 /app | closes files to everybody else",
        "RUN chmod -R o-rwx /app | closes files to everybody else",
        "COPY --chmod=0600 key /key | closes files to everybody else",
      })
  void says_what_only_root_would_reach(String instruction, String reason) {
    advises(
        given("FROM node:22\nCOPY . /app\n" + instruction + "\n" + RUN_NODE), "line 3 " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN --mount=type=cache,target=/root/.npm npm ci",
        "RUN npm ci && rm -rf /root/.npm ~/.cache",
        "RUN chmod 755 /app && chmod +x /app/run && chmod -R a+rX /app",
        "RUN poetry config virtualenvs.create false && poetry install",
        "LABEL home=/root",
        "COPY --chmod=0755 run /run",
      })
  void is_not_kept_by_what_is_no_obstacle(String instruction) {
    String before = "FROM node:22\nCOPY . /app\n" + instruction + "\n";
    starts(before + RUN_NODE, before + "USER 1000\n" + RUN_NODE);
  }

  // Several services

  @Test
  void changes_what_several_services_build_where_all_of_them_agree() {
    String dockerfile = "FROM node:22\nCOPY . /app\n" + RUN_NODE;
    String worker = "services:\n  api: {build: .}\n  worker: {build: ., %s}\n";
    starts(
        Level.STANDARD,
        worker.formatted("command: node /app/server.js --jobs"),
        dockerfile,
        "FROM node:22\nCOPY . /app\nUSER 1000\n" + RUN_NODE);
    starts(
        Level.STANDARD,
        worker.formatted("user: '1234'"),
        dockerfile,
        "FROM node:22\nCOPY . /app\nUSER 1000\n" + RUN_NODE);
    advises(
        given(worker.formatted("privileged: true"), dockerfile),
        "service worker is privileged, which has to go first");
    advises(
        given(worker.formatted("command: gosu node x"), dockerfile),
        "not all services that start it agree: of one, line 3 of compose.yaml calls gosu, which"
            + " hands over to another user");
    leaves(
        given("services: {api: {build: ., user: '1234'}}\n", dockerfile),
        "service api sets user: 1234, which counts more");
  }

  @Test
  void thinks_of_the_files_that_are_merged_at_other_times() {
    Given given =
        given("FROM node:22\nCOPY . /app\n" + RUN_NODE)
            .and("compose.dev.yaml", "services: {api: {volumes: [\"./:/app\"]}}\n");
    Outcome outcome =
        new Hardener(List.of(pass()))
            .harden(given.loadBeside("compose.dev.yaml"), Options.at(Level.STRICT));
    assertThat(outcome.steps(Status.ADVISED))
        .extracting(Step::reason)
        .containsExactly(
            "with compose.dev.yaml, service api is in development: ./ is mounted over /app");
  }
}
