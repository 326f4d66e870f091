package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hardened project was merged, and a fresh clone of it lacks what no version may hold. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class SecretsCommandTest {

  private static final String PASSWORD = "Xo7-harbour-41";
  private static final String TOKEN = "ghp_R7tq2LmZx81VbNc04KdYwPs6HfJg3AeUoT5i";

  private static final String OLD =
      """
      services:
        web:
          image: ghcr.io/example/shop:4.2
          environment:
            DATABASE_URL: postgres://shop:%1$s@db:5432/shop
            API_TOKEN: %2$s
        db:
          image: postgres:17.7
          environment:
            POSTGRES_USER: shop
            POSTGRES_PASSWORD: %1$s
      """
          .formatted(PASSWORD, TOKEN);

  private static final String FILE = "secrets/db_password.txt";
  private static final String ENV = "DB_PASSWORD=" + PASSWORD + "\nWEB_API_TOKEN=" + TOKEN + "\n";

  @TempDir Path temp;
  private Path origin;
  private Path clone;

  @BeforeEach
  void uses_real_paths() throws IOException {
    temp = temp.toRealPath();
    origin = temp.resolve("origin");
    clone = temp.resolve("clone");
  }

  /** Hardens a project of the repository by a patch, and merges that as a pull request. */
  private void merge(Object... arguments) throws Exception {
    Path patch = temp.resolve("a.patch");
    var command = new ArrayList<Object>(List.of("harden", "-q", "--patch", patch));
    command.addAll(List.of(arguments));
    Cli.Run run = Cli.run(command.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    Cli.git(origin, "checkout", "-q", "-b", "harden");
    Cli.git(origin, "apply", "--index", patch.toString());
    Cli.git(origin, "commit", "-q", "-m", "harden");
    Cli.git(origin, "checkout", "-q", "main");
    Cli.git(origin, "merge", "-q", "--no-ff", "-m", "merge", "harden");
  }

  private void copy() throws Exception {
    Cli.git(temp, "clone", "-q", "file://" + origin, clone.toString());
  }

  /** The project, merged and cloned. */
  private void project() throws Exception {
    Cli.write(origin.resolve("compose.yaml"), OLD);
    Cli.commitAll(origin);
    merge("--only", "inline-secrets", origin);
    copy();
  }

  private static String head(Path repository, String revision) throws Exception {
    return Cli.git(repository, "rev-parse", revision).substring(0, 10);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  /** By path, mode and text of all that is there but what belongs to git. */
  private static Map<String, String> tree(Path folder) throws IOException {
    var tree = new TreeMap<String, String>();
    try (var walk = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) walk::iterator) {
        String name = folder.relativize(path).toString();
        if (!name.isEmpty() && !name.equals(".git") && !name.startsWith(".git/")) {
          tree.put(name, mode(path) + (Files.isRegularFile(path) ? Files.readString(path) : "/"));
        }
      }
    }
    return tree;
  }

  private static void isHarmless(Cli.Run run) {
    assertThat(run.out() + run.err()).doesNotContain(PASSWORD, TOKEN);
  }

  private void isMade(Path project) throws IOException {
    assertThat(Files.readString(project.resolve(FILE))).isEqualTo(PASSWORD);
    assertThat(Files.readString(project.resolve(".env"))).isEqualTo(ENV);
    assertThat(mode(project.resolve(FILE))).isEqualTo("r--r--r--");
    assertThat(mode(project.resolve("secrets"))).isEqualTo("rwx------");
    assertThat(mode(project.resolve(".env"))).isEqualTo("rw-------");
  }

  @Test
  void makes_what_the_clone_lacks_and_says_from_where() throws Exception {
    project();
    String old = head(origin, "HEAD~1");

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.err())
        .isEqualTo(
            """
            %1$s: made 3 of 3 values that were missing
              made     %2$s/secrets/db_password.txt, from %3$s
              made     DB_PASSWORD in %2$s/.env, from %3$s
              made     WEB_API_TOKEN in %2$s/.env, from %3$s
              whoever changed one of them since then has to write the new one
            """
                .formatted(clone, Cli.seen(clone), old));
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isZero();
    isMade(clone);
    isHarmless(run);
    assertThat(Cli.git(clone, "status", "--porcelain")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secure-web-app", "secure-web-app-postgres"})
  void makes_the_very_files_that_harden_makes_in_place(String fixture) throws Exception {
    Path from = Path.of("fixtures").toAbsolutePath().resolve(fixture);
    OutputTest.copyOf(from, origin.resolve("apps/shop"), origin);
    Path there = temp.resolve("there");
    Cli.git(temp, "clone", "-q", "file://" + origin, there.toString());
    assertThat(Cli.run("harden", "-q", "-i", there.resolve("apps/shop")).code()).isZero();
    merge(origin.resolve("apps/shop"));
    copy();

    Cli.Run run = Cli.run("secrets", clone.resolve("apps/shop"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("made ");
    assertThat(tree(clone)).isEqualTo(tree(there));
  }

  @Test
  void compose_starts_from_there_again() throws Exception {
    Compose compose = Compose.orSkip();
    project();
    List<Path> files = List.of(clone.resolve("compose.yaml"));

    assertThat(compose.config(clone, files).accepted()).isFalse();
    assertThat(Cli.run("secrets", clone).code()).isZero();
    assertThat(compose.config(clone, files).accepted()).isTrue();
  }

  @Test
  void a_second_run_does_nothing() throws Exception {
    project();
    assertThat(Cli.run("secrets", clone).code()).isZero();
    FileTime past = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(clone.resolve(".env"), past);
    Files.setLastModifiedTime(clone.resolve("secrets"), past);

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.err()).isEqualTo(clone + ": nothing is missing\n");
    assertThat(run.code()).isZero();
    assertThat(Files.getLastModifiedTime(clone.resolve(".env"))).isEqualTo(past);
    assertThat(Files.getLastModifiedTime(clone.resolve("secrets"))).isEqualTo(past);
    isMade(clone);
  }

  @Test
  void check_writes_nothing() throws Exception {
    project();
    Map<String, String> before = tree(clone);

    Cli.Run run = Cli.run("secrets", "--check", clone);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            %1$s: 3 values are missing
              missing  %2$s/secrets/db_password.txt
              missing  DB_PASSWORD in %2$s/.env
              missing  WEB_API_TOKEN in %2$s/.env
              tightship secrets looks for them in older versions
            """
                .formatted(clone, Cli.seen(clone)));
    assertThat(tree(clone)).isEqualTo(before);
    assertThat(Cli.run("secrets", clone).code()).isZero();
    assertThat(Cli.run("secrets", "--check", clone).code()).isZero();
  }

  @Test
  void quiet_is_quiet() throws Exception {
    project();
    assertThat(Cli.run("secrets", "-q", "--check", clone)).isEqualTo(new Cli.Run(1, "", ""));
    assertThat(Cli.run("secrets", "-q", clone)).isEqualTo(new Cli.Run(0, "", ""));
    assertThat(Cli.run("secrets", "-q", temp.resolve("nowhere")).err().lines()).hasSize(1);
  }

  // What is there stays

  @Test
  void a_file_of_variables_gets_what_it_lacks_and_keeps_the_rest() throws Exception {
    project();
    String own = "# mine\nTAG=1\nexport WEB_API_TOKEN='of my own'\nDB_PASSWORD=\nLAST=x";
    Cli.write(clone.resolve(".env"), own);
    Files.setPosixFilePermissions(
        clone.resolve(".env"), PosixFilePermissions.fromString("rw-r-----"));

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("made 2 of 2 values").doesNotContain("WEB_API_TOKEN");
    assertThat(Files.readString(clone.resolve(".env")))
        .isEqualTo(own + "\nDB_PASSWORD=" + PASSWORD);
    assertThat(mode(clone.resolve(".env"))).isEqualTo("rw-r-----");
    assertThat(Cli.run("secrets", clone).err()).contains("nothing is missing");
  }

  @Test
  void a_secret_that_is_there_stays_as_it_is() throws Exception {
    project();
    Cli.write(clone.resolve(FILE), "rotated");
    Files.setPosixFilePermissions(
        clone.resolve(FILE), PosixFilePermissions.fromString("rw-------"));

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("made 2 of 2 values");
    assertThat(Files.readString(clone.resolve(FILE))).isEqualTo("rotated");
    assertThat(mode(clone.resolve(FILE))).isEqualTo("rw-------");
    assertThat(mode(clone.resolve("secrets"))).isEqualTo("rwxr-xr-x");
  }

  @Test
  void all_of_it_is_made_or_nothing() throws Exception {
    project();
    Cli.write(clone.resolve(".env"), "A=b\n");
    Files.setPosixFilePermissions(
        clone.resolve(".env"), PosixFilePermissions.fromString("r--r--r--"));
    Map<String, String> before = tree(clone);

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .matches("tightship: .*/clone/[.]env: .*; nothing was changed");
    assertThat(tree(clone)).isEqualTo(before);
    isHarmless(run);
  }

  @Test
  void a_folder_that_others_need_keeps_its_mode() throws Exception {
    project();
    Cli.write(clone.resolve("secrets/nginx.conf"), "x");

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isZero();
    assertThat(run.err())
        .contains("  other users of this machine can read them in " + Cli.seen(clone) + "/secrets");
    assertThat(mode(clone.resolve("secrets"))).isEqualTo("rwxr-xr-x");
    assertThat(mode(clone.resolve(FILE))).isEqualTo("r--r--r--");
  }

  // Where nothing is written

  @Test
  void refuses_a_place_that_git_tracks_or_does_not_ignore() throws Exception {
    project();
    Cli.write(clone.resolve("secrets/.gitignore"), "");
    Cli.write(clone.resolve(".env"), "A=b\n");
    Cli.git(clone, "add", "-f", ".env");

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "db_password.txt: git does not ignore it, and could commit the value: add it to"
                + " .gitignore\n",
            "DB_PASSWORD in "
                + Cli.seen(clone)
                + "/.env: git tracks it, and would commit the value")
        .doesNotContain("made ");
    assertThat(clone.resolve(FILE)).doesNotExist();
    assertThat(Files.readString(clone.resolve(".env"))).isEqualTo("A=b\n");
    isHarmless(run);
  }

  @Test
  void refuses_one_place_and_makes_the_rest() throws Exception {
    project();
    Cli.write(clone.resolve(".env"), "A=b\n");
    Cli.git(clone, "add", "-f", ".env");

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("made 1 of 3 values that were missing");
    assertThat(Files.readString(clone.resolve(FILE))).isEqualTo(PASSWORD);
    assertThat(Files.readString(clone.resolve(".env"))).isEqualTo("A=b\n");
  }

  @Test
  void writes_nothing_behind_a_link_or_into_another_repository() throws Exception {
    project();
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.delete(clone.resolve("secrets/.gitignore"));
    Files.delete(clone.resolve("secrets/README.md"));
    Files.delete(clone.resolve("secrets"));
    Files.createSymbolicLink(clone.resolve("secrets"), outside);
    Files.createSymbolicLink(clone.resolve(".env"), Path.of("../outside/env"));

    Cli.Run link = Cli.run("secrets", clone);

    assertThat(link.code()).isEqualTo(2); // .env is read, where it can be
    assertThat(link.err())
        .contains("/.env: is a symbolic link that leads out of the project's root")
        .contains("not looked at, since it lies outside of the root: " + FILE);
    assertThat(outside).isEmptyDirectory();

    Files.delete(clone.resolve("secrets"));
    Files.delete(clone.resolve(".env"));
    Files.createSymbolicLink(clone.resolve(".env"), Path.of("nothing"));
    Cli.write(clone.resolve("secrets/a"), "x");
    Cli.git(clone.resolve("secrets"), "init", "-q");
    Cli.Run other = Cli.run("secrets", clone);

    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err())
        .contains("db_password.txt: lies in a git tree of its own, secrets: run this there")
        .contains("/.env: is a symbolic link to something that does not exist");
    assertThat(clone.resolve(FILE)).doesNotExist();
    assertThat(clone.resolve("nothing")).doesNotExist();
  }

  @Test
  void a_folder_in_the_place_of_a_file_is_told_of() throws Exception {
    project();
    Files.createDirectories(clone.resolve(FILE));

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("db_password.txt: is a folder, not a file\n");
    assertThat(Files.readString(clone.resolve(".env"))).isEqualTo(ENV);
  }

  // Where the values come from

  @Test
  void takes_a_version_that_is_named() throws Exception {
    project();
    Cli.git(origin, "tag", "before", "HEAD~1");
    Cli.git(clone, "fetch", "-q", "--tags");

    for (String none : List.of("HEAD", "origin/main")) {
      Cli.Run run = Cli.run("secrets", "--from", none, clone);
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains(head(clone, none) + " does not have it\n");
    }
    for (String wrong : List.of("nothing", "--all", "HEAD:compose.yaml")) {
      Cli.Run run = Cli.run("secrets", "--from=" + wrong, clone);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors())
          .singleElement()
          .asString()
          .startsWith("tightship: " + wrong + ": is no version that git holds of ");
    }
    assertThat(clone.resolve(".env")).doesNotExist();
    Cli.Run run = Cli.run("secrets", "--from", "before", clone);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains(", from " + head(origin, "before"));
    isMade(clone);
  }

  @Test
  void takes_a_folder_with_the_project_as_it_was() throws Exception {
    project();
    Path plain = temp.resolve("plain");
    for (String name : List.of("compose.yaml", "secrets/.gitignore", "secrets/README.md")) {
      Cli.write(plain.resolve(name), Files.readString(clone.resolve(name)));
    }
    Path old = temp.resolve("old");
    Cli.write(old.resolve("app/docker-compose.yml"), OLD);
    Cli.commitAll(old);
    Map<String, String> before = tree(old);

    Cli.Run none = Cli.run("secrets", plain);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err())
        .contains("there is no git here that knows older versions: name one with --from-folder");
    for (Path wrong :
        List.of(temp.resolve("nowhere"), old, old.resolve("app/docker-compose.yml"))) {
      Cli.Run run = Cli.run("secrets", "--from-folder", wrong, plain);
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.errors()).hasSize(1);
    }
    Cli.Run run = Cli.run("secrets", "--from-folder", old.resolve("app"), plain);

    assertThat(run.code()).as(run.err()).isZero();
    isMade(plain);
    isHarmless(run);
    assertThat(tree(old)).isEqualTo(before);
  }

  /** The Compose file itself does not change with it. */
  @Test
  void a_file_of_variables_gets_back_what_left_it() throws Exception {
    Cli.write(
        origin.resolve("compose.yaml"),
        "services: {web: {image: 'example/web:1', env_file: web.env}}\n");
    Cli.commitAll(origin);
    Path old = Cli.write(origin.resolve("web.env"), "A=1\nAPI_TOKEN=" + TOKEN + "\n");
    Cli.commitAll(origin);
    Path plain = temp.resolve("plain");
    for (String name : List.of("compose.yaml", "web.env")) {
      Cli.write(plain.resolve(name), Files.readString(origin.resolve(name)));
    }
    merge("--only", "inline-secrets", origin);
    copy();
    assertThat(Files.readString(old)).isEqualTo("A=1\nAPI_TOKEN=${WEB_API_TOKEN:?}\n");

    Cli.Run check = Cli.run("secrets", "--check", clone);
    assertThat(check.err()).contains("missing  WEB_API_TOKEN in ");
    assertThat(check.code()).isEqualTo(1);
    for (List<Object> from : List.of(List.<Object>of(), List.<Object>of("--from-folder", plain))) {
      Files.deleteIfExists(clone.resolve(".env"));
      var command = new ArrayList<Object>(List.of("secrets", clone));
      command.addAll(from);
      Cli.Run run = Cli.run(command.toArray());
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(Files.readString(clone.resolve(".env")))
          .isEqualTo("WEB_API_TOKEN=" + TOKEN + "\n");
      isHarmless(run);
    }
    assertThat(Cli.git(clone, "status", "--porcelain")).isEmpty();
  }

  @Test
  void several_versions_may_each_give_some() throws Exception {
    Cli.write(origin.resolve("compose.yaml"), OLD);
    Cli.commitAll(origin);
    String first = head(origin, "HEAD");
    // somebody wrote one of them by hand, and said so before the other was moved
    Cli.write(
        origin.resolve("compose.yaml"),
        OLD.replace(TOKEN, "${WEB_API_TOKEN:?}").replace("shop:4.2", "shop:4.3"));
    Cli.write(origin.resolve("secrets.txt"), "x");
    Cli.commitAll(origin);
    String second = head(origin, "HEAD");
    merge("--only", "inline-secrets", origin);
    copy();
    Cli.write(clone.resolve(".gitignore"), ".env\n");

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains(
            FILE + ", from " + second,
            "/.env, from " + second,
            "WEB_API_TOKEN in " + Cli.seen(clone) + "/.env, from " + first);
    isMade(clone);
  }

  @Test
  void the_newest_version_that_has_a_value_counts() throws Exception {
    Cli.write(origin.resolve("compose.yaml"), OLD.replace(PASSWORD, "Old5-harbour-11"));
    Cli.commitAll(origin);
    project();

    assertThat(Cli.run("secrets", clone).code()).isZero();
    isMade(clone);
  }

  @Test
  void what_has_another_name_now_is_not_guessed() throws Exception {
    project();
    Path compose = clone.resolve("compose.yaml");
    Cli.write(
        compose,
        Files.readString(compose)
            .replace("secrets/db_password.txt", "secrets/postgres.txt")
            .replace("WEB_API_TOKEN", "TOKEN_OF_SHOP"));

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            """
              made     DB_PASSWORD in %1$s/.env, from %2$s
              missing  %1$s/secrets/postgres.txt: it is in none of the versions that were looked at (2)
                       printf %%s '...' > %1$s/secrets/postgres.txt && chmod 444 %1$s/secrets/postgres.txt
              missing  TOKEN_OF_SHOP in %1$s/.env: it is in none of the versions that were looked at (2)
                       add a line TOKEN_OF_SHOP=... to %1$s/.env
            """
                .formatted(Cli.seen(clone), head(origin, "HEAD~1")));
    assertThat(clone.resolve("secrets/postgres.txt")).doesNotExist();
    isHarmless(run);
  }

  @Test
  void a_version_that_cannot_be_read_is_passed_over() throws Exception {
    Cli.write(origin.resolve("compose.yaml"), OLD);
    Cli.commitAll(origin);
    merge("--only", "inline-secrets", origin);
    String good = Files.readString(origin.resolve("compose.yaml"));
    Cli.write(origin.resolve("compose.yaml"), OLD.replace(": " + TOKEN, ": \"" + TOKEN));
    Cli.commitAll(origin);
    String broken = head(origin, "HEAD");
    Cli.write(origin.resolve("compose.yaml"), "a: b\n");
    Cli.commitAll(origin);
    String empty = head(origin, "HEAD");
    Cli.write(origin.resolve("compose.yaml"), good);
    Cli.commitAll(origin);
    copy();

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("  passed over: " + broken + ":compose.yaml:", "  passed over: " + empty);
    isMade(clone);
    isHarmless(run);
    assertThat(Cli.run("secrets", "--from", broken, clone).code()).isZero();
    Files.delete(clone.resolve(".env"));
    Cli.Run named = Cli.run("secrets", "--from", broken, clone);
    assertThat(named.code()).isEqualTo(2);
    assertThat(named.errors()).singleElement().asString().contains(broken + ":compose.yaml:");
    isHarmless(named);
  }

  @Test
  void says_that_a_clone_has_no_past() throws Exception {
    project();
    Path shallow = temp.resolve("shallow");
    Cli.git(temp, "clone", "-q", "--depth", "1", "file://" + origin, shallow.toString());

    Cli.Run run = Cli.run("secrets", shallow);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains(", and this clone has no older ones (it is shallow)");
  }

  @Test
  void a_project_that_is_not_committed_yet_has_no_versions() throws Exception {
    project();
    Path plain = temp.resolve("plain");
    Cli.write(plain.resolve("compose.yaml"), Files.readString(clone.resolve("compose.yaml")));
    Cli.write(plain.resolve(".gitignore"), "*\n");
    Cli.git(plain, "init", "-q");

    Cli.Run run = Cli.run("secrets", plain);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("no older version of the Compose files is in git\n")
        .contains("mkdir -p -m 700 " + Cli.seen(plain) + "/secrets && printf ");
  }

  @Test
  void what_hangs_on_a_local_variable_is_found_with_it() throws Exception {
    Cli.write(origin.resolve("compose.yaml"), OLD.replace("postgres:17.7", "postgres:${PG:?}"));
    Cli.write(origin.resolve(".gitignore"), ".env\n");
    Cli.write(origin.resolve(".env"), "PG=17.7\n");
    Cli.commitAll(origin);
    merge("--only", "inline-secrets", origin);
    copy();

    Cli.Run without = Cli.run("secrets", clone);
    assertThat(without.code()).isEqualTo(1);
    assertThat(without.err())
        .contains("missing  PG in ", "missing  " + Cli.seen(clone) + "/secrets");

    Cli.write(clone.resolve(".env"), "PG=17.7\n");
    Cli.Run with = Cli.run("secrets", clone);
    assertThat(with.code()).as(with.err()).isZero();
    assertThat(Files.readString(clone.resolve(".env"))).isEqualTo("PG=17.7\n" + ENV);
    assertThat(Files.readString(clone.resolve(FILE))).isEqualTo(PASSWORD);
  }

  /** What it was made of may have changed after the Compose file last did. */
  @Test
  void looks_at_what_was_there_when_it_was_hardened() throws Exception {
    Cli.write(origin.resolve("compose.yaml"), OLD.replace("image: postgres:17.7", "build: db"));
    Cli.write(origin.resolve("db/Dockerfile"), "FROM alpine:3.20\n");
    Cli.commitAll(origin);
    Cli.write(origin.resolve("db/Dockerfile"), "FROM postgres:17.7\n");
    Cli.commitAll(origin);
    String before = head(origin, "HEAD");
    merge("--only", "inline-secrets", origin);
    copy();

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains(FILE + ", from " + before);
    isMade(clone);
  }

  // Which files make the project

  @Test
  void an_older_version_may_call_its_compose_file_otherwise() throws Exception {
    Cli.write(origin.resolve("app/docker-compose.yml"), OLD);
    Cli.write(
        origin.resolve("app/docker-compose.override.yml"),
        "services: {web: {environment: {CLIENT_SECRET: Zt5-lantern-88}}}\n");
    Cli.commitAll(origin);
    merge("--only", "inline-secrets", origin.resolve("app"));
    Cli.git(origin, "mv", "app/docker-compose.yml", "app/compose.yaml");
    Cli.git(origin, "mv", "app/docker-compose.override.yml", "app/compose.override.yaml");
    Cli.commitAll(origin);
    copy();
    Path app = clone.resolve("app");

    Cli.Run run = Cli.run("secrets", app);

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(app.resolve(FILE))).isEqualTo(PASSWORD);
    assertThat(Files.readString(app.resolve(".env")))
        .contains(ENV.split("\n", -1))
        .contains("WEB_CLIENT_SECRET=Zt5-lantern-88\n");
    assertThat(clone.resolve("secrets")).doesNotExist();
  }

  @Test
  void a_file_that_was_named_is_looked_for_under_its_name_alone() throws Exception {
    Cli.write(origin.resolve("docker-compose.yml"), OLD);
    Cli.write(origin.resolve("compose.yaml"), "services: {a: {image: nginx}}\n");
    Cli.commitAll(origin);
    Path named = origin.resolve("docker-compose.yml");
    merge("--only", "inline-secrets", named);
    copy();
    assertThat(Cli.run("secrets", clone).err()).contains("nothing is missing");

    Cli.Run run = Cli.run("secrets", clone.resolve("docker-compose.yml"));

    assertThat(run.code()).as(run.err()).isZero();
    isMade(clone);
    Cli.git(clone, "mv", "docker-compose.yml", "other.yml");
    Files.delete(clone.resolve(".env"));
    Cli.Run other = Cli.run("secrets", "-f", clone.resolve("other.yml"));
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err()).contains("no older version of the Compose files is in git");
    Cli.Run from = Cli.run("secrets", "-f", clone.resolve("other.yml"), "--from", "HEAD~1");
    assertThat(from.code()).isEqualTo(2);
    assertThat(from.err()).contains(" has no Compose file of this project\n");
  }

  @Test
  void several_files_folders_and_a_file_of_variables_that_were_named() throws Exception {
    Cli.write(origin.resolve("deploy/base.yml"), OLD);
    Cli.write(
        origin.resolve("deploy/prod.yml"),
        "services: {web: {environment: {CLIENT_SECRET: Zt5-lantern-88}}}\n");
    Cli.write(origin.resolve("env/prod.env"), "A=b\n");
    Cli.write(origin.resolve(".gitignore"), "env/\n");
    Cli.commitAll(origin);
    merge(with("--only", "inline-secrets", all(origin)));
    copy();

    Cli.Run check = Cli.run(with("secrets", "--check", all(clone)));
    assertThat(check.code()).as(check.err()).isEqualTo(1);
    Files.createDirectories(clone.resolve("env"));
    Cli.Run run = Cli.run(with("secrets", "-q", all(clone)));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Files.readString(clone.resolve("env/prod.env")))
        .isEqualTo(ENV + "WEB_CLIENT_SECRET=Zt5-lantern-88\n");
    assertThat(mode(clone.resolve("env/prod.env"))).isEqualTo("rw-------");
    assertThat(Files.readString(clone.resolve("app/" + FILE))).isEqualTo(PASSWORD);
    assertThat(clone.resolve("app/.env")).doesNotExist();
  }

  private static Object[] all(Path repository) throws IOException {
    Files.createDirectories(repository.resolve("app"));
    return new Object[] {
      "-f",
      repository.resolve("deploy/base.yml"),
      "-f",
      repository.resolve("deploy/prod.yml"),
      "--env-file",
      repository.resolve("env/prod.env"),
      "--project-directory",
      repository.resolve("app")
    };
  }

  private static Object[] with(Object first, Object second, Object... rest) {
    var all = new ArrayList<Object>(List.of(first, second));
    all.addAll(List.of(rest));
    return all.toArray();
  }

  @Test
  void what_included_and_extended_files_ask_for_counts() throws Exception {
    Cli.write(
        origin.resolve("compose.yaml"),
        OLD + "  more:\n    extends: {file: base.yaml, service: base}\n");
    Cli.write(origin.resolve("base.yaml"), "services: {base: {image: nginx}}\n");
    Cli.commitAll(origin);
    merge("--only", "inline-secrets", origin);
    Cli.write(
        origin.resolve("lib/compose.yaml"),
        """
        services: {c: {image: c, secrets: [x], environment: ['T=${WEB_API_TOKEN:?}']}}
        secrets: {x: {file: ../secrets/db_password.txt}}
        """);
    Cli.write(origin.resolve("base.yaml"), "services: {base: {image: 'nginx:${DB_PASSWORD?}'}}\n");
    Path compose = origin.resolve("compose.yaml");
    Cli.write(
        compose,
        "include: [lib/compose.yaml]\n"
            + Files.readString(compose)
                .replaceAll("(?s)\nsecrets:.*", "\n")
                .replace("${WEB_API_TOKEN:?}", "x")
                .replace("${DB_PASSWORD:?}", "x")
                .replaceAll("    secrets:\n      - db_password\n", ""));
    Cli.commitAll(origin);
    copy();

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).as(run.err()).isZero();
    isMade(clone);
  }

  @Test
  void one_project_that_cannot_be_read_does_not_stop_the_others() throws Exception {
    project();
    Path bad = temp.resolve("bad");
    Cli.write(bad.resolve("compose.yaml"), "services: [\n");

    Cli.Run run = Cli.run("secrets", bad, clone, temp.resolve("nowhere"));

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).hasSize(2);
    isMade(clone);
  }

  @Test
  void options_that_do_not_go_together() throws Exception {
    project();
    for (Object[] arguments :
        new Object[][] {
          {"secrets", "--from", "HEAD", "--from-folder", origin, clone},
          {"secrets", "--check", "--from", "HEAD", clone},
          {"secrets", "--check", "--from-folder", origin, clone},
          {"secrets", "--from-folder", origin, clone, clone},
          {"secrets", "-f", clone.resolve("compose.yaml"), clone},
          {"secrets", "--level", "safe", clone}
        }) {
      Cli.Run run = Cli.run(arguments);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors()).hasSize(1);
    }
    assertThat(clone.resolve(".env")).doesNotExist();
  }

  // Strangers

  @Test
  void no_value_is_shown_or_left_anywhere_else() throws Exception {
    project();
    Path tmp = Files.createDirectories(temp.resolve("tmp"));
    List<String> git = names(clone.resolve(".git"));

    Cli.Run run =
        Cli.process(
            clone,
            List.of("-Djava.io.tmpdir=" + tmp, "-XX:-UsePerfData"),
            Map.of("TMPDIR", tmp.toString()),
            "secrets");

    assertThat(run.code()).as(run.err()).isZero();
    isMade(clone);
    isHarmless(run);
    assertThat(tmp).isEmptyDirectory();
    assertThat(names(clone.resolve(".git"))).isEqualTo(git);
    tree(clone)
        .forEach(
            (name, text) -> {
              if (!name.equals(FILE) && !name.equals(".env")) {
                assertThat(text).as(name).doesNotContain(PASSWORD, TOKEN);
              }
            });
  }

  private static List<String> names(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      return walk.map(Path::toString).sorted().toList();
    }
  }

  @Test
  void an_older_version_never_leads_out_of_the_project() throws Exception {
    Path outside = Cli.write(temp.resolve("outside/compose.yaml"), OLD);
    Path compose = origin.resolve("compose.yaml");
    Cli.write(compose, "services: {a: {image: 'nginx:${DB_PASSWORD:?}'}}\n");
    String hardened = Files.readString(compose);
    for (String target : List.of(outside.toString(), "../outside/compose.yaml")) {
      Files.delete(compose);
      Files.createSymbolicLink(compose, Path.of(target));
      Cli.commitAll(origin);
    }
    Files.delete(compose);
    Cli.write(compose, hardened);
    Cli.write(origin.resolve(".gitignore"), ".env\n");
    Cli.commitAll(origin);

    Cli.Run run = Cli.run("secrets", origin);

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.startsWith("  passed over: ")))
        .hasSize(2)
        .allMatch(line -> line.endsWith("is a symbolic link that leads out of the project's root"));
    assertThat(origin.resolve(".env")).doesNotExist();
    isHarmless(run);
  }

  @Test
  void a_journal_that_is_none_of_ours_is_not_followed() throws Exception {
    project();
    Cli.write(clone.resolve(".tightship-journal"), "rm -rf /\n");

    Cli.Run run = Cli.run("secrets", clone);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).singleElement().asString().contains("/.tightship-journal: ");
    assertThat(clone.resolve(".env")).doesNotExist();
  }

  @Test
  void works_the_same_in_any_locale() throws Exception {
    Cli.write(origin.resolve("b\u00fccher/compose.yaml"), OLD);
    Cli.commitAll(origin);
    merge("--only", "inline-secrets", origin.resolve("b\u00fccher"));
    copy();
    Path project = clone.resolve("b\u00fccher");

    // from within, since the locale cannot say the name of the folder
    Cli.Run run = Cli.process(project, List.of(), Map.of("LC_ALL", "POSIX"), "secrets");

    assertThat(run.code()).as(run.err()).isZero();
    isMade(project);
  }

  @Test
  void names_of_the_project_are_harmless() throws Exception {
    Cli.write(
        origin.resolve("compose.yaml"),
        """
        services: {a: {image: nginx}}
        secrets:
          a: {file: "x; touch 'pwned' $(id).txt"}
          b: {file: "-rf"}
          c: {file: "a\\e[31m\\n::error::b"}
          d: {file: "##[error]x/y"}
          "e\\n::error::": {file: "/etc/x"}
        """);
    Cli.write(origin.resolve(".gitignore"), "*\n!compose.yaml\n");
    Cli.commitAll(origin);

    Cli.Run run = Cli.process(origin, List.of(), Map.of(), "secrets");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains(
            "> 'x; touch '\\''pwned'\\'' $(id).txt' && chmod 444 'x; touch",
            "> ./-rf && chmod 444 ./-rf\n",
            "write it by hand, with mode 444: no command can show such a name")
        .doesNotContain("\u001b", "\n::error", "##[");
  }
}
