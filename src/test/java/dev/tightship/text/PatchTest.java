package dev.tightship.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.PatchFailedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** A patch as people read it. */
class PatchTest {

  private static final UnaryOperator<String> NO_MASK = UnaryOperator.identity();

  private static TextEdit edit(int start, int end, String text, String fix) {
    return new TextEdit(new Span(start, end), text, fix);
  }

  private static Patch patch(String original, UnaryOperator<String> mask, TextEdit... edits) {
    return Patch.of("compose.yaml", Traced.of(original).apply(List.of(edits)), mask);
  }

  /** An edit of a text with lines 1 to 20 that puts a word in place of a line. */
  private static TextEdit line(int number, String text, String fix) {
    int start = TWENTY.indexOf("line " + number + "\n");
    return edit(start, start + ("line " + number).length(), text, fix);
  }

  private static final String TWENTY;

  static {
    var text = new StringBuilder();
    for (int i = 1; i <= 20; i++) {
      text.append("line ").append(i).append('\n');
    }
    TWENTY = text.toString();
  }

  @Test
  void of_nothing_is_nothing() {
    Patch patch = patch(TWENTY, NO_MASK);
    assertThat(patch.text()).isEmpty();
    assertThat(patch.hunks()).isEmpty();
    assertThat(patch.isMasked()).isFalse();
    assertThat(patch.needsUnidiffZero()).isFalse();
  }

  @Test
  void has_three_lines_of_context() {
    assertThat(
            patch(
                    TWENTY,
                    NO_MASK,
                    line(10, "ten", "a"),
                    edit(TWENTY.length(), TWENTY.length(), "end", "b"))
                .text())
        .isEqualTo(
            """
            diff --git a/compose.yaml b/compose.yaml
            --- a/compose.yaml
            +++ b/compose.yaml
            @@ -7,7 +7,7 @@
             line 7
             line 8
             line 9
            -line 10
            +ten
             line 11
             line 12
             line 13
            @@ -18,3 +18,4 @@
             line 18
             line 19
             line 20
            +end
            \\ No newline at end of file
            """);
  }

  @Test
  void joins_hunks_whose_context_meets() {
    assertThat(patch(TWENTY, NO_MASK, line(5, "x", "a"), line(12, "y", "b")).hunks()).hasSize(1);
    assertThat(patch(TWENTY, NO_MASK, line(5, "x", "a"), line(13, "y", "b")).hunks()).hasSize(2);
  }

  @Test
  void each_hunk_names_its_fixes() {
    List<Patch.Hunk> hunks =
        patch(TWENTY, NO_MASK, line(2, "x", "b"), line(4, "y", "a"), line(18, "z", "c")).hunks();
    assertThat(hunks)
        .extracting(h -> List.copyOf(h.fixes()))
        .containsExactly(List.of("b", "a"), List.of("c"));
  }

  @Test
  void says_which_side_lacks_its_last_line_break() {
    assertThat(patch("a", NO_MASK, edit(1, 1, "\n", "f")).text())
        .endsWith("@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
    assertThat(patch("a\n", NO_MASK, edit(1, 2, "", "f")).text())
        .endsWith("@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n");
    assertThat(patch("a\nb", NO_MASK, edit(0, 1, "x", "f")).text())
        .endsWith("@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n");
  }

  @Test
  void keeps_the_line_ends() {
    assertThat(patch("a\r\nb\rc\r\n", NO_MASK, edit(3, 4, "x", "f")).text())
        .endsWith("@@ -1,2 +1,2 @@\n a\r\n-b\rc\r\n+x\rc\r\n");
  }

  @Test
  void creates_files_and_empties_them() {
    assertThat(Patch.created("secrets/README.md", "one\ntwo", NO_MASK).text())
        .isEqualTo(
            """
            diff --git a/secrets/README.md b/secrets/README.md
            new file mode 100644
            --- /dev/null
            +++ b/secrets/README.md
            @@ -0,0 +1,2 @@
            +one
            +two
            \\ No newline at end of file
            """);
    assertThat(patch("a\nb\n", NO_MASK, edit(0, 4, "", "f")).text())
        .endsWith("@@ -1,2 +0,0 @@\n-a\n-b\n");
  }

  @Test
  void quotes_odd_paths_as_git_does() {
    assertThat(Patch.created("a b/\u00e9\"\\\t.txt", "x\n", NO_MASK).header())
        .contains("\"b/a b/\\303\\251\\\"\\\\\\011.txt\"");
  }

  @Test
  void context_ends_before_a_line_with_a_secret() {
    String text = "a\npassword: hunter2\nb\nc\nd\npassword: hunter2\n";
    Patch patch = patch(text, PatchTest::mask, edit(22, 23, "x", "f"));

    assertThat(patch.text()).endsWith("@@ -3,3 +3,3 @@\n b\n-c\n+x\n d\n");
    assertThat(patch.text()).doesNotContain("hunter", "***");
    assertThat(patch.isMasked()).isFalse();
    assertThat(patch.needsUnidiffZero()).isFalse();
  }

  @Test
  void a_change_right_before_a_secret_has_no_context_behind_it() {
    Patch patch = patch("a\nb\npassword: hunter2\n", PatchTest::mask, edit(2, 3, "x", "f"));
    assertThat(patch.text()).endsWith("@@ -1,2 +1,2 @@\n a\n-b\n+x\n");
    assertThat(patch.needsUnidiffZero()).isTrue();
    assertThat(patch.isMasked()).isFalse();

    assertThat(patch("a\nb\n", PatchTest::mask, edit(2, 3, "x", "f")).needsUnidiffZero()).isFalse();
  }

  @Test
  void a_secret_that_moves_is_masked_on_both_sides() {
    Patch patch = patch("a\npassword: hunter2\n", PatchTest::mask, edit(12, 19, "hunter3", "f"));
    assertThat(patch.text()).contains("-password: ***\n+password: ***\n").doesNotContain("hunter");
    assertThat(patch.isMasked()).isTrue();
  }

  @Test
  void what_it_takes_away_is_in_no_patch_for_git_alone() throws Exception {
    Patch patch =
        patch("a\npassword: hunter2\nb: c\n", PatchTest::mask, edit(2, 20, "x: hello", "f"));
    String binary = java.util.Objects.requireNonNull(patch.binary());
    assertThat(binary)
        .matches("index [0-9a-f]{40}\\.\\.[0-9a-f]{40}\nGIT binary patch\ndelta \\d+\n[^\n]+\n\n");
    assertThat(delta(binary)).contains("x: hello").doesNotContain("hunt", "pass");
  }

  /** What git finds in the one line of base 85. */
  private static String delta(String binary) throws DataFormatException {
    String digits =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    String line = binary.lines().skip(3).findFirst().orElseThrow();
    var packed = ByteBuffer.allocate(line.length());
    for (int at = 1; at < line.length(); at += 5) {
      long group = 0;
      for (int i = at; i < at + 5; i++) {
        group = group * 85 + digits.indexOf(line.charAt(i));
      }
      packed.putInt((int) group);
    }
    var inflater = new Inflater();
    inflater.setInput(packed.array());
    byte[] delta = new byte[1_000];
    int length = inflater.inflate(delta);
    inflater.end();
    return new String(delta, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Test
  void a_secret_that_it_brings_is_in_no_patch_at_all() {
    assertThat(
            patch("a\npassword: hunter2\n", PatchTest::mask, edit(12, 19, "hunter3", "f")).binary())
        .isNull();
    assertThat(patch("a\npassword: hunter2\n", PatchTest::mask, edit(19, 19, " # c", "f")).binary())
        .isNull();
    assertThat(patch("a\npassword: hunter2\n", PatchTest::mask, edit(0, 0, "x\n", "f")).binary())
        .isNotNull();
    assertThat(patch("a\npassword: hunter2", PatchTest::mask, edit(19, 19, "\nb", "f")).binary())
        .isNotNull(); // a line that ends now is no other line
    assertThat(Patch.created("f", "password: hunter2\n", PatchTest::mask).binary()).isNull();
  }

  @Test
  void no_line_that_the_mask_hides_is_ever_shown() {
    var random = new Random(11);
    for (int i = 0; i < 3_000; i++) {
      Traced traced = RandomEdits.traced(random);
      Patch patch = Patch.of("f", traced, PatchTest::mask);
      assertThat(patch.text()).doesNotContain("hunter");
      assertThat(patch.isMasked()).isEqualTo(patch.text().contains("***"));
    }
  }

  /** java-diff-utils knows neither a missing last line break nor an empty text. */
  @Test
  void is_applied_by_another_program_to_the_same_text() throws PatchFailedException {
    var random = new Random(12);
    for (int i = 0; i < 2_000; i++) {
      Traced traced = RandomEdits.traced(random);
      String before = traced.original();
      String after = traced.text();
      if (!before.endsWith("\n") || !after.endsWith("\n") || before.equals(after)) {
        continue;
      }
      String patch = Patch.of("f", traced, NO_MASK).text();
      var parsed = UnifiedDiffUtils.parseUnifiedDiff(lines(patch));
      assertThat(parsed.applyTo(new ArrayList<>(lines(before)))).as(patch).isEqualTo(lines(after));
    }
  }

  private static List<String> lines(String text) {
    return List.of(text.substring(0, text.length() - 1).split("\n", -1));
  }

  private static String mask(String line) {
    return line.replaceAll("hunter[^\\s]*", "***");
  }
}
