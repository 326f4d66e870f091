package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("NullAway.Init")
class GitTreeTest {

  @TempDir Path temp;
  private Folder tree;

  @BeforeEach
  void make_tree() throws Exception {
    tree = Folder.at(temp).folder("tree");
    Repository.init(tree);
    tree.write("compose.yaml", "a");
    tree.write("app/Dockerfile", "a");
    tree.write("app/b\u00fccher \n.txt", "a");
    Repository.commitAll(tree);
  }

  @Test
  void is_clean_after_a_commit_whatever_is_untracked() throws Exception {
    tree.write("untracked", "x");

    assertThat(GitTree.uncommitted(tree.root(), List.of())).isEmpty();
    assertThat(GitTree.isDirty(tree.root(), List.of("compose.yaml"))).isFalse();
  }

  @Test
  void knows_changed_staged_and_deleted_files() throws Exception {
    tree.write("compose.yaml", "changed");
    tree.write("app/b\u00fccher \n.txt", "changed");
    tree.write("staged", "x");
    Repository.git(tree, "add", "staged");
    Files.delete(tree.path().resolve("app/Dockerfile"));

    assertThat(GitTree.uncommitted(tree.root(), List.of()))
        .containsExactly("app/Dockerfile", "app/b\u00fccher \n.txt", "compose.yaml", "staged");
    assertThat(GitTree.isDirty(tree.root(), List.of("compose.yaml"))).isTrue();
    assertThat(GitTree.isDirty(tree.root(), List.of("other.yaml"))).isFalse();
  }

  @Test
  void looks_at_what_a_link_leads_to() throws Exception {
    tree.link("link.yaml", "compose.yaml");
    Repository.commitAll(tree);
    tree.write("compose.yaml", "changed");

    assertThat(GitTree.uncommitted(tree.root(), List.of("link.yaml")))
        .containsExactly("compose.yaml");
  }

  @Test
  void looks_below_the_root_only() throws Exception {
    tree.write("compose.yaml", "changed");
    tree.write("app/Dockerfile", "changed");
    ProjectRoot app = ProjectRoot.of(tree.path(), null);
    ProjectRoot below = new ProjectRoot(app.folder().resolve("app"), "", false);

    assertThat(GitTree.uncommitted(below, List.of())).containsExactly("Dockerfile");
  }

  @Test
  void is_clean_where_there_is_no_git() throws Exception {
    Folder plain = Folder.at(temp).folder("plain");

    assertThat(GitTree.uncommitted(plain.root(), List.of())).isEmpty();
    assertThat(GitTree.tracked(plain.path())).isNull();
  }

  @Test
  void tells_what_git_does_with_a_name() throws Exception {
    tree.write(".gitignore", ".env\nsecrets/*\n!secrets/README.md\n");
    tree.write("new", "x");
    Path root = tree.root().folder();

    assertThat(GitTree.tracking(root, "compose.yaml")).isEqualTo(GitTree.Tracking.TRACKED);
    assertThat(GitTree.tracking(root, "app/b\u00fccher \n.txt"))
        .isEqualTo(GitTree.Tracking.TRACKED);
    assertThat(GitTree.tracking(root, ".env")).isEqualTo(GitTree.Tracking.IGNORED);
    assertThat(GitTree.tracking(root, "secrets/a.txt")).isEqualTo(GitTree.Tracking.IGNORED);
    assertThat(GitTree.tracking(root, "secrets/README.md")).isEqualTo(GitTree.Tracking.UNTRACKED);
    assertThat(GitTree.tracking(root, "new")).isEqualTo(GitTree.Tracking.UNTRACKED);
    assertThat(GitTree.tracking(root.resolve("app"), ".env")).isEqualTo(GitTree.Tracking.IGNORED);
    assertThat(GitTree.tracking(Folder.at(temp).folder("plain").root().folder(), "new"))
        .isEqualTo(GitTree.Tracking.UNKNOWN);
    assertThat(GitTree.tracking(tree.root().folder(), "..")).isEqualTo(GitTree.Tracking.UNKNOWN);
  }

  @Test
  void says_when_git_cannot_tell() throws IOException {
    Folder broken = tree.folder("app/broken");
    broken.write(".git", "gitdir: /nowhere\n");

    assertThatThrownBy(() -> GitTree.isDirty(broken.root(), List.of()))
        .isInstanceOf(ProjectException.class)
        .hasMessageStartingWith("cannot be read by git");
  }

  @Test
  void an_empty_git_folder_is_not_the_tree_above_it() throws IOException {
    Folder inner = tree.folder("inner");
    inner.folder(".git");

    assertThatThrownBy(() -> GitTree.uncommitted(inner.root(), List.of()))
        .isInstanceOf(ProjectException.class);
  }

  @Test
  void runs_nothing_that_the_repository_names() throws Exception {
    Path proof = Folder.at(temp).path().resolve("proof");
    Path evil = tree.write("evil.sh", "#!/bin/sh\ntouch '" + proof + "'\ncat\n");
    tree.mode("evil.sh", "rwxr-xr-x");
    tree.write(".gitattributes", "*.yaml filter=evil diff=evil\n");
    Repository.commitAll(tree);
    for (String hook : List.of("post-index-change", "post-checkout", "fsmonitor-watchman")) {
      Files.copy(evil, tree.path().resolve(".git/hooks/" + hook));
    }
    for (String key :
        List.of(
            "filter.evil.clean",
            "filter.evil.smudge",
            "filter.evil.process",
            "core.fsmonitor",
            "diff.evil.textconv",
            "diff.external",
            "core.pager",
            "core.askPass",
            "core.sshCommand")) {
      Repository.git(tree, "config", key, evil.toString());
    }
    Repository.git(tree, "config", "filter.evil.required", "true");
    // Another size and time, so that git must compare the bytes.
    tree.write("compose.yaml", "changed");

    assertThat(GitTree.uncommitted(tree.root(), List.of())).containsExactly("compose.yaml");
    assertThat(GitTree.tracked(tree.path())).isNotNull();
    assertThat(proof).doesNotExist();

    // The same question without the switches runs it, so the proof is one.
    // (Git would speak with a filter process, which this is none.)
    Repository.git(tree, "config", "--unset", "filter.evil.process");
    Repository.git(tree, "status");
    assertThat(proof).exists();
  }

  @Test
  void refuses_a_filter_whose_name_would_hide_another_setting() throws Exception {
    Files.writeString(
        tree.path().resolve(".git/config"),
        Files.readString(tree.path().resolve(".git/config"), StandardCharsets.UTF_8)
            + "[filter \"a=b\"]\n\tclean = false\n");

    assertThatThrownBy(() -> GitTree.isDirty(tree.root(), List.of()))
        .isInstanceOf(ProjectException.class)
        .hasMessage("has a git filter with an odd name");
  }
}
