package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiblingsTest {

  @TempDir Path temp;

  private static Siblings.Found of(Folder project, String... loaded) throws ProjectException {
    return Siblings.of(new Disk(ProjectRoot.of(project.path(), null)), List.of(loaded));
  }

  @Test
  void finds_what_is_called_like_a_compose_file_and_is_not_loaded() throws Exception {
    Folder project = Folder.at(temp);
    project.folder(".git");
    var named =
        List.of(
            "compose-dev.yaml",
            "compose.override.yml",
            "compose.yaml",
            "compose_tgi.yaml",
            "docker-compose.prod.yml",
            "docker-compose.yml",
            "prod.compose.yml",
            "prod.docker-compose.yaml");
    for (String name : named) {
      project.write("a/" + name, "");
    }
    var others =
        List.of("composer.yml", "compose.json", "mycompose.yml", "compose.yaml.bak", "values.yaml");
    for (String name : others) {
      project.write("a/" + name, "");
    }
    project.folder("a/compose.dir.yml");
    project.link("a/compose.gone.yml", "gone");
    project.link("a/compose.out.yml", "/etc/passwd");
    project.write("compose.other.yaml", "");

    var loaded = List.of("compose.yaml", "compose.override.yml", "docker-compose.yml");
    assertThat(of(project, "a/compose.yaml", "a/compose.override.yml").found())
        .containsExactlyElementsOf(
            named.stream().filter(n -> !loaded.contains(n)).map(n -> "a/" + n).toList());
    assertThat(of(project, "app.yaml").found()).containsExactly("compose.other.yaml");
  }

  @Test
  void they_lie_over_the_file_that_is_loaded_by_its_name() throws Exception {
    Folder project = Folder.at(temp);
    project.write("docker-compose.prod.yml", "");
    project.write("docker-compose.dev.yml", "");
    assertThat(of(project, "docker-compose.prod.yml").found())
        .containsExactly("docker-compose.dev.yml");

    project.write("docker-compose.yml", "");
    assertThat(of(project, "docker-compose.prod.yml").found()).isEmpty();
    assertThat(of(project, "docker-compose.yml", "docker-compose.prod.yml").found())
        .containsExactly("docker-compose.dev.yml");
  }

  @Test
  void looks_at_no_more_than_so_many() throws Exception {
    Folder project = Folder.at(temp);
    for (int i = 0; i < Siblings.MOST + 3; i++) {
      project.write("compose.%02d.yaml".formatted(i), "");
    }
    Siblings.Found found = of(project, "app.yaml");
    assertThat(found.found()).hasSize(Siblings.MOST).startsWith("compose.00.yaml");
    assertThat(found.more()).isEqualTo(3);
  }
}
