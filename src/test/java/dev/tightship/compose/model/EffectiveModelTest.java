package dev.tightship.compose.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.compose.model.GeneratedProjectsTest.Against;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects by hand, for what real ones seldom hold, each against Compose. */
class EffectiveModelTest {

  @TempDir Path dir;

  /** Files, each behind a line with its name; those at the root are given to Compose. */
  static Stream<String> projects() {
    return Stream.of(
        """
        == compose.yaml
        {"services": {'a': {image: x, "environment": {A: 1, 'B': ~}, command: [a, "b"]}}}
        """,
        """
        == compose.yaml
        x-one: &one {user: one, labels: {a: 1}, ports: ["80:80"]}
        x-two: &two {<<: *one, user: two, environment: [A=1]}
        x-three: &three {<<: [*one, *two], read_only: true}
        services:
          a: {image: a, <<: *two}
          b: {image: b, <<: [*three, {user: last, init: true}], labels: {b: 2}}
          c: {<<: *three, image: c, user: "own", environment: {B: 2}}
        == over.yaml
        services:
          a: {labels: {a: 3}, environment: {A: 4}, ports: ["80:80", 81]}
          b: {labels: [c=3], user: over}
        """,
        """
        == compose.yaml
        services:
          a:
            image: a
            command: [one]
            ports: ["80:80"]
            environment: {A: 1, B: 2}
            labels: [x=1]
            deploy: {resources: {limits: {cpus: 1}}, replicas: 2}
        == over.yaml
        services:
          a:
            command: !reset null
            ports: !override ["81:81"]
            environment: {A: !reset null, C: 3}
            labels: !override {y: 2}
            deploy: {resources: !override {limits: {memory: 1g}}}
        """,
        """
        == compose.yaml
        x-base: &base {user: !reset null, image: a, tty: true}
        services: {a: {<<: *base, user: "1"}, b: {<<: *base}}
        == over.yaml
        x-base: &base {user: !reset null, tty: false}
        services: {a: {<<: *base}, b: {<<: [*base], image: c}}
        """,
        """
        == compose.yaml
        services: {a: {image: a, volumes: [data:/d], cap_add: [A]}}
        volumes: {data: }
        ---
        services: {a: {volumes: ["./x:/d:ro"], cap_add: !reset []}, b: {image: b}}
        ---
        services: {b: !reset null, c: {image: c, cap_add: [!reset A, B]}}
        """,
        """
        == compose.yaml
        services:
          base: {image: x, environment: [A=1, B=2], volumes: ["./v:/v"], ports: [80], profiles: [p]}
          left: {extends: base, environment: {A: 2}}
          right: {extends: {service: base}, ports: ["81:81"], command: right}
          both: {extends: left, volumes: [./w:/v], environment: [C]}
        """,
        """
        == compose.yaml
        services:
          a: {extends: {file: sub/base.yaml, service: one}, volumes: ["./a:/a"]}
          b: {extends: {file: sub/base.yaml, service: two}, command: !reset null}
        == sub/base.yaml
        services:
          one:
            extends: two
            build: {context: ctx, additional_contexts: [o=./o]}
            env_file: one.env
            volumes: ["./one:/one", "${HOME}/x:/x"]
          two:
            extends: {file: deep/leaf.yaml, service: leaf}
            label_file: two.labels
            command: two
        == sub/deep/leaf.yaml
        services: {leaf: {image: leaf, volumes: ["../up:/up"], env_file: [{path: l.env}]}}
        == sub/one.env
        ONE=1
        == sub/two.labels
        two=2
        == sub/deep/l.env
        LEAF=1
        """,
        """
        == compose.yaml
        include: [inc/a.yaml, {path: [inc/b.yaml, inc/b.over.yaml], project_directory: other}]
        services: {main: {image: main, depends_on: [a, b]}}
        volumes: {shared: {labels: {m: 1}}}
        == .env
        TAG=outer
        == inc/.env
        TAG=inner
        IN=inc
        == inc/a.yaml
        include: [deep/c.yaml]
        services: {a: {image: "a:${TAG}-${IN}", volumes: ["./a:/a", shared:/s], env_file: a.env}}
        volumes: {shared: {labels: {a: 1}}}
        == inc/a.env
        A=$TAG
        == inc/b.yaml
        services: {b: {image: "b:${TAG}-${IN:-none}", build: ., volumes: ["./b:/b"]}}
        == inc/b.over.yaml
        services: {b: {command: over, build: {args: [X=1]}}}
        == inc/deep/c.yaml
        services: {c: {image: "c:${IN}", volumes: ["../c:/c"]}}
        == other/README
        a folder
        """,
        """
        == compose.yaml
        include:
          - {path: inc/a.yaml, env_file: [one.env, two.env]}
          - {path: ./inc/../inc/b.yaml, env_file: /dev/null}
        services: {a: {environment: [MAIN=1], ports: !override [9]}}
        == one.env
        TAG=one
        ONE=1
        == two.env
        TAG=$ONE-two
        == inc/.env
        TAG=never
        == inc/a.yaml
        services: {a: {image: "a:$TAG", environment: {A: $ONE}, ports: [1, 2]}}
        == inc/b.yaml
        services: {b: {image: "b:${TAG-none}", extends: {file: base.yaml, service: base}}}
        == inc/base.yaml
        services: {base: {user: "${TAG-nobody}", build: ./ctx}}
        """,
        """
        == compose.yaml
        include: [left.d/c.yaml, right.d/c.yaml]
        services: {top: {image: top}}
        == left.d/c.yaml
        include: [../common.d/c.yaml]
        services: {left: {image: l, depends_on: [common]}}
        == right.d/c.yaml
        include: [../common.d/c.yaml]
        services: {right: {image: r, links: [common]}}
        == common.d/c.yaml
        services: {common: {image: c, dns: [1.1.1.1, ""], volumes: ["./x:/x"]}}
        """,
        """
        == compose.yaml
        services:
          a:
            image: a
            build: .
            logging: {driver: json-file, options: {max-size: 1m}}
            ulimits: {nofile: 10}
            networks: [front]
            extra_hosts: ["x:1"]
            secrets: [s, {source: s, target: t}]
        networks: {front: {ipam: {config: [{subnet: 10.0.0.0/8}, {subnet: 11.0.0.0/8}]}}}
        secrets: {s: {file: ./s}}
        == over.yaml
        services:
          a:
            build: {dockerfile: D, args: {A: 1, B: }}
            logging: {driver: local, options: {a: b}}
            ulimits: {nofile: {soft: 1, hard: 2}}
            networks: {front: {aliases: [w]}, back: }
            extra_hosts: {x: ["2", "3"]}
            secrets: [{source: s, target: t, mode: "0400"}]
        networks:
          back: {external: {name: real}}
          front: {ipam: {config: [{subnet: 11.0.0.0/8, gateway: 11.0.0.1}, {subnet: 12.0.0.0/8}]}}
        """,
        """
        == compose.yaml
        services:
          a:
            image: a
            labels: {t: 2001-12-14 21:59:43.10, f: 1e6, o: 0o17, x: 0x1F, n: , b: yes, i: !!str 12}
            environment: {T: !!timestamp "2001-01-01", F: !!float 3, B: !!binary aGk=, C: !own 5}
            healthcheck: {test: "x", interval: 1.5m, timeout: 100us, start_period: 0s}
        x-values: [1.0, 1e30, 0.000001, 18446744073709551615, -0, 2001-01-01T10:00:00+02:00]
        """,
        """
        == compose.yaml
        services:
          a: {image: a, environment: [], build: {args: []}, pre_start: [{user: "1"}, {init: true}]}
        """,
        """
        == compose.yaml
        services:
          web.one: {image: a, labels: {a.b: "1"}, environment: {"A": "x"}}
        == over.yaml
        services:
          web.one: {labels: {a.b: !reset null, c.d: 2}, environment: {A: !reset ""}}
        """);
  }

  @ParameterizedTest
  @MethodSource("projects")
  void comes_to_what_compose_prints(String project) throws IOException {
    var files = new ArrayList<String>();
    for (String part : project.split("(?m)^== ", -1)) {
      if (!part.isBlank()) {
        String name = part.substring(0, part.indexOf('\n'));
        Path file = dir.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, part.substring(part.indexOf('\n') + 1));
        if (name.matches("[a-z]+\\.yaml")) {
          files.add(name);
        }
      }
    }
    var against = new Against(Compose.orSkip());
    for (boolean resolved : new boolean[] {false, true}) {
      Against.Outcome outcome = against.compare(dir, files, List.of("*"), resolved);
      assertThat(outcome.differences()).as("resolved: %s", resolved).isEmpty();
      assertThat(outcome.kind()).as("resolved: %s", resolved).isEqualTo("right");
    }
  }

  /** Compose stops at each of these, with or without variables. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "services: {a: {image: x, extends: b}, b: {extends: {service: a}}}",
        "services: {a: {image: x, extends: nobody}}",
        "include: [compose.yaml]\nservices: {a: {image: x}}",
        "include: [nothing.yaml]",
        "services: {a: {image: x, volumes: ['a:b:c:d']}, 1: {image: y}}",
        "services: {a: {image: x}}\n---\n",
        "services: {a: {image: !!int x}}",
        "services: {a: {image: x, <<: 1}}",
        "services: [a]",
        "# nothing"
      })
  void is_refused_as_compose_refuses_it(String text) throws IOException {
    Files.writeString(dir.resolve("compose.yaml"), text);
    var against = new Against(Compose.orSkip());

    for (boolean resolved : new boolean[] {false, true}) {
      assertThat(against.compare(dir, List.of("compose.yaml"), List.of("*"), resolved).kind())
          .as("resolved: %s", resolved)
          .isEqualTo("refused by both");
    }
  }

  @Test
  void an_alias_bomb_is_refused_at_once() {
    var text = new StringBuilder("x-0: &a0 [a, b]\n");
    for (int i = 1; i < 60; i++) {
      text.append("x-%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
    }
    text.append("services: {a: {image: x, labels: *a59}}\n");

    assertThatThrownBy(() -> model(Map.of("/p/c.yaml", text.toString())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("aliases");
  }

  @Test
  void aliases_of_aliases_are_refused_where_they_lie_too_deep() {
    var text = new StringBuilder("x-0: &a0 {a: b}\n");
    for (int i = 1; i < 2000; i++) {
      text.append("x-%d: &a%d {a: *a%d}\n".formatted(i, i, i - 1));
    }

    assertThatThrownBy(() -> model(Map.of("/p/c.yaml", text + "services: {a: {image: x}}\n")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("aliases");
  }

  @Test
  void long_rows_of_bases_and_files_are_refused() {
    var services = new StringBuilder("services:\n  s0: {image: x}\n");
    var files = new LinkedHashMap<String, String>();
    for (int i = 1; i < 5000; i++) {
      services.append("  s%d: {extends: s%d}\n".formatted(i, i + 1));
      files.put("/p/%d.yaml".formatted(i), "include: [%d.yaml]".formatted(i + 1));
    }
    services.append("  s5000: {image: y}\n");

    assertThatThrownBy(() -> model(Map.of("/p/c.yaml", services.toString())))
        .isInstanceOf(Refused.class);
    files.put("/p/c.yaml", "include: [1.yaml]\nservices: {a: {image: x}}");
    assertThatThrownBy(() -> model(files)).isInstanceOf(Refused.class);
  }

  @Test
  void what_grows_by_other_means_is_refused() {
    var services = new StringBuilder("x-a: &a [%s]\n".formatted("v, ".repeat(2000)));
    services.append("services:\n  b: {image: x, x-many: [%s]}\n".formatted("*a, ".repeat(150)));
    var included = new StringBuilder("include:\n");
    var variables = new StringBuilder("services: {a: {image: x}}\nx-v:\n");
    for (int i = 0; i < 2000; i++) {
      services.append("  s%d: {extends: b}\n".formatted(i));
      included.append("  - a.yaml\n");
      variables.append("  - %s\n".formatted("$V".repeat(4)));
    }

    assertThatThrownBy(() -> model(Map.of("/p/c.yaml", services.toString())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("values");
    assertThatThrownBy(
            () ->
                model(
                    Map.of(
                        "/p/c.yaml",
                        included.toString(),
                        "/p/a.yaml",
                        "services: {a: {image: x}}")))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("included");
    assertThatThrownBy(() -> model(Map.of("/p/c.yaml", variables.toString())))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("chars");
  }

  @Test
  void names_the_variables_for_which_nothing_stands() throws Refused {
    EffectiveModel model =
        model(Map.of("/p/c.yaml", "services: {a: {image: 'x:${TAG}', user: '${UID:-1}'}}"));

    assertThat(model.blank()).containsExactly("TAG");
  }

  @Test
  void sees_a_project_as_it_stands_with_its_edits() throws Exception {
    Project project =
        Given.compose("include: [inc/a.yaml]\nservices: {m: {image: 'm:${TAG}', env_file: m.env}}")
            .and("inc/a.yaml", "services: {a: {extends: {file: base.yaml, service: b}}}")
            .and("inc/base.yaml", "services: {b: {image: b, volumes: ['./v:/v']}}")
            .and("m.env", "M=$TAG")
            .and(".env", "TAG=1")
            .load()
            .with(Map.of("inc/base.yaml", "services: {b: {image: edited}}"));
    var files = new ProjectFiles(project, "/p");

    Object model =
        Printed.of(
            Objects.requireNonNull(
                EffectiveModel.resolved(files, files.request()).data().get("services")),
            false);

    assertThat(Json.at(model, "m", "image")).isEqualTo("m:1");
    assertThat(Json.at(model, "m", "environment", "M")).isEqualTo("1");
    assertThat(Json.at(model, "a", "image")).isEqualTo("edited");
    assertThat(Json.at(model, "a", "volumes")).isNull();
  }

  private static EffectiveModel model(Map<String, String> texts) throws Refused {
    return EffectiveModel.resolved(
        new Texts(texts),
        new EffectiveModel.Request(
            List.of("/p/c.yaml"),
            "/p",
            name -> name.equals("V") ? "v".repeat(10_000) : null,
            List.of(),
            null,
            true));
  }
}
