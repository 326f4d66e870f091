package dev.tightship.compose.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects by chance, each as Compose prints it and as we compute it; {@code -Dprojects=5000} for
 * many, {@code -Dprojects=1 -Dprojects.from=N} for the one of a seed.
 */
class GeneratedProjectsTest {

  private static final int PROJECTS = Integer.getInteger("projects", 200);

  private static final long FIRST = Long.getLong("projects.from", 0);

  @TempDir Path dir;

  private final Against against = new Against(Compose.orSkip());
  private final Map<String, AtomicInteger> totals = new ConcurrentSkipListMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  @Test
  void generated_projects_come_to_what_compose_prints() {
    LongStream.range(FIRST, FIRST + PROJECTS).parallel().forEach(this::compare);
    System.out.println("generated projects, " + PROJECTS + " from seed " + FIRST);
    totals.forEach((what, count) -> System.out.printf("  %6d %s%n", count.get(), what));
    assertThat(faults).isEmpty();
    assertThat(count("written: right")).isGreaterThan(PROJECTS / 2);
    assertThat(count("resolved: right")).isGreaterThan(PROJECTS / 2);
  }

  private int count(String what) {
    return totals.getOrDefault(what, new AtomicInteger()).get();
  }

  private void compare(long seed) {
    RandomProject project = RandomProject.of(seed);
    try {
      Path folder = Files.createDirectory(dir.resolve("p" + seed));
      for (Map.Entry<String, String> e : project.texts().entrySet()) {
        Path file = folder.resolve(e.getKey());
        Files.createDirectories(file.getParent());
        Files.writeString(file, e.getValue());
      }
      for (boolean resolved : new boolean[] {false, true}) {
        String kind = resolved ? "resolved" : "written";
        Against.Outcome outcome =
            against.compare(folder, project.files(), project.profiles(), resolved);
        totals
            .computeIfAbsent(kind + ": " + outcome.kind(), k -> new AtomicInteger())
            .incrementAndGet();
        if (!outcome.differences().isEmpty()) {
          faults.add("seed " + seed + " " + kind + ": " + outcome.differences());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException | StackOverflowError e) {
      faults.add("seed " + seed + ": " + e);
    }
  }

  /** How one project compares. */
  record Against(Compose compose) {

    record Outcome(String kind, List<String> differences) {}

    Outcome compare(Path folder, List<String> files, List<String> profiles, boolean resolved) {
      String[] flags =
          resolved
              ? new String[] {"--format", "json", "--profile", profiles.get(0)}
              : new String[] {"--format", "json", "--no-interpolate"};
      List<Path> paths = files.stream().map(folder::resolve).toList();
      Compose.Answer answer = compose.config(folder, paths, flags);
      Object ours;
      try {
        ours = model(folder, paths, profiles, resolved);
      } catch (Refused e) {
        return answer.accepted()
            ? new Outcome("refused by us", List.of("refused: " + e.getMessage()))
            : new Outcome("refused by both", List.of());
      }
      if (!answer.accepted()) {
        return new Outcome("refused by Compose", List.of());
      }
      List<String> differences = Printed.differences(ours, Json.read(answer.stdout()));
      return new Outcome(differences.isEmpty() ? "right" : "wrong", differences);
    }

    private static Object model(
        Path folder, List<Path> paths, List<String> profiles, boolean resolved) throws Refused {
      var shell =
          Map.of(
              "PATH", System.getenv("PATH"),
              "HOME", System.getenv("HOME"),
              "PWD", folder.toString());
      var files = new OnDisk();
      var environment = new Environment(shell::get, files);
      String usual = folder.resolve(".env").toString();
      if (files.text(usual) != null) {
        environment = environment.over(List.of(usual));
      }
      var request =
          new EffectiveModel.Request(
              paths.stream().map(Path::toString).toList(),
              folder.toString(),
              environment::get,
              profiles,
              shell.get("HOME"),
              true);
      EffectiveModel model =
          resolved
              ? EffectiveModel.resolved(files, request)
              : EffectiveModel.written(files, request);
      return Printed.of(model.data(), resolved);
    }
  }
}
