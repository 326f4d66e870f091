package dev.tightship.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Build;
import dev.tightship.compose.Given;
import dev.tightship.compose.InlineDockerfile;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Base;
import dev.tightship.dockerfile.Directive;
import dev.tightship.dockerfile.Dockerfile;
import dev.tightship.dockerfile.Flag;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.dockerfile.Stage;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.oracle.Json;
import dev.tightship.passes.Passes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dockerfiles as people write them, hardened with all passes at the level that goes furthest, and
 * read by BuildKit before and after: what it could build it can build still, and its checks name no
 * rule more often. No image is fetched: an empty folder stands in for each.
 */
class BuildCheckTest {

  private static final Path OWN = Path.of("src", "test", "resources", "dockerfiles");
  private static final Path CASES = Path.of("src", "test", "resources", "passes");
  private static final Path FIXTURES = Path.of("fixtures");

  /** By what is counted. */
  private static final Map<String, Integer> TOTALS = new ConcurrentSkipListMap<>();

  @TempDir private Path temp = Path.of("");

  // ---- what is read

  static Stream<String> projects() {
    return Stream.of(
            folders(OWN).stream(),
            folders(FIXTURES).stream(),
            folders(CASES).stream()
                .flatMap(pass -> folders(pass).stream())
                .map(folder -> folder.resolve("before"))
                .filter(Files::isDirectory))
        .flatMap(all -> all)
        .filter(folder -> !Given.of(texts(folder)).load().dockerfiles().isEmpty())
        .map(folder -> folder.toString().replace('\\', '/'));
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts(Path folder) {
    var texts = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        texts.put(name, Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }

  private static Outcome harden(Given given) {
    return new Hardener(Passes.all()).harden(given.load(), Options.at(Level.STRICT));
  }

  private static Given hardened(Given given, Outcome outcome) {
    var texts = new HashMap<String, String>();
    outcome.texts().forEach((path, text) -> texts.put(path, text.text()));
    texts.putAll(outcome.after().created());
    return given.with(texts);
  }

  private static Map<String, Dockerfile> dockerfiles(Project project) {
    var byPath = new TreeMap<String, Dockerfile>();
    project.dockerfiles().forEach(file -> byPath.put(file.path(), file));
    return byPath;
  }

  // ---- without an engine

  @Test
  void each_folder_has_a_dockerfile_that_a_service_builds() {
    List<Path> own = folders(OWN);
    assertThat(own).hasSizeGreaterThanOrEqualTo(35);
    for (Path folder : own) {
      assertThat(Given.of(texts(folder)).load().dockerfiles()).as("%s", folder).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("projects")
  void comments_stay_and_a_second_run_does_nothing(String folder) throws Exception {
    Given given = Given.of(texts(Path.of(folder)));
    Outcome outcome = harden(given);
    Given after = hardened(given, outcome);
    Map<String, Dockerfile> files = dockerfiles(after.load());

    for (Dockerfile before : given.load().dockerfiles()) {
      Dockerfile now = requireNonNull(files.get(before.path()), before.path());
      assertThat(comments(now)).as("comments, in order").containsSubsequence(comments(before));
      assertThat(Dockerfile.read(now.path(), now.text()).data().instructions()).isNotEmpty();
    }
    assertThat(harden(after).steps(Step.Status.APPLIED)).as("a second run").isEmpty();
  }

  private static List<String> comments(Dockerfile file) {
    return file.comments().stream().map(c -> c.span().of(file.text()).strip()).toList();
  }

  // ---- with an engine

  @ParameterizedTest
  @MethodSource("projects")
  @Execution(ExecutionMode.CONCURRENT)
  void the_builder_reads_it_as_before_and_warns_no_more(String folder) throws Exception {
    Docker docker = Docker.orSkip();
    Given given = Given.of(texts(Path.of(folder)));
    Given hardened = hardened(given, harden(given));
    Project before = given.load();
    Project after = hardened.load();
    Map<String, Dockerfile> files = dockerfiles(after);
    for (Dockerfile file : before.dockerfiles()) {
      Dockerfile now = requireNonNull(files.get(file.path()), file.path());
      boolean changed = !file.text().equals(now.text());
      count("Dockerfiles");
      count(changed ? "  changed" : "  unchanged");
      Map<String, Build> builds = builds(before, file);
      Map<String, Build> same = builds(after, now);
      assertThat(same.keySet()).as("services that build it").isEqualTo(builds.keySet());
      var seen = new TreeMap<String, Verdict>();
      for (Map.Entry<String, Build> e : builds.entrySet()) {
        Build build = requireNonNull(same.get(e.getKey()));
        String how = e.getValue().target() + " " + e.getValue().args();
        if (seen.containsKey(how)) {
          continue; // another service builds just the same
        }
        Verdict was = check(docker, file, e.getValue(), given);
        seen.put(how, was);
        was.count("before");
        Verdict is = changed ? check(docker, now, build, hardened) : was;
        is.count("after");
        if (was.error() == null) {
          assertThat(is.error()).as("refused: %s\n%s", now.path(), now.text()).isNull();
          for (String rule : is.warnings().keySet()) {
            assertThat(is.times(rule))
                .as("%s named in %s:\n%s", rule, now.path(), now.text())
                .isLessThanOrEqualTo(was.times(rule));
          }
        } else {
          assertThat(folder).as("of our own, but refused: " + was.error()).doesNotContain(OWN_NAME);
        }
      }
    }
  }

  private static final String OWN_NAME = "/dockerfiles/";

  /** How each service builds a file. */
  private static Map<String, Build> builds(Project project, Dockerfile file) {
    var builds = new TreeMap<String, Build>();
    for (Service service : project.services()) {
      Build build = service.build().orElse(null);
      if (build == null) {
        continue;
      }
      InlineDockerfile inline = build.inline();
      String path = inline != null ? inline.dockerfile().path() : build.dockerfile();
      if (file.path().equals(path)) {
        builds.put(service.name(), build);
      }
    }
    return builds;
  }

  /**
   * What BuildKit says of a file.
   *
   * @param warnings how often by name of the rule
   * @param error why it refuses it, or null
   */
  private record Verdict(Map<String, Integer> warnings, @Nullable String error) {

    int times(String rule) {
      return warnings.getOrDefault(rule, 0);
    }

    void count(String when) {
      BuildCheckTest.count("checks " + when);
      if (error != null) {
        BuildCheckTest.count("  refused " + when);
      }
      warnings.forEach(
          (rule, times) -> {
            TOTALS.merge("warnings " + when, times, Integer::sum);
            TOTALS.merge("warnings %s: %s".formatted(when, rule), times, Integer::sum);
          });
    }
  }

  private Verdict check(Docker docker, Dockerfile file, Build build, Given given)
      throws IOException {
    Path folder = Files.createTempDirectory(temp, "check");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path context = Files.createDirectory(folder.resolve("context"));
    Path written = folder.resolve("Dockerfile");
    Files.write(written, withoutFrontend(file).getBytes(UTF_8));
    String ignored = build.inContext(".dockerignore");
    if (ignored != null && given.texts().containsKey(ignored)) {
      Files.writeString(context.resolve(".dockerignore"), given.text(ignored));
    }
    // all checks, and as warnings, whatever the file says of them
    var words =
        new ArrayList<>(
            List.of(
                "buildx",
                "build",
                "--call=check,format=json",
                "--build-arg=BUILDKIT_DOCKERFILE_CHECK=experimental=all",
                "--file=" + written));
    build.args().forEach((name, value) -> words.add("--build-arg=" + name + "=" + value));
    for (String image : images(file, build.args())) {
      words.add("--build-context=" + image + "=" + empty);
    }
    if (build.target() != null) {
      words.add("--target=" + build.target());
    }
    words.add(context.toString());
    Docker.Answer answer = docker.run(Duration.ofMinutes(2), words);
    assertThat(answer.out()).as("what the engine says: %s", answer.err()).startsWith("{");
    return verdict(Json.read(answer.out().strip()));
  }

  private static Verdict verdict(Object json) {
    var warnings = new TreeMap<String, Integer>();
    if (Json.at(json, "warnings") instanceof List<?> list) {
      list.forEach(
          warning ->
              warnings.merge(
                  String.valueOf(Json.at(requireNonNull(warning), "ruleName")), 1, Integer::sum));
    }
    Object error = Json.at(json, "buildError", "message");
    return new Verdict(warnings, error == null ? null : error.toString());
  }

  /** The text without {@code # syntax}, which names a reader that would have to be fetched. */
  private static String withoutFrontend(Dockerfile file) {
    String text = file.text();
    for (Directive directive : file.directives()) {
      if (directive.name().equals("syntax")) {
        int end = text.indexOf('\n', directive.span().end());
        return text.substring(0, directive.span().start())
            + (end < 0 ? "" : text.substring(end + 1));
      }
    }
    return text;
  }

  /** All that a file takes from elsewhere, under the names by which it asks for it. */
  private static Set<String> images(Dockerfile file, Map<String, String> args) {
    var images = new TreeSet<String>();
    var build = file.build(args);
    for (Stage stage : file.stages()) {
      if (build.base(stage) instanceof Base.Image image) {
        images.add(image.reference());
      }
      for (Instruction instruction : stage.instructions()) {
        for (Flag flag : instruction.flags()) {
          String value = String.valueOf(flag.value());
          if (instruction.is("COPY") && flag.name().equals("from")) {
            images.add(value);
          } else if (instruction.is("RUN") && flag.name().equals("mount")) {
            for (String part : value.split(",", -1)) {
              if (part.startsWith("from=")) {
                images.add(part.substring("from=".length()));
              }
            }
          }
        }
      }
    }
    // a stage, and what is no name at all, is for the builder to find or to refuse
    images.removeIf(name -> file.stage(name) != null || !name.matches("[a-z0-9][\\w.:/@-]*"));
    return images;
  }

  // ---- totals

  private static void count(String what) {
    TOTALS.merge(what, 1, Integer::sum);
  }

  @AfterAll
  static void print() {
    if (!TOTALS.isEmpty()) {
      System.out.println("\nDockerfiles, read by BuildKit before and after hardening");
      TOTALS.forEach((what, times) -> System.out.printf("  %-60s %5d%n", what, times));
    }
  }
}
