package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Place.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Laws that hold for every goal on every document, on documents in every style. */
class RandomEditsTest {

  private static final int DOCUMENTS = 2_000;
  private static final int GOALS = 10;

  @Test
  void a_document_says_what_was_written() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      RandomYaml.Document document = RandomYaml.document(new Random(seed));
      YamlFile file = Reached.read(document.text());
      assertThat(Reached.data(file))
          .as("document %s\n%s", seed, document.text())
          .isEqualTo(document.value())
          .hasToString(document.value().toString());
      Spans.check(file);
    }
  }

  @Test
  void a_goal_is_reached_without_loss_or_held_with_a_reason() {
    int reached = 0;
    var held = new TreeSet<String>();
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      var random = new Random(seed);
      RandomYaml.Document document = RandomYaml.document(random);
      YamlFile file = Reached.read(document.text());
      for (Edit.Yaml goal : RandomGoals.of(document.value(), GOALS, random)) {
        Reached result = reach(seed, file, List.of(goal));
        reached += result.held().isEmpty() ? 1 : 0;
        held.addAll(result.held());
      }
    }
    assertThat(reached).isGreaterThan(DOCUMENTS * GOALS * 6 / 10);
    assertThat(held).isNotEmpty().noneMatch(String::isBlank);
  }

  @Test
  void goals_that_are_reached_together_do_not_disturb_each_other() {
    int together = 0;
    int apart = 0;
    for (int seed = 0; seed < DOCUMENTS / 4; seed++) {
      var random = new Random(-seed - 1);
      RandomYaml.Document document = RandomYaml.document(random);
      YamlFile file = Reached.read(document.text());
      var goals = new ArrayList<Edit.Yaml>();
      for (Edit.Yaml goal : RandomGoals.of(document.value(), 8, random)) {
        // an item is named by all that stands in it, and is another one when that has changed
        if (!Reached.leadsThroughAnItem(goal)
            && goals.stream().allMatch(other -> areApart(goal.at(), other.at()))) {
          goals.add(goal);
        }
      }
      Reached reached = reach(seed, file, goals);
      apart += reached.apart() > 0 ? 1 : 0;
      together += reached.waves().stream().anyMatch(wave -> wave.goals().size() > 1) ? 1 : 0;
    }
    assertThat(together).isGreaterThan(DOCUMENTS / 8);
    assertThat(apart).isLessThan(together / 20);
  }

  /** Whether neither place lies within the other, nor both in one list. */
  private static boolean areApart(Place one, Place other) {
    int common = Math.min(one.path().size(), other.path().size());
    for (int i = 0; i < common; i++) {
      Segment segment = one.path().get(i);
      if (!segment.equals(other.path().get(i))) {
        return segment instanceof Segment.Key;
      }
    }
    return false;
  }

  private static Reached reach(int seed, YamlFile file, List<Edit.Yaml> goals) {
    try {
      Reached reached = Reached.from(file, goals);
      reached.obeysTheLaws();
      return reached;
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "document %d, %s\n%s\n%s".formatted(seed, goals, file.text(), e.getMessage()), e);
    }
  }
}
