package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.oracle.Models;
import dev.tightship.yaml.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a project as one: written out, they are the same project to Docker Compose. */
@SuppressWarnings("NullAway.Init")
class ComposedTest {

  private static final String BASE =
      """
      x-common: &common
        restart: always
        environment: &env {A: x, B: '1'}
      services:
        web:
          <<: *common
          image: nginx
          ports: ["80:80", "81:81"]
          volumes: ["./x:/x", "data:/data"]
          command: [a, b]
          logging: {driver: json-file, options: {max-size: 1m}}
          depends_on: [db]
          build: .
        db:
          image: redis
          environment:
            <<: *env
            C: z
          deploy: {resources: {limits: {cpus: '1'}}}
          healthcheck: {test: [CMD, a], retries: 3}
          tmpfs: /a
          cap_drop: [ALL]
        more:
          extends: web
          ports: ["82:82"]
          command: c
          environment: {B: "2"}
        most:
          extends: {service: more, file: compose.yaml}
          cap_add: [KILL]
      volumes:
        data:
      """;

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "services: {}",
        "services: {web: {image: nginx:2, ports: ['83:83'], volumes: ['./y:/x']}}",
        "services: {web: {command: x, depends_on: {db: {condition: service_healthy}}}}",
        "services: {web: {build: {target: t, args: [A=1]}, environment: [A=y, D]}}",
        "services: {web: {logging: {driver: syslog}}, db: {healthcheck: {test: b}}}",
        "services: {web: {logging: {options: {max-file: '3'}}}, db: {tmpfs: [/b], cap_add: [KILL]}}",
        "services: {db: {deploy: {resources: {limits: {cpus: !reset null, pids: 9}}}}}",
        "services: {web: {ports: !override ['84:84'], volumes: !reset null}, db: {tmpfs: !reset []}}",
        "services: {db: {environment: {C: !reset null, E: e}}, more: !override {image: redis}}",
        "services: {web: {labels: {a: b}}, db: {image: null, labels: [c=d]}}",
        "services: {x: {image: y}}\nvolumes: {data: {driver: local}, v: }\nnetworks: {n: }",
        "services: {db: {cap_add: [KILL]}, more: {extends: db, ports: !reset null, environment: {A: q}}}",
        "services: {db: {image: a}}\n---\nservices: {db: {image: b, cap_drop: [KILL]}}"
      })
  void is_the_same_project(String second) throws Exception {
    Given given = Given.compose(BASE).override(second);
    var text = new StringBuilder();
    Composed.of(given.load())
        .sections()
        .forEach((key, value) -> text.append(Written.entry(key, value, 0)).append('\n'));

    for (Compose compose : List.of(Compose.orSkip(), Compose.olderOrSkip())) {
      Object wanted =
          model(compose, given.text("compose.yaml"), given.text("compose.override.yaml"));
      assertThat(model(compose, text.toString())).isEqualTo(wanted);
    }
  }

  private Object model(Compose compose, String... texts) throws IOException {
    var files = new ArrayList<Path>();
    for (String text : texts) {
      String name = files.isEmpty() ? "compose.yaml" : "compose.override.yaml";
      files.add(Files.writeString(temp.resolve(name), text));
    }
    var answer = compose.config(temp, files, "--format", "json");
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    return Models.ordered(Models.withoutExtensions(Json.read(answer.stdout())));
  }

  @Test
  void a_service_of_another_file_is_not_known_as_a_whole() throws Exception {
    var composed =
        Composed.of(
            Given.compose(
                    """
                    services:
                      a: {extends: {service: x, file: other.yaml}, image: redis}
                      b: {extends: a}
                      c: {image: redis}
                    """)
                .load());

    assertThat(composed.partial()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aliases_of_aliases_end_somewhere() {
    var text = new StringBuilder("x-0: &a0 [a, a, a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i < 9; i++) {
      text.append("x-%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    text.append("services: {a: {image: redis, command: *a8}}\n");
    Project project = Given.compose(text.toString()).load();

    assertThatThrownBy(() -> Composed.of(project))
        .isInstanceOf(ComposeException.class)
        .hasMessageContaining("compose.yaml: its aliases");
  }
}
