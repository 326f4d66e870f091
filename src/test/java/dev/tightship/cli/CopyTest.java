package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tightship.oracle.Compose;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class CopyTest {

  private static final Path FIXTURES = Path.of("fixtures").toAbsolutePath();

  @TempDir Path temp;
  private Path out;

  @BeforeEach
  void uses_real_paths() throws IOException {
    temp = temp.toRealPath();
    out = temp.resolve("out");
  }

  @Test
  void holds_what_a_fresh_clone_holds_and_what_the_project_names() throws Exception {
    Path project = temp.resolve("project");
    Cli.write(
        project.resolve("compose.yaml"),
        """
        services:
          api:
            build: ./api
            env_file: [api.env]
            volumes:
              - ./conf/api.toml:/etc/api.toml:ro
              - ./assets:/assets:ro
          tool:
            build: {context: ./tool, dockerfile: ../docker/tool.Dockerfile}
          db:
            image: postgres:16
            volumes: ["./pgdata:/var/lib/postgresql/data"]
        secrets:
          key: {file: ./secrets/key.txt}
        """);
    Cli.write(project.resolve("api/Dockerfile"), "FROM nginx:stable\n");
    Cli.write(project.resolve("api/main.js"), "x");
    Cli.write(
        project.resolve(".gitignore"),
        "*.env\n.env\nsecrets/\nconf/\nassets/\ntool/\npgdata/\nprivate*\n");
    Cli.write(project.resolve("docker/tool.Dockerfile"), "FROM nginx:stable\n");
    Cli.commitAll(project);
    for (String name :
        List.of(
            "api.env",
            ".env",
            "secrets/key.txt",
            "secrets/other.txt",
            "conf/api.toml",
            "conf/other.toml",
            "assets/a.png",
            "tool/x",
            "tool/node_modules/y",
            "pgdata/PG_VERSION",
            "private.pem",
            "api/private.pem")) {
      Cli.write(project.resolve(name), "x=1\n");
    }

    Cli.Run run = Cli.run("harden", project, "-o", out);

    assertThat(run.code()).isZero();
    assertThat(files(out))
        .containsExactly(
            ".env",
            ".gitignore",
            "api.env",
            "api/Dockerfile",
            "api/main.js",
            "assets/a.png",
            "compose.yaml",
            "conf/api.toml",
            "docker/tool.Dockerfile",
            "secrets/key.txt",
            "tool/x");
    assertThat(run.err())
        .contains("  not copied, since it holds data: pgdata\n", "  copied to " + out + "\n")
        .contains("docker compose -p project up\n");
    assertThat(run.err().split("pgdata", -1)).hasSize(2);
    assertThat(Files.readString(out.resolve("compose.yaml"))).contains("pids_limit");
    assertThat(Files.readString(out.resolve("api/Dockerfile"))).startsWith("FROM nginx:1.");
    assertThat(Files.readString(project.resolve("compose.yaml"))).doesNotContain("pids_limit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"secure-web-app", "secure-web-app-postgres"})
  void a_copy_of_a_fixture_is_complete_and_compose_accepts_it(String name) throws Exception {
    for (boolean git : new boolean[] {false, true}) {
      Path project = temp.resolve("from-" + git).resolve(name);
      for (String file : files(FIXTURES.resolve(name))) {
        Cli.write(project.resolve(file), Files.readAllBytes(FIXTURES.resolve(name).resolve(file)));
      }
      Cli.write(project.resolve("api/node_modules/x/index.js"), "x");
      if (git) {
        Cli.commitAll(project);
      }
      Path copy = temp.resolve("to-" + git).resolve(name);
      Cli.Run run = Cli.run("harden", project, "-o", copy);

      assertThat(run.code()).isZero();
      assertThat(run.err()).doesNotContain("docker compose -p"); // the folder has the same name
      var complete = new ArrayList<>(files(FIXTURES.resolve(name)));
      complete.addAll(List.of("api/.dockerignore", "secrets/.gitignore", "secrets/README.md"));
      complete.addAll(
          name.endsWith("postgres")
              ? List.of(
                  "secrets/db_password.txt", "secrets/cache_password.conf", ".env", ".env.example")
              : List.of("secrets/mongo_root_password.txt"));
      assertThat(files(copy)).containsExactlyInAnyOrderElementsOf(complete);
      assertThat(Cli.run("harden", copy).out()).isEmpty();
    }
    Path copy = temp.resolve("to-true").resolve(name);
    Compose compose = Compose.orSkip();
    Compose.Answer answer = compose.config(copy, List.of());
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    assertThat(answer.stdout())
        .contains("name: " + name, "published: \"8080\"", "no-new-privileges:true");
    boolean mended = name.equals("secure-web-app");
    assertThat(compose.config(FIXTURES.resolve(name), List.of()).accepted()).isEqualTo(!mended);
  }

  @Test
  void takes_the_folder_around_the_project_out_of_a_repository() throws Exception {
    Path repository = temp.resolve("repository");
    Cli.write(repository.resolve("README.md"), "x");
    Cli.write(repository.resolve("apps/shared.env"), "A=1\n");
    Cli.write(repository.resolve("apps/lib/Dockerfile"), "FROM nginx:stable\n");
    Cli.write(
        repository.resolve("apps/Web.App/compose.yaml"),
        "services:\n  web:\n    build: ../lib\n    env_file: ../shared.env\n");
    Cli.commitAll(repository);

    Cli.Run run = Cli.run("harden", repository.resolve("apps/Web.App"), "-o", out);

    assertThat(run.code()).isZero();
    assertThat(files(out)).containsExactly("Web.App/compose.yaml", "lib/Dockerfile", "shared.env");
    assertThat(run.err()).doesNotContain("docker compose -p");
  }

  @Test
  void names_the_project_as_compose_does() throws Exception {
    Path project = temp.resolve("_My Shop.2");
    Cli.write(project.resolve("compose.yaml"), "services:\n  web:\n    image: redis\n");
    String name = "myshop2";
    assertThat(Cli.run("harden", project, "-o", out).err())
        .contains("docker compose -p " + name + " up");

    Cli.write(project.resolve(".env"), "COMPOSE_PROJECT_NAME=x\n");
    assertThat(Cli.run("harden", project, "-o", temp.resolve("2")).err())
        .doesNotContain("docker compose -p");
    Files.delete(project.resolve(".env"));

    Compose.Answer answer = Compose.orSkip().config(project, List.of());
    assertThat(answer.stdout()).contains("name: " + name + "\n");
  }

  @Test
  void says_what_could_not_be_read() throws Exception {
    List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    assumeTrue(becomes(asNobody), "needs root and setpriv, to become another user");
    Path project = temp.resolve("project");
    Cli.write(project.resolve("compose.yaml"), "services:\n  web:\n    image: redis\n");
    Path closed = Cli.write(project.resolve("closed"), "x");
    Files.setPosixFilePermissions(closed, Set.of());
    Path all = Files.createDirectory(temp.resolve("all"));
    Files.setPosixFilePermissions(all, PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    var command = new ArrayList<>(asNobody);
    command.addAll(
        Cli.copied(temp.resolve("lib"), "harden", "-q", project, "-o", all.resolve("out")));

    Cli.Run run = Cli.finish(new ProcessBuilder(command).directory(all.toFile()));

    assertThat(run.err())
        .isEqualTo("tightship: ../project/closed: was not copied: permission denied\n");
    assertThat(run.code()).isEqualTo(2);
    assertThat(files(all.resolve("out"))).containsExactly("compose.yaml");
  }

  private static boolean becomes(List<String> user) throws InterruptedException {
    var command = new ArrayList<>(user);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void leaves_nothing_when_it_is_interrupted() throws Exception {
    Path project = temp.resolve("project");
    Cli.write(project.resolve("compose.yaml"), "services:\n  web:\n    image: redis\n");
    try (var large = new RandomAccessFile(project.resolve("large").toFile(), "rw")) {
      large.setLength(3L << 30);
    }
    Path place = Files.createDirectory(temp.resolve("place"));
    Process process =
        new ProcessBuilder(
                Cli.command(List.of(), "harden", "-q", project, "-o", place.resolve("out")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    while (process.isAlive() && names(place).isEmpty()) {
      Thread.onSpinWait();
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(names(place)).isEmpty();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var names = Files.list(folder)) {
      return names.map(Path::toString).toList();
    }
  }

  private static Collection<String> files(Path folder) throws IOException {
    var files = new TreeSet<String>();
    try (var walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith(".git/")) {
          files.add(name);
        }
      }
    }
    return files;
  }
}
