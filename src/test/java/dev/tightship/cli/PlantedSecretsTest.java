package dev.tightship.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Project;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.yaml.Node;
import dev.tightship.yaml.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No report, diff, log, patch or error shows a secret: a value is planted wherever one can stand,
 * and looked for in everything that the program says and writes. A failure tells the names of
 * values, never a value.
 */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class PlantedSecretsTest {

  @TempDir Path temp;
  private final Planted planted = new Planted();
  private final PlantedProject plantedProject = new PlantedProject(planted);
  private final Leaks leaks = new Leaks(planted);
  private Path project;

  @BeforeEach
  void makes_a_project() throws IOException {
    temp = temp.toRealPath();
    project = temp.resolve("project");
    plantedProject.write(project);
  }

  @AfterEach
  void nothing_leaked() {
    assertThat(leaks.found()).isEmpty();
  }

  /** Arguments with TEMP for the folder around the project, and the exit code. */
  @ParameterizedTest
  @CsvSource({
    "0, harden TEMP/project",
    "0, harden TEMP/project -v --color always --level strict",
    "1, harden TEMP/project --format json --level strict --check",
    "1, harden TEMP/project -q --check --level safe --untrusted",
    "2, harden TEMP/project --patch TEMP/out.patch", // a line that is added to has one
    "0, harden TEMP/project --patch TEMP/out.patch --format json --service mysql --service mongo",
    "2, harden TEMP/project --patch - --only inline-secrets",
    "0, harden TEMP/project --overlay TEMP/over.yaml --level strict -v",
    "0, harden TEMP/project --overlay TEMP/over.yaml --level strict --format json",
    "0, harden TEMP/project --overlay - --level strict",
    "0, harden TEMP/project -o TEMP/copy --level strict",
    "0, harden TEMP/project -o TEMP/copy --service db --service web",
    "0, harden TEMP/project -i --level strict --skip inline-secrets",
    "0, harden -f TEMP/project/compose.yaml -f TEMP/project/docker-compose.prod.yml --env-file TEMP/project/app.env",
    "0, networks TEMP/project -v --level strict",
    "0, networks TEMP/project --format json",
    "0, networks TEMP/project --format mermaid",
    "0, networks TEMP/project --format dot --graph after",
    "0, image ghcr.io/example/web --root TEMP/project",
    "0, image ghcr.io/example/web --root TEMP/project --format json",
  })
  void a_run_shows_none(int code, String line) throws IOException {
    Cli.Run run = Cli.run((Object[]) line.replace("TEMP", temp.toString()).split(" "));

    assertThat(run.code()).as(masked(run)).isEqualTo(code);
    leaks.look(line, run);
    looksAtFiles(line);
    assertThat(leaks.deltas()).isGreaterThanOrEqualTo(line.contains("out.patch") ? 1 : 0);
  }

  /** What tells why a run failed, without what it should not have said. */
  private String masked(Cli.Run run) {
    return planted.in(run.err()).isEmpty() ? run.err() : "(it shows secrets)";
  }

  private void looksAtFiles(String where) throws IOException {
    leaks.files(where, temp, this::mayHold);
  }

  private Set<String> mayHold(String path) {
    int slash = path.indexOf('/');
    String top = path.substring(0, Math.max(0, slash));
    return Set.of("project", "copy", "clone").contains(top)
        ? plantedProject.mayHold(path.substring(slash + 1))
        : Set.of();
  }

  @Test
  void many_move_and_none_is_shown() throws IOException {
    leaks.look("-i", Cli.run("harden", project, "-i"));

    looksAtFiles("-i");
    try (Stream<Path> kept = Files.list(project.resolve("secrets"))) {
      assertThat(kept.count()).isGreaterThan(5);
    }
    assertThat(planted.in(Files.readString(project.resolve(".env")))).hasSizeGreaterThan(50);
    assertThat(planted.names()).hasSizeGreaterThan(150);
  }

  /** The present folder, the locale and the place of temporary files are those of a process. */
  @Test
  void a_process_shows_none_and_leaves_none_behind() throws Exception {
    Path tmp = Files.createDirectory(temp.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                Cli.command(
                    List.of("-Djava.io.tmpdir=" + tmp),
                    "harden",
                    project,
                    "-v",
                    "-o",
                    temp.resolve("copy")))
            .directory(project.toFile())
            .redirectOutput(temp.resolve("out").toFile())
            .redirectError(temp.resolve("err").toFile())
            .start();
    while (process.isAlive()) {
      leaks.files("meanwhile", tmp, path -> Set.of());
      Thread.sleep(20);
    }

    assertThat(process.waitFor()).isZero();
    assertThat(tmp).isEmptyDirectory();
    assertThat(temp.resolve("copy/secrets")).exists();
    looksAtFiles("process");
  }

  @ParameterizedTest
  @CsvSource({
    "--format=json, true",
    "--series=TEMP/series --service=mysql --service=mongo, true",
    "-i, true",
    "-i, false"
  })
  void none_is_shown_of_a_repository(String options, boolean ignored) throws Exception {
    if (!ignored) {
      Files.delete(project.resolve(".gitignore")); // then git has .env
    }
    Cli.commitAll(project);

    String line = "harden " + project + " " + options.replace("TEMP", temp.toString());
    leaks.look(options, Cli.run((Object[]) line.split(" ")));

    looksAtFiles(options);
    assertThat(leaks.deltas()).isGreaterThanOrEqualTo(options.startsWith("--series") ? 1 : 0);
    String changed = Cli.git(project, "status", "--short");
    assertThat(changed.contains(" M compose.yaml")).isEqualTo(options.equals("-i"));
    assertThat(changed).doesNotContain(" M .env\n");
  }

  @Test
  void a_fresh_clone_gets_its_secrets_unseen() throws Exception {
    Cli.commitAll(project);
    Cli.run("harden", project, "-i");
    Cli.commitAll(project);
    Path clone = temp.resolve("clone");
    Cli.git(temp, "clone", "-q", project.toString(), clone.toString());

    Cli.Run lacking = Cli.run("secrets", clone, "--check");
    Cli.Run run = Cli.run("secrets", clone);

    assertThat(lacking.code()).isEqualTo(1);
    assertThat(clone.resolve("secrets/mysql_password.txt")).exists();
    leaks.look("secrets --check", lacking);
    leaks.look("secrets", run);
    looksAtFiles("secrets");
  }

  // Fixes and sentences of any kind

  /** Takes everything away, so that each line with a secret is one of the diff. */
  private record Clearance() implements Pass {

    @Override
    public String id() {
      return "pids-limit"; // one that has a page
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      var edits = new ArrayList<Edit>();
      for (YamlFile file : project.allFiles()) {
        Node.Mapping root = (Node.Mapping) Objects.requireNonNull(file.root());
        for (String key : root.entries().keySet()) {
          Place at = Place.of(file.path(), key);
          edits.add(new Edit.Remove(at));
          if (root.get(key) instanceof Node.Mapping inner) {
            inner.entries().keySet().forEach(name -> edits.add(new Edit.Remove(at.key(name))));
          }
        }
      }
      for (Dockerfile file : project.dockerfiles()) {
        for (Stage stage : file.stages()) {
          for (Instruction instruction : stage.instructions()) {
            edits.add(
                new Edit.Rewrite(
                    file.path(),
                    stage.index(),
                    instruction.whole().text(),
                    "RUN echo " + edits.size()));
          }
        }
      }
      return edits.stream().map(edit -> finding(project, edit));
    }

    private static Remark finding(Project project, Edit edit) {
      return Remark.finding(
          Subject.of(project.services().get(0), "image"),
          Severity.LOW,
          "it is there",
          Fix.of("take it away", Risk.NEUTRAL, "a test", edit));
    }
  }

  @Test
  void no_line_of_a_diff_shows_one() {
    Cli.Run diff = Cli.run(List.of(new Clearance()), "harden", project);
    Cli.Run json = Cli.run(List.of(new Clearance()), "harden", project, "--format", "json");

    assertThat(diff.out().lines().filter(line -> line.contains("****"))).hasSizeGreaterThan(100);
    leaks.look("diff", diff);
    leaks.look("JSON", json);
  }

  /** Says every value, as a container sees it. */
  private record Quotation(Planted planted) implements Pass {

    /** They stand in files that are no text of the project, but in the context of a build. */
    private static final Set<String> UNREAD = Set.of("npmrc", "package", "pem-file");

    @Override
    public String id() {
      return "pids-limit";
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      var at = Subject.of(project.services().get(0), "image");
      return planted.names().stream()
          .filter(name -> !UNREAD.contains(name))
          .map(planted::value)
          .map(value -> Remark.advice(at, Severity.LOW, "it says " + value, "of " + value + "!"));
    }
  }

  @Test
  void no_sentence_quotes_one() {
    List<Pass> passes = List.of(new Quotation(planted));
    Cli.Run text = Cli.run(passes, "harden", project, "-v");
    Cli.Run json = Cli.run(passes, "harden", project, "--format", "json");

    assertThat(text.err()).contains("it says ****").doesNotContain("it says ;");
    leaks.look("text", text);
    leaks.look("JSON", json);
  }

  /** Fails with every value in its message. */
  private record Failure(Planted planted) implements Pass {
    @Override
    public String id() {
      return "pids-limit";
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      String all = planted.names().stream().map(planted::value).collect(joining(" "));
      throw new IllegalStateException(all, new IOException(all));
    }
  }

  @Test
  void no_fault_tells_one() throws IOException {
    for (String line : List.of("-v", "--format json", "-i", "-o " + temp.resolve("copy"))) {
      var arguments = new ArrayList<Object>(List.of("harden", project));
      arguments.addAll(List.of(line.split(" ")));
      Cli.Run run = Cli.run(List.of(new Failure(planted)), arguments.toArray());
      assertThat(run.code()).isEqualTo(3);
      leaks.look(line, run);
      looksAtFiles(line);
    }
  }

  // Input that cannot be read

  /** A file that breaks at each of its lines with a value, each time in other ways. */
  @ParameterizedTest
  @MethodSource("names")
  void no_error_shows_one(String name) throws IOException {
    String text = Objects.requireNonNull(plantedProject.texts().get(name));
    String[] lines = text.split("\n", -1);
    int way = 0;
    for (int i = 0; i < lines.length; i++) {
      int at = planted.start(lines[i]);
      if (at < 0) {
        continue;
      }
      String[] broken = lines.clone();
      int index = way++ % Breakage.ALL.size();
      broken[i] = Breakage.ALL.get(index).of(lines[i], at);
      Cli.write(project.resolve(name), String.join("\n", broken));
      String where = "%s:%d broken in way %d".formatted(name, i + 1, index);
      leaks.look(where, Cli.run(hardening(way % 2 == 0 ? "-v" : "--format=json")));
    }
    assertThat(way).isPositive();
  }

  private Object[] hardening(String option) {
    return new Object[] {
      "harden", project, option, "--only=unset-variable", "--only=yaml-trap", "--only=pids-limit"
    };
  }

  static Stream<String> names() {
    return new PlantedProject(new Planted())
        .texts().keySet().stream().filter(name -> !name.matches("\\.(git|env\\.).*|api/[^D].*"));
  }

  /** Inputs that are no project, or an odd one, in each of the places of such a text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compose.txt    | compose.yaml             |",
        "compose.txt    | compose.override.yaml    | services: {a: {image: redis}}",
        "compose.txt    | docker-compose.prod.yml  | services: {a: {image: redis}}",
        "compose.txt    | x.yaml                   | {include: [x.yaml], services: {b: {extends: {file: x.yaml, service: a}}}}",
        "dockerfile.txt | Dockerfile               | services: {a: {build: .}}",
        "env.txt        | .env                     | services: {a: {image: redis}}",
        "env.txt        | a.env                    | services: {a: {image: redis, env_file: a.env}}",
        "env.txt        | a.env                    | services: {a: {image: redis, env_file: [{path: a.env, format: raw}]}}",
        "images.txt     | .tightship/images/a.yaml | services: {a: {image: acme/x}}",
      })
  void no_odd_input_shows_one(String inputs, String name, String compose) throws IOException {
    var odd = new ArrayList<Path>();
    for (String input : PlantedProject.inputs(inputs)) {
      Path folder = temp.resolve("odd" + odd.size());
      odd.add(folder);
      if (compose != null) {
        Cli.write(folder.resolve("compose.yaml"), compose + "\n");
      }
      Cli.write(folder.resolve(name), planted.fill(input));
    }
    // what cannot be read is said beside JSON too
    String format = compose == null ? "-v --level strict" : "--format json";
    var arguments = new ArrayList<Object>(List.of("harden"));
    arguments.addAll(List.of(format.split(" ")));
    arguments.addAll(odd);
    Cli.Run run = Cli.run(arguments.toArray());
    assertThat(run.code()).isIn(0, 2);
    assertThat(run.out() + run.err()).contains(odd.get(odd.size() - 1).toString());
    leaks.look(inputs + " as " + name, run);
  }

  @Test
  void no_odd_file_of_images_shows_one() throws IOException {
    for (String input : PlantedProject.inputs("images.txt")) {
      Cli.write(temp.resolve(".tightship/images/a.yaml"), planted.fill(input));
      leaks.look(input, Cli.run("image", "acme/x", "--root", temp));
    }
  }
}
