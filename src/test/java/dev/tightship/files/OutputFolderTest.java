package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class OutputFolderTest {

  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void make_folder() throws IOException {
    folder = Folder.at(temp);
  }

  private void write(String name, Map<String, String> files) throws ProjectException {
    OutputFolder.write(folder.path().resolve(name), ".patch", files);
  }

  @Test
  void makes_the_folder_and_replaces_what_is_of_the_same_name() throws Exception {
    write("a/b", Map.of("1.patch", "one", "2.patch", "two"));
    folder.write("a/b/README", "stays");
    write("a/b", Map.of("1.patch", "1", "2.patch", "2", "3.patch", "3"));

    assertThat(folder.folder("a/b").tree())
        .isEqualTo(Map.of("1.patch", "1", "2.patch", "2", "3.patch", "3", "README", "stays"));
  }

  @Test
  void a_folder_that_is_named_by_a_link_is_used_and_a_link_in_it_is_replaced() throws Exception {
    folder.folder("real");
    folder.write("victim", "old");
    folder.link("real/1.patch", "../victim");
    folder.link("link", "real");

    write("link", Map.of("1.patch", "new"));

    assertThat(folder.read("victim")).isEqualTo("old");
    assertThat(folder.folder("real").tree()).isEqualTo(Map.of("1.patch", "new"));
  }

  @Test
  void without_files_nothing_is_made() throws Exception {
    write("none", Map.of());

    assertThat(folder.tree()).isEmpty();
  }

  @Test
  void what_would_be_taken_for_one_of_them_is_in_the_way() throws Exception {
    folder.write("out/1.patch", "old");
    refuses(
        "out",
        Map.of("2.patch", "x"),
        "holds what would not be written now (1.patch): take that away, or name another folder");
    folder.link("out/0.patch", "gone");
    refuses(
        "out",
        Map.of(),
        "holds what would not be written now (0.patch and 1 more): take that away, or name"
            + " another folder");
    folder.folder("out/2.patch");
    var all = Map.of("0.patch", "0", "1.patch", "1", "2.patch", "2");
    refuses(
        "out",
        all,
        "holds what would not be written now (2.patch): take that away, or name another folder");
  }

  @Test
  void what_is_no_folder_is_refused() throws Exception {
    folder.write("file", "x");
    refuses("file", Map.of("1.patch", "x"), "is a file, so no folder was made");
    refuses("file/below", Map.of("1.patch", "x"), "cannot be written: Not a directory");
  }

  private void refuses(String name, Map<String, String> files, String sentence) throws IOException {
    Map<String, String> before = folder.tree();
    assertThatThrownBy(() -> write(name, files))
        .isInstanceOf(ProjectException.class)
        .hasMessage(sentence);
    assertThat(folder.tree()).isEqualTo(before);
  }
}
