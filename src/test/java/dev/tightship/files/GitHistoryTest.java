package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class GitHistoryTest {

  @TempDir Path temp;
  private Folder tree;

  @BeforeEach
  void make_tree() throws Exception {
    tree = Folder.at(temp).folder("tree");
    Repository.init(tree);
  }

  private GitHistory history() throws ProjectException {
    return history(ProjectRoot.of(tree.path(), null));
  }

  private static GitHistory history(ProjectRoot root) {
    return Objects.requireNonNull(GitHistory.of(root));
  }

  private String commit(String file, String text) throws Exception {
    tree.write(file, text);
    return commit();
  }

  private String commit() throws Exception {
    Repository.commitAll(tree);
    return Repository.git(tree, "rev-parse", "HEAD").strip();
  }

  private GitVersion version() throws Exception {
    return history().version(commit());
  }

  @Test
  void tells_in_which_commits_files_changed_and_what_was_before() throws Exception {
    String first = commit("compose.yaml", "1");
    String second = commit("docker/b\u00fccher [x].yaml", "2");
    String third = commit("other", "3");
    String fourth = commit("compose.yaml", "4");
    commit("other", "5");

    assertThat(history().commits(List.of("compose.yaml"), 9)).containsExactly(fourth, third, first);
    assertThat(history().commits(List.of("compose.yaml"), 1)).containsExactly(fourth);
    assertThat(history().commits(List.of("a\nb", "docker/b\u00fccher [x].yaml", "compose.yaml"), 9))
        .containsExactly(fourth, third, second, first);
    assertThat(history().commits(List.of("docker/b\u00fccher x.yaml", "*"), 9)).isEmpty();
  }

  @Test
  void tells_them_of_a_root_below_the_top_too() throws Exception {
    String first = commit("compose.yaml", "1");
    String second = commit("app/compose.yaml", "2");
    var root = ProjectRoot.of(tree.path().resolve("app"), tree.path().resolve("app"));

    assertThat(history(root).commits(List.of("compose.yaml"), 9)).containsExactly(second, first);
    assertThat(history(root).version(second).read("compose.yaml")).isEqualTo(new Read.Text("2"));
    assertThat(history(root).version(second).read("../compose.yaml"))
        .isEqualTo(new Read.Refused("leads out of the project's root"));
  }

  @Test
  void knows_what_has_no_history() throws Exception {
    assertThat(history().commits(List.of("compose.yaml"), 9)).isEmpty();
    assertThat(GitHistory.of(Folder.at(temp).folder("plain").root())).isNull();
  }

  @Test
  void names_a_version_as_git_does() throws Exception {
    String first = commit("compose.yaml", "1");
    String second = commit("compose.yaml", "2");
    Repository.git(tree, "tag", "-a", "-m", "x", "v1", first);

    assertThat(history().commit("HEAD")).isEqualTo(second);
    assertThat(history().commit("HEAD~1")).isEqualTo(first);
    assertThat(history().commit("v1")).isEqualTo(first);
    assertThat(history().commit(first.substring(0, 9))).isEqualTo(first);
    for (String none : List.of("v2", "HEAD:compose.yaml", "--all", "", "HEAD~9")) {
      assertThatThrownBy(() -> history().commit(none))
          .isInstanceOf(ProjectException.class)
          .hasMessageStartingWith("is no version that git holds of ");
    }
  }

  @Test
  void tells_a_clone_without_its_past() throws Exception {
    commit("compose.yaml", "1");
    commit("compose.yaml", "2");
    Repository.git(tree, "clone", "-q", "--depth", "1", "file://" + tree.path(), "../clone");
    ProjectRoot clone = Folder.at(temp).folder("clone").root();

    assertThat(history().isShallow()).isFalse();
    assertThat(history(clone).isShallow()).isTrue();
    assertThat(history(clone).commits(List.of("compose.yaml"), 9)).hasSize(1);
  }

  @Test
  void reads_a_version_whatever_is_on_the_disk() throws Exception {
    tree.write("a/b/c.txt", "old \u00fc\r\n");
    tree.write("latin", new byte[] {'a', (byte) 0xE9});
    tree.write("large", new byte[Disk.MAX_BYTES + 1]);
    GitVersion version = version();
    tree.write("a/b/c.txt", "new");
    Files.delete(tree.path().resolve("latin"));
    Map<String, String> before = tree.tree();

    assertThat(version.read("a/b/c.txt")).isEqualTo(new Read.Text("old \u00fc\r\n"));
    assertThat(version.read("a/b/../b/./c.txt")).isEqualTo(new Read.Text("old \u00fc\r\n"));
    assertThat(version.read("latin")).isInstanceOf(Read.Refused.class);
    assertThat(version.read("large"))
        .isEqualTo(new Read.Refused("is larger than 8 MiB, which is not read"));
    assertThat(version.read("a")).isEqualTo(new Read.Refused("is a folder, not a file"));
    for (String none : List.of("A", "a/b/c", "a/b/c.txt/d", "nowhere/c.txt")) {
      assertThat(version.read(none)).isEqualTo(new Read.Missing());
      assertThat(version.kind(none)).isEqualTo(Disk.Kind.MISSING);
    }
    for (String out : List.of("/etc/passwd", "../tree/latin", "a/../../x")) {
      assertThat(version.read(out)).isEqualTo(new Read.Refused("leads out of the project's root"));
    }
    assertThat(version.kind("a/b/c.txt")).isEqualTo(Disk.Kind.FILE);
    assertThat(version.kind("a/b")).isEqualTo(Disk.Kind.FOLDER);
    assertThat(version.kind("")).isEqualTo(Disk.Kind.FOLDER);
    assertThat(version.tracking("a/b/c.txt")).isEqualTo(GitTree.Tracking.TRACKED);
    assertThat(version.tracking("a")).isEqualTo(GitTree.Tracking.TRACKED);
    assertThat(version.tracking("new")).isEqualTo(GitTree.Tracking.UNKNOWN);
    assertThat(tree.tree()).isEqualTo(before);
  }

  @Test
  void follows_a_link_inside_the_version_and_never_out_of_it() throws Exception {
    tree.write("docker/compose.yaml", "linked");
    tree.link("compose.yaml", "docker/compose.yaml");
    tree.link("docker/up", "..");
    tree.link("out", "../outside");
    tree.link("docker/far", "../../x");
    tree.link("absolute", tree.path().resolve("docker/compose.yaml").toString());
    tree.link("circle", "circle2");
    tree.link("circle2", "circle");
    tree.link("dangling", "nothing");
    Folder.at(temp).write("outside", "secret");
    GitVersion version = version();

    assertThat(version.read("compose.yaml")).isEqualTo(new Read.Text("linked"));
    assertThat(version.read("docker/up/docker/up/compose.yaml")).isEqualTo(new Read.Text("linked"));
    assertThat(version.kind("compose.yaml")).isEqualTo(Disk.Kind.FILE);
    assertThat(version.kind("docker/up")).isEqualTo(Disk.Kind.FOLDER);
    for (String out : List.of("out", "docker/far", "absolute", "out/x")) {
      assertThat(version.read(out))
          .isEqualTo(new Read.Refused("is a symbolic link that leads out of the project's root"));
      assertThat(version.kind(out)).isEqualTo(Disk.Kind.OUTSIDE);
    }
    assertThat(version.read("circle"))
        .isEqualTo(new Read.Refused("is a symbolic link that runs in circles"));
    assertThat(version.read("dangling"))
        .isEqualTo(new Read.Refused("is a symbolic link to something that does not exist"));
    assertThat(version.kind("dangling")).isEqualTo(Disk.Kind.MISSING);
  }

  @Test
  void lists_as_a_disk_does() throws Exception {
    tree.write("a/one.txt", "1");
    tree.write("a/b/two.txt", "22");
    tree.write("a/b/c/three.txt", "333");
    tree.write("a-b/four.txt", "4444");
    tree.write("ab.txt", "");
    tree.link("a/link", "../ab.txt");
    tree.link("l", "a/b");
    GitVersion version = version();
    Disk disk = new Disk(ProjectRoot.of(tree.path(), null));

    for (String folder : List.of("a", "a/b", "l", "nowhere", "ab.txt", "a/one.txt")) {
      assertThat(version.walk(folder, name -> true, 100))
          .as(folder)
          .isEqualTo(disk.walk(folder, name -> true, 100));
    }
    assertThat(version.walk("", name -> !name.equals(".git") && !name.equals("a/b"), 100))
        .isEqualTo(disk.walk("", name -> !name.equals(".git") && !name.equals("a/b"), 100));
    // two folders, three files
    assertThat(version.walk("a", name -> true, 5)).isInstanceOf(Walk.Whole.class);
    assertThat(version.walk("a", name -> true, 4))
        .isEqualTo(new Walk.Partial("holds more than 4 files and folders"));
    tree.link("out", "..");
    assertThat(version().walk("out", name -> true, 9))
        .isEqualTo(new Walk.Partial("is a symbolic link that leads out of the project's root"));
  }

  @Test
  void does_not_believe_the_names_of_a_tree() throws Exception {
    String blob = hash("blob", "evil".getBytes(StandardCharsets.US_ASCII));
    byte[] id = java.util.HexFormat.of().parseHex(blob);
    var raw = new java.io.ByteArrayOutputStream();
    for (byte[] name :
        List.of("..".getBytes(StandardCharsets.US_ASCII), new byte[] {'x', (byte) 0xFF})) {
      raw.writeBytes("100644 ".getBytes(StandardCharsets.US_ASCII));
      raw.writeBytes(name);
      raw.write(0);
      raw.writeBytes(id);
    }
    raw.writeBytes("100644 good\0".getBytes(StandardCharsets.US_ASCII));
    raw.writeBytes(id);
    String top = hash("tree", raw.toByteArray());
    String commit = Repository.git(tree, "commit-tree", "-m", "x", top).strip();
    GitVersion version = history().version(commit);

    assertThat(version.read("good")).isEqualTo(new Read.Text("evil"));
    assertThat(version.read("..")).isEqualTo(new Read.Refused("leads out of the project's root"));
    assertThat(version.walk("", name -> true, 9))
        .isEqualTo(new Walk.Partial("holds a name that no file can have"));
  }

  @Test
  void names_of_any_length_cost_little() throws Exception {
    String blob = hash("blob", "a/../".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII));
    String deep = hash("blob", "a/".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII));
    Repository.git(tree, "update-index", "--add", "--cacheinfo", "120000," + blob + ",long");
    Repository.git(tree, "update-index", "--add", "--cacheinfo", "120000," + deep + ",deep");
    Repository.git(tree, "commit", "-q", "-m", "links");
    GitVersion version = history().version(Repository.git(tree, "rev-parse", "HEAD").strip());

    assertThat(version.kind("long")).isEqualTo(Disk.Kind.FOLDER); // that of the link
    for (String name : List.of("deep", "a/".repeat(1 << 20), "x".repeat(256), "\ud800")) {
      assertThat(version.read(name)).isEqualTo(new Read.Refused("is not a file name"));
      assertThat(version.kind(name)).isEqualTo(Disk.Kind.OTHER);
    }
  }

  private String hash(String type, byte[] bytes) throws Exception {
    Path file = Folder.at(temp).write("object", bytes);
    return Repository.git(tree, "hash-object", "-t", type, "-w", "--literally", file.toString())
        .strip();
  }

  @Test
  void a_project_within_the_project_is_no_file() throws Exception {
    commit("compose.yaml", "1");
    Repository.git(tree, "clone", "-q", "file://" + tree.path(), "sub");
    Repository.git(tree, "-c", "advice.addEmbeddedRepo=false", "add", "sub");
    GitVersion version = version();

    assertThat(version.kind("sub")).isEqualTo(Disk.Kind.FOLDER);
    assertThat(version.read("sub")).isEqualTo(new Read.Refused("is a folder, not a file"));
    assertThat(version.read("sub/compose.yaml")).isEqualTo(new Read.Missing());
  }

  @Test
  void ends_when_too_much_was_read() throws Exception {
    tree.write("large", "x".repeat(Disk.MAX_BYTES));
    String commit = commit();
    GitHistory history = history();
    GitVersion version = history.version(commit);
    for (int i = 0; i < 8; i++) {
      assertThat(version.read("large")).isInstanceOf(Read.Text.class);
      assertThat(history.isSpent()).isFalse();
    }

    assertThat(version.read("large"))
        .isEqualTo(new Read.Refused("is not read, since the versions before it were so large"));
    assertThat(history.isSpent()).isTrue();
  }

  @Test
  void says_when_a_version_is_not_all_here() throws Exception {
    String commit = commit("compose.yaml", "1");
    String blob = Repository.git(tree, "rev-parse", "HEAD:compose.yaml").strip();
    Files.delete(
        tree.path().resolve(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));

    GitVersion version = history().version(commit);
    assertThat(version.read("compose.yaml"))
        .isEqualTo(new Read.Refused("cannot be read by git (exit code 128)"));
    assertThat(version.walk("", name -> true, 9))
        .isEqualTo(new Walk.Partial("cannot be looked through: is not all here"));
    assertThatThrownBy(() -> history().version("0".repeat(40)))
        .isInstanceOf(ProjectException.class)
        .hasMessageStartingWith("cannot be read by git");
  }

  @Test
  void runs_nothing_that_the_repository_names() throws Exception {
    Path proof = Folder.at(temp).path().resolve("proof");
    Path evil = tree.write("evil.sh", "#!/bin/sh\ntouch '" + proof + "'\ncat\n");
    tree.mode("evil.sh", "rwxr-xr-x");
    tree.write(".gitattributes", "*.yaml filter=evil diff=evil\n");
    commit("compose.yaml", "1");
    String commit = commit("compose.yaml", "2");
    for (String key :
        List.of(
            "filter.evil.clean",
            "filter.evil.smudge",
            "filter.evil.process",
            "diff.evil.textconv",
            "diff.evil.command",
            "diff.external",
            "core.fsmonitor",
            "core.pager",
            "pager.rev-list",
            "pager.cat-file",
            "core.alternateRefsCommand",
            "gpg.program",
            "core.sshCommand")) {
      Repository.git(tree, "config", key, evil.toString());
    }
    Repository.git(tree, "config", "log.showSignature", "true");

    GitHistory history = history();
    assertThat(history.commits(List.of("compose.yaml"), 9)).hasSize(2);
    assertThat(history.version(commit).read("compose.yaml")).isEqualTo(new Read.Text("2"));
    assertThat(history.version(commit).walk("", name -> true, 9)).isInstanceOf(Walk.Whole.class);
    assertThat(proof).doesNotExist();

    // The same file with its text conversion runs it, so the proof is one.
    Repository.git(tree, "cat-file", "--textconv", commit + ":compose.yaml");
    assertThat(proof).exists();
  }

  @Test
  void tells_what_git_does_with_a_name_in_any_letters() throws IOException, InterruptedException {
    tree.write(".gitignore", "*.\u00fc\n");
    tree.write("b\u00fccher/tracked.txt", "x");
    Repository.commitAll(tree);
    Path root = tree.path();

    assertThat(GitTree.tracking(root, "b\u00fccher/tracked.txt"))
        .isEqualTo(GitTree.Tracking.TRACKED);
    assertThat(GitTree.tracking(root, "b\u00fccher")).isEqualTo(GitTree.Tracking.TRACKED);
    assertThat(GitTree.tracking(root, "b\u00fccher/tracked.txt.\u00fc"))
        .isEqualTo(GitTree.Tracking.IGNORED);
    assertThat(GitTree.tracking(root, "b\u00fccher/tracked")).isEqualTo(GitTree.Tracking.UNTRACKED);
    assertThat(GitTree.tracking(root, "a\0b")).isEqualTo(GitTree.Tracking.UNKNOWN);
  }
}
