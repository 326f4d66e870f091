package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.model.EffectiveModel;
import dev.tightship.compose.model.OnDisk;
import dev.tightship.compose.model.Printed;
import dev.tightship.compose.model.Refused;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The effective model of each file of the corpus, as we compute it and as Compose prints it. */
class ModelAgainstComposeTest {

  private static final List<String> WRITTEN = List.of("--no-interpolate");
  private static final List<String> RESOLVED =
      List.of("--no-env-resolution", "--no-consistency", "--profile", "*");

  /** What a file uses, by its text: a construct and its sign. */
  private static final Map<String, Pattern> CONSTRUCTS = constructs();

  private final Compose compose = Compose.orSkip();
  private final Map<String, AtomicInteger> totals = new ConcurrentSkipListMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  @Test
  void every_file_comes_to_what_compose_prints() throws Exception {
    List<Path> files = Corpus.filesOrSkip();
    files.parallelStream().forEach(this::compare);
    System.out.println("effective models, " + files.size() + " files");
    totals.forEach((what, count) -> System.out.printf("  %6d %s%n", count.get(), what));
    assertThat(faults).isEmpty();
  }

  private void compare(Path file) {
    try {
      String text = Corpus.read(file);
      boolean one = compare(file, WRITTEN, false);
      boolean two = compare(file, RESOLVED, true);
      CONSTRUCTS.forEach(
          (construct, sign) -> {
            if (sign.matcher(text).find()) {
              count("files with " + construct + (one && two ? ", right" : ", wrong"));
            }
          });
    } catch (Exception | AssertionError | StackOverflowError e) {
      faults.add(file + ": " + e);
    }
  }

  private boolean compare(Path file, List<String> flags, boolean resolved) throws IOException {
    var all = new ArrayList<>(flags);
    all.addAll(List.of("--format", "json"));
    Path folder = Objects.requireNonNull(file.getParent());
    Compose.Answer answer = compose.config(folder, List.of(file), all.toArray(String[]::new));
    String kind = resolved ? "resolved" : "written";
    EffectiveModel model = null;
    String refused = "";
    var request =
        new EffectiveModel.Request(
            List.of(file.toString()),
            folder.toString(),
            variables(folder)::get,
            List.of("*"),
            System.getenv("HOME"),
            false);
    try {
      model =
          resolved
              ? EffectiveModel.resolved(new OnDisk(), request)
              : EffectiveModel.written(new OnDisk(), request);
    } catch (Refused e) {
      refused = String.valueOf(e.getMessage());
    }
    if (!answer.accepted()) {
      count(kind + ": refused by Compose, " + (model == null ? "and by us" : "not by us"));
      return true;
    }
    if (model == null) {
      faults.add(file + " " + kind + ": refused, " + refused);
      return false;
    }
    List<String> differences =
        Printed.differences(Printed.of(model.data(), resolved), Json.read(answer.stdout()));
    count(kind + ": " + (differences.isEmpty() ? "right" : "wrong"));
    if (!differences.isEmpty()) {
      faults.add(file + " " + kind + ": " + differences);
    }
    return differences.isEmpty();
  }

  private static Map<String, String> variables(Path folder) {
    return Map.of(
        "PATH", System.getenv("PATH"), "HOME", System.getenv("HOME"), "PWD", folder.toString());
  }

  private void count(String what) {
    totals.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
  }

  private static Map<String, Pattern> constructs() {
    var signs = new TreeMap<String, Pattern>();
    Map.ofEntries(
            Map.entry("extends", "^ +extends:"),
            Map.entry("include", "^include:"),
            Map.entry("anchors", "[:-] +&\\w"),
            Map.entry("merge keys", "^ +<<:"),
            Map.entry("x- blocks", "^x-"),
            Map.entry("several documents", "^---\\s*$(?s:.*)^---\\s*$"),
            Map.entry("env_file", "^ +env_file:"),
            Map.entry("variables", "\\$\\{?\\w"),
            Map.entry("profiles", "^ +profiles:"),
            Map.entry("long ports", "^ +- +(target|published):"),
            Map.entry("short ports", "^ +ports:\\s+- +[\"']?[\\d$]"),
            Map.entry("long mounts", "^ +- +type: *(bind|volume|tmpfs)"),
            Map.entry("short mounts", "^ +volumes:\\s+- +[\"']?[./~$\\w-]+:"),
            Map.entry("long depends_on", "^ +condition: *service_"),
            Map.entry("short depends_on", "^ +depends_on:\\s+- "),
            Map.entry("long build", "^ +context:"),
            Map.entry("short build", "^ +build: +\\S"),
            Map.entry("environment lists", "^ +environment:\\s+- "),
            Map.entry("environment mappings", "^ +environment:\\s+\\w+:"),
            Map.entry("deploy", "^ +deploy:"),
            Map.entry("healthcheck", "^ +healthcheck:"),
            Map.entry("secrets", "^secrets:"),
            Map.entry("configs", "^configs:"),
            Map.entry("networks", "^networks:"),
            Map.entry("volumes", "^volumes:"))
        .forEach((name, sign) -> signs.put(name, Pattern.compile(sign, Pattern.MULTILINE)));
    return signs;
  }
}
