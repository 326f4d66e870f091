package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.cli.Tightship;
import dev.tightship.engine.Level;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Both fixtures, as they are and as each level makes them: they start, serve, and serve again with
 * their data kept. What an attacker can do in the original is refused in the hardened copy.
 */
class FixturesBenchTest {

  /** The two projects and who plays which part in them. */
  @SuppressWarnings("ImmutableEnumChecker") // lists of constants, never changed
  enum Fixture {
    LESSON(
        "secure-web-app",
        new Target("web", "api", "mongo", 27017, List.of("notesPassw0rd")),
        // it publishes no database, and its images hold no password
        List.of(Attack.REACH_FROM_HOST, Attack.READ_HISTORY),
        List.of(),
        List.of(Attack.GAIN_PRIVILEGES)),
    SECOND_EDITION(
        "secure-web-app-postgres",
        new Target("web", "api", "db", 5432, List.of("t4sty-Coffee", "beanCounter7")),
        List.of(),
        // its URLs carry the passwords, and it reads no file: they stay in its settings
        List.of(Attack.READ_INSPECT),
        // what is built here gets nothing at level safe
        List.of());

    final String folder;
    final Target target;

    /** Attacks that this project cannot show. */
    final List<Attack> notShown;

    /** Attacks that its hardened copies cannot refuse. */
    final List<Attack> notRefused;

    /** Attacks that level safe refuses already. */
    final List<Attack> refusedAtSafe;

    Fixture(
        String folder,
        Target target,
        List<Attack> notShown,
        List<Attack> notRefused,
        List<Attack> refusedAtSafe) {
      this.folder = folder;
      this.target = target;
      this.notShown = notShown;
      this.notRefused = notRefused;
      this.refusedAtSafe = refusedAtSafe;
    }

    /** Whether an attack that succeeds in the original is to succeed in a hardened copy. */
    boolean succeedsAt(Level level, Attack attack) {
      return level == Level.SAFE ? !refusedAtSafe.contains(attack) : notRefused.contains(attack);
    }

    Path original() {
      return Path.of("fixtures", folder);
    }

    Path byHand() {
      return Path.of("src", "test", "bench", "hardened", folder);
    }
  }

  @TempDir private Path temp = Path.of("");

  /** The promise: what the program hardens serves as before, and withstands. */
  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  void the_original_can_be_attacked_and_what_is_made_of_it_cannot(Fixture fixture)
      throws Exception {
    Docker docker = Docker.orSkip();
    Map<Attack, Boolean> before;
    Map<String, Long> boundBefore;
    try (Started original = Started.of(docker, mended(fixture, temp), null)) {
      exercise(original, fixture);
      boundBefore = bounds(original);
      before = attack(original, fixture);
    }
    var after = new EnumMap<Level, Map<Attack, Boolean>>(Level.class);
    for (Level level : Level.values()) {
      Path copy = hardened(fixture, temp.resolve(level.word()), "--level", level.word());
      try (Started hardened = Started.of(docker, copy, null)) {
        exercise(hardened, fixture);
        bounds(hardened)
            .forEach(
                (service, bound) ->
                    assertThat(bound & ~boundBefore.getOrDefault(service, 0L))
                        .as("capabilities of %s at %s that it had not before", service, level)
                        .isZero());
        if (level == Level.STRICT) {
          limited(docker, hardened);
        }
        after.put(level, attack(hardened, fixture));
        new Notes(hardened.url(fixture.target.front(), 80)).list(); // it has survived
      }
    }
    print(fixture, before, after);
    for (Attack attack : Attack.values()) {
      boolean shown = !fixture.notShown.contains(attack);
      assertThat(before.get(attack)).as("%s, original", attack.what()).isEqualTo(shown);
      after.forEach(
          (level, results) ->
              assertThat(results.get(attack))
                  .as("%s, at %s", attack.what(), level)
                  .isEqualTo(shown && fixture.succeedsAt(level, attack)));
    }
  }

  private static void limited(Docker docker, Started project) {
    for (String service : project.services()) {
      assertThat(Attack.status(project, service, "NoNewPrivs")).as(service).isEqualTo("1");
      assertThat(
              docker.ask(
                  "inspect", "--format", "{{.HostConfig.PidsLimit}}", project.container(service)))
          .as(service)
          .matches("[1-9]\\d*");
    }
  }

  /** A copy of the fixture that Compose can read: Tightship mends its port. */
  static Path mended(Fixture fixture, Path temp) {
    Path copy = temp.resolve("original");
    return Files.exists(copy) ? copy : hardened(fixture, copy, "--only", "malformed-port");
  }

  static Path hardened(Fixture fixture, Path copy, String option, String value) {
    return hardened(fixture.original(), copy, option, value);
  }

  /** What the program makes of a project. */
  static Path hardened(Path original, Path copy, String... options) {
    var nowhere = new PrintWriter(Writer.nullWriter());
    var arguments = new ArrayList<>(List.of("harden"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("-o", copy.toString(), original.toString()));
    assertThat(Tightship.run(arguments.toArray(new String[0]), nowhere, nowhere)).isZero();
    return copy;
  }

  static void exercise(Started project, Fixture fixture) throws Started.NotStarted {
    try {
      use(project, fixture);
    } catch (AssertionError e) {
      throw project.blame(String.valueOf(e.getMessage()));
    }
  }

  private static void use(Started project, Fixture fixture) throws Started.NotStarted {
    var notes = new Notes(project.url(fixture.target.front(), 80));
    assertThat(notes.page()).containsIgnoringCase("<html");
    notes.add("buy rope");
    notes.add("mend the sail");
    assertThat(notes.list()).contains("buy rope", "mend the sail");
    notes.delete("buy rope");
    assertThat(notes.list()).doesNotContain("buy rope");

    project.restart();
    notes = new Notes(project.url(fixture.target.front(), 80));
    assertThat(notes.list()).containsExactly("mend the sail");
  }

  /**
   * What the container of each service may ever hold. Not that of its first process, which may give
   * up more by itself when it has the capability to (redis, SETPCAP).
   */
  private static Map<String, Long> bounds(Started project) {
    var bounds = new java.util.TreeMap<String, Long>();
    for (String service : project.services()) {
      String line = project.sh("0", service, "grep ^CapBnd: /proc/self/status").out();
      bounds.put(service, Long.parseUnsignedLong(line.replaceAll("CapBnd:\\s*", "").strip(), 16));
    }
    return bounds;
  }

  private static Map<Attack, Boolean> attack(Started project, Fixture fixture) {
    var results = new EnumMap<Attack, Boolean>(Attack.class);
    for (Attack attack : Attack.values()) {
      results.put(attack, attack.succeeds(project, fixture.target));
    }
    return results;
  }

  private static void print(
      Fixture fixture, Map<Attack, Boolean> before, Map<Level, Map<Attack, Boolean>> after) {
    System.out.printf("%n%s: what an attacker can do%n", fixture.folder);
    for (Attack attack : Attack.values()) {
      var line =
          new StringBuilder(
              "  %-50s  before: %-8s".formatted(attack.what(), word(before.get(attack))));
      after.forEach(
          (level, results) ->
              line.append(" %s: %-8s".formatted(level.word(), word(results.get(attack)))));
      System.out.println(line.toString().stripTrailing());
    }
  }

  private static String word(@Nullable Boolean succeeded) {
    return Boolean.TRUE.equals(succeeded) ? "yes" : "refused";
  }
}
