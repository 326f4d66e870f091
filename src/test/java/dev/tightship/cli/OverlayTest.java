package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.oracle.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class OverlayTest {

  private static final String TEXT =
      """
      version: "3"
      services:
        web:
          image: nginx:alpine
          ports: ["8080:80"]
          volumes:
            - ./public:/usr/share/nginx/html
        db:
          image: redis
          ports: ["6379:6379", "127.0.0.1:9121:9121"]
        app:
          build: app
      """;

  @TempDir Path temp;
  private Path project;
  private Path compose;

  @BeforeEach
  void makes_a_project() throws IOException {
    project = temp.toRealPath().resolve("project");
    compose = Cli.write(project.resolve("compose.yaml"), TEXT);
    Cli.write(project.resolve("app/Dockerfile"), "FROM nginx:stable\n");
    Cli.write(project.resolve("public/index.html"), "hello\n");
  }

  @Test
  void says_what_the_files_would_and_leaves_them_alone() throws Exception {
    Path overlay = project.resolve("hardened.yaml");

    Cli.Run run = Cli.run("harden", project, "--overlay", overlay);

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith(project + ": ")
        .contains(" fixes in an overlay at level standard\n")
        .endsWith("  written: " + overlay + "\n");
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains(
            "held obsolete-version line 1: Docker Compose ignores version: and warns about it;"
                + " left out of the overlay: Docker Compose reads it in the file itself, whatever another one says"
                + " [remove the obsolete version]",
            "left out of the overlay: it is a change of a Dockerfile, which no Compose file makes"
                + " [start from nginx 1.");
    assertThat(Files.readString(compose)).isEqualTo(TEXT);
    assertThat(Files.readString(project.resolve("app/Dockerfile")))
        .isEqualTo("FROM nginx:stable\n");
    assertThat(Files.readString(overlay))
        .startsWith(
            """
            # An overlay by Tightship: it hardens the project and leaves its files as they are.
            #   docker compose -f compose.yaml -f hardened.yaml up
            # What it tags with !override or !reset needs Docker Compose 2.24.4 or later.
            services:
              web:
                # pin-image: pin nginx to 1.31.4-alpine
                image: nginx:1.31.4-alpine
            """)
        .contains(
            """
                # read-only-mounts: mount /usr/share/nginx/html read-only
                volumes:
                  - ./public:/usr/share/nginx/html:ro
            """,
            """
                # published-ports: publish port 6379 on this machine alone
                ports: !override
                  - ${DB_BIND:-127.0.0.1}:6379:6379
                  - "127.0.0.1:9121:9121"
            """,
            """
                cap_drop:
                  - ALL
                cap_add:
            """)
        .endsWith("\n");
    sameAsInPlace(overlay);
  }

  @Test
  void lies_anywhere() throws Exception {
    Path elsewhere = Files.createDirectories(project.resolveSibling("it's elsewhere"));
    Path overlay = elsewhere.resolve("o.yaml");

    assertThat(Cli.run("harden", compose, "--overlay", overlay).code()).isZero();

    assertThat(Files.readString(overlay))
        .contains("\n#   docker compose -f compose.yaml -f '../it'\\''s elsewhere/o.yaml' up\n");
    sameAsInPlace(overlay);

    Path deep =
        Cli.write(project.resolve("a/b/compose.yaml"), "services:\n  x:\n    image: redis\n");
    for (Path root : List.of(project, deep.getParent())) {
      Cli.run("harden", deep, "--root", root, "--overlay", overlay);
      assertThat(Files.readString(overlay))
          .contains("-f compose.yaml -f '../../../it'\\''s elsewhere/o.yaml' up\n");
    }
  }

  /** The model of the project and the overlay is that of the project rewritten. */
  private void sameAsInPlace(Path overlay) throws Exception {
    Path copy = project.resolve("in-place.yaml");
    Files.writeString(copy, TEXT);
    assertThat(Cli.run("harden", "-i", "--root", project, "--skip", "pin-base-image", copy).code())
        .isZero();
    for (Compose oracle : List.of(Compose.orSkip(), Compose.olderOrSkip())) {
      assertThat(model(oracle, compose, overlay)).isEqualTo(model(oracle, copy));
    }
  }

  private Object model(Compose oracle, Path... files) {
    var answer = oracle.config(project, List.of(files), "--format", "json");
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    return Models.ordered(Json.read(answer.stdout()));
  }

  @Test
  void goes_to_standard_output_alone() throws Exception {
    Path overlay = project.resolve("o.yaml");
    Cli.run("harden", project, "--overlay", overlay);
    String text = Files.readString(overlay);
    Files.delete(overlay);

    Cli.Run run = Cli.run("harden", project, "--overlay", "-");

    assertThat(run.code()).isZero();
    assertThat(run.out()).isEqualTo(text.replace("-f o.yaml", "-f FILE"));
    assertThat(run.err()).doesNotContain("written: ");
    assertThat(Cli.run("harden", "-q", project, "--overlay", "-").err()).isEmpty();
    try (var files = Files.walk(project)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(3);
    }
  }

  /** Docker Compose reads an override file of this name by itself, and so does Tightship. */
  @Test
  void a_second_run_changes_nothing_where_compose_reads_it_by_itself() throws Exception {
    Path overlay = project.resolve("compose.override.yaml");
    Cli.run("harden", project, "--overlay", overlay);
    String text = Files.readString(overlay);

    assertThat(Cli.run("harden", project, "--overlay", overlay).code()).isZero();
    assertThat(Files.readString(overlay)).isEqualTo(text);

    Cli.Run plain = Cli.run("harden", project, "--skip", "obsolete-version,pin-base-image");
    assertThat(plain.out()).isEmpty();
    assertThat(plain.err()).startsWith(project + ": nothing to do at level standard");

    Cli.Run another = Cli.run("harden", project, "--overlay", "-");
    assertThat(another.out())
        .isEqualTo(
            """
            # An overlay by Tightship: it hardens the project and leaves its files as they are.
            #   docker compose -f compose.yaml -f compose.override.yaml -f FILE up
            services: {}
            """);
    model(Compose.orSkip(), compose, overlay, Cli.write(temp.resolve("empty.yaml"), another.out()));
  }

  /** A Compose file beside the project is a variant of it, but this one is not. */
  @Test
  void a_second_run_changes_nothing_under_the_name_of_a_variant() throws Exception {
    Path overlay = project.resolve("compose.hardened.yaml");
    Cli.Run first = Cli.run("harden", project, "--overlay", overlay);
    String text = Files.readString(overlay);

    Cli.Run second = Cli.run("harden", project, "--overlay", overlay);

    assertThat(second).isEqualTo(first);
    assertThat(Files.readString(overlay)).isEqualTo(text);
  }

  @Test
  void a_second_run_changes_nothing_in_a_locale_that_cannot_say_the_folder() throws Exception {
    Path folder = project.resolve("büch er");
    Cli.write(folder.resolve("compose.yaml"), "services:\n  web:\n    image: nginx:alpine\n");
    var environment = Map.of("LC_ALL", "POSIX");
    for (int run = 0; run < 2; run++) {
      Cli.Run done =
          Cli.process(
              folder,
              List.of(),
              environment,
              "harden",
              "--root",
              "..",
              "--overlay",
              "compose.override.yaml");
      assertThat(done.code()).as(done.err()).isZero();
      assertThat(Files.readString(folder.resolve("compose.override.yaml")))
          .contains("\n#   docker compose -f compose.yaml -f compose.override.yaml up\n")
          .contains("\n    image: nginx:1.31.4-alpine\n");
    }
  }

  @Test
  void no_file_of_another_is_overwritten() throws Exception {
    Path own = Cli.write(project.resolve("compose.override.yaml"), "services: {}\n");
    Path link = Files.createSymbolicLink(project.resolve("link.yaml"), compose);
    Path other = Cli.write(temp.resolve("notes"), "# An overlay by me\n");
    for (Path file : List.of(compose, own, link, other)) {
      String before = Files.readString(file);

      Cli.Run run = Cli.run("harden", project, "--overlay", file);

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors())
          .containsExactly(
              "tightship: %s: is there, and is no overlay of Tightship's: name another file"
                  .formatted(file));
      assertThat(Files.readString(file)).isEqualTo(before);
    }
    Path empty = Cli.write(temp.resolve("empty"), "");
    assertThat(Cli.run("harden", project, "--overlay", empty).code()).isZero();
    assertThat(Files.size(empty)).isPositive();
    Path nowhere = temp.resolve("no/such/folder.yaml");
    assertThat(Cli.run("harden", project, "--overlay", nowhere).errors())
        .containsExactly("tightship: " + nowhere + ": lies in a folder that does not exist");
  }

  @Test
  void no_name_takes_the_place_of_a_file_that_compose_loads() throws Exception {
    Path override = Cli.write(project.resolve("docker-compose.override.yml"), "services: {}\n");
    Map<Path, String> refused =
        Map.of(
            project.resolve("compose.yml"),
            "has a name by which Docker Compose would load it instead of the project",
            project.resolve("compose.override.yaml"),
            "lies beside docker-compose.override.yml, and Docker Compose loads only one of both");
    refused.forEach(
        (file, reason) -> {
          Cli.Run run = Cli.run("harden", project, "--overlay", file);

          assertThat(run.code()).isEqualTo(2);
          assertThat(run.errors())
              .containsExactly("tightship: %s: %s: name another file".formatted(file, reason));
          assertThat(file).doesNotExist();
        });
    Files.delete(override);
    assertThat(Cli.run("harden", project, "--overlay", override).code()).isZero();
  }

  @Test
  void a_bomb_of_aliases_is_refused() throws Exception {
    var text = new StringBuilder("x-0: &a0 [a, a, a, a, a, a, a, a, a, a]\n");
    for (int i = 1; i < 9; i++) {
      text.append("x-%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(10)));
    }
    Cli.write(compose, text + "services: {a: {image: redis, labels: *a8}}\n");

    Cli.Run run = Cli.run("harden", project, "--overlay", "-");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errors())
        .containsExactly(
            "tightship: %s: its aliases and merge keys unfold to too much to be written out"
                .formatted(Cli.seen(compose)));
  }

  @Test
  void does_not_go_with_what_else_writes() throws Exception {
    Path overlay = temp.resolve("o.yaml");
    var refused =
        Map.of(
            List.<Object>of("-i"), "only one of -o, -i, --patch, --series and --overlay at a time",
            List.<Object>of("-o", temp.resolve("x")),
                "only one of -o, -i, --patch, --series and --overlay at a time",
            List.<Object>of("--patch", "-"),
                "only one of -o, -i, --patch, --series and --overlay at a time",
            List.<Object>of("--check"),
                "--check writes nothing: leave out -o, -i, --patch, --series and --overlay",
            List.<Object>of(project), "--overlay takes one project at a time",
            List.<Object>of("--format", "json", "--overlay", "-"),
                "standard output is either JSON or an overlay: name a file for --overlay");
    refused.forEach(
        (more, message) -> {
          var arguments = new ArrayList<Object>(List.of("harden", project));
          arguments.addAll(more);
          if (!more.contains("--overlay")) {
            arguments.addAll(List.of("--overlay", overlay));
          }
          Cli.Run run = Cli.run(arguments.toArray());
          assertThat(run.code()).isEqualTo(2);
          assertThat(run.err()).contains(message);
        });
    assertThat(overlay).doesNotExist();
  }

  @Test
  void names_all_files_and_the_project_directory() throws Exception {
    Path second =
        Cli.write(project.resolve("more/a b.yaml"), "services:\n  x:\n    image: redis\n");

    Cli.Run run =
        Cli.run(
            "harden",
            "-f",
            compose,
            "-f",
            second,
            "--project-directory",
            temp,
            "--root",
            temp,
            "--overlay",
            "-");

    assertThat(run.out())
        .contains(
            "\n#   docker compose --project-directory .. -f compose.yaml -f 'more/a b.yaml' -f FILE up\n",
            "  x:\n");
  }

  @Test
  void json_holds_it_and_no_patch() throws Exception {
    Path overlay = project.resolve("o.yaml");

    Cli.Run run = Cli.run("harden", project, "--overlay", overlay, "--format", "json");

    var report = new JsonMapper().readTree(run.out()).at("/projects/0");
    assertThat(report.path("overlay").asString()).isEqualTo(Files.readString(overlay));
    assertThat(report.path("changed").asBoolean()).isTrue();
    assertThat(report.path("patches")).isEmpty();
  }

  @Test
  void a_secret_is_not_written_again() throws Exception {
    Cli.write(
        compose,
        """
        services:
          web:
            image: nginx:1.31.4-alpine
            healthcheck:
              test: curl -fsS -u admin:hunter2-Secret http://localhost/ || exit 1
        """);
    Cli.Run run = Cli.run("harden", project, "--overlay", "-");

    assertThat(run.out() + run.err()).doesNotContain("hunter2");
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains("held read-only-root", "it would repeat a secret; -i and -o write it");
    assertThat(run.out()).contains("cap_drop:").doesNotContain("read_only", "tmpfs", "healthcheck");
  }
}
