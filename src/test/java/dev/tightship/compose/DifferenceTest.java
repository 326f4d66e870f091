package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Value;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.oracle.Models;
import dev.tightship.yaml.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a service that has a setting in one way and is to have it in another. */
@SuppressWarnings("NullAway.Init")
class DifferenceTest {

  /** The settings before and after, each line of them below a service, and what is to be said. */
  record Case(String before, String after, String said) {
    @Override
    public String toString() {
      return before + " becomes " + after;
    }

    static String service(String settings) {
      return "services:\n  a:\n    image: redis\n"
          + settings.replaceAll("(?m)^(?=.)", "    ")
          + "\n  db:\n    image: redis\n"
          + "secrets:\n  s:\n    file: s\n";
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("", "read_only: true", "read_only: true"),
        new Case("mem_limit: 1g", "mem_limit: 2g", "mem_limit: 2g"),
        new Case("ipc: host", "", "ipc: !reset null"),
        new Case("privileged: true", "privileged: false", "privileged: false"),
        // lists
        new Case("", "cap_drop: [ALL]", "cap_drop:\n  - ALL"),
        new Case("cap_drop: [KILL]", "cap_drop: [KILL, ALL]", "cap_drop:\n  - ALL"),
        new Case("cap_add: [KILL]", "cap_add: [CHOWN, KILL]", "cap_add:\n  - CHOWN"),
        new Case("cap_add: [KILL, CHOWN]", "cap_add: [KILL]", "cap_add: !override\n  - KILL"),
        new Case("cap_add: [KILL]", "", "cap_add: !reset null"),
        new Case("cap_add: [KILL]", "cap_add: []", "cap_add: !override []"),
        new Case(
            "security_opt: ['seccomp:unconfined']",
            "security_opt: ['no-new-privileges:true']",
            "security_opt: !override\n  - no-new-privileges:true"),
        new Case("tmpfs: /a", "tmpfs: [/a, '/b:uid=1']", "tmpfs:\n  - /b:uid=1"),
        new Case("tmpfs: [/a]", "tmpfs: /a", ""),
        new Case(
            "dns: [1.1.1.1]",
            "dns: [8.8.8.8, 1.1.1.1]",
            "dns: !override\n  - \"8.8.8.8\"\n  - \"1.1.1.1\""),
        new Case("expose: [80, '81']", "expose: [80, '81', 82]", "expose:\n  - 82"),
        // mounts, by their target
        new Case(
            "volumes: ['./x:/x', './y:/y']",
            "volumes: ['./x:/x', './y:/y:ro']",
            "volumes:\n  - ./y:/y:ro"),
        new Case(
            "volumes: ['${D:-./a:b}:/x', './y:/y']",
            "volumes: ['${D:-./a:b}:/x:ro', './y:/y']",
            "volumes:\n  - ${D:-./a:b}:/x:ro"),
        new Case(
            "volumes: [{type: bind, source: ./x, target: /x}]",
            "volumes: [{type: bind, source: ./x, target: /x, read_only: true}]",
            "volumes:\n  - type: bind\n    source: ./x\n    target: /x\n    read_only: true"),
        new Case(
            "volumes: ['./x:/x', './y:/y']",
            "volumes: ['./x:/x']",
            "volumes: !override\n  - ./x:/x"),
        // ports are told apart by all that they say
        new Case("ports: ['80:80']", "ports: ['80:80', '81:81']", "ports:\n  - \"81:81\""),
        new Case(
            "ports: ['80:80', '81:81']",
            "ports: ['127.0.0.1:80:80', '81:81']",
            "ports: !override\n  - \"127.0.0.1:80:80\"\n  - \"81:81\""),
        new Case(
            "ports: [{target: 80, published: '80'}]",
            "ports: [{target: 80, published: '80', host_ip: 127.0.0.1}]",
            "ports: !override\n  - target: 80\n    published: \"80\"\n    host_ip: \"127.0.0.1\""),
        // what Compose replaces as a whole
        new Case("command: [a, b]", "command: [a, c]", "command:\n  - a\n  - c"),
        new Case("command: a b", "command: [a, b]", "command:\n  - a\n  - b"),
        new Case("entrypoint: [a]", "", "entrypoint: !reset null"),
        new Case(
            "healthcheck: {test: [CMD, a], retries: 3}",
            "healthcheck: {test: [CMD, b], retries: 3}",
            "healthcheck:\n  test:\n    - CMD\n    - b"),
        // mappings
        new Case(
            "deploy: {resources: {limits: {cpus: '1'}}}",
            "deploy: {resources: {limits: {cpus: '1', memory: 1g, pids: 9}}}",
            "deploy:\n  resources:\n    limits:\n      memory: 1g\n      pids: 9"),
        new Case(
            "deploy: {resources: {limits: {cpus: '1', pids: 9}}}",
            "deploy: {resources: {limits: {cpus: '1'}}}",
            "deploy:\n  resources:\n    limits:\n      pids: !reset null"),
        new Case(
            "deploy:",
            "deploy: {resources: {limits: {memory: 1g}}}",
            "deploy:\n  resources:\n    limits:\n      memory: 1g"),
        new Case(
            "logging: {driver: json-file}",
            "logging: {driver: json-file, options: {max-size: 1m}}",
            "logging:\n  options:\n    max-size: 1m"),
        new Case(
            "logging: {driver: syslog, options: {tag: x}}",
            "logging: {driver: local, options: {tag: x}}",
            "logging:\n  driver: local\n  options:\n    tag: x"),
        new Case("build: .", "build: {context: ., target: t}", "build:\n  target: t"),
        new Case(
            "build: {context: ., args: [A=1, B=2]}",
            "build: {context: ., args: [A=3, B=2]}",
            "build:\n  args:\n    A: \"3\""),
        new Case(
            "ulimits: {nofile: 9}",
            "ulimits: {nofile: {soft: 1, hard: 2}}",
            "ulimits:\n  nofile:\n    soft: 1\n    hard: 2"),
        new Case(
            "ulimits: {nofile: {soft: 1, hard: 2}}",
            "ulimits: {nofile: 9}",
            "ulimits:\n  nofile: !override 9"),
        // keys and values, in both forms
        new Case("environment: {A: x}", "environment: {A: x, B: 1}", "environment:\n  B: \"1\""),
        new Case("environment: [A=x, C]", "environment: [A=y, C]", "environment:\n  A: \"y\""),
        new Case("environment: [A=x]", "environment: {A: x}", ""),
        new Case(
            "environment: {A: x, B: z}",
            "environment: {A_FILE: f, B: z}",
            "environment:\n  A_FILE: f\n  A: !reset null"),
        new Case(
            "environment: [A=x, B=z]",
            "environment: [A_FILE=f, B=z]",
            "environment: !override\n  A_FILE: f\n  B: z"),
        new Case("labels: [a=b]", "labels: [a=b, c=d=e]", "labels:\n  c: d=e"),
        new Case("labels: {a: b}", "", "labels: !reset null"),
        // names, as a list or a mapping
        new Case(
            "depends_on: [db]",
            "depends_on: {db: {condition: service_healthy}}",
            "depends_on:\n  db:\n    condition: service_healthy"),
        new Case("secrets: []", "secrets: [s]", "secrets:\n  - s"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void says_no_more_than_it_must(Case c) throws Exception {
    assertThat(said(c)).isEqualTo(c.said.isEmpty() ? "" : indented(c.said));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void merges_to_what_was_wanted(Case c) throws Exception {
    Value before = services(c.before);
    Value after = services(c.after);
    Value said = Difference.between(before, after, List.of("services"));
    Value merged = said == null ? before : Merge.merge(before, said, List.of("services"));

    assertThat(Difference.between(merged, after, List.of("services"))).isNull();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void compose_sees_what_was_wanted(Case c, @TempDir Path temp) throws Exception {
    String overlay = "services:\n  a:\n" + said(c) + (c.said.isEmpty() ? "    image: redis" : "");
    for (Compose compose : List.of(Compose.orSkip(), Compose.olderOrSkip())) {
      Object wanted = model(compose, temp, Case.service(c.after));
      Object seen = model(compose, temp, Case.service(c.before), overlay);
      assertThat(seen).isEqualTo(wanted);
    }
  }

  private static Object model(Compose compose, Path folder, String... texts) throws IOException {
    var files = new ArrayList<Path>();
    for (String text : texts) {
      files.add(Files.writeString(folder.resolve(files.size() + ".yaml"), text));
    }
    var answer = compose.config(folder, files, "--format", "json");
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    return Models.ordered(Json.read(answer.stdout()));
  }

  private static String said(Case c) throws Exception {
    List<String> path = List.of("services", "a");
    Value said = Difference.between(service(c.before, "a"), service(c.after, "a"), path);
    var text = new StringBuilder();
    if (said instanceof Value.Mapping mapping) {
      mapping.entries().forEach((k, v) -> text.append(Written.entry(k, v, 2)).append('\n'));
    }
    return text.toString();
  }

  private static String indented(String text) {
    return text.replaceAll("(?m)^", "    ") + "\n";
  }

  private static Value service(String settings, String name) throws Exception {
    return java.util.Objects.requireNonNull(
        ((Value.Mapping) services(settings)).entries().get(name));
  }

  private static Value services(String settings) throws Exception {
    var project = Given.compose(Case.service(settings)).load();
    return java.util.Objects.requireNonNull(Composed.of(project).sections().get("services"));
  }
}
