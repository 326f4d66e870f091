package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to the streams: git takes it, people can read it, and it is always the same. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class OutputTest {

  private static final Path FIXTURES = Path.of("fixtures").toAbsolutePath();

  @TempDir Path temp;

  @BeforeEach
  void uses_real_paths() throws IOException {
    temp = temp.toRealPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secure-web-app", "secure-web-app-postgres"})
  void git_applies_the_diff_of_a_fixture(String name) throws Exception {
    Path repository =
        copyOf(FIXTURES.resolve(name), temp.resolve("repo/apps/" + name), temp.resolve("repo"));
    applies(repository, repository.resolve("apps/" + name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: '3'\nservices:\n  web:\n    image: nginx:alpine",
        "services:\n  web:\n    image: nginx:alpine\n  db:\n    image: mongo:7\n    environment: {X: y}\n",
        "\ufeffservices:\n  web:\n    # a\n    # b\n    # c\n    image: nginx:alpine\n",
        "services:\n  web:\n    environment:\n      A_PASSWORD: hunter2\n    image: nginx:alpine\n",
        "services:\n  web:\n    image: nginx:alpine\n    environment:\n      A_PASSWORD: hunter2\n  b:\n    image: redis\n",
        "services:\n  web:\n    image: nginx:alpine # ::error::\n  ::x:\n    image: redis\n"
      })
  void git_applies_the_diff_of_a_text(String text) throws Exception {
    for (String variant : List.of(text, text.replace("\n", "\r\n"), text.stripTrailing())) {
      Path repository = Files.createTempDirectory(temp, "r");
      Path project = repository.resolve("a b/bücher ##[x]");
      Cli.write(project.resolve("compose.yaml"), variant);
      Cli.commitAll(repository);
      applies(repository, project);
    }
  }

  /** The diff on standard output and the patch file give what {@code -i} writes. */
  private void applies(Path repository, Path project) throws Exception {
    Cli.Run run = Cli.run("harden", project);
    assertThat(run.code()).isZero();
    Path diff = Cli.write(temp.resolve("d.patch"), run.out());
    Path patch = temp.resolve("p.patch");
    assertThat(Cli.run("harden", project, "--patch", patch).code()).isZero();
    var results = new ArrayList<Map<String, String>>();
    boolean masked = run.err().contains("git cannot apply the diff of");
    for (Path file : masked ? List.of(patch) : List.of(diff, patch)) {
      boolean zero = run.err().contains("--unidiff-zero");
      var command = new ArrayList<>(List.of("apply", "--whitespace=nowarn"));
      if (zero) {
        command.add("--unidiff-zero");
      }
      command.add(file.toString());
      Cli.git(repository, command.toArray(String[]::new));
      results.add(tree(project));
      Cli.git(repository, "checkout", "-q", ".");
      Cli.git(repository, "clean", "-qfd");
    }
    assertThat(Cli.run("harden", "-i", project).code()).isZero();
    Map<String, String> written = tree(project);
    boolean moved = written.keySet().removeIf(OutputTest::isSecret);
    assertThat(moved).isEqualTo(masked);
    results.add(written);
    for (Map<String, String> result : results) {
      assertThat(result).isEqualTo(results.get(0));
    }
    assertThat(Cli.run("harden", project).out()).isEmpty();
  }

  /** What no patch holds. */
  private static boolean isSecret(String path) {
    return path.equals(".env") || path.matches("secrets/[^.]+\\.(?:txt|conf)");
  }

  @Test
  void colours_only_add_colours() throws IOException {
    for (String name : List.of("secure-web-app", "secure-web-app-postgres")) {
      Cli.Run plain = Cli.run("harden", "--color", "never", FIXTURES.resolve(name));
      Cli.Run coloured = Cli.run("harden", "--color", "always", FIXTURES.resolve(name));

      assertThat(coloured.out()).isNotEqualTo(plain.out());
      assertThat(coloured.out().replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain.out());
      assertThat(coloured.err().replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain.err());
    }
  }

  @Test
  void quiet_is_quiet() throws IOException {
    Path project = FIXTURES.resolve("secure-web-app");
    for (Object[] more :
        new Object[][] {
          {},
          {"--check"},
          {"-o", temp.resolve("out")},
          {"--patch", temp.resolve("p")},
          {"--series", temp.resolve("series")},
          {"--overlay", temp.resolve("overlay")}
        }) {
      var arguments = Stream.concat(Stream.of("harden", "-q", project), Stream.of(more)).toArray();
      assertThat(Cli.run(arguments).err()).isEmpty();
    }
    assertThat(Cli.run("harden", "-q", temp.resolve("nowhere")).err().lines()).hasSize(1);
  }

  @Test
  void a_project_with_nothing_to_do_is_told_so_in_one_line() throws IOException {
    Cli.write(
        temp.resolve("compose.yaml"),
        """
        services:
          web:
            image: nginx@sha256:%s
            security_opt: [no-new-privileges:true]
            cap_drop: [ALL]
            read_only: true
            mem_limit: 64m
            cpus: 0.5
            pids_limit: 100
            logging: {driver: local}
            healthcheck: {test: [CMD, "true"]}
        """
            .formatted("0".repeat(64)));

    Cli.Run run = Cli.run("harden", temp);

    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo(temp + ": nothing to do at level standard\n");
    assertThat(run.code()).isZero();
    assertThat(Cli.run("harden", "--check", temp).code()).isZero();
  }

  @Test
  void one_line_tells_that_fewer_are_reached() throws Exception {
    Path project = copyOf(FIXTURES.resolve("secure-web-app-postgres"), temp, temp);

    Cli.Run run = Cli.run("harden", "-i", project);
    Cli.Run again = Cli.run("harden", "-v", project);

    assertThat(run.err().replaceAll("\\s+", " "))
        .contains(
            " reach who can reach whom: 12 pairs of services before, 6 after;"
                + " open to other machines: 4 before, 2 after (no longer db, cache) ");
    assertThat(again.err()).doesNotContain("  reach  ");
    assertThat(Cli.run("harden", FIXTURES.resolve("secure-web-app"), "--only", "pin-image").err())
        .doesNotContain("  reach  ");
  }

  @Test
  void what_is_written_once_names_all_whom_it_is_for() throws IOException {
    Cli.write(
        temp.resolve("compose.yaml"),
        """
        x-base: &base
          restart: always
        services:
          web: {<<: *base, image: acme/web}
          api: {<<: *base, image: acme/api}
        """);
    Cli.Run run = Cli.run("harden", "--only", "no-new-privileges", temp.resolve("compose.yaml"));

    assertThat(run.out().lines().filter(line -> line.startsWith("@@")))
        .singleElement()
        .asString()
        .endsWith("@@ web, api: forbid new privileges");
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains("written once, in &base, since all that share it want it: web, api");
  }

  @Test
  void check_says_by_its_exit_code_what_is_pending() {
    Cli.Run run = Cli.run("harden", "--check", FIXTURES.resolve("secure-web-app"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).startsWith("diff --git ");
    assertThat(Cli.run("harden", "--check", temp, FIXTURES.resolve("secure-web-app")).code())
        .isEqualTo(2);
  }

  @Test
  void help_names_each_command_as_it_calls_itself() {
    String commands = Cli.run("--help").out().split("Commands:\n", 2)[1].split("\n\n", 2)[0];
    List<String> names =
        commands
            .lines()
            .filter(line -> line.matches("  \\w.*"))
            .map(line -> line.strip().split(" ", 2)[0])
            .toList();

    assertThat(names).containsExactly("harden", "networks", "secrets", "explain", "image");
    assertThat(names)
        .allSatisfy(
            name ->
                assertThat(Cli.run(name, "--help").out()).startsWith("Usage: tightship " + name));
  }

  @Test
  void lines_of_the_summary_and_of_help_are_short() {
    for (String name : List.of("secure-web-app", "secure-web-app-postgres")) {
      for (String level : List.of("safe", "standard", "strict")) {
        Cli.Run run = Cli.run("harden", "-v", "--level", level, FIXTURES.resolve(name));
        String folder = Cli.seen(FIXTURES);
        assertThat(run.err().replace(folder, "").lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.err()).contains(": ").doesNotContain("null");
      }
    }
    for (String[] help :
        new String[][] {
          {"--help"},
          {"harden", "--help"},
          {"networks", "--help"},
          {"secrets", "--help"},
          {"explain", "--help"},
          {"--version"},
          {"explain"}
        }) {
      Cli.Run run = Cli.run((Object[]) help);
      assertThat(run.code()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines()).isNotEmpty().allMatch(line -> line.length() <= 80);
    }
    for (String line : Cli.run("explain").out().split("\n", -1)) {
      if (!line.isEmpty()) {
        Cli.Run run = Cli.run("explain", line.split(" ", 2)[0]);
        assertThat(run.code()).isZero();
        assertThat(run.out())
            .contains("# Why\n", "# How to check\n", "# How to undo\n", "# References\n")
            .endsWith("\n");
        assertThat(run.out().lines()).allMatch(text -> text.length() <= 100);
      }
    }
    Cli.Run unknown = Cli.run("explain", "\u001b[31mnope");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err())
        .isEqualTo("tightship: there is no pass \\u001b[31mnope; the list: tightship explain\n");
  }

  @Test
  void every_fix_keeps_its_why() {
    Cli.Run run = Cli.run("harden", FIXTURES.resolve("secure-web-app"));
    String flat = run.err().replaceAll("\\s+", " ");
    assertThat(flat)
        .contains(
            "remove the obsolete version (neutral: Compose has ignored it since its second major"
                + " version)")
        .contains("limit the service to 512 processes and threads (inferred: nginx usually stays");
  }

  @Test
  void is_the_same_in_any_locale_time_zone_and_encoding() throws Exception {
    Path project = temp.resolve("bücher");
    Cli.write(
        project.resolve("compose.yaml"),
        "services:\n  ıi:\n    image: nginx:alpine # 漢字 ü\n    build: ./İI\n  TITLE:\n    image: redis\n");
    Cli.write(project.resolve("İI/Dockerfile"), "FROM nginx:stable\n");
    var runs = new ArrayList<Cli.Run>();
    var overlays = new TreeSet<String>();
    var environments =
        List.of(
            Map.of("LC_ALL", "C.UTF-8"),
            Map.of("LC_ALL", "POSIX", "TZ", "Asia/Kathmandu", "LANG", "tr_TR.UTF-8"));
    var options =
        List.of(
            List.<String>of(),
            List.of("-Duser.language=tr", "-Duser.country=TR", "-Dfile.encoding=ISO-8859-9"),
            List.of(
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-Duser.timezone=Pacific/Apia",
                "-Dline.separator=\r\n"));
    for (Map<String, String> environment : environments) {
      for (List<String> option : options) {
        for (String format : List.of("text", "json")) {
          // from within, since a locale such as POSIX cannot say the name of the folder
          Cli.Run run =
              Cli.process(
                  project, option, environment, "harden", "--level", "strict", "--format", format);
          assertThat(run.code()).as("%s %s: %s", environment, option, run.err()).isZero();
          runs.add(run);
        }
        Cli.Run overlay =
            Cli.process(project, option, environment, "harden", "--overlay", "-", "-q");
        assertThat(overlay.code()).isZero();
        overlays.add(overlay.out());
      }
    }
    for (int i = 2; i < runs.size(); i++) {
      assertThat(runs.get(i)).as("run %s", i).isEqualTo(runs.get(i % 2));
    }
    assertThat(overlays).hasSize(1);
  }

  @Test
  void many_projects_keep_their_order() throws IOException {
    var arguments = new ArrayList<Object>(List.of("harden"));
    var alone = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      Path project = temp.resolve("p" + i);
      Cli.write(
          project.resolve("compose.yaml"),
          i % 50 == 7
              ? "services: ["
              : "services:\n" + "  s%d: {image: \"nginx:alpine\"}\n".formatted(i).repeat(1));
      arguments.add(project);
    }
    for (Object project : arguments.subList(1, arguments.size())) {
      alone.append(Cli.run("harden", project).out());
    }
    Cli.Run first = Cli.run(arguments.toArray());
    Cli.Run second = Cli.run(arguments.toArray());

    assertThat(first.out()).isEqualTo(alone.toString());
    assertThat(first).isEqualTo(second);
    assertThat(first.errors()).hasSize(3);
    arguments.addAll(List.of("--format", "json"));
    assertThat(Cli.run(arguments.toArray())).isEqualTo(Cli.run(arguments.toArray()));
  }

  private static Map<String, String> tree(Path folder) throws IOException {
    var tree = new java.util.TreeMap<String, String>();
    try (var walk = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        tree.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return tree;
  }

  static Path copyOf(Path from, Path to, Path repository) throws Exception {
    try (var walk = Files.walk(from)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        Cli.write(to.resolve(from.relativize(file).toString()), Files.readAllBytes(file));
      }
    }
    Cli.commitAll(repository);
    return repository;
  }
}
