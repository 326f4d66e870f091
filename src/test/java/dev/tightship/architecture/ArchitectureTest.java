package dev.tightship.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {

  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void every_source_keeps_the_rules() throws IOException {
    var broken = new ArrayList<String>();
    List<Path> sources = sources();
    for (Path path : sources) {
      broken.addAll(Rules.broken(name(path), Files.readString(path)));
    }
    assertThat(sources).hasSizeGreaterThan(50);
    assertThat(broken).isEmpty();
  }

  @Test
  void every_package_says_what_it_is_for() throws IOException {
    for (Path path : sources()) {
      Path info = path.resolveSibling("package-info.java");
      assertThat(Files.readString(info)).contains("@NullMarked").startsWith("/**");
    }
  }

  /** Each line plants one thing that is not allowed, in a source that is right otherwise. */
  @ParameterizedTest
  @CsvSource({
    "text, import dev.tightship.edit.Edit;",
    "edit, import dev.tightship.yaml.Node;",
    "yaml, import dev.tightship.compose.Project;",
    "compose, import dev.tightship.pass.Pass;",
    "compose, import dev.tightship.compose.model.Data;",
    "compose.model, import dev.tightship.pass.Pass;",
    "compose.model, import java.nio.file.Files;",
    "analysis, import dev.tightship.pass.Pass;",
    "network, import dev.tightship.pass.Pass;",
    "network, import dev.tightship.report.Report;",
    "network, import dev.tightship.secret.Literal;",
    "network, import java.nio.file.Files;",
    "analysis, import dev.tightship.network.ServiceGraph;",
    "pass, import dev.tightship.engine.Level;",
    "passes, import dev.tightship.engine.Level;",
    "passes, import dev.tightship.report.Report;",
    "passes, import dev.tightship.yaml.Splicer;",
    "engine, import dev.tightship.passes.Passes;",
    "report, import dev.tightship.passes.Passes;",
    "report, import dev.tightship.cli.Terminal;",
    "knowledge, import dev.tightship.compose.Project;",
    "files, import dev.tightship.yaml.Node;",
    "compose, import static dev.tightship.cli.ExitCode.DONE;",
    "compose, import org.snakeyaml.engine.v2.api.LoadSettings;",
    "report, import picocli.CommandLine;",
    "knowledge, import dev.tightship.yaml.Node;",
    "knowledge, import tools.jackson.core.JsonParser;",
    "knowledge.build, import tools.jackson.core.JsonParser;",
    "knowledge.file, import org.snakeyaml.engine.v2.api.LoadSettings;",
    "knowledge.file, import java.nio.file.Files;",
    "cli, import tools.jackson.core.JsonParser;",
    "report, import com.fasterxml.jackson.core.JsonParser;",
    "compose, import java.nio.file.Files;",
    "report, import java.nio.file.*;",
    "engine, import java.io.File;",
    "knowledge, import java.io.FileInputStream;",
    "cli, import java.net.URI;",
    "files, import java.net.URL;",
    "cli, import java.net.http.HttpClient;",
    "engine, import java.util.Random;",
    "engine, import java.time.Clock;",
    "passes, import java.util.concurrent.Executor;",
    "passes, import java.lang.reflect.Method;"
  })
  void a_planted_import_is_found(String in, String line) {
    assertThat(Rules.broken("Planted", source(in, line, ""))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.getenv(\"HOME\")",
        "System.currentTimeMillis()",
        "System . nanoTime()",
        "new Thread(this)",
        "new java.util.Random()",
        "Thread.sleep(1)",
        "java.time.Clock.systemUTC()",
        "new java.io.File(\"x\")",
        "java.nio.file.Path.of(\"x\")",
        "new ProcessBuilder()",
        "Planted.class.getResourceAsStream(\"x\")",
        "dev.tightship.cli.Tightship.run()",
        "java.util.Locale.getDefault()"
      })
  void a_planted_use_without_an_import_is_found(String code) {
    assertThat(Rules.broken("Planted", source("engine", "", "Object x = " + code + ";")))
        .isNotEmpty();
  }

  @Test
  void a_process_and_a_resource_are_found_in_any_package() {
    assertThat(Rules.broken("P", source("cli", "", "Process p = null;"))).hasSize(1);
    assertThat(Rules.broken("P", source("cli", "", "Runtime.getRuntime().exec(x);"))).hasSize(1);
    assertThat(Rules.broken("P", source("cli", "", "Runtime.getRuntime().availableProcessors();")))
        .isEmpty();
    assertThat(Rules.broken("P", source("report", "", "P.class.getResource(\"x\");"))).hasSize(1);
    assertThat(Rules.broken("text/Resources.java", source("text", "", "P.class.getResource();")))
        .isEmpty();
  }

  @Test
  void a_package_without_rules_is_found() {
    assertThat(Rules.broken("P", source("elsewhere", "", "")))
        .containsExactly("P is in a package without rules: elsewhere");
  }

  @Test
  void what_is_allowed_is_left_alone() {
    String code =
        """
        // new Thread(), java.net.URI
        /* System.getenv() and dev.tightship.cli.Tightship */
        String s = "java.nio.file.Files" + ""\"
            System.getenv("x") "" java.net.URI
            ""\" + '"';
        java.util.Map<String, dev.tightship.yaml.Node> m;
        """;
    assertThat(Rules.broken("P", source("engine", "import dev.tightship.pass.Pass;", code)))
        .isEmpty();
    assertThat(Rules.broken("P", source("yaml", "import org.snakeyaml.engine.v2.api.X;", "")))
        .isEmpty();
    assertThat(Rules.broken("P", source("passes", "import dev.tightship.yaml.Node;", "")))
        .isEmpty();
    assertThat(Rules.broken("P", source("files", "import java.nio.file.Path;", "Process p;")))
        .isEmpty();
  }

  private static String source(String in, String imports, String code) {
    return "package dev.tightship.%s;\n%s\nfinal class Planted {\n%s}\n"
        .formatted(in, imports, code);
  }

  private static String name(Path path) {
    return SOURCES.relativize(path).toString().replace('\\', '/');
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
  }
}
