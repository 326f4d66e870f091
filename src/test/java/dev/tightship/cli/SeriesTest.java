package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.engine.Level;
import dev.tightship.pass.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A patch for each pass, as {@code git am} takes them. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class SeriesTest {

  private static final String TWO =
      """
      version: '3'
      services:
        web:
          image: nginx:alpine
        db:
          image: redis
      """;

  @TempDir Path temp;
  private Path repository;

  @BeforeEach
  void makes_a_folder() throws IOException {
    temp = temp.toRealPath();
    repository = Files.createDirectory(temp.resolve("repository"));
  }

  private Path write(String name, String text) throws IOException {
    return Cli.write(repository.resolve(name), text);
  }

  private Cli.Run series(Path project, Object... more) {
    var arguments = new ArrayList<Object>(List.of("harden", project));
    arguments.addAll(List.of("--series", temp.resolve("out")));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  private List<Path> patches() throws IOException {
    return patches(temp.resolve("out"));
  }

  private static List<Path> patches(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  private List<String> names() throws IOException {
    return patches().stream().map(path -> path.getFileName().toString()).toList();
  }

  private void am(List<Path> patches) throws Exception {
    var command = new ArrayList<>(List.of("am", "-q"));
    patches.forEach(patch -> command.add(patch.toString()));
    Cli.git(repository, command.toArray(String[]::new));
    assertThat(Cli.git(repository, "status", "--porcelain")).isEmpty();
  }

  private Map<String, String> tree() throws Exception {
    var tree = new TreeMap<String, String>();
    String files = Cli.git(repository, "ls-files", "-z", "-co", "--exclude-standard");
    for (String name : files.split("\0", -1)) {
      Path file = repository.resolve(name);
      if (Files.isRegularFile(file)) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        tree.put(name, mode + "\n" + Files.readString(file));
      }
    }
    return tree;
  }

  /** The present series gives, commit by commit, what {@code -i} gives at once. */
  private void gives_what_in_place_gives(Path project) throws Exception {
    am(patches());
    Map<String, String> applied = tree();
    int count = patches().size();
    assertThat(Cli.git(repository, "rev-list", "--count", "HEAD").strip())
        .isEqualTo(String.valueOf(count + 1));
    for (int i = 1; i <= count; i++) {
      Cli.git(repository, "checkout", "-q", "main~" + i);
      assertThat(Cli.run("harden", "-q", project).code()).as("before the last %s", i).isZero();
    }
    Cli.run("harden", "-q", "-i", "--force", project);
    assertThat(tree()).isEqualTo(applied);
    Cli.git(repository, "checkout", "-q", "-f", "main");
    Cli.git(repository, "clean", "-q", "-f", "-d", "-x");
  }

  @Test
  void git_makes_commits_of_all_fixtures() throws Exception {
    var projects = new ArrayList<Path>();
    List<UnaryOperator<String>> variants =
        List.of(text -> text, text -> text.replace("\n", "\r\n"), String::stripTrailing);
    for (Path fixture : fixtures()) {
      int number = projects.size();
      Path project = repository.resolve("%d b/bücher ##[x]/'\"\t/".formatted(number));
      try (Stream<Path> all = Files.walk(fixture)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          String text = variants.get(number % variants.size()).apply(Files.readString(file));
          Cli.write(project.resolve(fixture.relativize(file).toString()), text);
        }
      }
      projects.add(project);
    }
    Cli.git(repository, "init", "-q", "-b", "main");
    Cli.git(repository, "add", "-A", "-f");
    Cli.git(repository, "commit", "-q", "-m", "all");
    var patches = new ArrayList<Path>();
    for (int i = 0; i < projects.size(); i++) {
      Path out = temp.resolve("out" + i);
      Cli.Run run = Cli.run("harden", "-q", "--level", "strict", "--series", out, projects.get(i));
      assertThat(run.err()).as("%s", projects.get(i)).doesNotContain("patch");
      patches.addAll(patches(out));
    }
    assertThat(patches).hasSizeGreaterThan(projects.size());

    am(patches);

    Map<String, String> applied = tree();
    assertThat(Cli.git(repository, "rev-list", "--count", "HEAD").strip())
        .isEqualTo(String.valueOf(patches.size() + 1));
    Cli.git(repository, "checkout", "-q", "HEAD~" + patches.size());
    for (Path project : projects) {
      Cli.run("harden", "-q", "--level", "strict", "-i", "--force", project);
    }
    assertThat(tree()).isEqualTo(applied);
  }

  private static List<Path> fixtures() throws IOException {
    var fixtures = new ArrayList<Path>();
    try (Stream<Path> all = Files.list(Path.of("fixtures"))) {
      all.sorted().forEach(fixtures::add);
    }
    try (Stream<Path> all = Files.walk(Path.of("src/test/resources/passes"), 3)) {
      all.filter(path -> path.endsWith("before")).sorted().forEach(fixtures::add);
    }
    assertThat(fixtures).hasSizeGreaterThan(50);
    return fixtures;
  }

  @Test
  void each_commit_is_a_project() throws Exception {
    for (String name : List.of("secure-web-app", "secure-web-app-postgres")) {
      OutputTest.copyOf(Path.of("fixtures", name), repository, repository);
      Files.createDirectories(temp.resolve("out"));
      for (Path old : patches()) {
        Files.delete(old);
      }
      Cli.Run run = series(repository);

      assertThat(run.code()).isZero();
      assertThat(run.err()).endsWith("patches in %s, for git am\n".formatted(temp.resolve("out")));
      gives_what_in_place_gives(repository);
      Cli.git(repository, "update-ref", "-d", "HEAD");
      Cli.git(repository, "rm", "-r", "-q", "-f", "--cached", ".");
      for (Path file : tree().keySet().stream().map(repository::resolve).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void modes_stay() throws Exception {
    Path compose = write("compose.yaml", TWO);
    Files.setPosixFilePermissions(compose, PosixFilePermissions.fromString("rwxr-xr-x"));
    Cli.commitAll(repository);

    series(repository);

    gives_what_in_place_gives(repository);
    assertThat(Files.isExecutable(compose)).isTrue();
  }

  @Test
  void a_mail_says_what_was_done_and_why() throws Exception {
    write("compose.yaml", TWO);
    Cli.commitAll(repository);

    Cli.Run run = series(repository, "--only", "no-new-privileges,obsolete-version");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("diff --git ");
    assertThat(names())
        .containsExactly("0001-no-new-privileges.patch", "0002-obsolete-version.patch");
    assertThat(patches().get(1))
        .hasContent(
            """
            From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
            From: Tightship <noreply@tightship.invalid>
            Date: Mon, 17 Sep 2001 00:00:00 +0000
            Subject: [PATCH 2/2] Remove the obsolete version
            MIME-Version: 1.0
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 8bit

            - compose.yaml: remove the obsolete version; Docker Compose ignores version: and warns about it (neutral: Compose has ignored it since its second major version)

            Why, and when it can break: tightship explain obsolete-version
            ---

            diff --git a/compose.yaml b/compose.yaml
            --- a/compose.yaml
            +++ b/compose.yaml
            @@ -1,4 +1,3 @@
            -version: '3'
             services:
               web:
                 image: nginx:alpine
            """);
    am(patches());
    assertThat(Cli.git(repository, "log", "-1", "--skip=1", "--format=%an <%ae> %aI%n%B"))
        .startsWith(
            """
            Tightship <noreply@tightship.invalid> 2001-09-17T00:00:00+00:00
            Forbid new privileges

            - service web: forbid new privileges; a set-uid program in the container can make its processes root (proven:\
            """)
        .contains("\n- service db: forbid new privileges; ")
        .endsWith("\n\nWhy, and when it can break: tightship explain no-new-privileges\n\n");
  }

  @Test
  void the_same_project_gives_the_same_bytes() throws Exception {
    write("compose.yaml", TWO);
    Cli.commitAll(repository);
    Cli.Run first = series(repository);
    var texts = new ArrayList<String>();
    for (Path patch : patches()) {
      texts.add(Files.readString(patch));
    }

    assertThat(series(repository)).isEqualTo(first);
    for (Path patch : patches()) {
      assertThat(Files.readString(patch)).isEqualTo(texts.remove(0));
    }
    assertThat(texts).isEmpty();
  }

  /** Lines with which a mail, a patch or a commit could begin or end, and orders to a terminal. */
  @Test
  void nothing_in_a_project_breaks_a_mail() throws Exception {
    var names = new ArrayList<String>();
    for (String name :
        List.of(
            "a\\n---\\ndiff --git a/x b/x",
            "\\nFrom 0 Mon Sep 17 00:00:00 2001\\nSubject: x",
            "-- >8 ---------------------------------------------------------------------------"
                + "------------------------------------------------------------------------------",
            "=?utf-8?q?=0A=0Ax?=",
            "\\r\\e[31m\\u202e::error::",
            "[PATCH] Re: x",
            "bücher 漢字")) {
      names.add(name);
    }
    var text = new StringBuilder("services:\n");
    for (String name : names) {
      text.append("  \"%s\":\n    image: \"nginx:alpine\" # %s\n".formatted(name, name));
    }
    write("compose.yaml", text.toString());
    Cli.commitAll(repository);

    Cli.Run run = series(repository, "--only", "no-new-privileges");

    assertThat(run.errors()).isEmpty();
    Cli.git(repository, "config", "mailinfo.scissors", "true");
    am(patches());
    assertThat(Cli.git(repository, "rev-list", "--count", "HEAD").strip()).isEqualTo("2");
    List<String> message = Cli.git(repository, "log", "-1", "--format=%B").lines().toList();
    assertThat(message.get(0)).isEqualTo("Forbid new privileges");
    assertThat(message.get(1)).isEmpty();
    assertThat(message.subList(2, 2 + names.size()))
        .allMatch(line -> line.startsWith("- service "));
    assertThat(message.subList(2 + names.size(), message.size()))
        .containsExactly("", "Why, and when it can break: tightship explain no-new-privileges", "");
    assertThat(String.join("\n", message))
        .contains("a\\u000a---\\u000adiff --git", "-- \\u003e8 --", "=?utf-8?q?", "bücher 漢字")
        .doesNotContain("\u202e", "\u001b");
    assertThat(Files.readString(repository.resolve("compose.yaml")).split("no-new-privileges:true"))
        .hasSize(names.size() + 1);
  }

  @Test
  void every_subject_is_plain_and_short() {
    for (Page page : Pages.all().values()) {
      assertThat(page.title()).matches("[A-Z][ -~]{5,65}").doesNotContain("=?");
    }
  }

  @Test
  void what_holds_a_secret_is_never_in_it() throws Exception {
    String before =
        """
        services:
          web:
            image: nginx:alpine
            environment: [A_PASSWORD=hunter2-Secret]
          db:
            environment:
              B_PASSWORD: swordfish-Secret
            image: redis
        """;
    for (String text : List.of(before, before.replace("\n", "\r\n"), before.stripTrailing())) {
      repository = Files.createDirectory(temp.resolve("r" + text.length()));
      write("compose.yaml", text);
      Cli.commitAll(repository);
      Cli.Run run = series(repository);

      assertThat(run.code()).isZero();
      assertThat(run.errors()).isEmpty();
      assertThat(run.err()).contains("git alone reads parts of the series");
      for (Path patch : patches()) {
        assertThat(Files.readString(patch)).doesNotContain("-Secret");
      }
      gives_what_in_place_gives(repository);
      assertThat(Files.readString(repository.resolve("compose.yaml")))
          .doesNotContain("hunter2-Secret", "swordfish-Secret");
    }
  }

  @Test
  void a_new_line_with_a_secret_is_refused_and_nothing_written() throws Exception {
    write(
        "compose.yaml",
        "services:\n  web: {image: \"nginx:alpine\", environment: {A_PASSWORD: hunter2-Secret}}\n");
    Cli.commitAll(repository);

    Cli.Run run = series(repository);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .containsExactly(
            "tightship: %s: a new line holds a secret, which no patch may show: use -i or -o"
                .formatted(Cli.seen(repository.resolve("compose.yaml"))));
    assertThat(temp.resolve("out")).doesNotExist();
    assertThat(run.out() + run.err()).doesNotContain("hunter2");
  }

  @Test
  void nothing_to_do_makes_nothing() throws Exception {
    write("compose.yaml", "services:\n  web:\n    image: nginx:alpine\n");

    Cli.Run run = series(repository, "--only", "obsolete-version");

    assertThat(run.code()).isZero();
    assertThat(run.err()).endsWith("  no patch written, since no file that one may show changes\n");
    assertThat(temp.resolve("out")).doesNotExist();
  }

  @Test
  void patches_of_another_series_are_in_the_way() throws Exception {
    write("compose.yaml", TWO);
    series(repository);
    List<String> names = names();

    Cli.Run fewer = series(repository, "--only", "obsolete-version");
    Cli.Run none = series(repository, "--only", "locked-packages");

    for (Cli.Run run : List.of(fewer, none)) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors())
          .singleElement()
          .asString()
          .startsWith(
              "tightship: " + temp.resolve("out") + ": holds what would not be written now (")
          .endsWith(" more): take that away, or name another folder");
    }
    assertThat(names()).isEqualTo(names);
  }

  @Test
  void what_is_not_committed_is_named() throws Exception {
    write("compose.yaml", TWO);
    Cli.commitAll(repository);
    write("compose.yaml", TWO + "# more\n");

    Cli.Run run = series(repository);

    assertThat(run.code()).isZero();
    assertThat(run.errors())
        .containsExactly(
            "tightship: %s: has changes that are not committed: git am takes the series once they are"
                .formatted(Cli.seen(repository.resolve("compose.yaml"))));
    Cli.commitAll(repository);
    am(patches());
  }

  @Test
  void goes_with_what_does_not_write() throws Exception {
    write("compose.yaml", TWO);
    for (Object[] more :
        new Object[][] {
          {"-i"},
          {"-o", "x"},
          {"--patch", "x"},
          {"--overlay", "x"},
          {"--check"},
          {temp.resolve("other")}
        }) {
      Cli.Run run = series(repository, more);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors()).singleElement().asString().contains("--series").endsWith("--help");
      assertThat(temp.resolve("out")).doesNotExist();
    }
    Cli.Run json = series(repository, "--format", "json");
    assertThat(json.code()).isZero();
    assertThat(json.out()).startsWith("{");
    assertThat(names()).isNotEmpty();
    for (Level level : Level.values()) {
      Cli.Run run =
          Cli.run(
              "harden",
              repository,
              "--level",
              level.word(),
              "--series",
              temp.resolve(level.word()));
      assertThat(run.code()).isZero();
      assertThat(run.out()).isEqualTo(Cli.run("harden", repository, "--level", level.word()).out());
    }
  }
}
