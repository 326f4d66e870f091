package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  private static Environment of(Given given) {
    return given.load().services().get(0).environment();
  }

  private static String text(Environment environment) {
    return environment.values().entrySet().stream()
        .map(e -> e.getKey() + (e.getValue().known() ? "=" : "~") + e.getValue().text())
        .collect(Collectors.joining(" "));
  }

  @Test
  void reads_both_forms_over_all_files() {
    Given given =
        Given.compose("services: {a: {image: x, environment: {A: 1, B: 'b=c', C: }}}")
            .override("services: {a: {environment: [A=2, 'D=$$x', E, 'F=${G}']}}")
            .and(".env", "C=from env\n");
    assertThat(text(of(given))).isEqualTo("A=2 B=b=c C=from env D=$x E~${E} F~${G}");
  }

  @Test
  void takes_merged_keys_in_and_its_own_win() {
    Given given =
        Given.compose(
            """
            x-env: &env {A: 1, B: 1}
            services:
              a:
                image: x
                environment: {<<: *env, B: 2}
            """);
    assertThat(of(given).values())
        .containsOnly(
            Map.entry("A", new Environment.Value("1", true)),
            Map.entry("B", new Environment.Value("2", true)));
  }

  @Test
  void an_env_file_comes_first_and_one_that_is_not_here_is_named() {
    Given given =
        Given.compose(
                """
                services:
                  a:
                    image: x
                    env_file: [one.env, {path: two.env, required: false}, gone.env, ../out.env]
                    environment: [A=3]
                """)
            .and("one.env", "A=1\nB=1\n")
            .and("two.env", "B=2\n");
    assertThat(text(of(given))).isEqualTo("A=3 B=2");
    assertThat(of(given).unread()).containsExactly("gone.env", "../out.env");
  }
}
