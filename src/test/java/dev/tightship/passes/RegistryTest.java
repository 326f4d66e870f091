package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.pass.Page;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.text.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pass is in the list, and has a page, a test and a fixture, all named alike. */
class RegistryTest {

  private static final Path PAGES = Path.of("src/main/resources/passes");
  private static final Path TESTS = Path.of("src/test/java/dev/tightship/passes");
  private static final Path CLASSES = Path.of("src/main/java/dev/tightship/passes");

  private static final List<String> ORDER = List.of("Why", "What it does", "When this can break");

  static List<Pass> passes() {
    return Passes.all();
  }

  private static Set<String> ids() {
    return passes().stream().map(Pass::id).collect(Collectors.toSet());
  }

  @Test
  void ids_are_unique_and_in_kebab_case() {
    assertThat(passes()).extracting(Pass::id).doesNotHaveDuplicates();
    assertThat(ids()).allMatch(id -> id.matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void every_pass_has_its_page_and_every_page_its_pass() throws IOException {
    assertThat(names(PAGES, ".md")).isEqualTo(ids());
  }

  @Test
  void every_pass_has_its_fixtures_and_every_fixture_its_pass() {
    assertThat(Fixtures.folders(Fixtures.ROOT))
        .extracting(folder -> folder.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(ids());
    assertThat(Fixtures.folders(Fixtures.ROOT))
        .allSatisfy(
            folder ->
                assertThat(Fixtures.folders(folder))
                    .isNotEmpty()
                    .allMatch(c -> Files.isDirectory(c.resolve("before"))));
  }

  @Test
  void every_pass_has_a_class_of_its_name_and_a_test_of_that_class() throws IOException {
    assertThat(passes()).allMatch(p -> p.getClass().getSimpleName().equals(className(p.id())));
    Set<String> expected =
        passes().stream().map(p -> className(p.id())).collect(Collectors.toSet());
    assertThat(extending(TESTS, "extends PassTest"))
        .isEqualTo(expected.stream().map(name -> name + "Test").collect(Collectors.toSet()));
    assertThat(
            extending(
                CLASSES,
                "implements Pass",
                "implements RemarksPass",
                "implements ScriptPass",
                "implements ServicePass",
                "implements StagePass"))
        .as("passes that are in the list")
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("passes")
  void a_page_has_its_parts_in_order(Pass pass) {
    Page page = page(pass);
    List<String> headings =
        page.body()
            .replaceAll("(?s)```.*?```", "")
            .lines()
            .filter(l -> l.startsWith("# "))
            .map(l -> l.substring(2))
            .toList();
    assertThat(ORDER).containsSubsequence(headings);
    assertThat(headings).startsWith("Why", "What it does");
    assertThat(page.references()).isNotEmpty();
    assertThat(page.title()).doesNotEndWith(".");
    assertThat(page.body().lines()).allMatch(line -> line.length() <= 104);
  }

  /**
   * The examples are what the program does, with this pass alone. Where a person must decide, it
   * has something to say of the first one of a pair, and no more than an information of what the
   * page makes of it.
   */
  @ParameterizedTest
  @MethodSource("passes")
  void the_blocks_of_a_page_are_before_and_after(Pass pass) {
    boolean advises = risks(pass).isEmpty();
    for (Example example : examples(page(pass))) {
      Outcome outcome = Laws.check(example.before, List.of(pass), Level.STRICT);
      if (advises) {
        Given after = example.before.with(example.after);
        assertThat(Laws.changed(outcome)).isEmpty();
        assertThat(outcome.steps(Status.ADVISED)).isNotEmpty();
        assertThat(Laws.check(after, List.of(pass), Level.STRICT).steps())
            .extracting(Step::remark)
            .noneMatch(remark -> remark instanceof Finding f && f.severity() != Severity.INFO);
      } else {
        Map<String, String> changed = Laws.changed(outcome);
        changed.keySet().removeIf(path -> example.isMadeBeside(path)); // a page shows one file
        assertThat(changed).isEqualTo(example.after);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("passes")
  void a_page_says_when_a_fix_that_is_more_than_neutral_can_break(Pass pass) {
    Set<Risk> risks = risks(pass);
    Page page = page(pass);
    if (risks.isEmpty()) {
      assertThat(page.section("When this can break")).as("what nobody changes").isNull();
    } else if (!risks.equals(EnumSet.of(Risk.NEUTRAL))) {
      assertThat(page.section("When this can break")).isNotBlank();
    }
  }

  /** What a page says of the levels is what the fixes say of their risks. */
  @ParameterizedTest
  @MethodSource("passes")
  void a_page_tells_which_level_applies_something(Pass pass) {
    Page page = page(pass);
    Set<Risk> risks = risks(pass);
    boolean safe = risks.contains(Risk.NEUTRAL) || risks.contains(Risk.PROVEN);
    assertThat(!page.safe().equals("nothing")).as("level safe applies something").isEqualTo(safe);
    assertThat(!page.strict().equals("nothing more"))
        .as("level strict applies more")
        .isEqualTo(risks.contains(Risk.BREAKING));
    assertThat(!page.standard().equals("nothing more"))
        .as("level standard applies more")
        .isEqualTo(risks.contains(Risk.INFERRED));
  }

  private record Example(Given before, Map<String, String> after) {

    boolean isMadeBeside(String path) {
      return !before.texts().containsKey(path) && !after.containsKey(path);
    }
  }

  private static List<Example> examples(Page page) {
    var examples = new java.util.ArrayList<Example>();
    List<String> yaml = page.blocks("What it does", "yaml");
    List<String> dockerfile = page.blocks("What it does", "dockerfile");
    List<String> json = page.blocks("What it does", "json");
    List<String> made = page.blocks("What it does", "dockerignore");
    List<String> variables = page.blocks("What it does", "dotenv");
    List<String> ignored = page.blocks("What it does", "gitignore");
    assertThat(yaml.size() + dockerfile.size() + made.size() + variables.size() + ignored.size())
        .as("blocks of %s", page.id())
        .isPositive()
        .isEven();
    for (int i = 0; i < ignored.size(); i++) {
      Given given =
          Given.compose("services: {app: {image: 'example/app:1'}}\n")
              .and(".env", variables.get(i))
              .inGit();
      examples.add(new Example(given, Map.of(".gitignore", ignored.get(i))));
    }
    for (int i = 0; i < made.size(); i++) {
      Given given =
          Given.compose("services: {app: {build: .}}\n")
              .and(PassTest.DOCKERFILE, dockerfile.get(i))
              .and("package.json", "{}\n")
              .and(".git/HEAD", "ref: refs/heads/main\n");
      examples.add(new Example(given, Map.of(".dockerignore", made.get(i))));
    }
    if (!made.isEmpty()) {
      return examples;
    }
    for (int i = 0; i < yaml.size(); i += 2) {
      examples.add(
          new Example(Given.compose(yaml.get(i)), Map.of(PassTest.COMPOSE, yaml.get(i + 1))));
    }
    for (int i = 0; i < dockerfile.size(); i += 2) {
      Given given = Given.compose("services: {app: {build: .}}\n");
      for (int j = 0; j < json.size(); j++) {
        given = given.and(j == 0 ? "package.json" : "package-lock.json", json.get(j));
      }
      examples.add(
          new Example(
              given.and(PassTest.DOCKERFILE, dockerfile.get(i)),
              Map.of(PassTest.DOCKERFILE, dockerfile.get(i + 1))));
    }
    return examples;
  }

  private static Set<Risk> risks(Pass pass) {
    Stream<Given> cases =
        Fixtures.folders(Fixtures.ROOT.resolve(pass.id())).stream()
            .map(folder -> Given.of(Fixtures.texts(folder.resolve("before"))));
    Stream<Given> examples = examples(page(pass)).stream().map(Example::before);
    var risks = EnumSet.noneOf(Risk.class);
    Stream.concat(cases, examples)
        .flatMap(given -> Laws.harden(given, List.of(pass), Level.STRICT).steps().stream())
        .forEach(
            step -> {
              if (step.remark() instanceof Remark.Finding finding && finding.fix() != null) {
                risks.add(finding.fix().risk());
              }
            });
    return risks;
  }

  static Page page(Pass pass) {
    return Page.parse(pass.id(), Resources.text("passes/" + pass.id() + ".md"));
  }

  private static String className(String id) {
    return Arrays.stream(id.split("-", -1))
        .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }

  private static Set<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString())
          .map(name -> name.substring(0, name.length() - ending.length()))
          .collect(Collectors.toSet());
    }
  }

  private static Set<String> extending(Path folder, String... clauses) throws IOException {
    var found = new java.util.HashSet<String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(p -> p.toString().endsWith(".java")).toList()) {
        String text = Files.readString(path);
        String name = path.getFileName().toString().replace(".java", "");
        if (Stream.of(clauses).anyMatch(c -> text.contains("class " + name + " " + c))) {
          found.add(name);
        }
      }
    }
    return found;
  }
}
