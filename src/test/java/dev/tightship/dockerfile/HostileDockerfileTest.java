package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Texts made to cost time, memory or stack. The limit is far above what each takes (well under a
 * second), so that only a wrong order of growth trips it.
 */
class HostileDockerfileTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static Dockerfile read(String text) {
    return assertTimeout(LIMIT, () -> Texts.read(text));
  }

  @Test
  void a_line_of_a_megabyte_is_one_instruction() {
    Dockerfile file = read("FROM a\nRUN " + "x ".repeat(500_000));
    assertThat(file.instructions()).hasSize(2);
    assertThat(file.instructions().get(1).words()).hasSize(500_000);
  }

  @Test
  void a_hundred_thousand_continuations_join_to_one_instruction() {
    Dockerfile file = read("FROM a\nRUN x" + " \\\n y".repeat(100_000));
    assertThat(file.instructions()).hasSize(2);
    assertThat(file.instructions().get(1).words()).hasSize(100_001).allMatch(Word::whole);
  }

  @Test
  void an_option_over_a_hundred_thousand_lines_is_one_option() {
    Dockerfile file = read("FROM a\nRUN --m=" + "\\\n# c\ny".repeat(100_000) + " z");
    assertThat(file.instructions().get(1).flags()).hasSize(1);
  }

  @Test
  void a_text_of_escapes_alone_is_no_instruction() {
    assertThatThrownBy(() -> Dockerfile.read("d", "FROM a\n" + "\\\n".repeat(200_000)))
        .isInstanceOf(DockerfileException.class);
    Dockerfile file = read("FROM a\n" + "\\".repeat(1_000_000));
    assertThat(file.instructions().get(1).isKnown()).isFalse();
  }

  @Test
  void a_heredoc_without_end_is_an_error() {
    assertThatThrownBy(() -> Dockerfile.read("d", "FROM a\nRUN <<E\n" + "x\n".repeat(500_000)))
        .hasMessageEndingWith("has no end");
  }

  @Test
  void a_hundred_thousand_heredocs_are_read_in_one_walk() {
    Dockerfile file = read("FROM a\nRUN" + " <<E".repeat(100_000) + "\nE".repeat(100_000));
    assertThat(file.instructions().get(1).heredocs()).hasSize(100_000);
  }

  @Test
  void control_chars_are_chars_like_others() {
    Dockerfile file = read("FROM a\u0000b\u001b\nRUN \u0000\ud800\n\u0000\n");
    assertThat(file.stages().get(0).base().text()).isEqualTo("a\u0000b\u001b");
    assertThat(file.instructions()).hasSize(3);
  }

  @Test
  void nesting_without_end_is_refused_without_recursion() {
    for (String open : List.of("${a:-", "\"${a:-", "[\"", "ONBUILD ", "<<", "'", "${", "$")) {
      Dockerfile file = read("FROM a\nRUN " + open.repeat(200_000) + "\n");
      assertThat(file.instructions()).hasSize(2);
    }
    Dockerfile closed = read("FROM " + "${a:-".repeat(50_000) + "}".repeat(50_000) + "\n");
    assertThat(closed.build(Map.of()).base(closed.stages().get(0)))
        .isEqualTo(new Base.Unknown("references are nested deeper than 32 levels"));
  }

  @Test
  void args_that_double_are_cut_short() {
    Dockerfile file = read("ARG A=aa\n" + "ARG A=$A$A\n".repeat(10_000) + "FROM $A\n");
    Build build = assertTimeout(LIMIT, () -> file.build(Map.of()));
    assertThat(build.base(file.stages().get(0))).isInstanceOf(Base.Unknown.class);
  }

  @Test
  void many_args_of_many_chars_have_one_budget() {
    var text = new StringBuilder("ARG A=" + "a".repeat(4000) + "\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("ARG B").append(i).append("=$A\n");
    }
    Dockerfile file = read(text.append("FROM $B19999\n").toString());
    Build build = assertTimeout(LIMIT, () -> file.build(Map.of()));
    assertThat(build.base(file.stages().get(0))).isInstanceOf(Base.Unknown.class);
  }

  @Test
  void a_long_chain_of_stages_is_followed_in_one_walk() {
    var text = new StringBuilder("FROM a AS s0\nUSER u\n");
    for (int i = 1; i < 50_000; i++) {
      text.append("FROM s").append(i - 1).append(" AS s").append(i).append('\n');
    }
    Dockerfile file = read(text.toString());
    Build build = assertTimeout(LIMIT, () -> file.build(Map.of()));
    assertThat(build.user(file.stages().get(49_999))).isEqualTo("u");
  }
}
