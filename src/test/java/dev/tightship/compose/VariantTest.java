package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files beside a project make variants of it. */
class VariantTest {

  private static final String BASE =
      """
      services:
        web: {image: nginx, ports: ["80:80"], depends_on: [db], container_name: web}
        db: {image: mongo, volumes: ["data:/data/db"]}
      """;

  private static List<String> siblings(Project project) {
    return project.siblings().stream().map(Variant.Sibling::path).toList();
  }

  private static Project beside(String text) {
    return Given.compose(BASE).and("compose.prod.yaml", text).loadBeside("compose.prod.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "services: {web: {restart: always}}",
        "services: {web: {build: .}}",
        "services: {web: {image: registry.example/web}, db: {image: mongo}}",
        "services: {web: {image: nginx, ports: ['80:80'], depends_on: [db]}}",
        "services: {web: {ports: ['80:80'], container_name: web}}",
        "services: {web: {image: x}, more: {image: x, depends_on: {db: {condition: service_started}}}}"
      })
  void a_file_that_is_merged_over_it_makes_one(String text) {
    assertThat(siblings(beside(text))).containsExactly("compose.prod.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "services: {}",
        "volumes: {data: {}}",
        "services: {other: {image: x}}",
        "services: {web: {image: x, ports: ['80:80']}}",
        "services: {web: {build: ., container_name: web}}",
        "services: {db: {image: mongo, volumes: ['data:/data/db']}}",
        "services: {web: {image: x}, other: {restart: always}}", // nobody defines it
        "services: {web: {depends_on: [gone]}}"
      })
  void a_project_of_its_own_and_what_compose_would_refuse_make_none(String text) {
    assertThat(siblings(beside(text))).isEmpty();
    assertThat(beside(text).notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"services: [", "services: {web: {a: 1, a: 2}}", "a: \t- b"})
  void one_that_cannot_be_read_is_named_and_stops_nothing(String text) {
    Project project = beside(text);
    assertThat(siblings(project)).isEmpty();
    assertThat(project.problems()).isEmpty();
    assertThat(project.notes())
        .singleElement()
        .asString()
        .startsWith("what the fixes do beside it is not known: compose.prod.yaml:1:");
  }

  @Test
  void one_that_is_too_large_is_named() {
    Project project = beside("services: {web: {restart: always}}\n#" + "x".repeat(1 << 20));
    assertThat(siblings(project)).isEmpty();
    assertThat(project.notes()).singleElement().asString().endsWith("is larger than 1 MiB");
  }

  /** Who names files leaves out the one that is found by its name. */
  @Test
  void it_lies_over_the_first_file_where_both_make_whole_services() {
    Given given =
        Given.compose("services: {web: {image: nginx}}")
            .override("services: {web: {user: dev}, mail: {image: mail}}")
            .and("compose.prod.yaml", "services: {web: {restart: always}}")
            .and("compose.mail.yaml", "services: {mail: {restart: always}}");
    Project project = given.loadBeside("compose.mail.yaml", "compose.prod.yaml");
    List<Variant> variants =
        project.siblings().stream().map(s -> Objects.requireNonNull(s.of(project))).toList();

    assertThat(variants.get(0).project().files()).hasSize(3);
    assertThat(variants.get(0).services()).containsExactly("mail");
    Service web = Objects.requireNonNull(variants.get(1).project().service("web"));
    assertThat(web.text("user")).isEmpty();
    assertThat(web.text("restart")).contains("always");
  }

  @Test
  void it_follows_the_texts_of_the_project() throws Exception {
    Project project = beside("services: {web: {restart: always}}");
    Project edited =
        project.with(java.util.Map.of("compose.yaml", BASE.replace("image: nginx", "image: x")));
    Variant variant = Objects.requireNonNull(edited.siblings().get(0).of(edited));
    assertThat(Objects.requireNonNull(variant.project().service("web")).text("image"))
        .contains("x");
  }

  @Test
  void it_reads_the_dockerfiles_that_only_it_names() {
    Project project =
        Given.compose(BASE)
            .and("compose.prod.yaml", "services: {web: {build: app}}")
            .and("app/Dockerfile", "FROM nginx\n")
            .loadBeside("compose.prod.yaml");
    Variant variant = Objects.requireNonNull(project.siblings().get(0).of(project));
    assertThat(variant.project().dockerfile("app/Dockerfile")).isNotNull();
    assertThat(project.dockerfile("app/Dockerfile")).isNull();
  }
}
