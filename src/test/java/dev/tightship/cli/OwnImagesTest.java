package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a project says of images, from its files to the diff. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class OwnImagesTest {

  private static final String LIMIT =
      """
      names: [nginx]
      sources: {us: {what: a load test, date: 2026-08-01}}
      pids: {value: 900, known: measured, source: us}
      no_new_privileges: {value: ok, known: measured, source: us}
      """;

  @TempDir Path temp;
  private Path project;
  private Path own;

  @BeforeEach
  void makes_a_project() throws IOException {
    project = temp.toRealPath().resolve("project");
    Cli.write(project.resolve("compose.yaml"), "services:\n  web:\n    image: nginx:1.31.4\n");
    own = Cli.write(project.resolve(".tightship/images/nginx.yaml"), LIMIT);
  }

  @Test
  void changes_what_a_pass_does() throws IOException {
    Cli.Run with = Cli.run("harden", project);
    assertThat(with.code()).isZero();
    assertThat(with.out()).contains("+    pids_limit: 900\n");
    assertThat(with.err())
        .contains(
            "  note  what the project says of images in .tightship/images counts, as inferred");

    Files.delete(own);
    Cli.Run without = Cli.run("harden", project);
    assertThat(without.out()).contains("+    pids_limit: 512\n");
    assertThat(without.err()).doesNotContain("  note  ");
  }

  /** The program knows by itself that nginx needs no new privileges; the project only says so. */
  @Test
  void is_never_more_than_inferred() throws IOException {
    Cli.Run with = Cli.run("harden", project, "--level", "safe");
    assertThat(with.out()).isEmpty();
    assertThat(Cli.run("harden", project).err())
        .contains("(inferred: it follows from what the project says of the image in")
        .contains(".tightship/images/nginx.yaml)");

    Files.delete(own);
    assertThat(Cli.run("harden", project, "--level", "safe").out()).contains("no-new-privileges");
  }

  @Test
  void is_ignored_where_the_project_is_not_trusted() {
    Cli.Run run = Cli.run("harden", project, "--untrusted");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("+    pids_limit: 512\n");
    assertThat(run.err())
        .contains("  note  what the project says of images in .tightship/images is ignored, since");
    assertThat(Cli.run("harden", project, "--untrusted", "--format", "json").out())
        .contains(
            "\"notes\" : [ \"what the project says of images in .tightship/images is ignored");
  }

  @Test
  void one_bad_file_is_named_and_the_others_count() throws IOException {
    Path bad = Cli.write(project.resolve(".tightship/images/bad.yaml"), "names: [a]\npids: 1\n");
    Path bytes =
        Cli.write(project.resolve(".tightship/images/bytes.yaml"), new byte[] {'a', (byte) 0xff});

    Cli.Run run = Cli.run("harden", project);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors())
        .containsExactly(
            "tightship: " + Cli.seen(bad) + ":1:1: sources: missing",
            "tightship: " + Cli.seen(bytes) + ":1:2: is not UTF-8: byte 0xFF");
    assertThat(run.out()).contains("+    pids_limit: 900\n");
  }

  @Test
  void a_link_is_not_followed() throws IOException {
    Files.move(own, temp.resolve("outside.yaml"));
    Files.createSymbolicLink(own, temp.resolve("outside.yaml"));

    assertThat(Cli.run("harden", project).out()).contains("+    pids_limit: 512\n");
  }

  /** The copy of one project of a repository keeps what its top says of images. */
  @Test
  void goes_with_a_copy() throws Exception {
    Cli.write(project.resolve("sub/compose.yaml"), "services: {web: {image: 'nginx:1.31.4'}}\n");
    Cli.commitAll(project);
    Path out = temp.resolve("out");

    assertThat(Cli.run("harden", project.resolve("sub"), "-o", out).code()).isZero();

    assertThat(out.resolve(".tightship/images/nginx.yaml")).hasContent(LIMIT);
    Cli.Run again = Cli.run("harden", out.resolve("sub"), "--root", out);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).contains("nothing to do");
  }
}
