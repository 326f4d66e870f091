package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class OutputFileTest {

  @TempDir Path temp;
  private Folder folder;

  @BeforeEach
  void make_folder() throws IOException {
    folder = Folder.at(temp);
  }

  @Test
  void makes_and_replaces_a_file_and_leaves_nothing_else() throws Exception {
    OutputFile.write(path("out.patch"), "first");
    assertThat(folder.tree()).isEqualTo(Map.of("out.patch", "first"));

    folder.mode("out.patch", "rw-------");
    OutputFile.write(path("out.patch"), "second");

    assertThat(folder.tree()).isEqualTo(Map.of("out.patch", "second"));
    assertThat(folder.mode("out.patch")).isEqualTo("rw-------");
  }

  @Test
  void gives_a_new_file_the_usual_mode() throws Exception {
    Files.createFile(path("usual"));

    OutputFile.write(path("out.patch"), "");

    assertThat(folder.mode("out.patch")).isEqualTo(folder.mode("usual"));
  }

  @Test
  void writes_through_a_link() throws Exception {
    folder.write("real", "old");
    folder.link("link", "real");

    OutputFile.write(path("link"), "new");

    assertThat(folder.tree()).isEqualTo(Map.of("link", "-> real", "real", "new"));
  }

  @Test
  void writes_to_a_device_and_never_replaces_it() throws Exception {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "needs /dev/null");
    folder.link("sink", "/dev/null");

    OutputFile.write(path("sink"), "gone");

    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(folder.tree()).isEqualTo(Map.of("sink", "-> /dev/null"));
  }

  @Test
  void refuses_what_cannot_be_a_file() throws Exception {
    folder.folder("folder");
    folder.link("dangling", "gone/there");
    folder.write("file", "x");

    refuses("folder", "is a folder, so no file was written");
    refuses("none/out.patch", "lies in a folder that does not exist");
    refuses("file/out.patch", "lies in a folder that does not exist");
    refuses("dangling", "cannot be written: is a symbolic link to something that does not exist");
    assertThat(folder.tree())
        .isEqualTo(Map.of("folder", "/", "dangling", "-> gone/there", "file", "x"));
  }

  private void refuses(String name, String sentence) {
    assertThatThrownBy(() -> OutputFile.write(path(name), "x"))
        .isInstanceOf(ProjectException.class)
        .hasMessage(sentence);
  }

  private Path path(String name) {
    return folder.path().resolve(name);
  }
}
