package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ProjectCopyTest {

  @TempDir Path temp;
  private Folder top;
  private Folder project;

  @BeforeEach
  void make_project() throws IOException {
    top = Folder.at(temp);
    project = top.folder("project");
  }

  @Test
  void holds_what_git_tracks_as_it_is_on_the_disk() throws Exception {
    Repository.init(project);
    project.write("compose.yaml", "old");
    project.write("app/Dockerfile", "FROM a");
    project.write("deleted", "x");
    project.link("link", "app");
    Repository.commitAll(project);
    project.write("app/Dockerfile", "FROM b");
    project.write("untracked", "x");
    project.write(".env", "KEY=1");
    Files.delete(project.path().resolve("deleted"));

    var copied =
        new ProjectCopy(project.disk())
            .replace("compose.yaml", "new")
            .create("secrets/db.txt", "s3cret", 0444)
            .folder("secrets", 0700)
            .include(".env")
            .writeTo(out());

    assertThat(copy().tree())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "compose.yaml",
                    "new",
                    "app",
                    "/",
                    "app/Dockerfile",
                    "FROM b",
                    "link",
                    "-> app",
                    ".env",
                    "KEY=1",
                    "secrets",
                    "/",
                    "secrets/db.txt",
                    "s3cret")));
    assertThat(copied).isEqualTo(new ProjectCopy.Copied(7, true, List.of()));
    assertThat(copy().mode("secrets")).isEqualTo("rwx------");
    assertThat(copy().mode("secrets/db.txt")).isEqualTo("r--r--r--");
    assertThat(project.read("compose.yaml")).isEqualTo("old");
    assertThat(top.tree().keySet()).noneMatch(name -> name.contains(Change.PREFIX));
  }

  @Test
  void holds_everything_but_caches_and_data_without_git() throws Exception {
    project.write("compose.yaml", "old");
    project.write("web/node_modules/x/index.js", "x");
    project.write("web/index.js", "x");
    project.write("web/.git/config", "x");
    project.write("data/db", "x");
    project.write("tool/node_modules", "a file");
    project.folder("empty/er");

    var copied = new ProjectCopy(project.disk()).leaveOut("data").leaveOut("gone").writeTo(out());

    assertThat(copy().tree())
        .containsOnlyKeys(
            "compose.yaml",
            "web",
            "web/index.js",
            "tool",
            "tool/node_modules",
            "empty",
            "empty/er");
    assertThat(copied.tracked()).isFalse();
    assertThat(copied.remarks())
        .containsExactly(new ProjectCopy.Remark("data", "is data, which was not copied"));
  }

  @Test
  void holds_everything_where_git_tracks_nothing_or_cannot_tell() throws Exception {
    Repository.init(project);
    project.write("compose.yaml", "x");

    var copied = new ProjectCopy(project.disk()).writeTo(out());

    assertThat(copy().tree()).isEqualTo(Map.of("compose.yaml", "x"));
    assertThat(copied.remarks())
        .containsExactly(
            new ProjectCopy.Remark("", "has no file that git tracks, so all of it was copied"));

    Folder broken = top.folder("broken");
    broken.write(".git", "gitdir: /nowhere\n");
    broken.write("compose.yaml", "x");
    copied = new ProjectCopy(broken.disk()).writeTo(top.path().resolve("second"));
    assertThat(top.folder("second").tree()).isEqualTo(Map.of("compose.yaml", "x"));
    assertThat(copied.remarks().toString()).contains("cannot be read by git");
  }

  @Test
  void keeps_links_and_says_which_lead_out() throws Exception {
    top.write("outside/secret", "x");
    project.write("in", "x");
    project.link("inside", "in");
    project.link("up", "../outside/secret");
    project.link("outfolder", "../outside");
    project.link("absolute", project.path().resolve("in").toString());
    project.link("dangling", "gone");

    var copied = new ProjectCopy(project.disk()).writeTo(out());

    assertThat(copy().tree()).isEqualTo(project.tree());
    assertThat(copied.remarks())
        .extracting(ProjectCopy.Remark::path)
        .containsExactly("absolute", "outfolder", "up");
    assertThat(copied.remarks())
        .extracting(ProjectCopy.Remark::sentence)
        .containsOnly("is a symbolic link that leads out of the copy");
  }

  @Test
  void replaces_what_a_link_leads_to() throws Exception {
    Repository.init(project);
    project.link("compose.yaml", "deploy/prod.yaml");
    Repository.commitAll(project);
    project.write("deploy/prod.yaml", "old");

    new ProjectCopy(project.disk()).replace("compose.yaml", "new").writeTo(out());

    assertThat(copy().tree())
        .isEqualTo(
            Map.of(
                "compose.yaml", "-> deploy/prod.yaml", "deploy", "/", "deploy/prod.yaml", "new"));
  }

  @Test
  void never_looks_behind_a_link_that_replaced_a_tracked_folder() throws Exception {
    top.write("outside/file", "secret");
    Repository.init(project);
    project.write("folder/file", "x");
    project.write("compose.yaml", "x");
    Repository.commitAll(project);
    Files.delete(project.path().resolve("folder/file"));
    Files.delete(project.path().resolve("folder"));
    project.link("folder", "../outside");

    new ProjectCopy(project.disk()).include("folder").include("folder/file").writeTo(out());

    assertThat(copy().tree()).isEqualTo(Map.of("compose.yaml", "x"));
  }

  @Test
  void includes_folders_and_the_links_to_them() throws Exception {
    Repository.init(project);
    project.write("compose.yaml", "x");
    project.write(".gitignore", "*\n");
    Repository.git(project, "add", "-f", "compose.yaml");
    project.write("context/src/main.c", "x");
    project.write("context/.git/config", "x");
    project.write("context/data/db", "x");
    project.link("alias", "context");

    var copied =
        new ProjectCopy(project.disk())
            .leaveOut("context/data")
            .include("alias/src/../src")
            .include("alias")
            .include("none")
            .include("../outside")
            .include(".git/config")
            .writeTo(out());

    assertThat(copy().tree())
        .containsOnlyKeys("compose.yaml", "alias", "context", "context/src", "context/src/main.c");
    assertThat(copied.remarks())
        .containsExactly(
            new ProjectCopy.Remark(
                "../outside", "leads out of the project's root, so it was not copied"),
            new ProjectCopy.Remark(".git/config", "belongs to git, so it was not copied"),
            new ProjectCopy.Remark("context/data", "is data, which was not copied"),
            new ProjectCopy.Remark("none", "does not exist, so it was not copied"));
  }

  @Test
  void says_which_submodules_are_not_copied() throws Exception {
    Folder other = top.folder("other");
    Repository.init(other);
    other.write("file", "x");
    Repository.commitAll(other);
    Repository.init(project);
    project.write("compose.yaml", "x");
    Repository.git(project, "submodule", "add", "-q", other.path().toString(), "lib/other");
    Repository.commitAll(project);

    var copied = new ProjectCopy(project.disk()).writeTo(out());

    assertThat(copy().tree()).containsOnlyKeys("compose.yaml", ".gitmodules");
    assertThat(copied.remarks())
        .containsExactly(
            new ProjectCopy.Remark("lib/other", "is a submodule, which was not copied"));
  }

  @Test
  void copies_odd_names_from_git_and_without() throws Exception {
    byte[][] names = {
      "line\nbreak".getBytes(StandardCharsets.UTF_8),
      "b\u00fccher/\u65e5\u672c".getBytes(StandardCharsets.UTF_8),
      new byte[] {'x', (byte) 0xFF, (byte) 0xFE},
      "-rf".getBytes(StandardCharsets.UTF_8),
      "%41 \"quoted\"".getBytes(StandardCharsets.UTF_8)
    };
    for (byte[] name : names) {
      Path file = Names.below(project.path(), name);
      Files.createDirectories(file.getParent());
      Files.write(file, name);
    }

    new ProjectCopy(project.disk()).writeTo(out());
    Repository.init(project);
    Repository.commitAll(project);
    var copied = new ProjectCopy(project.disk()).writeTo(top.path().resolve("second"));

    assertThat(copied.tracked()).isTrue();
    for (String folder : List.of("out", "second")) {
      Path real = top.path().resolve(folder);
      for (byte[] name : names) {
        assertThat(Files.readAllBytes(Names.below(real, name))).isEqualTo(name);
      }
    }
  }

  @Test
  void keeps_modes_and_times() throws Exception {
    Path script = project.write("bin/run.sh", "x");
    project.mode("bin/run.sh", "rwxr-x--x");
    project.mode("bin", "r-xr-xr-x");
    project.write("compose.yaml", "old");
    project.mode("compose.yaml", "rw-rw-r--");
    FileTime time = FileTime.fromMillis(1_600_000_000_000L);
    Files.setLastModifiedTime(script, time);

    new ProjectCopy(project.disk()).replace("compose.yaml", "new").writeTo(out());
    project.mode("bin", "rwxr-xr-x");

    assertThat(copy().mode("bin/run.sh")).isEqualTo("rwxr-x--x");
    assertThat(copy().mode("bin")).isEqualTo("r-xr-xr-x");
    assertThat(copy().mode("compose.yaml")).isEqualTo("rw-rw-r--");
    assertThat(Files.getLastModifiedTime(copy().path().resolve("bin/run.sh"))).isEqualTo(time);
    copy().mode("bin", "rwxr-xr-x");
  }

  @Test
  void skips_special_files_and_says_so() throws Exception {
    project.write("compose.yaml", "x");
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(project.path().resolve("s")));

      var copied = new ProjectCopy(project.disk()).writeTo(out());

      assertThat(copy().tree()).containsOnlyKeys("compose.yaml");
      assertThat(copied.remarks())
          .containsExactly(
              new ProjectCopy.Remark("s", "is a device, a pipe or a socket, which was not copied"));
    }
  }

  @Test
  void goes_into_a_new_or_empty_folder_only() throws Exception {
    project.write("compose.yaml", "x");
    top.write("full/file", "x");
    top.write("file", "x");
    top.folder("empty");
    top.mode("empty", "rwx------");
    top.link("alias", "empty");

    refuses("full", "is not empty; name a new folder or an empty one");
    refuses("file", "exists and is not a folder");
    new ProjectCopy(project.disk()).writeTo(top.path().resolve("alias"));
    new ProjectCopy(project.disk()).writeTo(top.path().resolve("new/deep/er"));

    assertThat(top.read("empty/compose.yaml")).isEqualTo("x");
    assertThat(top.mode("empty")).isEqualTo("rwx------");
    assertThat(top.read("new/deep/er/compose.yaml")).isEqualTo("x");
  }

  @Test
  void lies_neither_in_the_project_nor_around_it() throws Exception {
    project.write("compose.yaml", "x");
    project.folder("empty");
    top.link("alias", "project");

    for (String name : List.of("project", "project/empty", "project/new/x", "alias/new")) {
      refuses(
          name,
          "lies in the project, whose root is " + project.path() + "; name a folder outside of it");
    }
    refuses("", "contains the project; name another folder");
    refuses("project/..", "contains the project; name another folder");
  }

  @Test
  void leaves_nothing_behind_when_it_fails() throws Exception {
    project.write("compose.yaml", "x");
    project.write("there", "x");
    project.write("sub/file", "x");
    project.mode("sub", "r-xr-xr-x");
    Map<String, String> before = top.tree();

    assertThatThrownBy(
            () ->
                new ProjectCopy(project.disk())
                    .create("there", "x")
                    .writeTo(top.path().resolve("a/b")))
        .isInstanceOf(ProjectException.class)
        .hasMessage("exists already; nothing was changed");
    assertThatThrownBy(
            () ->
                new ProjectCopy(project.disk())
                    .replace("gone", "x")
                    .writeTo(top.path().resolve("a/b")))
        .isInstanceOf(ProjectException.class)
        .hasMessage("is not there any more; nothing was copied");
    assertThat(top.tree()).isEqualTo(before);
    project.mode("sub", "rwxr-xr-x");
  }

  @Test
  void leaves_nothing_behind_when_it_fails_half_way() throws Exception {
    // A name that fits where it is, but not below the longer path of the copy.
    Folder deep = project;
    String name = "n".repeat(200);
    while (deep.path().toString().length() < 3700) {
      deep = deep.folder(name);
    }
    deep.write("file", "x");
    project.write("a", "x");
    StringBuilder far = new StringBuilder("far");
    while (far.length() < 1000) {
      far.append('/').append("f".repeat(100));
    }

    assertThatThrownBy(
            () -> new ProjectCopy(project.disk()).writeTo(top.path().resolve(far.toString())))
        .isInstanceOf(ProjectException.class)
        .hasMessageStartingWith("cannot be copied: ");
    assertThat(top.has("far")).isFalse();
  }

  @Test
  void keeps_owners_where_it_may() throws Exception {
    Path file = project.write("data.txt", "x");
    try {
      Files.setAttribute(file, "unix:uid", 12345);
    } catch (IOException e) {
      assumeTrue(false, "only root may give files away");
    }

    new ProjectCopy(project.disk()).writeTo(out());

    assertThat(Files.getAttribute(copy().path().resolve("data.txt"), "unix:uid")).isEqualTo(12345);
  }

  @Test
  void holds_a_folder_that_a_project_names_only_as_far_as_git_knows_it() throws Exception {
    Repository.init(project);
    project.write("compose.yaml", "x");
    project.write("api/Dockerfile", "x");
    Repository.commitAll(project);
    project.write("api/private.pem", "x");
    project.write("web/index.html", "x");
    project.write("webs/x", "x");

    new ProjectCopy(project.disk())
        .includeUnlessTracked("api")
        .includeUnlessTracked("")
        .includeUnlessTracked("web")
        .writeTo(out());

    assertThat(copy().tree())
        .containsOnlyKeys("compose.yaml", "api", "api/Dockerfile", "web", "web/index.html");
  }

  @Test
  void says_which_file_is_missing_because_it_may_not_be_read() throws Exception {
    project.write("compose.yaml", "x");
    project.write("closed/key", "x");
    project.mode("closed", "---------");
    assumeTrue(!Files.isReadable(project.path().resolve("closed")), "root may read anything");

    var copied = new ProjectCopy(project.disk()).writeTo(out());

    project.mode("closed", "rwx------");
    assertThat(copied.remarks())
        .containsExactly(
            new ProjectCopy.Remark("closed", "was not copied: permission denied", true));
  }

  @Test
  void leaves_nothing_when_it_is_stopped() throws Exception {
    project.write("compose.yaml", "x");
    try (var large =
        FileChannel.open(
            project.path().resolve("large"),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.SPARSE,
            StandardOpenOption.WRITE)) {
      large.write(ByteBuffer.wrap(new byte[1]), (2L << 30) - 1);
    }
    var copy = new ProjectCopy(project.disk());
    var running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return String.valueOf(copy.writeTo(top.path().resolve("made/out")));
              } catch (ProjectException e) {
                return String.valueOf(e.getMessage());
              }
            });
    while (!Files.exists(top.path().resolve("made")) && !running.isDone()) {
      Thread.onSpinWait();
    }

    copy.cancel();

    assertThat(Files.exists(top.path().resolve("made"))).isFalse();
    assertThat(running.get()).isEqualTo("cannot be copied: the run was stopped");
  }

  private void refuses(String name, String sentence) {
    assertThatThrownBy(() -> new ProjectCopy(project.disk()).writeTo(top.path().resolve(name)))
        .isInstanceOf(ProjectException.class)
        .hasMessage(sentence);
  }

  private Path out() {
    return top.path().resolve("out");
  }

  private Folder copy() throws IOException {
    return Folder.at(out());
  }
}
