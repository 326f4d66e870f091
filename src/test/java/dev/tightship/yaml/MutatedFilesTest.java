package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import dev.tightship.text.Lines;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that someone broke: read and edited as lawfully as others, or refused with a place. */
class MutatedFilesTest {

  private static final int MUTANTS = 2_000;

  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\t",
          "\n",
          "\r\n",
          "\r",
          ":",
          ": ",
          "- ",
          "? ",
          "#",
          " # c",
          "'",
          "\"",
          "[",
          "]",
          "{",
          "}",
          ", ",
          "&a ",
          "*a",
          "!t ",
          "|\n",
          ">-\n",
          "|+\n",
          "<<: ",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "\u0000",
          "\u0007",
          "\u2028",
          "\ufeff",
          "\ud83d\ude80",
          "\ud800",
          "\\",
          "~",
          "0",
          "x");

  private static String mutant(Random random) {
    var text = new StringBuilder(OwnersFileTest.ALL);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + random.nextInt(random.nextBoolean() ? 3 : 30));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, to);
        case 1 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
        default -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
      }
    }
    return text.toString();
  }

  @Test
  void are_refused_with_a_place_or_edited_without_loss() {
    int refused = 0;
    int edited = 0;
    for (int seed = 0; seed < MUTANTS; seed++) {
      var random = new Random(seed);
      String text = mutant(random);
      YamlFile file;
      try {
        file = YamlFile.read(Given.FILE, text);
      } catch (YamlException e) {
        refused++;
        assertThat(e.getMessage()).doesNotContain("secret", "Paris");
        assertThat(e.line()).isBetween(1, lines(text));
        assertThat(e.column()).isPositive();
        continue;
      }
      Spans.check(file);
      if (file.root() instanceof Node.Mapping) {
        for (Edit.Yaml goal : RandomGoals.of(Reached.data(file), 3, random)) {
          edited += edited(seed, file, goal);
        }
      }
    }
    assertThat(refused).isGreaterThan(MUTANTS / 5);
    assertThat(edited).isGreaterThan(MUTANTS / 4);
  }

  private static int lines(String text) {
    return new Lines(text).count();
  }

  private static int edited(int seed, YamlFile file, Edit.Yaml goal) {
    try {
      Reached reached = Reached.from(file, List.of(goal));
      reached.obeysTheLaws();
      return reached.held().isEmpty() ? 1 : 0;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "mutant %d, %s\n%s\n%s".formatted(seed, goal, file.text(), e.getMessage()), e);
    }
  }
}
