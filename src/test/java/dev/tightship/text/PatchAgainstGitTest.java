package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A patch as {@code git apply} takes it. */
class PatchAgainstGitTest {

  private static final UnaryOperator<String> NO_MASK = UnaryOperator.identity();

  @TempDir Path temp;

  private Git git;

  @BeforeEach
  void find_git() throws IOException, InterruptedException {
    git = Git.in(Files.createDirectory(temp.resolve("work")));
  }

  private static TextEdit edit(int start, int end, String text) {
    return new TextEdit(new Span(start, end), text, "fix");
  }

  private void applies(String before, String after, TextEdit... edits)
      throws IOException, InterruptedException {
    Traced traced = Traced.of(before).apply(List.of(edits));
    assertThat(traced.text()).isEqualTo(after);
    Path file = git.dir().resolve("f");
    Files.writeString(file, before);
    String patch = Patch.of("f", traced, NO_MASK).text();
    assertThat(git.apply(patch)).as(patch).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(after);
  }

  @Test
  void at_the_first_and_last_line() throws IOException, InterruptedException {
    applies("a\nb\nc\n", "x\nb\nz\n", edit(0, 1, "x"), edit(4, 5, "z"));
    applies("a\nb\n", "new\na\nb\n", edit(0, 0, "new\n"));
    applies("a\nb\n", "a\nb\nnew\n", edit(4, 4, "new\n"));
    applies("a\nb\nc\n", "b\n", edit(0, 2, ""), edit(4, 6, ""));
  }

  @Test
  void without_a_last_line_break_on_one_side_or_both() throws IOException, InterruptedException {
    applies("a\nb", "a\nc", edit(2, 3, "c"));
    applies("a\nb", "x\nb", edit(0, 1, "x"));
    applies("a", "a\nb", edit(1, 1, "\nb"));
    applies("a", "a\n", edit(1, 1, "\n"));
    applies("a\nb\n", "a\nb", edit(3, 4, ""));
  }

  @Test
  void with_all_line_ends() throws IOException, InterruptedException {
    applies("a\r\nb\r\n", "a\r\nx\r\n", edit(3, 4, "x"));
    applies("a\r\nb\r\n", "a\nb\r\n", edit(1, 2, ""));
    applies("a\rb\rc", "a\rx\rc", edit(2, 3, "x"));
    applies("a\n\r\n\r", "a\n\rx\n\r", edit(3, 3, "x"));
  }

  @Test
  void of_empty_texts() throws IOException, InterruptedException {
    applies("", "a\n", edit(0, 0, "a\n"));
    applies("", "a", edit(0, 0, "a"));
    applies("a\nb", "", edit(0, 3, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain.txt",
        "a b.txt",
        "\u00e9/\ud83d\ude80.yml",
        "quo\"te",
        "back\\slash",
        "tab\t.x",
        "deep/er/f",
        "new\nline",
        "trailing "
      })
  void with_odd_names(String name) throws IOException, InterruptedException {
    String created = Patch.created(name, "one\ntwo", NO_MASK).text();
    assertThat(git.apply(created)).as(created).isEmpty();
    Path file = git.dir().resolve(name);
    assertThat(file).hasContent("one\ntwo");

    Traced traced = Traced.of("one\ntwo").apply(List.of(edit(0, 3, "1")));
    String changed = Patch.of(name, traced, NO_MASK).text();
    assertThat(git.apply(changed)).as(changed).isEmpty();
    assertThat(file).hasContent("1\ntwo");
  }

  @Test
  void with_nothing_in_a_new_file() throws IOException, InterruptedException {
    assertThat(Patch.created("empty", "", NO_MASK).hunks()).isEmpty();
    assertThat(git.apply(Patch.created("empty", "", NO_MASK).text())).isEmpty();
    assertThat(git.dir().resolve("empty")).isEmptyFile();
  }

  @Test
  void all_at_once() throws IOException, InterruptedException {
    applyMany(new Random(21), NO_MASK, 600);
  }

  @Test
  void with_secrets_that_are_not_shown() throws IOException, InterruptedException {
    applyMany(new Random(22), PatchAgainstGitTest::mask, 3_000);
  }

  @Test
  void for_git_alone() throws IOException, InterruptedException {
    var random = new Random(23);
    var files = new LinkedHashMap<String, Traced>();
    var patch = new StringBuilder();
    for (int i = 0; i < 1_500; i++) {
      Traced traced = i < 1_400 ? RandomEdits.traced(random) : large(random);
      String binary = Patch.of("f" + i, traced, NO_MASK).binary();
      if (!traced.text().equals(traced.original())) {
        patch.append("diff --git a/f%1$d b/f%1$d\n".formatted(i)).append(binary);
        files.put("f" + i, traced);
        Files.writeString(git.dir().resolve("f" + i), traced.original());
      }
    }
    assertThat(files.size()).isGreaterThan(1_000);

    assertThat(git.apply(patch.toString())).isEmpty();

    for (Map.Entry<String, Traced> file : files.entrySet()) {
      assertThat(Files.readString(git.dir().resolve(file.getKey())))
          .isEqualTo(file.getValue().text());
    }
  }

  /**
   * Git takes a carriage return from the end of a line of a mail, and has mails begin with From.
   */
  @Test
  void in_a_mail() throws IOException, InterruptedException {
    var random = new Random(24);
    var files = new LinkedHashMap<String, Traced>();
    var body = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      Traced traced = RandomEdits.traced(random);
      if (!traced.text().equals(traced.original())) {
        files.put("f" + i, traced);
        Files.writeString(git.dir().resolve("f" + i), traced.original());
        body.append("x".repeat(random.nextInt(150)) + "From 0 Mon Sep 17 00:00:00 2001\n");
      }
    }
    body.append("---\n");
    files.forEach((path, traced) -> body.append(Patch.of(path, traced, NO_MASK).text()));
    assertThat(body).contains("\r\n", "c\rd");
    git.commitAll();

    String mail =
        """
        From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001
        From: T <t@example.org>
        Subject: [PATCH] x
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        """;
    assertThat(git.am(mail + QuotedPrintable.of(body.toString()))).isEmpty();

    for (Map.Entry<String, Traced> file : files.entrySet()) {
      assertThat(Files.readString(git.dir().resolve(file.getKey())))
          .isEqualTo(file.getValue().text());
    }
  }

  /** Copies and insertions beyond what one instruction of a delta can say. */
  private static Traced large(Random random) {
    String before = "\u00e4\ud83d\ude00 line\n".repeat(random.nextInt(30_000));
    int cut = random.nextInt(before.length() / 9 + 1) * 9;
    String text = "\u00e9".repeat(random.nextInt(400));
    return Traced.of(before)
        .apply(List.of(edit(cut, Math.min(cut + 9, before.length()), text), edit(0, 0, text)));
  }

  @Test
  void for_git_alone_only_in_the_version_it_was_made_for() throws Exception {
    Traced traced = Traced.of("a: b\npassword: hunter2\n").apply(List.of(edit(5, 22, "")));
    Patch patch = Patch.of("f", traced, PatchAgainstGitTest::mask);
    Files.writeString(git.dir().resolve("f"), "a: c\npassword: hunter2\n");

    assertThat(patch.isMasked()).isTrue();
    assertThat(git.apply("diff --git a/f b/f\n" + patch.binary()))
        .contains("does not match the current contents");
  }

  /** One patch of many files, since starting git takes longer than all else. */
  private void applyMany(Random random, UnaryOperator<String> mask, int files)
      throws IOException, InterruptedException {
    var ordinary = new LinkedHashMap<String, Traced>();
    var bare = new LinkedHashMap<String, Traced>();
    for (int i = 0; i < files; i++) {
      Traced traced = RandomEdits.traced(random);
      Patch patch = Patch.of("f" + i, traced, mask);
      if (!patch.isMasked() && !patch.hunks().isEmpty()) {
        (patch.needsUnidiffZero() ? bare : ordinary).put(patch.path(), traced);
        Files.writeString(git.dir().resolve(patch.path()), traced.original());
      }
    }
    assertThat(ordinary.size()).isGreaterThan(files / 4);
    apply(ordinary, mask);
    if (mask == NO_MASK) {
      assertThat(bare.keySet()).isEmpty();
    } else {
      assertThat(bare.size()).isGreaterThan(files / 50);
      apply(bare, mask, "--unidiff-zero");
    }
  }

  private void apply(Map<String, Traced> files, UnaryOperator<String> mask, String... options)
      throws IOException, InterruptedException {
    var patch = new StringBuilder();
    files.forEach((path, traced) -> patch.append(Patch.of(path, traced, mask).text()));
    assertThat(git.apply(patch.toString(), options)).isEmpty();
    var wrong = new ArrayList<String>();
    for (Map.Entry<String, Traced> file : files.entrySet()) {
      if (!Files.readString(git.dir().resolve(file.getKey())).equals(file.getValue().text())) {
        wrong.add(Patch.of(file.getKey(), file.getValue(), mask).text());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String mask(String line) {
    return line.replaceAll("hunter[^\\s]*|x y|^b$", "***");
  }
}
