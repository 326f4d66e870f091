package dev.tightship.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class DiskTest {

  @TempDir Path temp;
  private Folder top;
  private Folder project;

  @BeforeEach
  void make_project() throws IOException {
    top = Folder.at(temp);
    project = top.folder("project");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a: 1",
        "\uFEFFa: 1\n",
        "a: 1\r\nb: 2\r\n",
        "a: \uD83D\uDE80 \u0000 \u2028\n",
        "\uFFFD"
      })
  void gives_a_text_that_encodes_to_the_same_bytes(String text) throws IOException {
    project.write("compose.yaml", text);

    assertThat(read("compose.yaml")).isEqualTo(new Read.Text(text));
  }

  @Test
  void says_missing_where_nothing_is() throws IOException {
    project.write("file", "x");

    assertThat(read("none.yaml")).isEqualTo(new Read.Missing());
    assertThat(read("none/none.yaml")).isEqualTo(new Read.Missing());
    assertThat(read("file/below")).isEqualTo(new Read.Missing());
  }

  @Test
  void knows_what_is_missing_in_a_folder_that_was_listed() throws IOException {
    project.write("sub/here.yaml", "x");
    project.write("b\u00fccher", "y");
    Disk disk = project.disk();
    disk.list("");
    disk.list("sub/");
    project.write("sub/later.yaml", "z");
    project.write("sub/deeper/x.yaml", "z");

    assertThat(disk.read("sub/here.yaml")).isEqualTo(new Read.Text("x"));
    assertThat(disk.read("b\u00fccher")).isEqualTo(new Read.Text("y"));
    assertThat(disk.read("sub/later.yaml")).isEqualTo(new Read.Missing());
    assertThat(disk.read("sub/deeper/x.yaml")).isEqualTo(new Read.Text("z"));
    assertThat(disk.read("sub/..")).isEqualTo(new Read.Refused("is a folder, not a file"));
    assertThat(disk.read("sub/a\0b")).isEqualTo(new Read.Refused("is not a file name"));
  }

  @Test
  void names_line_and_column_of_the_first_byte_that_is_not_utf_8() throws IOException {
    project.write("latin.yaml", "a: 1\r\nb: \u00fc".getBytes(StandardCharsets.ISO_8859_1));
    project.write("cut.yaml", new byte[] {'a', '\n', 'b', (byte) 0xE2, (byte) 0x82});
    project.write("surrogate.yaml", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    project.write("overlong.yaml", new byte[] {'x', (byte) 0xC0, (byte) 0xAF});

    assertThat(read("latin.yaml")).isEqualTo(new Read.Refused("is not UTF-8: byte 0xFC", 2, 4));
    assertThat(read("cut.yaml")).isEqualTo(new Read.Refused("is not UTF-8: byte 0xE2", 2, 2));
    assertThat(read("surrogate.yaml")).isEqualTo(new Read.Refused("is not UTF-8: byte 0xED", 1, 1));
    assertThat(read("overlong.yaml")).isEqualTo(new Read.Refused("is not UTF-8: byte 0xC0", 1, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16",
    "UTF-16LE, UTF-16",
    "UTF-16BE, UTF-16",
    "UTF-32, UTF-32",
    "UTF-32LE, UTF-32",
    "UTF-32BE, UTF-32"
  })
  void knows_other_unicode_encodings_with_and_without_a_mark(String charset, String name)
      throws IOException {
    for (String text : new String[] {"services: {}\n", "\uFEFFservices: {}\n", "a\n"}) {
      project.write("compose.yaml", text.getBytes(charset));

      assertThat(read("compose.yaml"))
          .isEqualTo(new Read.Refused("is " + name + ", save it as UTF-8"));
    }
  }

  @Test
  void reads_up_to_the_bound_and_nothing_larger() throws IOException {
    project.write("fits.yaml", "x".repeat(Disk.MAX_BYTES));
    project.write("larger.yaml", "x".repeat(Disk.MAX_BYTES + 1));

    assertThat(read("fits.yaml")).isInstanceOf(Read.Text.class);
    assertThat(reason("larger.yaml")).isEqualTo("is larger than 8 MiB, which is not read");
  }

  @Test
  void bounds_a_file_that_is_longer_than_its_size_says() throws IOException {
    Path file = project.write("grows.yaml", "x".repeat(Disk.MAX_BYTES + 100));

    assertThat(Disk.bytes(file, 10)).hasSize(Disk.MAX_BYTES + 1);
  }

  @Test
  @Timeout(20)
  void never_opens_what_is_not_a_regular_file() throws IOException, InterruptedException {
    project.folder("folder.yaml");
    assumeTrue(
        new ProcessBuilder("mkfifo", project.path().resolve("pipe.yaml").toString())
                .start()
                .waitFor()
            == 0,
        "needs mkfifo");
    Path address = project.path().resolve("s");
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(address));

      assertThat(reason("folder.yaml")).isEqualTo("is a folder, not a file");
      assertThat(reason("")).isEqualTo("is a folder, not a file");
      assertThat(reason("pipe.yaml")).isEqualTo("is a device, a pipe or a socket, not a file");
      assertThat(reason("s")).isEqualTo("is a device, a pipe or a socket, not a file");
      assertThat(project.disk().kind("pipe.yaml")).isEqualTo(Disk.Kind.OTHER);
    }
  }

  @Test
  void follows_links_that_stay_inside() throws IOException {
    project.write("deploy/prod/compose.yaml", "inside");
    project.link("relative.yaml", "deploy/prod/compose.yaml");
    project.link("absolute.yaml", project.path().resolve("deploy/prod/compose.yaml").toString());
    project.link("folder", "deploy");
    project.link("chain", "folder/prod/../../relative.yaml");

    for (String name :
        new String[] {"relative.yaml", "absolute.yaml", "folder/prod/compose.yaml"}) {
      assertThat(read(name)).isEqualTo(new Read.Text("inside"));
    }
    assertThat(read("chain")).isEqualTo(new Read.Text("inside"));
  }

  @Test
  void refuses_links_that_lead_out_without_looking_where_they_lead() throws IOException {
    top.write("secret", "outside");
    project.write("in", "inside");
    project.link("up.yaml", "../secret");
    project.link("absolute.yaml", top.path().resolve("secret").toString());
    project.link("nothing-there.yaml", "/no/such/file");
    project.link("out", "..");
    project.link("out-and-in", "../project/in");
    project.link("prefix", project.path() + "-other/file");

    for (String name :
        new String[] {
          "up.yaml", "absolute.yaml", "nothing-there.yaml", "out/secret", "out-and-in", "prefix"
        }) {
      assertThat(reason(name)).isEqualTo("is a symbolic link that leads out of the project's root");
      assertThat(project.disk().kind(name)).isEqualTo(Disk.Kind.OUTSIDE);
    }
  }

  @Test
  void refuses_links_to_nothing_and_in_circles() throws IOException {
    project.link("nothing", "gone.yaml");
    project.link("a", "b");
    project.link("b", "a");

    assertThat(reason("nothing")).isEqualTo("is a symbolic link to something that does not exist");
    assertThat(reason("a")).isEqualTo("is a symbolic link that runs in circles");
  }

  @Test
  void refuses_names_that_lead_out_or_are_none() throws IOException {
    top.write("secret", "outside");

    assertThat(reason("../secret")).isEqualTo("leads out of the project's root");
    assertThat(reason("a/../../secret")).isEqualTo("leads out of the project's root");
    assertThat(reason("/etc/hostname")).startsWith("is an absolute path");
    assertThat(reason("a\0b")).isEqualTo("is not a file name");
    assertThat(reason("\uD800")).isEqualTo("is not a file name");
    assertThat(reason("x".repeat(256))).isEqualTo("is a name that is too long for a file system");
    assertThat(reason("\u00fc".repeat(128)))
        .isEqualTo("is a name that is too long for a file system");
    assertThat(reason("x/".repeat(2100))).isEqualTo("is a name that is too long for a file system");
  }

  @Test
  void reads_odd_names() throws IOException {
    for (String name :
        new String[] {"a b", "line\nbreak", "b\u00fccher", "\uD83D\uDE80", "%41", "a\\b"}) {
      Files.write(Names.below(project.path(), bytes(name)), bytes(name));

      assertThat(read(name)).isEqualTo(new Read.Text(name));
      assertThat(read("no/../" + name)).isEqualTo(new Read.Text(name));
    }
    assertThat(project.disk().list(""))
        .containsExactly("%41", "a b", "a\\b", "b\u00fccher", "line\nbreak", "\uD83D\uDE80");
  }

  @Test
  void lists_no_name_that_is_not_utf_8() throws IOException {
    Files.write(Names.below(project.path(), new byte[] {'x', (byte) 0xFF}), bytes("x"));
    project.write("y", "y");
    project.link("z", "nowhere");

    assertThat(project.disk().list("")).containsExactly("y", "z");
    assertThat(project.disk().list("y")).isEmpty();
    assertThat(project.disk().list("..")).isEmpty();
  }

  @Test
  void tells_kinds_apart() throws IOException {
    project.write("file", "x");
    project.folder("folder");
    project.link("link", "folder");
    project.link("dangling", "gone");

    Disk disk = project.disk();
    assertThat(disk.kind("file")).isEqualTo(Disk.Kind.FILE);
    assertThat(disk.kind("./folder/")).isEqualTo(Disk.Kind.FOLDER);
    assertThat(disk.kind("link")).isEqualTo(Disk.Kind.FOLDER);
    assertThat(disk.kind("dangling")).isEqualTo(Disk.Kind.MISSING);
    assertThat(disk.kind("../x")).isEqualTo(Disk.Kind.OUTSIDE);
  }

  @Test
  void walks_over_regular_files_alone_and_where_it_may() throws IOException {
    top.write("outside/x.js", "x");
    project.write("app/b.js", "\u00fc");
    project.write("app/a/z.js", "");
    project.write("app/a-b.js", "1");
    project.write("app/skip/x.js", "x");
    project.write("other/x.js", "x");
    project.link("app/link.js", "b.js");
    project.link("app/folder", "../other");
    project.link("app/out", "../../outside");
    project.link("linked", "app");

    assertThat(walk("app", 100))
        .isEqualTo(
            new Walk.Whole(
                List.of(
                    new Walk.File("app/a-b.js", 1),
                    new Walk.File("app/a/z.js", 0),
                    new Walk.File("app/b.js", 2))));
    assertThat(((Walk.Whole) walk("linked", 100)).files())
        .extracting(Walk.File::path)
        .contains("linked/b.js");
    assertThat(((Walk.Whole) walk("", 100)).files())
        .extracting(Walk.File::path)
        .contains("other/x.js");
    assertThat(walk("none", 100)).isEqualTo(new Walk.Whole(List.of()));
    assertThat(walk("app/b.js", 100)).isEqualTo(new Walk.Whole(List.of()));
    assertThat(walk("../outside", 100))
        .isEqualTo(new Walk.Partial("leads out of the project's root"));
    assertThat(walk("app/out", 100)).isInstanceOf(Walk.Partial.class);
  }

  @Test
  void a_walk_is_whole_or_tells_nothing() throws IOException {
    for (int i = 0; i < 5; i++) {
      project.write("app/" + i + "/file", "x");
    }
    assertThat(walk("app", 10)).isInstanceOf(Walk.Whole.class);
    assertThat(walk("app", 9)).isEqualTo(new Walk.Partial("holds more than 9 files and folders"));
    Files.write(Names.below(project.path(), new byte[] {'x', (byte) 0xFF}), bytes("x"));
    assertThat(walk("", 100)).isEqualTo(new Walk.Partial("holds a name that is not UTF-8"));
  }

  private Walk walk(String folder, int most) {
    return project.disk().walk(folder, path -> !path.endsWith("/skip"), most);
  }

  private Read read(String name) {
    return project.disk().read(name);
  }

  private String reason(String name) {
    return ((Read.Refused) read(name)).reason();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
