package dev.tightship.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

  private static final String FRONT =
      """
      ---
      title: Do it
      severity: low
      safe: nothing
      standard: most
      strict: all
      check: look
      undo: take it back
      reference: one
      reference: two: with a colon
      ---
      """;

  private static final String BODY =
      """

      # Why

      Because.

      # What it does

      ```yaml
      # Why
      a: 1
      ```

      ```dockerfile
      FROM a
      ```

      ```yaml
      ```
      """;

  private static Page page(String text) {
    return Page.parse("some-pass", text);
  }

  @Test
  void has_its_front_matter_and_its_body() {
    Page page = page(FRONT + BODY);
    assertThat(page.title()).isEqualTo("Do it");
    assertThat(page.severity()).isEqualTo(Severity.LOW);
    assertThat(List.of(page.safe(), page.standard(), page.strict()))
        .containsExactly("nothing", "most", "all");
    assertThat(page.references()).containsExactly("one", "two: with a colon");
    assertThat(page.body()).startsWith("# Why\n").endsWith("```\n");
  }

  @Test
  void has_sections_and_blocks() {
    Page page = page(FRONT + BODY);
    assertThat(page.section("Why")).isEqualTo("Because.");
    assertThat(page.section("When")).isNull();
    assertThat(page.blocks("What it does", "dockerfile")).containsExactly("FROM a\n");
    assertThat(page.blocks("Why", "yaml")).isEmpty();
    assertThat(page.blocks("When", "yaml")).isEmpty();
  }

  @Test
  void refuses_a_block_without_an_end() {
    Page page = page(FRONT + "# Why\n\n```yaml\na: 1\n");
    assertThatThrownBy(() -> page.blocks("Why", "yaml"))
        .hasMessage("page some-pass has a code block without an end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "severity", "safe", "standard", "strict", "check", "undo"})
  void refuses_to_lack_something(String key) {
    String without =
        FRONT.lines().filter(l -> !l.startsWith(key + ":")).reduce("", (a, b) -> a + b + "\n");
    assertThatThrownBy(() -> page(without + BODY)).hasMessage("page some-pass lacks " + key);
  }

  @Test
  void refuses_what_it_does_not_know_and_what_stands_twice() {
    assertThatThrownBy(() -> page(FRONT.replace("title", "tilte") + BODY))
        .hasMessage("page some-pass has an unknown line: tilte: Do it");
    assertThatThrownBy(() -> page(FRONT.replace("check: look", "undo: x") + BODY))
        .hasMessage("page some-pass says undo twice");
    assertThatThrownBy(() -> page(BODY)).hasMessage("page some-pass has no front matter");
    assertThatThrownBy(() -> page(FRONT.replace("low", "urgent") + BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_fix_has_edits_and_a_finding_a_fix_or_a_reason() {
    assertThatThrownBy(() -> Fix.of("do it", Risk.NEUTRAL, "so"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Remark.Finding(new Subject.OfStage("a", 0), Severity.LOW, "m", null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
