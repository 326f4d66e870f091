package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.corpus.Model;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Projects that use more of the Compose language than one plain file: anchors, merge keys, bases,
 * includes, several files. A fix must stand where its text belongs, and Docker Compose must see
 * what was declared, for each service and no other.
 */
class LanguageTest {

  private static final Path ROOT = Path.of("src/test/resources/language");

  static Stream<String> cases() {
    return Fixtures.folders(ROOT).stream().map(folder -> folder.getFileName().toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void is_written_where_it_belongs(String name) {
    Path folder = ROOT.resolve(name);
    Given before = Given.of(Fixtures.texts(folder.resolve("before")));

    Fixtures.compare(folder, Laws.check(before, Passes.all(), Fixtures.level(folder)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void compose_sees_what_was_declared(String name, @TempDir Path folder) throws IOException {
    Compose compose = Compose.orSkip();
    Given given = Given.of(Fixtures.texts(ROOT.resolve(name).resolve("before")));
    Object before = model(compose, folder, given);
    for (Level level : Level.values()) {
      Outcome outcome = Laws.check(given, Passes.all(), level);
      Given hardened = given.with(Laws.changed(outcome));
      Object after = model(compose, folder, hardened);
      assertThat(after).as("%s", level).isEqualTo(Model.declared(before, after, outcome, true));
      for (Map.Entry<String, String> file : given.texts().entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }
  }

  private static Object model(Compose compose, Path folder, Given given) throws IOException {
    for (Map.Entry<String, String> file : given.texts().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
    List<Path> files = given.compose().stream().map(folder::resolve).toList();
    Compose.Answer answer = compose.config(folder, files, "--format", "json");
    assertThat(answer.accepted()).as(answer.stderr()).isTrue();
    return Json.read(answer.stdout());
  }
}
