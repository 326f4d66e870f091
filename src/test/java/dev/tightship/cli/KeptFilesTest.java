package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that hold secrets: in place and in a copy they are made, in no other result they show. */
class KeptFilesTest {

  private static final String SECRET = "s3cret-Value-of-db";

  @TempDir Path temp;
  private Path project;

  /** Moves a password as a fix does: the file, what keeps it out of git, and who reads it. */
  private static final class Move implements Pass {
    @Override
    public String id() {
      return "pin-image"; // one that has a page
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      if (project.file("compose.yaml") == null) {
        return Stream.of();
      }
      Place db = Place.of("compose.yaml", "services", "db");
      if (!Objects.requireNonNull(project.service("db")).has("environment", "POSTGRES_PASSWORD")) {
        return Stream.of();
      }
      Fix fix =
          new Fix(
              "move the password",
              Risk.NEUTRAL,
              "a test",
              List.of(
                  new Edit.Keep("secrets/db.txt", SECRET),
                  new Edit.Line("secrets/.gitignore", "*\n!.gitignore\n", "!README.md"),
                  new Edit.Line(".dockerignore", "", "secrets"),
                  new Edit.Remove(db.key("environment").key("POSTGRES_PASSWORD")),
                  new Edit.Set(
                      db.key("environment").key("POSTGRES_PASSWORD_FILE"),
                      Value.string("/run/secrets/db")),
                  new Edit.Set(db.key("secrets"), Value.sequence(Value.string("db")))));
      return Stream.of(
          Remark.finding(new Subject.OfService("db", db), Severity.LOW, "it is inline", fix));
    }
  }

  @BeforeEach
  void makes_a_project() throws IOException {
    temp = temp.toRealPath();
    project = temp.resolve("project");
    Cli.write(
        project.resolve("compose.yaml"),
        """
        services:
          db:
            image: postgres
            environment:
              A: b
              POSTGRES_PASSWORD: %s
              OTHER_TOKEN: another-S3cret
        secrets:
          db:
            file: secrets/db.txt
        """
            .formatted(SECRET));
    Cli.write(project.resolve(".dockerignore"), "dist\n");
  }

  private static Cli.Run run(Object... arguments) {
    return Cli.run(List.of(new Move()), arguments);
  }

  @Test
  void in_place() throws IOException {
    Cli.Run run = run("harden", "-i", "--force", project);

    assertThat(run.code()).isZero();
    isKept(project);
    assertThat(run.out() + run.err()).doesNotContain(SECRET).contains("secrets/db.txt");
    Cli.Run again = run("harden", "-i", "--force", project);
    assertThat(again.err()).doesNotContain("written");
    isKept(project);
  }

  @Test
  void in_a_copy() throws IOException {
    Cli.Run run = run("harden", "-o", temp.resolve("copy"), project);

    assertThat(run.code()).isZero();
    isKept(temp.resolve("copy"));
    assertThat(project.resolve("secrets")).doesNotExist();
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
  }

  @Test
  void never_in_what_is_shown() throws IOException {
    Path patch = temp.resolve("a.patch");
    Cli.Run diff = run("harden", project);
    Cli.Run written = run("harden", "--patch", patch, project);
    Cli.Run json = run("harden", "--format", "json", project);

    assertThat(diff.out() + diff.err() + written.out() + written.err() + json.out())
        .doesNotContain(SECRET)
        .contains("secrets/db.txt holds a secret: -i and -o make it");
    assertThat(Files.readString(patch))
        .doesNotContain("b/secrets/db.txt")
        .contains("+++ b/secrets/.gitignore", "+!README.md", "+secrets\n");
    assertThat(json.out().replaceAll("\\s", "")).contains("\"kept\":[\"secrets/db.txt\"]");
    assertThat(project.resolve("secrets")).doesNotExist();
  }

  @Test
  void a_patch_takes_the_secret_away_without_holding_it() throws Exception {
    Cli.commitAll(project);
    Path patch = temp.resolve("a.patch");
    Cli.Run run = run("harden", "--patch", patch, project);
    String text = Files.readString(patch);

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("git alone reads this part");
    assertThat(text)
        .contains("diff --git a/compose.yaml b/compose.yaml\nindex ", "\nGIT binary patch\n");
    assertThat(run("harden", "--patch", "-", project).out()).isEqualTo(text);
    Cli.git(project, "apply", patch.toString());
    String applied = Files.readString(project.resolve("compose.yaml"));
    assertThat(applied)
        .contains("POSTGRES_PASSWORD_FILE: /run/secrets/db", "OTHER_TOKEN: another-S3cret")
        .doesNotContain(SECRET);
    assertThat(project.resolve("secrets/db.txt")).doesNotExist();

    Cli.git(project, "checkout", "-q", ".");
    Cli.git(project, "clean", "-q", "-f", "-d");
    run("harden", "-i", project);
    assertThat(project.resolve("compose.yaml")).hasContent(applied);
  }

  @Test
  void a_series_takes_the_secret_away_without_holding_it() throws Exception {
    Cli.commitAll(project);
    Path folder = temp.resolve("series");
    Cli.Run run = run("harden", "--series", folder, project);
    Path patch = folder.resolve("0001-pin-image.patch");

    assertThat(run.code()).isZero();
    assertThat(run.err().replaceAll("\\s+", " "))
        .contains(
            " note the files that hold secrets are not in the series: -i and -o make them, and tightship");
    assertThat(run.err()).contains("git alone reads");
    assertThat(folder.toFile().list()).containsExactly("0001-pin-image.patch");
    assertThat(Files.readString(patch))
        .doesNotContain(SECRET, "another-S3cret", "b/secrets/db.txt");
    assertThat(run("harden", "--format", "json", "--series", folder, project).out())
        .contains("files that hold secrets are not in the series");

    Cli.git(project, "am", "-q", patch.toString());

    assertThat(Cli.git(project, "ls-files").lines())
        .containsExactly(".dockerignore", "compose.yaml", "secrets/.gitignore");
    assertThat(Cli.git(project, "status", "--porcelain")).isEmpty();
    assertThat(Cli.git(project, "grep", "-c", "-e", SECRET, "HEAD~1").lines()).hasSize(1);
    assertThat(Files.readString(project.resolve("compose.yaml"))).doesNotContain(SECRET);
    // git itself shows what a commit takes away, and nothing else
    assertThat(Cli.git(project, "log", "-p", "-1").lines().filter(line -> line.contains(SECRET)))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("-"));
    Cli.git(project, "checkout", "-q", "HEAD~1");
    run("harden", "-i", project);
    Files.delete(project.resolve("secrets/db.txt"));
    Cli.git(project, "add", "-A");
    assertThat(Cli.git(project, "diff", "--cached", "main")).isEmpty();
  }

  @Test
  void what_is_kept_is_hidden_wherever_it_stood() throws IOException {
    Cli.write(
        project.resolve("compose.yaml"),
        "services:\n  db:\n    image: postgres\n    hostname: " + SECRET + " # plain\n");
    Place db = Place.of("compose.yaml", "services", "db");
    Fix fix =
        new Fix(
            "move the password",
            Risk.NEUTRAL,
            "a test",
            List.of(new Edit.Keep("secrets/db.txt", SECRET), new Edit.Remove(db.key("hostname"))));
    Pass plain =
        new Pass() {
          @Override
          public String id() {
            return "pin-image";
          }

          @Override
          public Stream<Remark> inspect(Project project) {
            return Stream.of(
                Remark.finding(new Subject.OfService("db", db), Severity.LOW, "it is inline", fix));
          }
        };

    Cli.Run run = Cli.run(List.of(plain), "harden", project);

    assertThat(run.out()).contains("-    hostname: ********").doesNotContain(SECRET);
  }

  @Test
  void another_file_of_that_name_stays() throws IOException {
    Cli.write(project.resolve("secrets/db.txt"), "another");

    Cli.Run run = run("harden", "-i", "--force", project);

    assertThat(project.resolve("secrets/db.txt")).hasContent("another");
    assertThat(project.resolve("secrets/.gitignore")).doesNotExist();
    assertThat(run.err()).contains("exists and holds something else, which is never overwritten");
  }

  private static void isKept(Path root) throws IOException {
    assertThat(Files.readString(root.resolve("secrets/db.txt"))).isEqualTo(SECRET);
    assertThat(mode(root.resolve("secrets/db.txt"))).isEqualTo("r--r--r--");
    assertThat(mode(root.resolve("secrets"))).isEqualTo("rwx------");
    assertThat(root.resolve("secrets/.gitignore")).hasContent("*\n!.gitignore\n!README.md\n");
    assertThat(root.resolve(".dockerignore")).hasContent("dist\nsecrets\n");
    assertThat(root.resolve("compose.yaml")).content().contains("    secrets:\n      - db\n");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void a_file_of_variables_gets_a_line_and_keeps_its_mode() throws IOException {
    Path env = Cli.write(project.resolve(".env"), "# mine\r\nA=1\r\n");
    Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-r-----"));
    Cli.Run run = Cli.run(List.of(new Vary()), "harden", "-o", temp.resolve("copy"), project);
    Cli.Run inPlace = Cli.run(List.of(new Vary()), "harden", "-i", project);

    for (Path file : List.of(env, temp.resolve("copy/.env"))) {
      assertThat(Files.readString(file)).isEqualTo("# mine\r\nA=1\r\nDB=" + SECRET + "\r\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r-----");
    }
    assertThat(run.code() + inPlace.code()).isZero();
    assertThat(run.out() + run.err() + inPlace.out() + inPlace.err()).doesNotContain(SECRET);
    assertThat(inPlace.err()).contains("written: ", ".env\n");
  }

  @Test
  void a_new_file_of_variables_is_for_its_owner_alone() throws IOException {
    Cli.run(List.of(new Vary()), "harden", "-i", project);
    Cli.run(List.of(new Vary()), "harden", "-o", temp.resolve("copy"), project);

    for (Path file : List.of(project.resolve(".env"), temp.resolve("copy/.env"))) {
      assertThat(Files.readString(file)).isEqualTo("DB=" + SECRET + "\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  /** Gives a variable a value. */
  private static final class Vary implements Pass {
    @Override
    public String id() {
      return "pin-image"; // one that has a page
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      Place db = Place.of("compose.yaml", "services", "db");
      var fix = Fix.of("move", Risk.NEUTRAL, "a test", new Edit.Variable(".env", "DB", SECRET));
      return Stream.of(
          Remark.finding(new Subject.OfService("db", db), Severity.LOW, "it is inline", fix));
    }
  }
}
