package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.pass.Remark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Expectations in folders: {@code after/} holds the files that a run changes, {@code findings.txt}
 * what it says. Under {@code -Dupdate} they are written instead.
 */
final class Fixtures {

  static final Path ROOT = Path.of("src/test/resources/passes");

  /** Begins the names of what git would take for its own. */
  private static final String GIT = "dot-git";

  private Fixtures() {}

  /** The folders in a folder, by name. */
  static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files below a folder, by path. */
  static Map<String, String> texts(Path folder) {
    var texts = new TreeMap<String, String>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.filter(Files::isRegularFile).toList()) {
          String name = folder.relativize(path).toString().replace('\\', '/');
          texts.put(name.replace(GIT, ".git"), Files.readString(path));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return texts;
  }

  /** The level that the first line of the findings names; standard for a new case. */
  static Level level(Path expected) {
    Path file = expected.resolve("findings.txt");
    try {
      return Files.exists(file)
          ? Level.valueOf(
              Files.readAllLines(file).get(0).replace("level ", "").toUpperCase(Locale.ROOT))
          : Level.STANDARD;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares an outcome with a folder of expectations, or writes it there. */
  static void compare(Path expected, Outcome outcome) {
    Map<String, String> changed = Laws.written(outcome);
    String findings = findings(outcome);
    try {
      if (System.getProperty("update") != null) {
        write(expected, changed, findings);
      }
      assertThat(texts(expected.resolve("after"))).as("files after").isEqualTo(changed);
      assertThat(Files.readString(expected.resolve("findings.txt"))).isEqualTo(findings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path expected, Map<String, String> changed, String findings)
      throws IOException {
    Path after = expected.resolve("after");
    if (Files.isDirectory(after)) {
      try (Stream<Path> old = Files.walk(after)) {
        for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    for (Map.Entry<String, String> e : changed.entrySet()) {
      Path file = after.resolve(e.getKey().replace(".git", GIT));
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      Files.writeString(file, e.getValue());
    }
    Files.createDirectories(expected);
    Files.writeString(expected.resolve("findings.txt"), findings);
  }

  private static String findings(Outcome outcome) {
    var text = new StringBuilder("level " + outcome.level().word() + "\n");
    for (Step step : outcome.steps()) {
      var at = outcome.position(step);
      String place =
          at == null
              ? outcome.file(step)
              : "%s:%d:%d".formatted(outcome.file(step), at.line(), at.column());
      text.append(
          "\n%s %s: %s, %s\n"
              .formatted(
                  step.status().word(), step.pass(), step.remark().subject().describe(), place));
      if (step.remark() instanceof Remark.Finding finding) {
        text.append("  %s, %s\n".formatted(finding.message(), finding.severity().word()));
        if (finding.fix() != null) {
          text.append(
              "  %s (%s: %s)\n"
                  .formatted(
                      finding.fix().title(), finding.fix().risk().word(), finding.fix().why()));
        }
      }
      if (step.reason() != null) {
        text.append("  " + step.reason() + "\n");
      }
    }
    return text.toString();
  }
}
