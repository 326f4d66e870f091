package dev.tightship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Value;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {

  /** Sets the user of each service and the base of each stage. */
  private static final class Pokes implements Pass {
    @Override
    public String id() {
      return "poke";
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      var services =
          project.services().stream()
              .map(
                  service ->
                      Remark.finding(
                          Subject.of(service, "image"),
                          Severity.LOW,
                          "something",
                          Fix.of(
                              "mend it",
                              Risk.NEUTRAL,
                              "it is so",
                              new Edit.Set(service.at("image"), Value.string("x")))));
      var stages =
          project.dockerfiles().stream()
              .flatMap(
                  file ->
                      file.stages().stream()
                          .map(
                              stage ->
                                  Remark.finding(
                                      new Subject.OfStage(file.path(), stage.index()),
                                      Severity.LOW,
                                      "something",
                                      Fix.of(
                                          "mend it",
                                          Risk.NEUTRAL,
                                          "it is so",
                                          new Edit.SetBase(file.path(), stage.index(), "x")))));
      return Stream.concat(services, stages);
    }
  }

  private static List<Step> run(Given given, boolean untrusted) {
    var options = new Options(Level.SAFE, Set.of(), Set.of(), Set.of(), untrusted, false);
    return new Hardener(List.of(new Pokes())).harden(given.load(), options).steps();
  }

  private static List<String> reasons(String text) {
    return run(Given.compose(text), false).stream()
        .map(s -> s.status() + " " + s.reason())
        .toList();
  }

  @Test
  void holds_for_its_own_line_behind_it_and_above_it() {
    assertThat(
            reasons(
                """
                services:
                  a:
                    image: a # tightship: ignore poke it is ours
                  b:
                    # tightship: ignore poke above
                    image: b
                  c:
                    # why
                    # tightship: ignore poke two lines above
                    # and more
                    image: c
                  d:
                    image: d
                """))
        .containsExactly(
            "SUPPRESSED ignored: it is ours",
            "SUPPRESSED ignored: above",
            "SUPPRESSED ignored: two lines above",
            "APPLIED null");
  }

  @Test
  void holds_for_a_service_on_its_name() {
    assertThat(
            reasons(
                """
                services:
                  a: # tightship: ignore poke whole service
                    image: a
                  # tightship: ignore poke
                  b:
                    image: b
                  c: {image: c} # tightship: ignore poke in braces
                """))
        .containsExactly(
            "SUPPRESSED ignored: whole service",
            "SUPPRESSED ignored without a reason",
            "SUPPRESSED ignored: in braces");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# tightship: ignore other it is ours",
        "# tightship: ignore Poke it is ours",
        "# tightship: ignore poke-it it is ours",
        "# tightship: ignored poke it is ours",
        "# tightship ignore poke it is ours",
        "# please, tightship: ignore poke"
      })
  void another_pass_or_an_unknown_id_is_not_meant(String comment) {
    assertThat(reasons("services:\n  a: " + comment + "\n    image: a\n"))
        .containsExactly("APPLIED null");
  }

  @Test
  void several_may_stand_above_one_another() {
    assertThat(
            reasons(
                """
                services:
                  # tightship: ignore other one
                  # tightship: ignore poke two
                  # tightship: ignore third three
                  a:
                    image: a
                """))
        .containsExactly("SUPPRESSED ignored: two");
  }

  @Test
  void does_not_reach_past_a_blank_line_or_to_other_services() {
    assertThat(
            reasons(
                """
                # tightship: ignore poke of the file
                services:
                  # tightship: ignore poke far away

                  a:
                    image: a
                  b:
                    tty: true # tightship: ignore poke another key
                    image: b
                """))
        .containsExactly("APPLIED null", "APPLIED null");
  }

  @Test
  void works_with_other_line_ends() {
    assertThat(reasons("services:\r\n  # tightship: ignore poke why\r\n  a:\r\n    image: a\r\n"))
        .containsExactly("SUPPRESSED ignored: why");
  }

  @Test
  void the_name_counts_in_every_file() {
    Given given =
        Given.compose("services:\n  a:\n    image: a\n")
            .override("services:\n  # tightship: ignore poke here too\n  a:\n    tty: true\n");
    assertThat(run(given, false)).extracting(Step::reason).containsExactly("ignored: here too");
  }

  @Test
  void a_comment_above_services_is_not_one_on_a_service_of_another_file() {
    Given given =
        Given.compose("services:\n  a:\n    image: a\n")
            .override("# tightship: ignore poke no\nservices:\n  b:\n    image: b\n");
    assertThat(run(given, false)).extracting(Step::status).containsOnly(Status.APPLIED);
  }

  @Test
  void holds_for_a_stage_of_a_dockerfile() {
    Given given =
        Given.compose("services: {a: {build: ., image: a}}\n")
            .and(
                "Dockerfile",
                """
                # tightship: ignore poke needed as it is
                FROM a AS one
                FROM b
                """);
    assertThat(run(given, false))
        .extracting(Step::status)
        .containsExactly(Status.APPLIED, Status.SUPPRESSED, Status.APPLIED);
  }

  @Test
  void an_untrusted_project_has_no_say() {
    Given given = Given.compose("services:\n  a: # tightship: ignore poke no\n    image: a\n");
    assertThat(run(given, true)).extracting(Step::status).containsExactly(Status.APPLIED);
  }
}
