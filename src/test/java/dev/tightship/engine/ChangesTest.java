package dev.tightship.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What each pass of a run changed. */
class ChangesTest {

  private static final String WEB = "services:\n  web:\n    image: nginx\n";
  private static final Place PLACE = Place.of("compose.yaml", "services", "web");

  /** A pass with one fix. */
  private record Mends(String id, boolean joins, List<Edit> edits) implements Pass {
    @Override
    public Stream<Remark> inspect(Project project) {
      return Stream.of(
          Remark.finding(
              new Subject.OfService("web", PLACE),
              Severity.LOW,
              "something",
              new Fix("mend it", Risk.NEUTRAL, "it is so", edits)));
    }
  }

  private static Pass first(String id, Edit... edits) {
    return new Mends(id, false, List.of(edits));
  }

  private static Pass joins(String id, Edit... edits) {
    return new Mends(id, true, List.of(edits));
  }

  private static Edit set(String value, String... path) {
    Place place = PLACE;
    for (String key : path) {
      place = place.key(key);
    }
    return new Edit.Set(place, Value.string(value));
  }

  private static Series series(Pass... passes) {
    var hardener = new Hardener(List.of(passes));
    Project project = Given.compose(WEB).load();
    Series series = hardener.series(project, Options.at(Level.STANDARD));
    Outcome outcome = hardener.harden(project, Options.at(Level.STANDARD));
    assertThat(series.outcome().steps()).isEqualTo(outcome.steps());
    assertThat(made(series)).isEqualTo(text(outcome));
    return series;
  }

  private static Map<String, String> text(Outcome outcome) {
    var texts = new HashMap<>(outcome.after().created());
    outcome.texts().forEach((path, text) -> texts.put(path, text.text()));
    return texts;
  }

  private static String text(Series series, int change, String path) {
    return Objects.requireNonNull(series.changes().get(change).texts().get(path)).text();
  }

  /** The texts after all changes, each of which begins where the one before it ended. */
  private static Map<String, String> made(Series series) {
    var texts = new HashMap<>(Map.of("compose.yaml", WEB));
    for (Series.Change change : series.changes()) {
      change
          .texts()
          .forEach(
              (path, text) -> assertThat(texts.put(path, text.text())).isEqualTo(text.original()));
      change.created().forEach((path, text) -> assertThat(texts.put(path, text)).isNull());
    }
    return texts;
  }

  private static List<List<String>> passes(Series series) {
    return series.changes().stream().map(Series.Change::passes).toList();
  }

  @Test
  void passes_of_one_step_are_told_apart() {
    Series series =
        series(
            first("p", set("a", "user")),
            joins("q", set("b", "hostname")),
            first("r", set("c", "domainname")));

    assertThat(passes(series)).containsExactly(List.of("p"), List.of("q"), List.of("r"));
    assertThat(text(series, 1, "compose.yaml")).isEqualTo(WEB + "    user: a\n    hostname: b\n");
    assertThat(series.steps(series.changes().get(1))).extracting(Step::id).containsExactly("q#1");
  }

  /**
   * One after the other, the second key of the first pass would stand before that of the second.
   */
  @Test
  void passes_that_come_to_something_else_one_by_one_are_one_change() {
    Series series =
        series(
            first("p", set("a", "labels", "x"), set("b", "labels", "y"), set("c", "user")),
            joins("q", set("d", "hostname")),
            joins("r", set("nginx", "image")),
            first("s", set("e", "domainname")));

    assertThat(passes(series)).containsExactly(List.of("p", "q"), List.of("s"));
    assertThat(text(series, 0, "compose.yaml")).endsWith("    hostname: d\n    user: c\n");
    assertThat(series.steps(series.changes().get(0)))
        .extracting(Step::pass)
        .containsExactly("p", "q");
  }

  @Test
  void a_file_that_one_pass_makes_another_adds_to() {
    Series series =
        series(
            first("p", new Edit.Create(".dockerignore", "a\nb\n")),
            joins(
                "q", new Edit.Line(".dockerignore", "", "c"), new Edit.Line("new", "# n\n", "d")));

    assertThat(series.changes().get(0).created())
        .containsOnly(Map.entry(".dockerignore", "a\nb\n"));
    assertThat(series.changes().get(1).created()).containsOnly(Map.entry("new", "# n\nd\n"));
    assertThat(text(series, 1, ".dockerignore")).isEqualTo("a\nb\nc\n");
  }

  @Test
  void what_holds_a_secret_is_in_no_change() {
    Series series =
        series(
            first("p", new Edit.Keep("secrets/a", "hunter2")),
            first("q", new Edit.Keep("secrets/b", "hunter3"), set("b", "user")));

    assertThat(passes(series)).containsExactly(List.of("q"));
    assertThat(made(series)).containsOnlyKeys("compose.yaml");
    assertThat(series.outcome().after().others().kept()).containsOnlyKeys("secrets/a", "secrets/b");
  }

  @Test
  void what_was_not_applied_changes_nothing() {
    Series series =
        series(
            first("p", set("x", "image", "deeper")),
            joins("q", set("nginx", "image")),
            joins("r", set("a", "user")));

    assertThat(passes(series)).containsExactly(List.of("r"));
    assertThat(made(series)).containsValue(WEB + "    user: a\n");
  }
}
