package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.knowledge.Images;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectTest {

  private static Project load(Map<String, String> texts, Project.Request request)
      throws ComposeException {
    var memory = new InMemory(texts);
    var sources =
        new Sources() {
          @Override
          public Source read(String path) {
            return "REFUSED".equals(texts.get(path))
                ? new Source.Refused(3, 7, "not UTF-8")
                : memory.read(path);
          }

          @Override
          public Listing files(String folder, Predicate<String> enter, int most) {
            return memory.files(folder, enter, most);
          }
        };
    return Project.load(sources, Images.onClassPath(), request);
  }

  private static Project load(String text) throws ComposeException {
    return load(Map.of("compose.yaml", text), Project.Request.of(List.of("compose.yaml")));
  }

  private static List<String> problems(Project project) {
    return project.problems().stream().map(Problem::describe).toList();
  }

  // ---- what cannot be read at all

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing\n",
        "version: '3'\n",
        "services: {}\n",
        "services:\n",
        "- a\n",
        "text\n"
      })
  void a_file_without_services_is_refused(String text) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(ComposeException.class)
        .hasMessage("compose.yaml: no services here: is it a Compose file?");
  }

  @Test
  void what_is_not_yaml_is_refused_with_its_place() {
    assertThatThrownBy(() -> load("services:\n  web: [\n"))
        .isInstanceOf(ComposeException.class)
        .hasMessageStartingWith("compose.yaml:3:1: not YAML");
    assertThatThrownBy(() -> load("services:\n  web: {image: a}\n  web: {image: b}\n"))
        .isInstanceOf(ComposeException.class)
        .hasMessageStartingWith("compose.yaml:3:3: ");
  }

  @Test
  void a_missing_or_unreadable_compose_file_is_refused() {
    var request = Project.Request.of(List.of("compose.yaml", "other.yaml"));
    assertThatThrownBy(() -> load(Map.of("compose.yaml", "services: {web: {image: a}}"), request))
        .hasMessage("other.yaml: there is no such file");
    assertThatThrownBy(() -> load(Map.of("compose.yaml", "REFUSED"), request))
        .hasMessage("compose.yaml:3:7: not UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "services: {a: {extends: a}} | 1:25",
        "services: {a: {extends: b}, b: {extends: {service: a}}} | 1:25",
        "services: {a: {extends: b}, b: {extends: c}, c: {extends: {service: b, file: ./compose.yaml}}} | 1:59"
      })
  void a_service_that_extends_itself_is_refused_with_its_place(String text, String place) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(ComposeException.class)
        .hasMessage(
            "compose.yaml:"
                + place
                + ": the service extends itself by way of others; Docker Compose refuses that");
  }

  @Test
  void a_long_chain_without_a_cycle_is_fine() throws ComposeException {
    var text = new StringBuilder("services:\n  s0: {image: a}\n");
    for (int i = 1; i < 3000; i++) {
      text.append("  s%d: {extends: s%d}\n".formatted(i, i - 1));
    }
    assertThat(load(text.toString()).services()).hasSize(3000);
  }

  // ---- what else cannot be read

  @Test
  void a_missing_env_file_counts_only_when_it_was_asked_for() throws ComposeException {
    Map<String, String> texts = Map.of("compose.yaml", "services: {web: {image: 'a:${T}'}}");
    Project plain = load(texts, Project.Request.of(List.of("compose.yaml")));
    Project asked =
        load(
            texts,
            Project.Request.of(List.of("compose.yaml")).with(EnvFiles.named(List.of("prod.env"))));

    assertThat(plain.problems()).isEmpty();
    assertThat(problems(asked)).containsExactly("prod.env: there is no such file");
  }

  @Test
  void env_files_that_are_asked_for_stand_in_for_the_usual_one() throws ComposeException {
    Project project =
        load(
            Map.of(
                "compose.yaml", "services: {web: {image: '${A}-${B}-${C:-none}'}}",
                ".env", "C=usual\n",
                "one.env", "A=1\nB=1\n",
                "two.env", "B=2\n"),
            Project.Request.of(List.of("compose.yaml"))
                .with(EnvFiles.named(List.of("one.env", "two.env"))));

    assertThat(project.services().get(0).text("image")).contains("1-2-none");
    assertThat(project.variables().isSet("C")).isFalse();
  }

  @Test
  void the_usual_env_file_lies_in_the_project_directory() throws ComposeException {
    Map<String, String> texts =
        Map.of(
            "deploy/compose.yaml", "services: {web: {image: 'a:${T}', build: ./app}}",
            ".env", "T=root\n",
            "deploy/.env", "T=deploy\n",
            "deploy/app/Dockerfile", "FROM a\n",
            "app/Dockerfile", "FROM b\n");
    Project near = load(texts, Project.Request.of(List.of("deploy/compose.yaml")));
    Project far =
        load(
            texts,
            new Project.Request(
                List.of("deploy/compose.yaml"),
                "",
                EnvFiles.found(List.of(".env")),
                List.of(),
                List.of(),
                List.of(),
                false));

    assertThat(near.services().get(0).text("image")).contains("a:deploy");
    assertThat(near.dockerfile("deploy/app/Dockerfile")).isNotNull();
    assertThat(far.services().get(0).text("image")).contains("a:root");
    assertThat(far.dockerfile("app/Dockerfile")).isNotNull();
  }

  @Test
  void what_is_wrong_in_an_env_file_is_told_with_its_line() throws ComposeException {
    Project project =
        load(
            Map.of("compose.yaml", "services: {web: {image: a}}", ".env", "A=1\nB='open\n"),
            Project.Request.of(List.of("compose.yaml")));
    assertThat(problems(project)).hasSize(1);
    assertThat(problems(project).get(0)).startsWith(".env:2:1: ");
  }

  @Test
  void a_dockerfile_that_is_missing_or_unreadable_is_told_once() throws ComposeException {
    Project project =
        load(
            Map.of(
                "compose.yaml",
                "services: {a: {build: x}, b: {build: x}, c: {build: y}, d: {build: z}}",
                "y/Dockerfile",
                "REFUSED",
                "z/Dockerfile",
                "RUN true\n"),
            Project.Request.of(List.of("compose.yaml")));

    assertThat(problems(project))
        .hasSize(3)
        .contains(
            "x/Dockerfile: there is no such Dockerfile, although a service is built from it",
            "y/Dockerfile:3:7: not UTF-8");
    assertThat(problems(project).get(2)).startsWith("z/Dockerfile:1:1: ");
    assertThat(project.dockerfiles()).isEmpty();
  }

  @Test
  void files_that_include_each_other_many_times_end() throws ComposeException {
    var files = new java.util.LinkedHashMap<String, String>();
    files.put("compose.yaml", "include: [a1.yaml, b1.yaml]\nservices: {web: {image: a}}\n");
    for (int i = 1; i < 40; i++) {
      String text = "include: [a%1$d.yaml, b%1$d.yaml]\n".formatted(i + 1);
      files.put("a%d.yaml".formatted(i), text + "services: {a%d: {image: a}}\n".formatted(i));
      files.put("b%d.yaml".formatted(i), text + "services: {b%d: {image: a}}\n".formatted(i));
    }
    files.put("a40.yaml", "services: {a: {image: a}}\n");
    files.put("b40.yaml", "services: {b: {image: a}}\n");

    Project project = load(files, Project.Request.of(List.of("compose.yaml")));

    assertThat(problems(project)).anyMatch(p -> p.endsWith("more than 1000 includes"));
  }

  @Test
  void files_that_include_each_other_in_a_circle_are_named() throws ComposeException {
    Project project =
        load(
            Map.of(
                "compose.yaml", "include: [a.yaml]\nservices: {web: {image: a}}\n",
                "a.yaml", "include: [compose.yaml]\nservices: {a: {image: a}}\n"),
            Project.Request.of(List.of("compose.yaml")));

    assertThat(problems(project))
        .containsExactly(
            "a.yaml:1:11: not included: compose.yaml includes itself by way of others");
    assertThat(project.services()).hasSize(2);
  }

  @Test
  void an_included_file_that_is_not_there_is_named() throws ComposeException {
    Project project = load("include: [other.yaml]\nservices: {web: {image: a}}\n");
    assertThat(problems(project))
        .containsExactly("compose.yaml:1:11: not included: other.yaml: there is no such file");
  }

  // ---- what is read

  @Test
  void services_come_in_the_order_of_the_files_with_those_in_profiles() throws ComposeException {
    Project project =
        load(
            Map.of(
                "a.yaml", "services: {z: {image: z}, a: {image: a, profiles: [x]}}",
                "b.yaml", "services: {m: {image: m}, z: {tty: true}}"),
            Project.Request.of(List.of("a.yaml", "b.yaml")));
    assertThat(project.services()).extracting(Service::name).containsExactly("z", "a", "m");
  }

  @Test
  void a_merge_key_among_services_brings_services() throws ComposeException {
    Project project = load("x-s: &s {a: {image: a}}\nservices: {<<: *s, web: {image: b}}\n");
    assertThat(project.services()).extracting(Service::name).containsExactly("web", "a");
  }

  @Test
  void documents_of_one_file_are_merged() throws ComposeException {
    Project project = load("services: {web: {image: a}}\n---\nservices: {web: {user: b}}\n");
    assertThat(project.services()).hasSize(1);
    assertThat(project.services().get(0).text("image")).contains("a");
    assertThat(project.services().get(0).text("user")).contains("b");
  }

  @Test
  void an_edited_project_is_a_new_one() throws Exception {
    Project before =
        load(
            Map.of("compose.yaml", "services: {web: {build: .}}", "Dockerfile", "FROM a\n"),
            Project.Request.of(List.of("compose.yaml")));
    Project after =
        before.with(
            Map.of(
                "compose.yaml", "services: {web: {build: ., user: x}}",
                "Dockerfile", "FROM b\n",
                "new.txt", "text"));

    assertThat(after.services().get(0).text("user")).contains("x");
    assertThat(before.services().get(0).text("user")).isEmpty();
    assertThat(java.util.Objects.requireNonNull(after.dockerfile("Dockerfile")).text())
        .isEqualTo("FROM b\n");
    assertThat(after.created()).containsExactly(Map.entry("new.txt", "text"));
    assertThat(before.created()).isEmpty();
    assertThat(after.exists("new.txt")).isFalse();
    assertThat(after.exists("Dockerfile")).isTrue();
  }

  @Test
  void a_swarm_is_told_from_the_whole_project() throws ComposeException {
    assertThat(load("services: {a: {image: a, deploy: {replicas: 2}}}").swarm()).isNull();
    assertThat(load("services: {a: {image: a, deploy: {mode: replicated}}}").swarm()).isNull();
    assertThat(load("services: {a: {image: a}, b: {image: b, deploy: {mode: global}}}").swarm())
        .isEqualTo("deploy.mode global of service b");
    assertThat(load("services: {a: {image: a}}\nsecrets: {k: {external: false}}\n").swarm())
        .isNull();
  }

  // ---- other files

  @Test
  void reads_and_lists_files_beside_the_compose_file() throws Exception {
    Project project =
        Given.compose("services: {a: {build: app}}")
            .and("app/Dockerfile", "FROM x\n")
            .and("app/b.js", "b")
            .and("app/skip/c.js", "c")
            .and("apple/d.js", "d")
            .load();
    assertThat(project.filesBelow("app", path -> !path.equals("app/skip"), 10))
        .isEqualTo(
            new Sources.Listing.Files(
                List.of(new Sources.File("app/Dockerfile", 7), new Sources.File("app/b.js", 1))));
    assertThat(project.filesBelow("app", path -> true, 2))
        .isInstanceOf(Sources.Listing.Partial.class);

    Project changed = project.with(Map.of("app/Dockerfile", "FROM y\n", "new.txt", "new"));
    assertThat(changed.read("app/b.js")).isEqualTo(new Sources.Source.Text("b"));
    assertThat(changed.read("app/Dockerfile")).isEqualTo(new Sources.Source.Text("FROM y\n"));
    assertThat(changed.read("new.txt")).isEqualTo(new Sources.Source.Text("new"));
    assertThat(project.read("new.txt")).isEqualTo(new Sources.Source.Missing());
  }
}
