package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Series;
import dev.tightship.pass.Pass;
import dev.tightship.text.Traced;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The changes of the passes, made one after the other, give what a run gives, and what each of them
 * leaves is a project.
 */
class SeriesLawTest {

  static Stream<Arguments> cases() {
    Stream<Path> all =
        Stream.concat(
            Fixtures.folders(Path.of("fixtures")).stream(),
            Passes.all().stream()
                .flatMap(pass -> Fixtures.folders(Fixtures.ROOT.resolve(pass.id())).stream())
                .map(folder -> folder.resolve("before")));
    return all.flatMap(
        folder -> Stream.of(Level.values()).map(level -> Arguments.of(folder, level)));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("cases")
  void the_changes_add_up(Path folder, Level level) {
    Given given = Given.of(Fixtures.texts(folder));
    addUp(given, Passes.all(), level);
    addUp(given.each(text -> text.replace("\n", "\r\n")), Passes.all(), level);
    addUp(given.each(String::stripTrailing), Passes.all(), level);
  }

  private static void addUp(Given given, List<Pass> passes, Level level) {
    Outcome outcome = new Hardener(passes).harden(given.load(), Options.at(level));
    Series series = new Hardener(passes).series(given.load(), Options.at(level));

    Given at = given;
    for (Series.Change change : series.changes()) {
      var texts = new HashMap<>(change.created());
      assertThat(at.texts()).doesNotContainKeys(texts.keySet().toArray(String[]::new));
      for (var e : change.texts().entrySet()) {
        Traced text = e.getValue();
        assertThat(text.original()).isEqualTo(at.texts().get(e.getKey())).isNotEqualTo(text.text());
        texts.put(e.getKey(), text.text());
      }
      assertThat(texts).isNotEmpty();
      assertThat(series.steps(change)).isNotEmpty();
      at = at.with(texts);
      assertThat(at.load().problems()).hasSameSizeAs(given.load().problems());
    }
    assertThat(at).isEqualTo(given.with(Laws.changed(outcome)));
    assertThat(series.outcome().steps()).isEqualTo(outcome.steps());
  }
}
