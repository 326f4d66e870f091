package dev.tightship.cli;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Input that cannot be read: one clear line, exit code 2, and the rest is done all the same. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BadInputTest {

  private static final String GOOD = "services:\n  web:\n    image: nginx:alpine\n";

  @TempDir Path temp;
  private Path good;
  private Path bad;

  @BeforeEach
  void makes_a_project() throws IOException {
    temp = temp.toRealPath();
    good = temp.resolve("good");
    bad = temp.resolve("bad");
    Cli.write(good.resolve("compose.yaml"), GOOD);
    Files.createDirectories(bad);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(
            "services: [a\n  b: {",
            ":2:4: not YAML: a bracket that is not closed, or a comma that is missing"),
        Arguments.of("volumes: {a: {}}\n", ": no services here: is it a Compose file?"),
        Arguments.of("", ": no services here: is it a Compose file?"),
        Arguments.of("hello\n", ": no services here: is it a Compose file?"),
        Arguments.of("services:\n  - web\n", ": no services here: is it a Compose file?"),
        Arguments.of(
            "services:\n  web:\n    image: a\n    image: b\n",
            ":4:5: the key stands twice in one mapping, first in line 3"),
        Arguments.of("services:\n\tweb:\n", ":2:1: not YAML: a tab where YAML wants spaces"),
        Arguments.of("services:\n  web: &w\n    <<: *w\n", ":3:9: an anchor that contains itself"),
        Arguments.of(
            "services:\n  web:\n    image: \"a\0\"\n",
            ":3:14: a NUL character; is the file written in UTF-16?"),
        Arguments.of(
            "services: " + "[".repeat(10_000) + "]".repeat(10_000),
            ":1:210: nested deeper than 200 levels"),
        Arguments.of(nested(1_500), ":201:401: nested deeper than 200 levels"),
        Arguments.of(
            "services:\n  a: {image: x, extends: a}\n",
            ":2:26: the service extends itself by way of others; Docker Compose refuses that"),
        Arguments.of(
            "services:\n  a: {image: x, extends: {file: compose.yaml, service: a}}\n",
            ":2:26: the service extends itself by way of others; Docker Compose refuses that"),
        Arguments.of(
            """
            services:
              a: {image: x, extends: b}
              b: {extends: c}
              c: {extends: {service: a}}
            """,
            ":2:26: the service extends itself by way of others; Docker Compose refuses that"));
  }

  private static String nested(int levels) {
    var text = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      text.append(" ".repeat(2 * i)).append("a:\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void a_text_that_is_no_project(String text, String sentence) throws IOException {
    Cli.write(bad.resolve("compose.yaml"), text);
    refused(sentence);
  }

  @Test
  void a_block_of_10_000_levels() throws IOException {
    Cli.write(
        bad.resolve("compose.yaml"), nested(10_000).replaceAll("(?m)^ {400,}", " ".repeat(399)));
    assertThat(Cli.run("harden", bad).errors())
        .singleElement()
        .asString()
        .contains("compose.yaml:201:", "nested deeper than 200 levels");
  }

  @Test
  void bytes_that_are_not_utf_8() throws IOException {
    Cli.write(bad.resolve("compose.yaml"), new byte[] {'a', ':', ' ', (byte) 0xff});
    refused(":1:4: is not UTF-8: byte 0xFF");
    Cli.write(bad.resolve("compose.yaml"), GOOD.getBytes(UTF_16));
    refused(": is UTF-16, save it as UTF-8");
  }

  @Test
  void a_file_of_100_megabytes() throws IOException {
    try (var file = new RandomAccessFile(bad.resolve("compose.yaml").toFile(), "rw")) {
      file.setLength(100 << 20);
    }
    refused(": is larger than 8 MiB, which is not read");
  }

  @Test
  void an_alias_bomb_is_no_bomb() throws IOException {
    var text = new StringBuilder("x0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 20; i++) {
      String alias = "*a" + (i - 1);
      text.append(
          "x%d: &a%d [%s]\n"
              .formatted(i, i, String.join(", ", List.of(alias, alias, alias, alias))));
    }
    Cli.write(bad.resolve("compose.yaml"), text + GOOD + "    labels: *a19\n");

    Cli.Run run = Cli.run("harden", bad);

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("+    security_opt:");
  }

  @Test
  void something_else_than_a_file() throws Exception {
    Files.createDirectory(bad.resolve("compose.yaml"));
    refused(": is a folder, not a file");
    Files.delete(bad.resolve("compose.yaml"));

    Process mkfifo = new ProcessBuilder("mkfifo", bad.resolve("compose.yaml").toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "needs mkfifo");
    refused(": is a device, a pipe or a socket, not a file");
    Files.delete(bad.resolve("compose.yaml"));

    Files.createSymbolicLink(bad.resolve("compose.yaml"), good.resolve("compose.yaml"));
    refused(": is a symbolic link that leads out of the project's root");
  }

  @Test
  void nothing_at_all() {
    Path missing = temp.resolve("nowhere");
    assertThat(Cli.run("harden", missing, good).errors())
        .containsExactly("tightship: " + missing + ": does not exist");
    assertThat(Cli.run("harden", missing.resolve("compose.yaml")).errors())
        .containsExactly("tightship: " + missing + "/compose.yaml: does not exist");
    assertThat(Cli.run("harden", bad).errors())
        .containsExactly(
            "tightship: "
                + Cli.seen(bad)
                + ": no Compose file in this folder or above it (compose.yaml, compose.yml,"
                + " docker-compose.yml, docker-compose.yaml)");
    assertThat(Cli.run("harden", good, "--service", "nope").errors())
        .containsExactly("tightship: " + good + ": there is no service nope");
  }

  @Test
  void files_outside_of_the_root() throws IOException {
    Path other = Cli.write(temp.resolve("other/compose.yaml"), GOOD);

    Cli.Run run = Cli.run("harden", "-f", good.resolve("compose.yaml"), "-f", other);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .containsExactly("tightship: " + other + ": is not inside the root " + good);
    assertThat(Cli.run("harden", good, "--root", bad).errors())
        .containsExactly("tightship: " + good + ": is not inside the root " + bad);
    assertThat(Cli.run("harden", good, "--env-file", temp.resolve("x.env")).errors())
        .containsExactly("tightship: " + temp.resolve("x.env") + ": does not exist");
  }

  static Stream<Arguments> dockerfiles() {
    return Stream.of(
        Arguments.of("", ": there is no such Dockerfile, although a service is built from it"),
        Arguments.of("folder", ": is a folder, not a file"),
        Arguments.of("link", ": is a symbolic link that leads out of the project's root"),
        Arguments.of("RUN true\n", ":1:1: RUN stands before the first FROM"));
  }

  @ParameterizedTest
  @MethodSource("dockerfiles")
  void a_dockerfile_that_cannot_be_read(String what, String sentence) throws IOException {
    Cli.write(bad.resolve("compose.yaml"), "services:\n  web:\n    build: ./app\n");
    Path file = Files.createDirectory(bad.resolve("app")).resolve("Dockerfile");
    switch (what) {
      case "" -> {}
      case "folder" -> Files.createDirectory(file);
      case "link" -> Files.createSymbolicLink(file, Path.of("/etc/passwd"));
      default -> Cli.write(file, what);
    }

    Cli.Run run = Cli.run("harden", bad, good);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors()).singleElement().isEqualTo("tightship: " + Cli.seen(file) + sentence);
    assertThat(run.out()).contains("+    pids_limit: 512", "+    image: nginx:1.");
  }

  @Test
  void a_build_context_that_leads_out() throws IOException {
    Cli.write(bad.resolve("compose.yaml"), "services:\n  web:\n    build: ./app\n");
    Files.createSymbolicLink(bad.resolve("app"), Path.of("/etc"));

    assertThat(Cli.run("harden", bad).errors())
        .containsExactly(
            "tightship: "
                + Cli.seen(bad)
                + "/app/Dockerfile: is a symbolic link that leads out of the project's root");
  }

  @Test
  void paths_are_seen_from_the_present_folder() throws Exception {
    Cli.write(temp.resolve("repo/sub/deep/compose.yaml"), "services: [\n");
    Cli.write(temp.resolve("repo/.env"), "");

    assertThat(process(temp.resolve("repo"), "sub/deep"))
        .startsWith("tightship: sub/deep/compose.yaml:2:1: ");
    assertThat(process(temp.resolve("repo/sub/deep"))).startsWith("tightship: compose.yaml:2:1: ");
    assertThat(process(temp.resolve("repo/sub"), "deep/compose.yaml"))
        .startsWith("tightship: deep/compose.yaml:2:1: ");
    assertThat(process(Files.createDirectory(temp.resolve("repo/x")), "../sub/deep"))
        .startsWith("tightship: ../sub/deep/compose.yaml:2:1: ");
  }

  private static String process(Path folder, Object... project) throws Exception {
    var arguments = Stream.concat(Stream.of("harden"), Stream.of(project)).toArray();
    Cli.Run run = Cli.process(folder, List.of(), Map.of(), arguments);
    assertThat(run.code()).isEqualTo(2);
    return run.err();
  }

  static Stream<Arguments> outputs() {
    return Stream.of(
        Arguments.of("good/out", "lies in the project, whose root is "),
        Arguments.of("", "contains the project; name another folder"),
        Arguments.of("bad", "is not empty; name a new folder or an empty one"),
        Arguments.of("bad/file", "exists and is not a folder"),
        Arguments.of("bad/file/out", "cannot be "));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void a_copy_that_has_no_place(String place, String sentence) throws IOException {
    Cli.write(bad.resolve("file"), "x");
    Path out = temp.resolve(place);

    Cli.Run run = Cli.run("harden", good, "-o", out);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .singleElement()
        .asString()
        .startsWith("tightship: " + out + ": " + sentence);
    assertThat(Files.readString(good.resolve("compose.yaml"))).isEqualTo(GOOD);
    try (var files = Files.walk(temp)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(2);
    }
  }

  @Test
  void a_patch_that_has_no_place() {
    Path patch = temp.resolve("missing/x.patch");
    Cli.Run run = Cli.run("harden", good, "--patch", patch);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .containsExactly("tightship: " + patch + ": lies in a folder that does not exist");
    assertThat(Cli.run("harden", good, "--patch", bad).errors())
        .containsExactly("tightship: " + bad + ": is a folder, so no file was written");
  }

  /** Root may write anywhere, but not to a file that is made immutable. */
  @Test
  void a_project_that_may_not_be_written() throws Exception {
    Path dockerfile = Cli.write(good.resolve("app/Dockerfile"), "FROM nginx:stable\n");
    Path compose = Cli.write(good.resolve("compose.yaml"), GOOD + "  app:\n    build: app\n");
    String before = Files.readString(compose);
    boolean immutable = false;
    if (Files.isWritable(Path.of("/etc/passwd"))) {
      immutable = new ProcessBuilder("chattr", "+i", dockerfile.toString()).start().waitFor() == 0;
      assumeTrue(immutable, "root may write anything here: chattr does not work");
    } else {
      assertThat(dockerfile.toFile().setReadOnly()).isTrue();
    }
    try {
      Cli.Run run = Cli.run("harden", good, "-i");

      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors())
          .singleElement()
          .asString()
          .startsWith("tightship: " + Cli.seen(dockerfile) + ": ")
          .endsWith("nothing was changed");
      assertThat(Files.readString(compose)).isEqualTo(before);
      assertThat(run.err()).doesNotContain("  written: ");
    } finally {
      if (immutable) {
        new ProcessBuilder("chattr", "-i", dockerfile.toString()).start().waitFor();
      }
    }
  }

  @Test
  void usage_that_makes_no_sense() {
    for (Object[] arguments :
        new Object[][] {
          {"harden", "--nope"},
          {"harden", good, "-o", "x", "-i"},
          {"harden", good, "--check", "-i"},
          {"harden", good, "--force"},
          {"harden", good, bad, "-o", "x"},
          {"harden", good, bad, "--series", "x"},
          {"harden", good, "-f", "x"},
          {"harden", good, "--only", "nope"},
          {"harden", good, "--level", "nope"},
          {"harden", good, "--patch", "-", "--format", "json"},
          {"harden", "a\0b"},
          {"nope"},
          {}
        }) {
      Cli.Run run = Cli.run(arguments);
      assertThat(run.code()).as(run.err()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).matches("tightship: .{5,}; see: tightship.* --help\n");
    }
  }

  /** One line for what is wrong, and the project beside it is done, whichever comes first. */
  private void refused(String sentence) {
    String line = "tightship: " + Cli.seen(bad.resolve("compose.yaml")) + sentence;
    String done = Cli.run("harden", good).out();
    assertThat(done).contains("+    security_opt:");
    for (Cli.Run run : List.of(Cli.run("harden", bad, good), Cli.run("harden", good, bad))) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.errors()).containsExactly(line);
      assertThat(run.out()).isEqualTo(done);
    }
  }
}
