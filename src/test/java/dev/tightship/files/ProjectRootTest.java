package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class ProjectRootTest {

  @TempDir Path temp;
  private Folder top;

  @BeforeEach
  void make_folder() throws IOException {
    top = Folder.at(temp);
  }

  @Test
  void is_the_folder_itself_without_git() throws Exception {
    top.write("app/compose.yaml", "");

    assertThat(ProjectRoot.of(path("app"), null))
        .isEqualTo(new ProjectRoot(path("app"), "", false));
    assertThat(ProjectRoot.of(path("app/compose.yaml"), null))
        .isEqualTo(new ProjectRoot(path("app"), "compose.yaml", true));
  }

  @Test
  void is_the_nearest_git_tree_whether_git_is_a_folder_or_a_file() throws Exception {
    top.folder("tree/.git");
    top.write("tree/module/.git", "gitdir: ../.git/modules/module\n");
    top.write("tree/deploy/compose.yaml", "");
    top.write("tree/module/deploy/compose.yaml", "");

    assertThat(ProjectRoot.of(path("tree/deploy"), null))
        .isEqualTo(new ProjectRoot(path("tree"), "deploy", false));
    assertThat(ProjectRoot.of(path("tree/module/deploy/compose.yaml"), null))
        .isEqualTo(new ProjectRoot(path("tree/module"), "deploy/compose.yaml", true));
  }

  @Test
  void is_what_was_said() throws Exception {
    top.folder("tree/.git");
    top.write("tree/a/b/compose.yaml", "");

    ProjectRoot root = ProjectRoot.of(path("tree/a/b/compose.yaml"), path("tree/a"));

    assertThat(root).isEqualTo(new ProjectRoot(path("tree/a"), "b/compose.yaml", true));
    assertThat(root.projectFolder()).isEqualTo("b");
  }

  @Test
  void is_a_real_path() throws Exception {
    top.write("real/app/compose.yaml", "");
    top.link("alias", "real");

    assertThat(ProjectRoot.of(path("alias/app/../app"), path("alias")))
        .isEqualTo(new ProjectRoot(path("real"), "app", false));
  }

  @Test
  void keeps_the_place_of_a_file_that_is_a_link() throws Exception {
    top.write("shared/base.yaml", "");
    top.link("app/compose.yaml", "../shared/base.yaml");

    assertThat(ProjectRoot.of(path("app/compose.yaml"), null))
        .isEqualTo(new ProjectRoot(path("app"), "compose.yaml", true));
  }

  @Test
  void refuses_a_project_that_is_not_there_or_not_in_the_root() throws IOException {
    top.write("a/compose.yaml", "");
    top.folder("b");

    assertThatThrownBy(() -> ProjectRoot.of(path("none"), null))
        .isInstanceOf(ProjectException.class)
        .hasMessage("does not exist");
    assertThatThrownBy(() -> ProjectRoot.of(path("a"), path("b")))
        .isInstanceOf(ProjectException.class)
        .hasMessage("is not inside the root " + path("b"));
    assertThatThrownBy(() -> ProjectRoot.of(path("a"), path("a/compose.yaml")))
        .isInstanceOf(ProjectException.class)
        .hasMessage("is not a folder, so it is no root");
  }

  private Path path(String name) {
    return top.path().resolve(name);
  }
}
