package dev.tightship.knowledge.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.knowledge.file.InvalidImageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileImagesTest {

  private final Path images;
  private final Path resources;

  CompileImagesTest(@TempDir Path folder) {
    this.images = folder.resolve("images");
    this.resources = folder.resolve("resources");
  }

  @BeforeEach
  void make_the_folder() throws IOException {
    Files.createDirectories(images);
  }

  private void image(String file, String names) throws IOException {
    Files.writeString(
        images.resolve(file),
        """
        names: [%s]
        sources: {list: {what: the list, date: 2026-08-21}}
        status: {value: active, known: read, source: list}
        kind: {value: tool, known: read, source: list}
        holds_data: {value: false, known: read, source: list}
        versions: {known: read, source: list}
        """
            .formatted(names));
  }

  private void compile() throws IOException {
    CompileImages.main(new String[] {images.toString(), resources.toString()});
  }

  @Test
  void writes_a_resource_for_each_name() throws IOException {
    image("a.yaml", "a, ghcr.io/x/a");
    Files.writeString(images.resolve("README.md"), "not an image");

    compile();

    assertThat(resources.resolve("a")).content().startsWith("tightship-image 2\nname\ta\n");
    assertThat(resources.resolve("ghcr.io+x+a")).hasSameTextualContentAs(resources.resolve("a"));
    assertThat(resources).isDirectoryNotContaining("glob:**README*");
  }

  @Test
  void writes_one_resource_for_a_namespace() throws IOException {
    image("a.yaml", "'a/*', 'ghcr.io/x/a/*'");

    compile();

    assertThat(resources.resolve("a+")).content().contains("\nname\ta/*\n");
    assertThat(resources.resolve("ghcr.io+x+a+")).hasSameTextualContentAs(resources.resolve("a+"));
  }

  @Test
  void forgets_the_resource_of_a_file_that_is_gone() throws IOException {
    image("a.yaml", "a");
    image("b.yaml", "b");
    compile();
    Files.delete(images.resolve("a.yaml"));

    compile();

    assertThat(resources.resolve("a")).doesNotExist();
    assertThat(resources.resolve("b")).exists();
  }

  @Test
  void does_not_touch_what_is_up_to_date() throws IOException {
    image("a.yaml", "a");
    image("b.yaml", "b");
    compile();
    var old = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(resources.resolve("a"), old);
    Files.setLastModifiedTime(resources.resolve("b"), old);
    image("b.yaml", "b, c");

    compile();

    assertThat(Files.getLastModifiedTime(resources.resolve("a"))).isEqualTo(old);
    assertThat(Files.getLastModifiedTime(resources.resolve("b"))).isNotEqualTo(old);
  }

  @Test
  void a_name_belongs_to_one_file() throws IOException {
    image("a.yaml", "a");
    image("b.yaml", "b, a");

    assertThatThrownBy(this::compile)
        .isInstanceOf(InvalidImageFile.class)
        .hasMessage("b.yaml: names: a is named by another file too");
    assertThat(resources).doesNotExist();
  }
}
