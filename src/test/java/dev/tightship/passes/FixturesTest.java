package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Pass;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cases in folders, one pass each, and whole projects with all passes. */
class FixturesTest {

  private static final Path PROJECTS = Path.of("fixtures");
  private static final Path EXPECTED = Path.of("src/test/resources/projects");

  static Stream<Arguments> cases() {
    return Passes.all().stream()
        .flatMap(
            pass ->
                Fixtures.folders(Fixtures.ROOT.resolve(pass.id())).stream()
                    .map(folder -> Arguments.of(pass.id() + "/" + folder.getFileName(), pass)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_case_comes_out_as_expected(String name, Pass pass) {
    Path folder = Fixtures.ROOT.resolve(name);
    Given before = Given.of(Fixtures.texts(folder.resolve("before")));

    Fixtures.compare(folder, Laws.check(before, List.of(pass), Fixtures.level(folder)));
  }

  static Stream<Arguments> projects() {
    return Fixtures.folders(PROJECTS).stream()
        .flatMap(
            folder ->
                Stream.of(Level.STANDARD, Level.STRICT)
                    .map(level -> Arguments.of(folder.getFileName().toString(), level)));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("projects")
  void a_project_comes_out_as_expected(String name, Level level) {
    Given before = Given.of(Fixtures.texts(PROJECTS.resolve(name)));
    assertThat(before.compose()).isNotEmpty();

    Fixtures.compare(
        EXPECTED.resolve(name).resolve(level.word()), Laws.check(before, Passes.all(), level));
  }
}
