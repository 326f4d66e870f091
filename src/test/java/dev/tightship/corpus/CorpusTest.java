package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.DotEnv;
import dev.tightship.compose.InMemory;
import dev.tightship.compose.InlineDockerfile;
import dev.tightship.compose.Origin;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.dockerfile.Instruction;
import dev.tightship.edit.Edit;
import dev.tightship.engine.Hardener;
import dev.tightship.engine.Level;
import dev.tightship.engine.Options;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import dev.tightship.engine.Step.Status;
import dev.tightship.knowledge.Images;
import dev.tightship.oracle.Compose;
import dev.tightship.oracle.Json;
import dev.tightship.oracle.Models;
import dev.tightship.oracle.Overlays;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.passes.Passes;
import dev.tightship.report.Report;
import dev.tightship.text.Traced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each file of the corpus, by itself, at each level: nothing throws, no byte is lost, the second
 * run changes nothing, and what Docker Compose accepted it still accepts, with a model that differs
 * by what the steps declared and nothing else. Totals are printed.
 */
class CorpusTest {

  /**
   * The strictest of {@code config} that takes files out of their projects; the second is a retry.
   */
  private static final List<List<String>> FLAGS =
      List.of(
          List.of("--no-env-resolution", "--no-consistency", "--profile", "*"),
          List.of("--no-env-resolution", "--no-interpolate", "--profile", "*"));

  private static final int MOST_REASONS = 8;

  /** Of so many files one gets an overlay that Compose reads. */
  private static final int EACH = Integer.getInteger("corpus.each", 20);

  /** Of so many files one is read by the older Compose as well. */
  private static final int EACH_BY_OLDER = Integer.getInteger("corpus.each.older", 3);

  private final Images images = Images.onClassPath();
  private final Hardener hardener = new Hardener(Passes.all());
  private final Map<String, AtomicInteger> totals = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicInteger> reasons = new ConcurrentSkipListMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  @Test
  void no_byte_is_lost_and_a_second_run_changes_nothing() throws Exception {
    List<Path> files = Corpus.filesOrSkip();
    files.parallelStream().forEach(file -> guarded(file, () -> harden(file)));
    print("corpus, " + files.size() + " files");
    printReasons();
    assertThat(faults).isEmpty();
  }

  @Test
  void compose_accepts_what_it_accepted_and_sees_what_was_declared() throws Exception {
    List<Path> files = Corpus.filesOrSkip();
    Compose compose = Compose.orSkip();
    files.parallelStream().forEach(file -> guarded(file, () -> compare(compose, file)));
    print("corpus against docker compose config, " + files.size() + " files");
    assertThat(faults).isEmpty();
  }

  @Test
  void an_older_compose_accepts_what_it_accepted() throws Exception {
    List<Path> files = sample(EACH_BY_OLDER);
    Compose older = Compose.olderOrSkip();
    files.parallelStream().forEach(file -> guarded(file, () -> acceptedByOlder(older, file)));
    print("corpus against an older docker compose, " + files.size() + " files");
    assertThat(faults).isEmpty();
  }

  @Test
  void an_overlay_says_what_the_files_would() throws Exception {
    List<Path> sample = sample(EACH);
    List<Compose> oracles = List.of(Compose.orSkip(), Compose.olderOrSkip());
    sample.parallelStream().forEach(file -> guarded(file, () -> overlay(oracles, file)));
    print("overlays of the corpus against docker compose config, " + sample.size() + " files");
    assertThat(faults).isEmpty();
  }

  @Test
  void a_run_over_an_overlay_finds_nothing_more() throws Exception {
    List<Path> files = Corpus.filesOrSkip();
    files.parallelStream().forEach(file -> guarded(file, () -> overlaid(file)));
    print("overlays of the corpus, " + files.size() + " files");
    assertThat(faults).isEmpty();
  }

  /** One file of so many, always the same ones. */
  private static List<Path> sample(int each) throws IOException, InterruptedException {
    List<Path> files = Corpus.filesOrSkip();
    return IntStream.range(0, files.size())
        .filter(i -> i % each == 0)
        .mapToObj(files::get)
        .toList();
  }

  private void overlaid(Path file) throws Exception {
    String text = Corpus.read(file);
    Project project = load(file, text);
    if (project == null) {
      return;
    }
    String name = project.files().get(0).path();
    for (Level level : Level.values()) {
      Options options = Options.at(level).forOverlay();
      Report report = Overlays.report(hardener.harden(project, options));
      var texts = Map.of(name, text, "overlay.yaml", Overlays.text(report));
      Project both =
          Project.load(
              new InMemory(texts), images, Project.Request.of(List.of(name, "overlay.yaml")));
      List<Step> held = report.outcome().steps(Status.HELD);
      held.forEach(s -> count("held: " + kind(String.valueOf(s.reason()))));
      Outcome again = hardener.harden(both, options);
      assertThat(again.steps(Status.APPLIED)).extracting(Step::id).as("at %s", level).isEmpty();
      count("overlays");
      report.outcome().steps(Status.APPLIED).forEach(s -> count("fixes"));
    }
  }

  private void overlay(List<Compose> oracles, Path file) throws IOException {
    Project project = load(file, Corpus.read(file));
    if (project == null) {
      return;
    }
    String name = project.files().get(0).path();
    for (Level level : List.of(Level.STANDARD, Level.STRICT)) {
      Outcome outcome = hardener.harden(project, Options.at(level).forOverlay());
      Report report = Overlays.report(outcome);
      if (!report.outcome().steps().equals(outcome.steps())) {
        count("holds a fix back");
        continue;
      }
      Path folder = Objects.requireNonNull(file.getParent());
      String word = ".tightship-%s-".formatted(level.word());
      Path overlay = folder.resolve(word + "overlay-" + name);
      Path inPlace = folder.resolve(word + "in-place-" + name);
      Files.writeString(overlay, Overlays.text(report));
      Files.writeString(inPlace, outcome.text(name).text());
      try {
        for (Compose compose : oracles) {
          for (List<String> flags : FLAGS) {
            if (model(compose, file, flags) != null) {
              Object seen = model(compose, List.of(file, overlay), flags);
              assertThat(seen).as("accepted with the overlay").isNotNull();
              Object wanted = Objects.requireNonNull(model(compose, inPlace, flags));
              assertThat(running(Objects.requireNonNull(seen)))
                  .as("model at %s", level)
                  .isEqualTo(running(wanted));
              count("results compared with " + flags.get(1));
              break;
            }
          }
        }
      } finally {
        Files.delete(overlay);
        Files.delete(inPlace);
      }
    }
  }

  private static Object running(Object model) {
    return Models.ordered(Models.withoutExtensions(model));
  }

  private void acceptedByOlder(Compose older, Path file) throws IOException {
    String text = Corpus.read(file);
    Project project = load(file, text);
    if (project == null || model(older, file, FLAGS.get(0)) == null) {
      return;
    }
    count("accepted");
    String name = project.files().get(0).path();
    Outcome outcome = hardener.harden(project, Options.at(Level.STRICT));
    Path copy = file.resolveSibling(".tightship-older-" + file.getFileName());
    Files.writeString(copy, outcome.text(name).text());
    try {
      assertThat(model(older, List.of(copy), variables(outcome), FLAGS.get(0)))
          .as("accepted after strict")
          .isNotNull();
    } finally {
      Files.delete(copy);
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private void guarded(Path file, Check check) {
    try {
      check.run();
    } catch (Exception | AssertionError | StackOverflowError e) {
      faults.add(file + ": " + e);
    }
  }

  private void count(String what) {
    count(what, 1);
  }

  private void count(String what, int by) {
    totals.computeIfAbsent(what, w -> new AtomicInteger()).addAndGet(by);
  }

  private static void count(Map<String, AtomicInteger> totals, String what) {
    totals.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
  }

  /** A reason without what is different in each project: names, places, numbers. */
  private static String kind(String reason) {
    String bare =
        reason
            .replaceAll("(?<=service |image |of |variable |stage )[\\w./:@${}-]+", "…")
            .replaceAll("\\S*[/$\\d_.=:]\\S*", "…");
    return bare.length() > 110 ? bare.substring(0, 110) + "…" : bare;
  }

  /** The commonest reasons of each pass for what level standard did not do. */
  private void printReasons() {
    System.out.println("why not, at level standard");
    Map<String, List<Map.Entry<String, AtomicInteger>>> byPass = new TreeMap<>();
    reasons
        .entrySet()
        .forEach(
            e ->
                byPass
                    .computeIfAbsent(e.getKey().substring(0, 18).strip(), p -> new ArrayList<>())
                    .add(e));
    byPass.forEach(
        (pass, all) ->
            all.stream()
                .sorted((a, b) -> Integer.compare(b.getValue().get(), a.getValue().get()))
                .limit(MOST_REASONS)
                .forEach(e -> System.out.printf("  %6d  %s%n", e.getValue().get(), e.getKey())));
  }

  private void print(String title) {
    System.out.println(title);
    totals.forEach((what, n) -> System.out.printf("  %6d  %s%n", n.get(), what));
  }

  /** The file alone: what it names beside itself is missing. */
  private @Nullable Project load(Path file, String text) {
    return load(file, text, Map.of());
  }

  /**
   * @param others by path, files beside it
   */
  private @Nullable Project load(Path file, String text, Map<String, String> others) {
    String name = String.valueOf(file.getFileName());
    var texts = new TreeMap<>(others);
    texts.put(name, text);
    try {
      return Project.load(new InMemory(texts), images, Project.Request.of(List.of(name)));
    } catch (ComposeException e) {
      count("refused: " + e.problem().message().replaceAll("line \\d+", "line N"));
      return null;
    }
  }

  private void harden(Path file) throws IOException {
    String text = Corpus.read(file);
    Project project = load(file, text);
    if (project == null) {
      return;
    }
    count("read");
    count("services", project.services().size());
    for (Service service : project.services()) {
      if (service.origin() instanceof Origin.Pulled pulled) {
        count("services that pull an image");
        count(pulled.profile() == null ? "  unknown image" : "  known image");
        count(pulled.counting() == null ? "  not started as known" : "  started as known");
      }
    }
    for (Level level : Level.values()) {
      Outcome outcome = hardener.harden(project, Options.at(level));
      outcome
          .steps()
          .forEach(
              s -> {
                count("%-8s  %-18s  %s".formatted(level.word(), s.pass(), s.status().word()));
                if (level == Level.STANDARD && s.reason() != null && s.status() != Status.FINE) {
                  count(
                      reasons,
                      "%-18s  %-7s  %s".formatted(s.pass(), s.status().word(), kind(s.reason())));
                }
              });
      String name = project.files().get(0).path();
      Traced traced = outcome.text(name);
      assertThat(traced.original()).isEqualTo(text);
      assertThat(lost(text, traced.text(), outcome)).as("lines lost at %s", level).isEmpty();
      Project again =
          Objects.requireNonNull(
              load(file, traced.text(), made(outcome)), "the result cannot be read");
      Outcome second = hardener.harden(again, Options.at(level));
      assertThat(second.text(name).text()).as("second run").isEqualTo(traced.text());
      assertThat(second.steps(Status.APPLIED)).as("second run").isEmpty();
    }
  }

  /** What a run makes beside the file. */
  private static Map<String, String> made(Outcome outcome) {
    var made = new TreeMap<>(outcome.after().created());
    made.putAll(outcome.after().others().kept());
    made.putAll(outcome.after().others().variables());
    return made;
  }

  /** The variables that a run gives a value. */
  private static Map<String, String> variables(Outcome outcome) {
    var variables = new TreeMap<String, String>();
    for (String text : outcome.after().others().variables().values()) {
      variables.putAll(((DotEnv.Read) DotEnv.read(text, name -> null)).values());
    }
    return variables;
  }

  /**
   * The lines of the original that are not in the result, in their order, although no edit declared
   * a change of them. Compares texts alone: what the diff of the program says does not count here.
   */
  private static List<String> lost(String before, String after, Outcome outcome) {
    List<String> rest = lines(after);
    var touched = touched(outcome);
    var lost = new ArrayList<String>();
    int at = 0;
    List<String> original = lines(before);
    for (int i = 0; i < original.size(); i++) {
      boolean declared = touched.contains(i);
      // a line that may have gone must not be taken for a later one that looks like it
      int limit = declared ? Math.min(at + 1, rest.size()) : rest.size();
      int found = find(rest.subList(0, limit), at, original.get(i), i == original.size() - 1);
      if (found >= 0) {
        at = found + 1;
      } else if (!declared) {
        lost.add((i + 1) + ": " + original.get(i));
      }
    }
    return lost;
  }

  private static int find(List<String> lines, int from, String line, boolean last) {
    for (int i = from; i < lines.size(); i++) {
      // behind a last line without line break a new line may follow
      boolean same =
          lines.get(i).equals(line)
              || (last && lines.get(i).stripTrailing().equals(line.stripTrailing()));
      if (same) {
        return i;
      }
    }
    return -1;
  }

  private static List<String> lines(String text) {
    return List.of(text.split("(?<=\n)", -1));
  }

  /** Lines, from 0, where an applied edit changes what stands there, and the blank one behind. */
  private static List<Integer> touched(Outcome outcome) {
    var touched = new ArrayList<Integer>();
    var file = outcome.before().files().get(0);
    for (Step step : outcome.steps(Status.APPLIED)) {
      Fix fix = ((Finding) step.remark()).fix();
      var edits = new ArrayList<>(fix == null ? List.<Edit>of() : fix.edits());
      edits.addAll(step.written());
      for (Edit edit : edits) {
        if (edit instanceof Edit.Yaml yaml) {
          int line = file.position(yaml.at()).line() - 1;
          int length = edit instanceof Edit.Ensure ? 1 : 4;
          if (edit instanceof Edit.Text) {
            length = Math.max(length, below(lines(file.text()), line));
          }
          for (int i = line; i < line + length; i++) {
            touched.add(i);
          }
        } else if (edit instanceof Edit.Dockerfile inside) {
          touched.addAll(touched(outcome.before().inline(inside.file()), inside));
        }
      }
    }
    return touched;
  }

  /** How many lines a value has that begins in a line: those that stand further in. */
  private static int below(List<String> lines, int first) {
    int indent = indent(lines.get(first));
    int at = first + 1;
    while (at < lines.size() && (lines.get(at).isBlank() || indent(lines.get(at)) > indent)) {
      at++;
    }
    return at - first;
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /** The lines of the instructions that an edit changes, in a Dockerfile inside the file. */
  private static List<Integer> touched(@Nullable InlineDockerfile inline, Edit.Dockerfile edit) {
    var touched = new ArrayList<Integer>();
    if (inline == null) {
      return touched;
    }
    for (Instruction instruction : inline.dockerfile().instructions()) {
      boolean changes =
          edit instanceof Edit.Rewrite rewrite
              ? instruction.whole().text().equals(rewrite.before())
              : edit instanceof Edit.KeepLast keep
                  ? instruction.is(keep.keyword())
                  : edit instanceof Edit.SetBase
                      ? instruction.is("FROM")
                      : edit instanceof Edit.SetUser
                          ? instruction.is("USER")
                          : edit instanceof Edit.SetGlobalArg && instruction.is("ARG");
      if (changes) {
        int line = inline.position(instruction).line() - 1;
        String text = instruction.span().of(inline.dockerfile().text());
        for (int i = 0; i < lines(text).size(); i++) {
          touched.add(line + i);
        }
      }
    }
    return touched;
  }

  private void compare(Compose compose, Path file) throws IOException {
    String text = Corpus.read(file);
    Project project = load(file, text);
    for (List<String> flags : FLAGS) {
      Object before = model(compose, file, flags);
      if (before == null) {
        continue;
      }
      count("accepted with " + flags.get(1));
      if (project == null) {
        // all of its services are in files that it includes
        assertThat(text).contains("include:").doesNotContain("\nservices:");
        count("accepted by Compose, not read by Tightship: it only includes");
        return;
      }
      boolean interpolated = flags == FLAGS.get(0);
      var results = new TreeMap<String, Outcome>();
      for (Level level : Level.values()) {
        Outcome outcome = hardener.harden(project, Options.at(level));
        results.putIfAbsent(outcome.text(project.files().get(0).path()).text(), outcome);
      }
      for (Map.Entry<String, Outcome> result : results.entrySet()) {
        compare(compose, file, flags, before, result.getValue(), result.getKey(), interpolated);
      }
      return;
    }
    count("refused by Compose");
  }

  private void compare(
      Compose compose,
      Path file,
      List<String> flags,
      Object before,
      Outcome outcome,
      String text,
      boolean interpolated)
      throws IOException {
    if (text.equals(outcome.text(outcome.before().files().get(0).path()).original())) {
      count("nothing to change");
      return;
    }
    Path copy =
        file.resolveSibling(".tightship-" + outcome.level().word() + "-" + file.getFileName());
    Files.writeString(copy, text);
    try {
      Object after = model(compose, List.of(copy), variables(outcome), flags);
      assertThat(after).as("accepted after %s", outcome.level()).isNotNull();
      Objects.requireNonNull(after);
      noCapabilityIsNew(before, after);
      assertThat(after)
          .as("model at %s", outcome.level())
          .isEqualTo(Model.declared(before, after, outcome, interpolated));
      count("results compared");
    } finally {
      Files.delete(copy);
    }
  }

  /** What Docker gives by default (Docker Engine 28, oci/caps/defaults.go). */
  private static final Set<String> DEFAULT_CAPABILITIES =
      Set.of(
          "CHOWN",
          "DAC_OVERRIDE",
          "FSETID",
          "FOWNER",
          "MKNOD",
          "NET_RAW",
          "SETGID",
          "SETUID",
          "SETFCAP",
          "SETPCAP",
          "NET_BIND_SERVICE",
          "SYS_CHROOT",
          "KILL",
          "AUDIT_WRITE");

  /** No service may hold what it could not hold before: its bounding set only shrinks. */
  private static void noCapabilityIsNew(Object before, Object after) {
    if (Json.at(after, "services") instanceof Map<?, ?> services) {
      services.forEach(
          (name, service) -> {
            Object old = Json.at(before, "services", String.valueOf(name));
            assertThat(held(service)).as("capabilities of %s", name).isSubsetOf(held(old));
          });
    }
  }

  private static Set<String> held(@Nullable Object service) {
    var held = new TreeSet<>(DEFAULT_CAPABILITIES);
    if (service == null) {
      return held;
    }
    Set<String> dropped = names(Json.at(service, "cap_drop"));
    if (dropped.contains("ALL")) {
      held.clear();
    }
    held.removeAll(dropped);
    held.addAll(names(Json.at(service, "cap_add")));
    return held;
  }

  private static Set<String> names(@Nullable Object list) {
    var names = new TreeSet<String>();
    if (list instanceof List<?> items) {
      items.forEach(
          item ->
              names.add(String.valueOf(item).toUpperCase(Locale.ROOT).replaceFirst("CAP_", "")));
    }
    return names;
  }

  private static @Nullable Object model(Compose compose, Path file, List<String> flags) {
    return model(compose, List.of(file), flags);
  }

  private static @Nullable Object model(Compose compose, List<Path> files, List<String> flags) {
    return model(compose, files, Map.of(), flags);
  }

  private static @Nullable Object model(
      Compose compose, List<Path> files, Map<String, String> variables, List<String> flags) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of("--format", "json"));
    Compose.Answer answer =
        compose.config(
            Objects.requireNonNull(files.get(0).getParent()),
            files,
            variables,
            all.toArray(String[]::new));
    return answer.accepted() ? Json.read(answer.stdout()) : null;
  }
}
