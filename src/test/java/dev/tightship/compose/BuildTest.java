package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildTest {

  private static final String NO_VARIABLE = "depends on a variable that has no value here";

  private static Build build(String build) {
    return build(Given.compose("services: {web: {build: %s}}\n".formatted(build)));
  }

  private static Build build(Given given) {
    return given.load().services().get(0).build().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ". | Dockerfile",
        "./ | Dockerfile",
        "./app | app/Dockerfile",
        "app/ | app/Dockerfile",
        "a/../b | b/Dockerfile",
        "{context: app} | app/Dockerfile",
        "{context: app, dockerfile: prod.Dockerfile} | app/prod.Dockerfile",
        "{context: app, dockerfile: ../Dockerfile} | Dockerfile",
        "{dockerfile: docker/Dockerfile} | docker/Dockerfile",
        "{context: '${DIR:-app}', dockerfile: '${FILE:-x}'} | app/x",
        "{target: run} | Dockerfile"
      })
  void finds_the_dockerfile(String build, String path) {
    assertThat(build(build).dockerfile()).isEqualTo(path);
    assertThat(build(build).unread()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"${DIR}\" | the build context " + NO_VARIABLE,
        "{context: '${DIR}'} | the build context " + NO_VARIABLE,
        "{context: ., dockerfile: '${FILE}'} | the name of the Dockerfile " + NO_VARIABLE,
        "{dockerfile_inline: 'FROM ${BASE}'} | its dockerfile_inline depends on a variable that has no value here",
        "{dockerfile_inline: RUN a} | line 1 of its dockerfile_inline: RUN stands before the first FROM",
        "'https://git.example/a.git' | the build context is remote and is never fetched",
        "'git@git.example:a/b' | the build context is remote and is never fetched",
        "'ssh://git@git.example/a' | the build context is remote and is never fetched",
        "'github.com/a/b' | the build context is remote and is never fetched",
        "'docker-image://a' | the build context is remote and is never fetched"
      })
  void says_why_there_is_no_dockerfile_to_read(String build, String why) {
    assertThat(build(build).dockerfile()).isNull();
    assertThat(build(build).unread()).isEqualTo(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../other",
        "/srv/app",
        "a/../../b",
        "~/app",
        "{context: ., dockerfile: ../Dockerfile}",
        "{context: ., dockerfile: /srv/Dockerfile}"
      })
  void never_looks_out_of_the_root(String build) {
    assertThat(build(build).dockerfile()).isNull();
    assertThat(build(build).unread()).contains("outside of the project");
  }

  @Test
  void a_folder_above_that_is_inside_the_root_is_fine() throws ComposeException {
    Project project =
        Project.load(
            new InMemory(
                Map.of(
                    "deploy/compose.yaml",
                    "services: {a: {build: ..}, b: {build: ../app}, c: {build: ../..}}")),
            dev.tightship.knowledge.Images.onClassPath(),
            Project.Request.of(List.of("deploy/compose.yaml")));

    assertThat(project.services())
        .extracting(s -> s.build().orElseThrow().dockerfile())
        .containsExactly("Dockerfile", "app/Dockerfile", null);
  }

  @Test
  void other_contexts_do_not_matter() {
    assertThat(
            build("{context: ., additional_contexts: {x: 'https://git.example/a'}}").dockerfile())
        .isEqualTo("Dockerfile");
  }

  @Test
  void the_target_is_a_text_or_not_known() {
    assertThat(build("{context: ., target: run}").target()).isEqualTo("run");
    assertThat(build("{context: ., target: '${T:-test}'}").target()).isEqualTo("test");
    assertThat(build("{context: ., target: '${T}'}").target()).isNull();
    assertThat(build(".").target()).isNull();
  }

  @Test
  void arguments_have_two_forms() {
    assertThat(build("{context: ., args: {A: 1, B: '${X:-x}', C: , D: '${Y}', E: 'E=e'}}").args())
        .isEqualTo(Map.of("A", "1", "B", "x", "E", "E=e"));
    assertThat(build("{context: ., args: [A=1, 'B=${X:-x}', C, 'D=${Y}', E=e=f, F=]}").args())
        .isEqualTo(Map.of("A", "1", "B", "x", "E", "e=f", "F", ""));
  }

  @Test
  void arguments_add_up_over_files() {
    Given given =
        Given.compose("services: {web: {build: {context: ., args: {A: 1, B: 1, C: 1}}}}\n")
            .override("services: {web: {build: {args: [B=2, C, D=2]}}}\n");
    assertThat(build(given).args()).isEqualTo(Map.of("A", "1", "B", "2", "D", "2"));
  }

  @Test
  void a_short_form_and_a_long_one_are_one_build() {
    Given given =
        Given.compose("services: {web: {build: ./app}}\n")
            .override("services: {web: {build: {target: dev}}}\n");
    assertThat(build(given).dockerfile()).isEqualTo("app/Dockerfile");
    assertThat(build(given).target()).isEqualTo("dev");
  }

  @Test
  void a_service_with_an_image_only_is_not_built() {
    assertThat(Given.compose("services: {web: {image: a}}").load().services().get(0).build())
        .isEmpty();
  }
}
