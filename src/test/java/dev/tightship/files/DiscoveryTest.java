package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DiscoveryTest {

  @TempDir Path temp;
  private Folder project;

  @BeforeEach
  void make_project() throws IOException {
    project = Folder.at(temp);
    project.folder(".git");
  }

  @Test
  void prefers_names_as_compose_does() throws Exception {
    var order = List.of("docker-compose.yaml", "docker-compose.yml", "compose.yml", "compose.yaml");
    for (String name : order) {
      project.write(name, "");

      assertThat(find("").files()).containsExactly(name);
    }
    assertThat(find("").passedOver())
        .containsExactly("compose.yml", "docker-compose.yml", "docker-compose.yaml");
  }

  @Test
  void takes_one_override_whatever_the_base_is_called() throws Exception {
    project.write("docker-compose.yaml", "");
    var order =
        List.of(
            "docker-compose.override.yaml",
            "docker-compose.override.yml",
            "compose.override.yaml",
            "compose.override.yml");
    for (String name : order) {
      project.write(name, "");

      assertThat(find("").files()).containsExactly("docker-compose.yaml", name);
    }
  }

  @Test
  void walks_up_to_the_first_folder_with_a_base_file() throws Exception {
    project.write("compose.yaml", "");
    project.write("compose.override.yaml", "");
    project.write("a/compose.yml", "");
    project.write("a/b/compose.override.yaml", "");

    assertThat(find("a/b"))
        .isEqualTo(new Discovery.Found("a", List.of("a/compose.yml"), List.of()));
    project.folder("c/d");
    assertThat(find("c/d").files()).containsExactly("compose.yaml", "compose.override.yaml");
  }

  @Test
  void ends_at_the_root() throws Exception {
    project.write("compose.yaml", "");
    project.folder("a/b");

    ProjectRoot below = ProjectRoot.of(project.path().resolve("a/b"), project.path().resolve("a"));

    assertThatThrownBy(() -> Discovery.of(below))
        .isInstanceOf(ProjectException.class)
        .hasMessageStartingWith("no Compose file in this folder or above it");
  }

  @Test
  void loads_a_named_file_alone() throws Exception {
    project.write("a/compose.yaml", "");
    project.write("a/compose.override.yaml", "");

    assertThat(find("a/compose.yaml"))
        .isEqualTo(new Discovery.Found("a", List.of("a/compose.yaml"), List.of()));
  }

  @Test
  void passes_over_a_link_to_nothing_but_not_a_folder() throws Exception {
    project.link("compose.yaml", "gone");
    project.folder("compose.yml");
    project.write("docker-compose.yml", "");

    assertThat(find("").files()).containsExactly("compose.yml");
  }

  @Test
  void looks_into_one_folder_alone_where_asked() throws Exception {
    project.write("compose.yaml", "");
    project.write("compose.override.yml", "");
    project.folder("a");
    var disk = new Disk(ProjectRoot.of(project.path(), null));

    assertThat(Discovery.in(disk, ""))
        .isEqualTo(
            new Discovery.Found("", List.of("compose.yaml", "compose.override.yml"), List.of()));
    assertThat(Discovery.in(disk, "a")).isNull();
    assertThat(Discovery.candidates("a"))
        .hasSize(8)
        .contains("a/docker-compose.yml", "a/compose.override.yaml");
  }

  private Discovery.Found find(String name) throws ProjectException {
    return Discovery.of(ProjectRoot.of(project.path().resolve(name), null));
  }
}
