package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.oracle.Compose;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** What holds of every run, whatever the passes and the project are. */
final class Laws {

  private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|[ \\t])(#.*)$");

  private Laws() {}

  static Outcome harden(Given given, List<Pass> passes, Level level) {
    return new Hardener(passes).harden(given.load(), Options.at(level));
  }

  /** The texts of the files that a run changed or made. */
  static Map<String, String> changed(Outcome outcome) {
    var changed = new LinkedHashMap<String, String>();
    outcome
        .texts()
        .forEach(
            (path, text) -> {
              if (!text.text().equals(text.original())) {
                changed.put(path, text.text());
              }
            });
    changed.putAll(outcome.after().created());
    return changed;
  }

  /** The same, and the files with secrets that no diff shows. */
  static Map<String, String> written(Outcome outcome) {
    var written = changed(outcome);
    written.putAll(outcome.after().others().kept());
    written.putAll(outcome.after().others().variables());
    return written;
  }

  /** Runs the passes and asserts every law; gives the outcome. */
  static Outcome check(Given given, List<Pass> passes, Level level) {
    Outcome outcome = harden(given, passes, level);
    Map<String, String> changed = changed(outcome);
    Given hardened = given.with(written(outcome));
    settles(hardened, passes, level);
    lineEndsDoNotMatter(given, passes, level, changed);
    commentsStay(given, changed);
    eachFixFitsAlone(given.load(), outcome, level);
    if (!changed.isEmpty()) {
      composeStillAccepts(given, hardened);
    }
    return outcome;
  }

  /** The second run finds nothing to do. */
  private static void settles(Given hardened, List<Pass> passes, Level level) {
    Outcome again = harden(hardened, passes, level);
    assertThat(again.steps(Status.APPLIED)).as("applied by a second run").isEmpty();
    assertThat(written(again)).as("changed by a second run").isEmpty();
  }

  private static void lineEndsDoNotMatter(
      Given given, List<Pass> passes, Level level, Map<String, String> changed) {
    Given crlf = given.each(text -> text.replace("\n", "\r\n"));
    assertThat(changed(harden(crlf, passes, level)))
        .as("with CRLF")
        .isEqualTo(each(given, changed, text -> text.replace("\n", "\r\n")));
    // a text that ends with several line ends keeps the others, which may belong to a block scalar
    Given open = given.each(Laws::withoutLastLineEnd);
    assertThat(changed(harden(open, passes, level)))
        .as("without a last line end")
        .isEqualTo(each(given, changed, Laws::withoutLastLineEnd));
  }

  /** What is new is written in a way of its own. */
  private static Map<String, String> each(
      Given given, Map<String, String> texts, java.util.function.UnaryOperator<String> change) {
    var all = new LinkedHashMap<String, String>();
    texts.forEach(
        (path, text) -> all.put(path, given.texts().containsKey(path) ? change.apply(text) : text));
    return all;
  }

  private static String withoutLastLineEnd(String text) {
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  private static void commentsStay(Given given, Map<String, String> changed) {
    changed.forEach(
        (path, after) -> {
          String before = given.texts().get(path);
          if (before != null) {
            assertThat(comments(after)).as("comments of %s", path).containsAll(comments(before));
          }
        });
  }

  private static List<String> comments(String text) {
    return COMMENT.matcher(text).results().map(m -> m.group(1).stripTrailing()).toList();
  }

  /** Each fix alone also fits the original, which is what SARIF hands out. */
  private static void eachFixFitsAlone(Project original, Outcome outcome, Level level) {
    for (Step step : outcome.steps(Status.APPLIED)) {
      Pass alone =
          new Pass() {
            @Override
            public String id() {
              return step.pass();
            }

            @Override
            public Stream<Remark> inspect(Project project) {
              return together(original, outcome, step).map(Step::remark);
            }
          };
      Outcome single = new Hardener(List.of(alone)).harden(original, Options.at(level));
      assertThat(single.steps())
          .as("%s alone on the original", step.id())
          .extracting(Step::status)
          .containsOnly(Status.APPLIED);
    }
  }

  /** The step, and where services share text all of its pass: one may need the others. */
  private static Stream<Step> together(Project original, Outcome outcome, Step step) {
    return original.shared().isEmpty()
        ? Stream.of(step)
        : outcome.steps(Status.APPLIED).stream().filter(other -> other.pass().equals(step.pass()));
  }

  /** What Compose accepted it accepts still; skipped where there is no Compose. */
  private static void composeStillAccepts(Given before, Given after) {
    Optional<Compose> compose = oracle();
    if (compose.isEmpty()) {
      return;
    }
    try {
      Path folder = Files.createTempDirectory("tightship-laws");
      try {
        if (config(compose.get(), folder.resolve("before"), before).accepted()) {
          var answer = config(compose.get(), folder.resolve("after"), after);
          assertThat(answer.accepted()).as("Compose says: %s", answer.stderr()).isTrue();
        }
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Compose> oracle() {
    try {
      return Optional.of(Compose.orSkip());
    } catch (TestAbortedException notThere) {
      return Optional.empty();
    }
  }

  private static Compose.Answer config(Compose compose, Path folder, Given given)
      throws IOException {
    for (Map.Entry<String, String> e : given.texts().entrySet()) {
      Path file = folder.resolve(e.getKey());
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      Files.writeString(file, e.getValue());
    }
    var files = new ArrayList<Path>();
    given.compose().forEach(path -> files.add(folder.resolve(path)));
    return compose.config(folder, files, "-q");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
