package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.passes.Passes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which project a call means, and that the report says so where a variable chose it. */
@SuppressWarnings("NullAway.Init")
class ChosenTest {

  @TempDir Path temp;
  private Path project;

  @BeforeEach
  void makes_a_project() throws IOException {
    project = temp.toRealPath().resolve("project");
    for (String name : List.of("compose", "a", "b")) {
      Cli.write(project.resolve(name + ".yaml"), "services:\n  " + name + ":\n    image: mongo\n");
    }
  }

  /** The notes of the report. */
  private static List<String> notes(Cli.Run run) {
    String joined = run.err().replaceAll("\n {8}", " ");
    return joined.lines().filter(l -> l.startsWith("  note  ")).map(l -> l.substring(8)).toList();
  }

  private static Cli.Run in(Map<String, String> environment, Object... arguments) {
    return Cli.run(environment, Passes.all(), arguments);
  }

  @Test
  void an_env_file_of_the_project_names_its_files_and_the_report_says_so() throws IOException {
    Cli.write(project.resolve(".env"), "COMPOSE_FILE=a.yaml:b.yaml\nCOMPOSE_PROFILES=p,q\n");
    Cli.Run run = Cli.run("harden", project);

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("+++ b/a.yaml")
        .contains("+++ b/b.yaml")
        .doesNotContain("compose");
    assertThat(notes(run))
        .containsExactly(
            "COMPOSE_FILE in .env names a.yaml, b.yaml", "COMPOSE_PROFILES in .env enables p, q");
  }

  @Test
  void the_environment_does_not_speak_of_a_project_that_is_named() {
    var environment =
        Map.of(
            "COMPOSE_FILE", project.resolve("a.yaml").toString(),
            "COMPOSE_PROFILES", "p",
            "COMPOSE_ENV_FILES", "gone.env",
            "COMPOSE_DISABLE_ENV_FILE", "maybe");
    for (Path named : List.of(project, project.resolve("compose.yaml"))) {
      Cli.Run run = in(environment, "harden", named);
      assertThat(run.code()).isZero();
      assertThat(run.out()).contains("+++ b/compose.yaml").doesNotContain("a.yaml");
      assertThat(notes(run)).isEmpty();
    }
  }

  @Test
  void the_environment_chooses_where_no_project_is_named() throws Exception {
    Cli.write(project.resolve("v.env"), "V=1\n");
    var environment =
        Map.of(
            "COMPOSE_FILE", "b.yaml:a.yaml",
            "COMPOSE_PROFILES", "p",
            "COMPOSE_ENV_FILES", "v.env");
    Cli.Run run = Cli.process(project, List.of(), environment, "harden");
    assertThat(run.errors()).isEmpty();
    assertThat(run.out()).contains("+++ b/a.yaml", "+++ b/b.yaml").doesNotContain("compose.yaml");
    assertThat(notes(run))
        .containsExactly(
            "COMPOSE_ENV_FILES in the environment names v.env",
            "COMPOSE_FILE in the environment names b.yaml, a.yaml",
            "COMPOSE_PROFILES in the environment enables p");

    Cli.Run file = Cli.process(project, List.of(), environment, "harden", "-f", "compose.yaml");
    assertThat(file.out()).contains("+++ b/compose.yaml").doesNotContain("a.yaml");
    assertThat(notes(file)).hasSize(2);
  }

  @Test
  void the_environment_may_name_files_of_another_root() throws IOException {
    Path other =
        Cli.write(temp.toRealPath().resolve("other/c.yaml"), "services: {c: {image: mongo}}");
    Cli.Run run = in(Map.of("COMPOSE_FILE", other.toString()), "harden");
    assertThat(run.errors()).isEmpty();
    assertThat(run.out()).contains("+++ b/c.yaml");
  }

  @Test
  void the_variables_of_the_shell_fill_no_values_in() throws IOException {
    Path file = Cli.write(project.resolve("c.yaml"), "services: {c: {image: '${IMAGE}'}}\n");
    assertThat(in(Map.of("IMAGE", "mongo"), "harden", "-f", file).err())
        .isEqualTo(in(Map.of(), "harden", "-f", file).err())
        .contains("the image depends on a variable that has no value here");
  }

  @Test
  void services_of_other_profiles_are_hardened_and_named_as_not_enabled() throws IOException {
    Cli.write(
        project.resolve("compose.yaml"),
        """
        services:
          web: {image: nginx}
          job: {image: mongo, profiles: [debug, 'two']}
        """);
    Cli.Run run = Cli.run("harden", project);
    assertThat(run.err()).contains("service job (not enabled: needs profile debug or two)\n");
    assertThat(run.out()).contains("+  job: {image: mongo");
    for (String profile : List.of("two", "*")) {
      Cli.Run enabled = Cli.run("harden", "--profile", profile, project);
      assertThat(enabled.err()).contains("service job\n");
      assertThat(enabled.out()).isEqualTo(run.out());
    }
    assertThat(Cli.run("harden", "--format", "json", "--profile", "x", project).out())
        .contains("\"profiles\" : [ \"x\" ]", "\"disabled\" : [ \"job\" ]");
  }

  /** What a stranger's .env may say: nothing outside is looked at, not even whether it exists. */
  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, leads out of the project's root",
    "/nowhere/at/all, leads out of the project's root",
    "../outside.yaml, leads out of the project's root",
    "a.yaml:../../etc/passwd, leads out of the project's root",
    "link.yaml, leads out of the project's root",
    "out/outside.yaml, leads out of the project's root",
    "~/compose.yaml, leads out of the project's root",
    "gone.yaml, does not exist",
    ".git, is not a file"
  })
  void a_hostile_env_file_leads_nowhere(String names, String why) throws IOException {
    Cli.write(temp.resolve("outside.yaml"), "services: {x: {image: mongo}}\n");
    Files.createSymbolicLink(project.resolve("link.yaml"), Path.of("../outside.yaml"));
    Files.createSymbolicLink(project.resolve("out"), Path.of(".."));
    Cli.write(project.resolve(".git/HEAD"), "");
    Cli.write(project.resolve(".env"), "COMPOSE_FILE=" + names + "\n");
    for (String untrusted : List.of("--untrusted", "-v")) {
      Cli.Run run = Cli.run("harden", untrusted, project);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      String last = names.substring(names.lastIndexOf(':') + 1);
      assertThat(run.errors())
          .containsExactly(
              "tightship: %s: COMPOSE_FILE names %s, which %s"
                  .formatted(Cli.seen(project.resolve(".env")), last, why));
    }
  }

  @Test
  void an_absolute_name_inside_the_root_is_fine() throws IOException {
    Cli.write(project.resolve(".env"), "COMPOSE_FILE=" + project.resolve("x/../a.yaml") + "\n");
    assertThat(notes(Cli.run("harden", project)))
        .containsExactly("COMPOSE_FILE in .env names a.yaml");
  }

  @Test
  void an_env_file_that_names_too_much_is_refused() throws IOException {
    Cli.write(project.resolve(".env"), "COMPOSE_FILE=" + "a.yaml:".repeat(100_000) + "\n");
    assertThat(Cli.run("harden", project).errors())
        .containsExactly(
            "tightship: %s: COMPOSE_FILE names more than 100 files"
                .formatted(Cli.seen(project.resolve(".env"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "https://example.org/compose.yaml", "oci://example.org/app"})
  void what_is_no_file_of_this_machine_is_refused(String file) throws IOException {
    String why = file.equals("-") ? "standard input is not read" : "from elsewhere is not read";
    Cli.write(project.resolve(".env"), "COMPOSE_PATH_SEPARATOR=,\nCOMPOSE_FILE=" + file + "\n");
    for (Cli.Run run : List.of(Cli.run("harden", "-f", file), Cli.run("harden", project))) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors()).singleElement().asString().contains(why);
    }
  }

  @Test
  void a_copy_says_the_name_that_a_variable_gave() throws IOException {
    Cli.write(project.resolve("compose.yaml"), "name: own\nservices: {a: {image: mongo}}\n");
    Cli.Run run =
        in(
            Map.of("COMPOSE_PROJECT_NAME", "shop"),
            "harden",
            "-f",
            project.resolve("compose.yaml"),
            "-o",
            temp.resolve("out"));
    assertThat(run.err()).contains("docker compose -p shop up");
  }
}
