package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class TransactionTest {

  @TempDir Path temp;
  private Folder top;
  private Folder project;
  private Disk disk;

  @BeforeEach
  void make_project() throws IOException {
    top = Folder.at(temp);
    project = top.folder("project");
    disk = project.disk();
  }

  @Test
  void replaces_and_creates_and_leaves_nothing_else_behind() throws Exception {
    given("compose.yaml", "a: 1\n");
    given("app/Dockerfile", "FROM a\n");

    List<String> notes =
        new Transaction(disk)
            .replace("compose.yaml", "\uFEFFa: \u00fc\r\n")
            .replace("app/Dockerfile", "FROM b\n")
            .create("secrets/db.txt", "s3cret", 0444)
            .create("deep/down/new.txt", "")
            .folder("secrets", 0700)
            .folder("empty", 0750)
            .commit();

    assertThat(notes).isEmpty();
    assertThat(project.read("compose.yaml")).isEqualTo("\uFEFFa: \u00fc\r\n");
    assertThat(project.tree())
        .containsOnlyKeys(
            "app",
            "app/Dockerfile",
            "compose.yaml",
            "deep",
            "deep/down",
            "deep/down/new.txt",
            "empty",
            "secrets",
            "secrets/db.txt")
        .containsEntry("app/Dockerfile", "FROM b\n")
        .containsEntry("secrets/db.txt", "s3cret");
    assertThat(project.mode("secrets/db.txt")).isEqualTo("r--r--r--");
    assertThat(project.mode("secrets")).isEqualTo("rwx------");
    assertThat(project.mode("empty")).isEqualTo("rwxr-x---");
  }

  @Test
  void gives_new_files_the_default_mode_less_the_umask() throws Exception {
    Path usual = Files.createFile(project.path().resolve("usual"));
    Files.delete(usual);
    project.write("usual", "");

    new Transaction(disk).create("new", "").commit();

    // The mode of "usual" is 0666 less the umask; 0644 never gives others the right to write.
    int expected = Modes.number(Files.getPosixFilePermissions(usual)) & 0644;
    assertThat(project.mode("new")).isEqualTo(Modes.text(expected));
  }

  @Test
  void keeps_the_mode() throws Exception {
    for (String mode : List.of("rw-------", "rwxr-x---", "rw-rw-rw-")) {
      given("compose.yaml", "old " + mode);
      project.mode("compose.yaml", mode);

      new Transaction(disk).replace("compose.yaml", "new").commit();

      assertThat(project.mode("compose.yaml")).isEqualTo(mode);
    }
  }

  @Test
  void keeps_owner_and_group() throws Exception {
    given("compose.yaml", "old");
    Path file = project.path().resolve("compose.yaml");
    try {
      Files.setAttribute(file, "unix:uid", 12345);
      Files.setAttribute(file, "unix:gid", 23456);
    } catch (IOException e) {
      assumeTrue(false, "only root may give files away");
    }

    List<String> notes = new Transaction(disk).replace("compose.yaml", "new").commit();

    assertThat(notes).isEmpty();
    assertThat(project.read("compose.yaml")).isEqualTo("new");
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12345);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(23456);
  }

  @Test
  void gives_a_group_that_cannot_be_kept_no_more_than_others_had() throws Exception {
    given("compose.yaml", "old");
    project.mode("compose.yaml", "rw-rw-r--");
    Path file = project.path().resolve("compose.yaml");
    try {
      Files.setAttribute(file, "unix:gid", 23456);
    } catch (IOException e) {
      assumeTrue(false, "only root may give files to any group");
    }
    var mutations =
        new Mutations(
            step -> {
              if (step.startsWith("owner ")) {
                throw new AccessDeniedException("no");
              }
            });

    List<String> notes = new Transaction(disk, mutations).replace("compose.yaml", "new").commit();

    assertThat(notes)
        .containsExactly("The group of compose.yaml could not be kept: permission denied");
    assertThat(project.mode("compose.yaml")).isEqualTo("rw-r--r--");
  }

  @Test
  void writes_through_a_link_that_stays_inside() throws Exception {
    project.write("deploy/prod.yaml", "old");
    project.link("compose.yaml", "deploy/prod.yaml");
    disk.read("compose.yaml");

    new Transaction(disk).replace("compose.yaml", "new").commit();

    assertThat(project.tree())
        .isEqualTo(
            Map.of(
                "compose.yaml", "-> deploy/prod.yaml", "deploy", "/", "deploy/prod.yaml", "new"));
  }

  @Test
  void creates_through_a_folder_that_is_a_link() throws Exception {
    project.folder("real");
    project.link("alias", "real");

    new Transaction(disk).create("alias/new.txt", "x").commit();

    assertThat(project.read("real/new.txt")).isEqualTo("x");
  }

  @Test
  void leaves_other_hard_links_alone_and_says_so() throws Exception {
    Path outside = top.write("store", "old");
    Files.createLink(project.path().resolve("compose.yaml"), outside);
    disk.read("compose.yaml");

    List<String> notes = new Transaction(disk).replace("compose.yaml", "new").commit();

    assertThat(project.read("compose.yaml")).isEqualTo("new");
    assertThat(top.read("store")).isEqualTo("old");
    assertThat(notes)
        .containsExactly("compose.yaml has 1 more hard link(s); they keep the old text.");
  }

  @Test
  void refuses_a_file_that_nobody_may_write() throws Exception {
    given("a.yaml", "old");
    given("b.yaml", "old");
    project.mode("b.yaml", "r--r--r--");

    refuses(
        new Transaction(disk).replace("a.yaml", "new").replace("b.yaml", "new"),
        "b.yaml",
        "is read-only; nothing was changed");
    assertThat(project.read("a.yaml")).isEqualTo("old");
  }

  @Test
  void refuses_a_file_that_changed_since_it_was_read() throws Exception {
    given("a.yaml", "old");
    given("b.yaml", "old");
    project.write("b.yaml", "edited");

    refuses(
        new Transaction(disk).replace("a.yaml", "new").replace("b.yaml", "new"),
        "b.yaml",
        "was changed by someone else meanwhile; nothing was changed");
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "old", "b.yaml", "edited"));

    Files.delete(project.path().resolve("a.yaml"));
    refuses(
        new Transaction(disk).replace("a.yaml", "new"),
        "a.yaml",
        "was removed by someone else meanwhile; nothing was changed");
  }

  @Test
  void refuses_a_file_that_changes_while_it_works() throws Exception {
    given("a.yaml", "old");
    given("b.yaml", "old");
    var mutations =
        new Mutations(
            step -> {
              if (step.endsWith("-1.old")) {
                project.write("b.yaml.tmp", "edited");
                Files.move(
                    project.path().resolve("b.yaml.tmp"),
                    project.path().resolve("b.yaml"),
                    StandardCopyOption.REPLACE_EXISTING);
              }
            });

    refuses(
        new Transaction(disk, mutations)
            .replace("a.yaml", "new")
            .replace("b.yaml", "new")
            .create("secrets/c", "x"),
        "b.yaml",
        "was changed by someone else meanwhile; nothing was changed");
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "old", "b.yaml", "edited"));
  }

  @Test
  void never_replaces_what_it_shall_create() throws Exception {
    given("a.yaml", "old");
    project.write("file", "mine");
    project.folder("folder");
    project.link("dangling", "gone");
    project.link("out", "../elsewhere");

    for (String name : List.of("file", "folder", "a.yaml")) {
      refuses(creating(name), name, "exists already; nothing was changed");
    }
    refuses(
        creating("dangling"),
        "dangling",
        "is a symbolic link to something that does not exist; nothing was changed");
    refuses(
        creating("out"),
        "out",
        "is a symbolic link that leads out of the project's root; nothing was changed");
    refuses(
        creating("file/below"),
        "file/below",
        "cannot be made, since file is not a folder; nothing was changed");
    refuses(
        new Transaction(disk).folder("file", 0755),
        "file",
        "exists and is not a folder; nothing was changed");
    assertThat(project.read("a.yaml")).isEqualTo("old");
  }

  @Test
  void never_replaces_what_someone_else_creates_meanwhile() throws Exception {
    given("a.yaml", "old");
    var mutations =
        new Mutations(
            step -> {
              if (step.equals("link new.txt")) {
                project.write("new.txt", "theirs");
              }
            });

    refuses(
        new Transaction(disk, mutations).replace("a.yaml", "new").create("new.txt", "ours"),
        "new.txt",
        "was changed by someone else meanwhile; nothing was changed");
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "old", "new.txt", "theirs"));
  }

  @Test
  void never_touches_git_or_its_own_files() throws Exception {
    for (String name : List.of(".git/hooks/pre-commit", "sub/.GIT/config", ".tightship-journal")) {
      refuses(
          creating(name),
          name,
          "belongs to git or to Tightship itself, and is never changed; nothing was changed");
    }
  }

  @Test
  void takes_one_file_under_two_names_for_one() throws Exception {
    project.write("a.yaml", "old");
    project.link("b.yaml", "a.yaml");
    disk.read("a.yaml");
    disk.read("b.yaml");

    refuses(
        new Transaction(disk).replace("a.yaml", "1").replace("b.yaml", "2"),
        "b.yaml",
        "is one file under two names that shall get two texts; nothing was changed");
    new Transaction(disk).replace("a.yaml", "1").replace("b.yaml", "1").commit();
    assertThat(project.read("b.yaml")).isEqualTo("1");
  }

  @Test
  void touches_nothing_when_the_texts_stay() throws Exception {
    given("a.yaml", "same");
    Object before = Files.getAttribute(project.path().resolve("a.yaml"), "unix:ino");
    project.mode("a.yaml", "r--r--r--");

    new Transaction(disk).replace("a.yaml", "same").folder(".", 0700).commit();

    assertThat(Files.getAttribute(project.path().resolve("a.yaml"), "unix:ino")).isEqualTo(before);
  }

  @Test
  void runs_alone() throws Exception {
    given("a.yaml", "old");
    var second = new ArrayList<String>();
    var mutations =
        new Mutations(
            step -> {
              if (step.startsWith("replace")) {
                Disk other = project.disk();
                other.read("a.yaml");
                second.add(sentence(() -> new Transaction(other).create("x", "").commit()));
                second.add(sentence(() -> Transaction.recover(project.root())));
              }
            });

    new Transaction(disk, mutations).replace("a.yaml", "new").commit();

    assertThat(second)
        .containsExactly(
            "is being changed by another run of Tightship; try again later",
            "is being changed by another run of Tightship; try again later");
    assertThat(project.tree()).isEqualTo(Map.of("a.yaml", "new"));
    assertThat(Transaction.recover(project.root()).kind()).isEqualTo(Recovery.Kind.NOTHING);
  }

  @Test
  void refuses_to_start_over_the_journal_of_an_interrupted_run() throws Exception {
    project.write(Journal.NAME, "");

    assertThatThrownBy(() -> creating("new.txt").commit())
        .isInstanceOf(ProjectException.class)
        .hasMessage("is being changed by another run of Tightship; try again later");
    assertThat(project.has("new.txt")).isFalse();
  }

  private interface Throwing {
    Object run() throws ProjectException;
  }

  private static String sentence(Throwing action) {
    try {
      return String.valueOf(action.run());
    } catch (ProjectException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Transaction creating(String name) {
    var transaction = new Transaction(disk).create(name, "x");
    return project.has("a.yaml") ? transaction.replace("a.yaml", "new") : transaction;
  }

  private void given(String name, String text) throws IOException {
    project.write(name, text);
    assertThat(disk.read(name)).isEqualTo(new Read.Text(text));
  }

  private static void refuses(Transaction transaction, String path, String sentence) {
    assertThatThrownBy(transaction::commit)
        .isInstanceOfSatisfying(
            ProjectException.class,
            e -> {
              assertThat(e.path()).isEqualTo(path);
              assertThat(e).hasMessage(sentence);
            });
  }

  @Test
  void a_folder_that_exists_gets_a_mode_with_the_rest() throws Exception {
    given("secrets/README.md", "x");
    project.mode("secrets", "rwxr-xr-x");

    new Transaction(disk).create("secrets/db.txt", "s3cret", 0444).mode("secrets", 0700).commit();

    assertThat(project.mode("secrets")).isEqualTo("rwx------");
    assertThat(project.mode("secrets/db.txt")).isEqualTo("r--r--r--");
    assertThat(project.read("secrets/README.md")).isEqualTo("x");
    for (String none : List.of("secrets/db.txt", "nowhere")) {
      assertThatThrownBy(() -> new Transaction(disk).create("a", "").mode(none, 0700).commit())
          .isInstanceOf(ProjectException.class)
          .hasMessage("is no folder; nothing was changed");
    }
  }

  @Test
  void a_folder_keeps_its_mode_where_nothing_is_written_after_all() throws Exception {
    given("secrets/README.md", "x");
    project.mode("secrets", "rwxr-xr-x");
    int failures = 0;
    for (int i = 0; ; i++) {
      int stop = i;
      var steps = new ArrayList<String>();
      Mutations mutations =
          new Mutations(
              step -> {
                steps.add(step);
                if (steps.size() - 1 == stop) {
                  throw new IOException("no space left");
                }
              });
      Transaction transaction =
          new Transaction(disk, mutations)
              .create("secrets/db.txt", "s3cret", 0444)
              .mode("secrets", 0700);
      try {
        List<String> notes = transaction.commit();
        if (steps.size() <= stop) {
          break;
        }
        boolean kept = steps.get(stop).equals("mode secrets");
        assertThat(project.mode("secrets")).isEqualTo(kept ? "rwxr-xr-x" : "rwx------");
        assertThat(notes).hasSize(1);
        Transaction.recover(project.root());
        Files.delete(project.path().resolve("secrets/db.txt"));
        project.mode("secrets", "rwxr-xr-x");
      } catch (ProjectException e) {
        failures++;
        assertThat(project.mode("secrets")).as("%s", steps).isEqualTo("rwxr-xr-x");
        assertThat(project.tree()).containsOnlyKeys("secrets", "secrets/README.md");
      }
    }
    assertThat(failures).isGreaterThan(10);
  }
}
