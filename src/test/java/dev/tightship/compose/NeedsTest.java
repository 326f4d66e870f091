package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class NeedsTest {

  private static final String SERVICE = "services:\n  a:\n    image: x\n";

  @TempDir Path temp;

  @Test
  void names_the_files_of_secrets_wherever_they_are_declared() {
    Needs needs =
        Needs.of(
            new Given(
                    Map.of(
                        "app/compose.yaml",
                        SERVICE
                            + """
                            include: [../lib/compose.yaml]
                            secrets:
                              one: {file: ./secrets/one.txt}
                              two: {file: "../${DIR}/two"}
                              three: {environment: THREE}
                              four: {external: true}
                              five: {file: /run/five}
                              six: {file: "${NOWHERE}/six"}
                              seven: {file: ../../seven}
                            """,
                        "lib/compose.yaml",
                        "secrets:\n  lib: {file: lib.txt}\n",
                        "app/.env",
                        "DIR=keys\n"),
                    List.of("app/compose.yaml"))
                .load());

    assertThat(needs.files())
        .containsExactlyInAnyOrder("app/secrets/one.txt", "keys/two", "lib/lib.txt");
    assertThat(needs.elsewhere()).containsExactlyInAnyOrder("five", "six", "seven");
    assertThat(needs.variables()).isEmpty();
  }

  @Test
  void names_the_variables_that_files_of_variables_ask_for() throws IOException {
    Given given =
        Given.compose(
                """
                services:
                  a:
                    image: x
                    environment: {OWN: '1'}
                    env_file:
                      - a.env
                      - {path: raw.env, format: raw}
                      - {path: missing.env, required: false}
                """)
            .and("a.env", "B=${OWN:?}${HERE:?}\nC=${B:?}\nD='${E:?}'\nF=\"x${G:?}\"\nH=${F:?}\n")
            .and("raw.env", "I=${J:?}\n")
            .and(".env", "HERE=1\n");
    assertThat(Needs.of(given.load()).variables()).containsExactly("G");

    Compose compose = Compose.orSkip();
    for (Map.Entry<String, String> file : given.texts().entrySet()) {
      Files.writeString(temp.resolve(file.getKey()), file.getValue());
    }
    List<Path> files = List.of(temp.resolve("compose.yaml"));
    assertThat(compose.config(temp, files).stderr()).contains("required variable G is missing");
    assertThat(compose.config(temp, files, Map.of("G", "1")).accepted()).isTrue();
  }

  @Test
  void names_the_variables_without_which_compose_stops() {
    assertThat(asked("${A:?}")).containsExactly("A");
    assertThat(asked("${A?}")).containsExactly("A");
    assertThat(asked("x${A:?not set}y ${B?}${A:?}")).containsExactly("A", "B");
    assertThat(asked("${A} $B ${C:-c} ${D-d} ${E:+e} $${F:?}")).isEmpty();
    assertThat(asked("${SET:?} ${SET?} ${EMPTY?} ${EMPTY:?}")).containsExactly("EMPTY");
  }

  @Test
  void looks_at_a_word_where_it_is_used() {
    assertThat(asked("${A:-${B:?}}")).containsExactly("B");
    assertThat(asked("${SET:-${B:?}} ${SET-${C:?}} ${EMPTY-${D:?}}")).isEmpty();
    assertThat(asked("${EMPTY:-${B:?}}")).containsExactly("B");
    assertThat(asked("${SET:+${B:?}} ${EMPTY+${C:?}}")).containsExactly("B", "C");
    assertThat(asked("${A:+${B:?}} ${A+${C:?}} ${EMPTY:+${D:?}}")).isEmpty();
    assertThat(asked("${A:?${B:?}}")).containsExactly("A");
  }

  private static Set<String> asked(String text) {
    return Needs.of(
            Given.compose(SERVICE + "    labels:\n      l: '" + text + "'\n")
                .and(".env", "SET=x\nEMPTY=\n")
                .load())
        .variables();
  }

  /** Compose itself stops for each of them, and for nothing else. */
  @Test
  void agrees_with_compose_in_all_files_of_a_project() throws IOException {
    Compose compose = Compose.orSkip();
    var texts =
        Map.of(
            "compose.yaml",
            """
            include: [{path: lib/compose.yaml, env_file: lib/lib.env}]
            x-mine: ${EXTENSION:?}
            services:
              a:
                extends: {file: base.yaml, service: base}
                labels: {'${KEY:?}': x}
                environment: &shared {A: "${ANCHOR:?}"}
              b: {image: b, environment: *shared, profiles: [off], labels: ["${PROFILE:?}"]}
            """,
            "compose.override.yaml",
            "services: {b: {hostname: '${OVERRIDE:?}', user: !reset '${RESET:?}'}}\n",
            "base.yaml",
            "services: {base: {image: '${BASE:?}'}, other: {image: '${BESIDE:?}'}}\n",
            "lib/compose.yaml",
            "services: {c: {image: c, labels: ['${INCLUDED:?}', '${LOCAL:?}']}}\n",
            "lib/lib.env",
            "LOCAL=x\n",
            ".env",
            "# nothing\n");
    var project = new Given(texts, List.of("compose.yaml", "compose.override.yaml")).load();
    assertThat(project.problems()).isEmpty();
    Set<String> asked = Needs.of(project).variables();
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "EXTENSION", "ANCHOR", "PROFILE", "OVERRIDE", "BASE", "BESIDE", "INCLUDED");

    for (Map.Entry<String, String> file : texts.entrySet()) {
      Path path = temp.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling("."));
      Files.writeString(path, file.getValue());
    }
    assertThat(accepts(compose, asked)).isTrue();
    for (String name : asked) {
      var others = new ArrayList<>(asked);
      others.remove(name);
      assertThat(accepts(compose, others)).as("without %s", name).isFalse();
    }
  }

  private boolean accepts(Compose compose, Iterable<String> set) throws IOException {
    var env = new StringBuilder();
    set.forEach(name -> env.append(name).append("=x\n"));
    Files.writeString(temp.resolve(".env"), env);
    List<Path> files = List.of(temp.resolve("compose.yaml"), temp.resolve("compose.override.yaml"));
    return compose.config(temp, files, "--profile", "off").accepted();
  }
}
