package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Compose accepts beside a project, it accepts beside the hardened one. */
class VariantsAgainstComposeTest {

  private static final String BASE =
      """
      services:
        web:
          image: nginx:1.31.4
          ports: ["8080:80"]
          volumes: ["./html:/usr/share/nginx/html"]
        db:
          image: mongo:8.0
          ports: ["27017:27017"]
          volumes: ["data:/data/db"]
      volumes: {data: {}}
      """;

  private static final String LIMITS =
      "services: {web: {deploy: {resources: {limits: {cpus: '0.5'}}}}}\n";

  private static final String TMPFS =
      """
      services:
        web:
          volumes:
            - {type: tmpfs, target: /run}
            - {type: tmpfs, target: /var/cache/nginx}
      """;

  @TempDir Path temp;

  private final Compose compose = Compose.orSkip();

  /**
   * @param breaks whether what is done without a look at the other files would break one
   * @param held what the report says, where something is held
   */
  private record Case(Map<String, String> siblings, boolean breaks, List<String> held) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            Map.of("compose.prod.yaml", LIMITS),
            true,
            List.of(
                "compose.prod.yaml sets deploy.resources.limits, beside which Docker Compose"
                    + " refuses mem_limit",
                "refuses pids_limit")),
        new Case(
            Map.of("prod.compose.yml", TMPFS),
            true,
            List.of("with prod.compose.yml merged over it, it would be: make the root read-only")),
        new Case(
            Map.of(
                "docker-compose.a.yml", "services: {web: {restart: always}}\n",
                "docker-compose.b.yml", LIMITS,
                "docker-compose.c.yml", "services: [\n",
                "docker-compose.d.yml", "services: {alone: {image: x}}\n"),
            true,
            List.of("docker-compose.b.yml sets", "docker-compose.c.yml:2:1: not YAML")),
        new Case(
            Map.of("compose-own.yaml", "services: {web: {image: acme/web}}\n"),
            false,
            List.of("with compose-own.yaml merged over it: ")),
        new Case(
            Map.of("compose.dev.yaml", "services: {db: {ports: !override ['27018:27017']}}\n"),
            false,
            List.of()),
        new Case(
            Map.of(
                "compose.dev.yaml",
                "services: {web: {volumes: ['./own:/usr/share/nginx/html']}}\n"),
            false,
            List.of(
                "done read-only-mounts mount /usr/share/nginx/html read-only",
                "it would be: drop all capabilities but CHOWN, DAC_OVERRIDE, FOWNER,")),
        new Case(
            Map.of(
                "compose.prod.yaml",
                "services: {web: {mem_limit: 1g, pids_limit: 600, restart: always}}\n"),
            false,
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void stays_accepted(Case given) throws IOException {
    Path project = temp.resolve("project");
    Cli.write(project.resolve("compose.yaml"), BASE);
    for (Map.Entry<String, String> e : given.siblings.entrySet()) {
      Cli.write(project.resolve(e.getKey()), e.getValue());
    }
    Map<String, Boolean> before = accepted(project, given);
    assertThat(before).containsValue(true);

    Cli.Run run = Cli.run("harden", "-i", "--level", "strict", project);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(accepted(project, given)).isEqualTo(before);
    String said = run.err().replaceAll("\\s+", " ");
    assertThat(given.held).allSatisfy(reason -> assertThat(said).contains(reason));
    assertThat(said.contains(" held ")).isEqualTo(!given.held.isEmpty());
    for (Map.Entry<String, String> e : given.siblings.entrySet()) {
      assertThat(project.resolve(e.getKey())).hasContent(e.getValue());
    }

    Cli.Run again = Cli.run("harden", "--check", "--level", "strict", project);
    assertThat(again.code()).as(again.out()).isZero();
  }

  /** Hardened without them beside it, the project no longer goes together with some of them. */
  @ParameterizedTest
  @MethodSource("cases")
  void would_not_without_a_look_at_them(Case given) throws IOException {
    Path project = temp.resolve("project");
    Cli.write(project.resolve("compose.yaml"), BASE);
    for (Map.Entry<String, String> e : given.siblings.entrySet()) {
      Cli.write(project.resolve(e.getKey()), e.getValue());
    }
    Map<String, Boolean> before = accepted(project, given);
    for (String name : given.siblings.keySet()) {
      Files.delete(project.resolve(name));
    }
    assertThat(Cli.run("harden", "-i", "--level", "strict", project).code()).isZero();
    for (Map.Entry<String, String> e : given.siblings.entrySet()) {
      Cli.write(project.resolve(e.getKey()), e.getValue());
    }
    assertThat(accepted(project, given).equals(before)).isEqualTo(!given.breaks);
  }

  @Test
  void what_is_left_beside_a_project_is_looked_at_whatever_names_its_files() throws IOException {
    Path project = temp.toRealPath().resolve("project");
    Cli.write(project.resolve("app.yaml"), BASE);
    Cli.write(project.resolve("compose.prod.yaml"), LIMITS);
    Cli.write(project.resolve(".env"), "COMPOSE_FILE=app.yaml\n");
    for (Cli.Run run :
        List.of(
            Cli.run("harden", project),
            Cli.run("harden", project.resolve("app.yaml")),
            Cli.run("harden", "-f", project.resolve("app.yaml")))) {
      assertThat(run.err()).contains("held    memory-limit");
    }
    Cli.Run both =
        Cli.run(
            "harden",
            "-f",
            project.resolve("app.yaml"),
            "-f",
            project.resolve("compose.prod.yaml"));
    assertThat(both.err()).contains("done    memory-limit").doesNotContain("held ");
  }

  private Map<String, Boolean> accepted(Path project, Case given) {
    var accepted = new TreeMap<String, Boolean>();
    for (String name : given.siblings.keySet()) {
      List<Path> files = List.of(project.resolve("compose.yaml"), project.resolve(name));
      accepted.put(name, compose.config(project, files, "-q").accepted());
    }
    return accepted;
  }
}
