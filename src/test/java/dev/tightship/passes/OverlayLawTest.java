package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.oracle.Models;
import dev.tightship.oracle.Overlays;
import dev.tightship.pass.Pass;
import dev.tightship.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A project and its overlay are to Docker Compose what the project is after the same fixes in its
 * own files, and a run over both of them finds nothing more to do.
 */
@SuppressWarnings("NullAway.Init")
class OverlayLawTest {

  private static final String OVERLAY = "overlay.yaml";

  /** The second is for projects that name variables without values. */
  private static final List<List<String>> FLAGS =
      List.of(
          List.of("--format", "json", "--profile", "*"),
          List.of("--format", "json", "--profile", "*", "--no-interpolate"));

  @TempDir Path temp;

  static Stream<Arguments> cases() {
    Stream<Arguments> alone =
        Passes.all().stream()
            .flatMap(
                pass ->
                    Fixtures.folders(Fixtures.ROOT.resolve(pass.id())).stream()
                        .map(
                            folder ->
                                Arguments.of(
                                    folder.resolve("before"),
                                    List.of(pass),
                                    Fixtures.level(folder))));
    Stream<Path> all =
        Stream.concat(
            Fixtures.folders(Path.of("fixtures")).stream(),
            Passes.all().stream()
                .flatMap(pass -> Fixtures.folders(Fixtures.ROOT.resolve(pass.id())).stream())
                .map(folder -> folder.resolve("before")));
    return Stream.concat(
        alone,
        all.flatMap(
            folder ->
                Stream.of(Level.STANDARD, Level.STRICT)
                    .map(level -> Arguments.of(folder, Passes.all(), level))));
  }

  @ParameterizedTest(name = "{0} at {2}")
  @MethodSource("cases")
  void compose_sees_the_same_as_in_place(Path folder, List<Pass> passes, Level level)
      throws IOException {
    Given before = startable(Given.of(Fixtures.texts(folder)));
    Outcome outcome = harden(before, passes, level);
    Report report = Overlays.report(outcome);
    Given overlaid = overlaid(before, Overlays.text(report));
    // what the overlay leaves out, Compose does not see: a Dockerfile, the version of a file, a
    // secret that stays in it. But a
    // service whose user stays keeps what that user needs
    Outcome written = new Hardener(passes).harden(before.load(), withoutUsers(level));
    Given inPlace = before.with(Laws.changed(written));

    assertThat(report.outcome().steps()).isEqualTo(outcome.steps()); // nothing is held afterwards
    for (Compose compose : List.of(Compose.orSkip(), Compose.olderOrSkip())) {
      for (List<String> flags : FLAGS) {
        if (model(compose, "before", before, flags) != null) {
          assertThat(model(compose, "overlaid", overlaid, flags))
              .isNotNull()
              .isEqualTo(model(compose, "in-place", inPlace, flags));
          break;
        }
      }
    }
  }

  @ParameterizedTest(name = "{0} at {2}")
  @MethodSource("cases")
  void a_run_over_both_finds_nothing_more(Path folder, List<Pass> passes, Level level) {
    Given before = startable(Given.of(Fixtures.texts(folder)));
    Outcome outcome = harden(before, passes, level);
    String text = Overlays.text(Overlays.report(outcome));

    Outcome again = harden(overlaid(before, text), passes, level);

    assertThat(again.steps(Status.APPLIED)).extracting(Step::id).isEmpty();
    assertThat(again.steps(Status.HELD).size())
        .isLessThanOrEqualTo(outcome.steps(Status.HELD).size());
  }

  /** The project without what only its own files can mend. */
  private static Given startable(Given given) {
    var only = new Options(Level.SAFE, Set.of("malformed-port"), Set.of(), Set.of(), false, false);
    return given.with(Laws.changed(new Hardener(Passes.all()).harden(given.load(), only)));
  }

  private static Outcome harden(Given given, List<Pass> passes, Level level) {
    return new Hardener(passes).harden(given.load(), Options.at(level).forOverlay());
  }

  private static Options withoutUsers(Level level) {
    return new Options(
        level, Set.of(), Set.of("dockerfile-user", "inline-secrets"), Set.of(), false, false);
  }

  private static Given overlaid(Given given, String text) {
    var compose = new ArrayList<>(given.compose());
    compose.add(OVERLAY);
    return new Given(given.and(OVERLAY, text).texts(), compose);
  }

  private @Nullable Object model(Compose compose, String name, Given given, List<String> flags)
      throws IOException {
    Path folder = temp.resolve(name).resolve("p"); // one name, and so one name of the project
    for (Map.Entry<String, String> e : given.texts().entrySet()) {
      Path file = folder.resolve(e.getKey());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, e.getValue());
    }
    var files = given.compose().stream().map(folder::resolve).toList();
    Compose.Answer answer = compose.config(folder, files, flags.toArray(String[]::new));
    // what lies beside the project is named from where it is, too
    String text =
        answer.stdout().replace(folder.toString(), "").replace(folder.getParent() + "/", "/");
    return answer.accepted() ? Models.ordered(Json.read(text)) : null;
  }
}
