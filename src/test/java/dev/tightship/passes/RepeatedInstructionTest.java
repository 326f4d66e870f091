package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedInstructionTest extends PassTest {

  private static final String FINE = "each thing is said once";

  RepeatedInstructionTest() {
    super(new RepeatedInstruction());
  }

  private static Given dockerfile(String text) {
    return Given.compose("services: {api: {build: .}}\n").and(DOCKERFILE, text);
  }

  @ParameterizedTest
  @CsvSource({
    "CMD a|CMD [\"b\"], CMD [\"b\"]",
    "CMD a|RUN x|CMD a, RUN x|CMD a",
    "CMD a|CMD b|ENTRYPOINT c|CMD d|USER e, ENTRYPOINT c|CMD d|USER e",
    "ENTRYPOINT a|CMD b|entrypoint c, CMD b|entrypoint c",
    "HEALTHCHECK CMD a|HEALTHCHECK NONE, HEALTHCHECK NONE",
    "CMD a \\|  b|CMD c, CMD c",
  })
  void keeps_the_last_of_a_stage(String before, String after) {
    hardens(
        Level.SAFE,
        dockerfile("FROM a\n" + before.replace('|', '\n') + "\n"),
        Map.of(DOCKERFILE, "FROM a\n" + after.replace('|', '\n') + "\n"));
  }

  @Test
  void leaves_one_in_each_stage() {
    leaves(dockerfile("FROM a AS x\nCMD a\nONBUILD CMD b\nFROM x\nCMD c\nUSER 1\nUSER 2\n"), FINE);
  }

  @Test
  void holds_what_a_comment_speaks_of() {
    for (String text :
        List.of(
            "# dev\nCMD a\nCMD b\n",
            "CMD a \\\n  # dev\n  b\n\nCMD c\n",
            "# dev\nCMD a\n# b\nCMD b\n")) {
      Outcome outcome = Laws.check(dockerfile("FROM a\n" + text), List.of(pass()), Level.STRICT);
      assertThat(Laws.changed(outcome)).isEmpty();
      assertThat(outcome.steps(Status.HELD))
          .extracting(step -> step.reason())
          .containsExactly("a comment speaks of it: take both away by hand");
    }
  }

  @Test
  void reports_two_stages_of_one_name() {
    String reason = "give each stage a name of its own";
    advises(dockerfile("FROM a AS x\nFROM x AS X\n"), reason);
    leaves(dockerfile("FROM a\nFROM b\n"), FINE);
  }

  @Test
  void leaves_a_file_that_no_person_wrote_to_its_maker() {
    advises(
        dockerfile("FROM a\n" + "RUN x\n".repeat(1_000) + "CMD a\nCMD b\n"),
        "the file is too long to be rewritten");
  }

  @Test
  void leaves_stages_that_nobody_builds() {
    leaves(
        Given.compose("services: {api: {build: {context: ., target: x}}}\n")
            .and(DOCKERFILE, "FROM a AS x\nFROM b\nCMD a\nCMD b\n"),
        FINE);
  }

  @Test
  void takes_lines_away_from_a_dockerfile_inside_a_compose_file() {
    hardens(
        Level.SAFE,
        """
        services:
          api:
            build:
              dockerfile_inline: |
                FROM a

                CMD a \\
                  b

                CMD c
            init: true
        """,
        """
        services:
          api:
            build:
              dockerfile_inline: |
                FROM a

                CMD c
            init: true
        """);
  }
}
