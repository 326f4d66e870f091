package dev.tightship;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the launcher in a copy of its own, where {@code java} and {@code mvnw} are small scripts
 * that write down how they were called. Nothing else of this machine is on its path but the tools
 * that it may use.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  /** All but {@code ps}, which a small machine does not have. */
  private static final List<String> TOOLS =
      List.of("sh", "cat", "find", "ln", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "touch");

  @TempDir Path temp;

  private Path clone;
  private Path path;
  private Path jar;

  @BeforeEach
  void makes_a_clone() throws IOException {
    clone = Files.createDirectories(temp.resolve("a clone of mine"));
    jar = clone.resolve("target/tightship.jar");
    Files.copy(Path.of("tightship"), clone.resolve("tightship"));
    clone.resolve("tightship").toFile().setExecutable(true);
    write(clone.resolve("pom.xml"), "");
    write(clone.resolve("src/main/java/Main.java"), "");
    script(
        clone.resolve("mvnw"),
        """
        echo "${JAVA_HOME-none}: $*" >>builds
        echo "a line of Maven"
        cat
        mkdir -p target && echo built >target/tightship.jar
        """);

    try (Stream<Path> files = Files.walk(clone)) {
      for (var file : files.toList()) {
        setAge(file, 60);
      }
    }

    path = Files.createDirectories(temp.resolve("path"));
    for (var tool : TOOLS) {
      script(path.resolve(tool), "exec %s \"$@\"".formatted(systemTool(tool)));
    }
    java(path, "17.0.15", "path");
  }

  @Test
  void hands_arguments_input_and_exit_code_through() throws Exception {
    built();

    var run = run(List.of("harden", "a b", "", "*", "$HOME"), Map.of(), "typed in");

    assertThat(run.out())
        .isEqualTo(
            """
            path
            <-XX:TieredStopAtLevel=1>
            <-XX:+UseSerialGC>
            <-Xshare:auto>
            <-jar>
            <%s>
            <harden>
            <a b>
            <>
            <*>
            <$HOME>
            typed in"""
                .formatted(jar.toRealPath()));
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(7);
    assertThat(builds()).isEmpty();
  }

  @Test
  void builds_a_missing_jar_and_keeps_standard_output_clean() throws Exception {
    var run = run(List.of(), Map.of(), "typed in");

    assertThat(run.out()).startsWith("path\n<-XX").endsWith("typed in").doesNotContain("Maven");
    assertThat(run.err())
        .isEqualTo("tightship: building %s\na line of Maven\n".formatted(jar.toRealPath()));
    assertThat(run.code()).isEqualTo(7);
    assertThat(builds())
        .containsExactly("none: -q -B -DskipTests -Dspotless.check.skip=true package");
    assertThat(target()).containsExactly("tightship.jar");
  }

  @Test
  void builds_again_only_when_a_source_or_the_build_file_is_newer() throws Exception {
    run();
    run();
    assertThat(builds()).hasSize(1);

    built();
    setAge(clone.resolve("src/main/java/Main.java"), 1);
    run();
    run();
    assertThat(builds()).hasSize(2);

    built();
    setAge(clone.resolve("pom.xml"), 1);
    run();
    run();
    assertThat(builds()).hasSize(3);
  }

  @Test
  void builds_again_when_a_source_was_saved_during_the_build() throws Exception {
    script(
        clone.resolve("mvnw"),
        """
        echo "$*" >>builds
        sleep 1
        touch src/main/java/Main.java
        sleep 1
        mkdir -p target && echo built >target/tightship.jar
        """);

    run();
    run();

    assertThat(builds()).hasSize(2);
  }

  @Test
  void does_not_look_at_sources_where_there_are_none() throws Exception {
    built();
    Files.delete(clone.resolve("pom.xml"));

    assertThat(run().code()).isEqualTo(7);
    assertThat(builds()).isEmpty();
  }

  @Test
  void follows_its_own_symbolic_links() throws Exception {
    built();
    var bin = Files.createDirectories(temp.resolve("my bin"));
    Files.createSymbolicLink(bin.resolve("second"), Path.of("../a clone of mine/tightship"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("second"));

    assertThat(run(bin, List.of("./first"), Map.of(), "").out())
        .contains("<" + jar.toRealPath() + ">");
    assertThat(run(bin, List.of("sh", "first"), Map.of(), "").out())
        .contains("<" + jar.toRealPath() + ">");
    assertThat(
            run(
                    temp,
                    List.of(bin.resolve("first").toString()),
                    Map.of("CDPATH", temp.toString()),
                    "")
                .out())
        .contains("<" + jar.toRealPath() + ">");
  }

  @Test
  void prefers_the_java_of_java_home_and_builds_with_it() throws Exception {
    var home = temp.resolve("jdk 21");
    java(home.resolve("bin"), "21.0.2", "home");

    var run = run(List.of(), Map.of("JAVA_HOME", home.toString()), "");

    assertThat(run.out()).startsWith("home\n");
    assertThat(builds())
        .containsExactly(home + ": -q -B -DskipTests -Dspotless.check.skip=true package");
  }

  @Test
  void passes_over_a_java_home_that_is_too_old() throws Exception {
    var home = temp.resolve("jdk");
    java(home.resolve("bin"), "1.8.0_392", "home");

    var run = run(List.of(), Map.of("JAVA_HOME", home.toString()), "");

    assertThat(run.out()).startsWith("path\n");
    assertThat(builds()).singleElement().asString().startsWith("none: ");
  }

  @Test
  void reads_the_version_from_the_release_file_without_starting_java() throws Exception {
    built();
    var java =
        java(temp.resolve("jdk/bin"), "1.8.0_392", "home"); // what it says when it is started
    Files.delete(path.resolve("java"));
    Files.createSymbolicLink(path.resolve("java"), java);
    write(temp.resolve("jdk/release"), "IMPLEMENTOR=\"Debian\"\nJAVA_VERSION=\"17.0.15\"\n");

    assertThat(run().out()).startsWith("home\n");
  }

  @Test
  void says_which_java_it_found_when_none_is_new_enough() throws Exception {
    built();
    java(path, "11.0.2", "path");
    var old = run(List.of(), Map.of("JAVA_HOME", temp.resolve("nowhere").toString()), "");
    Files.delete(path.resolve("java"));
    var none = run();

    assertThat(old.err())
        .isEqualTo(
            "tightship: needs Java 17 or later (JAVA_HOME has none, PATH has Java 11): install a JDK or set JAVA_HOME\n");
    assertThat(none.err())
        .isEqualTo(
            "tightship: needs Java 17 or later (PATH has none): install a JDK or set JAVA_HOME\n");
    assertThat(List.of(old, none)).allSatisfy(run -> assertThat(run.code()).isEqualTo(3));
    assertThat(List.of(old, none)).allSatisfy(run -> assertThat(run.out()).isEmpty());
  }

  @Test
  void says_that_the_build_failed_and_runs_nothing_old() throws Exception {
    built();
    setAge(clone.resolve("pom.xml"), 1);
    script(clone.resolve("mvnw"), "echo tried >>builds; echo broken; exit 1");

    var first = run();
    var second = run();

    assertThat(first.out()).isEmpty();
    assertThat(first.err()).endsWith("broken\ntightship: the build failed, see above\n");
    assertThat(first.code()).isEqualTo(3);
    assertThat(second.code()).isEqualTo(3);
    assertThat(builds()).hasSize(2);
    assertThat(target()).isEmpty();
  }

  @Test
  void builds_once_for_several_launches_at_a_time() throws Exception {
    script(
        clone.resolve("mvnw"),
        """
        echo "$*" >>builds
        mkdir -p target && echo half >target/tightship.jar
        sleep 2
        echo whole >target/tightship.jar
        """);
    script(
        path.resolve("java"),
        "case $1 in -version) echo 'x version \"17\"';; *) cat \"$5\";; esac");

    var launches = new ArrayList<Launch>();
    launches.add(launch());
    launches.add(launch());
    for (int i = 0; i < 200 && !Files.exists(jar); i++) {
      Thread.sleep(50);
    }
    launches.add(launch()); // sees a jar that is not whole yet

    for (var launch : launches) {
      assertThat(finish(launch, "").out()).isEqualTo("whole\n");
    }
    assertThat(builds()).hasSize(1);
    assertThat(target()).containsExactly("tightship.jar");
  }

  @Test
  void takes_over_from_a_build_that_was_killed() throws Exception {
    built();
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createSymbolicLink(
        clone.resolve("target/tightship.lock"), Path.of(Long.toString(gone.pid())));

    assertThat(run().code()).isEqualTo(7);
    assertThat(builds()).hasSize(1); // what the other one left may be half a jar
    assertThat(target()).containsExactly("tightship.jar");
  }

  @Test
  void starts_with_an_archive_of_classes_that_is_made_once_for_a_jar() throws Exception {
    trained(0);

    assertThat(run(List.of("audit"), Map.of(), "").out()).isEqualTo(withArchive("audit"));
    assertThat(trainings()).containsExactly("harden -q " + project());
    assertThat(target()).containsExactly("tightship-17.0.15.jsa", "tightship.jar");

    assertThat(run().out()).isEqualTo(withArchive());
    assertThat(trainings()).hasSize(1);

    setAge(clone.resolve("target/tightship-17.0.15.jsa"), 40);
    assertThat(run().out()).isEqualTo(withArchive());
    assertThat(trainings()).hasSize(2);
  }

  @Test
  void tries_once_where_no_archive_is_to_be_had() throws Exception {
    built();
    Files.createDirectories(project());

    var run = run();
    assertThat(run.out()).startsWith("path\n<-XX").doesNotContain("Archive");
    assertThat(run.err()).isEmpty();
    assertThat(clone.resolve("target/tightship-17.0.15.jsa")).isEmptyFile();

    trained(0); // now there would be one
    assertThat(run().out()).doesNotContain("Archive");
    assertThat(trainings()).isEmpty();
  }

  @Test
  void takes_no_archive_from_a_virtual_machine_that_was_killed() throws Exception {
    trained(137);

    assertThat(run().out()).doesNotContain("Archive");
    assertThat(clone.resolve("target/tightship-17.0.15.jsa")).isEmptyFile();
    assertThat(target()).containsExactly("tightship-17.0.15.jsa", "tightship.jar");
  }

  @Test
  void makes_no_archive_under_a_name_that_java_reads_as_two() throws Exception {
    clone = Files.move(clone, temp.resolve("a:b"));
    jar = clone.resolve("target/tightship.jar");
    trained(0);

    var run = run();

    assertThat(run.code()).isEqualTo(7);
    assertThat(run.out()).doesNotContain("Archive");
    assertThat(target()).containsExactly("tightship.jar");
  }

  /** A jar that is built, a project to load it with, and a Java that then writes an archive. */
  private void trained(int code) throws IOException {
    built();
    Files.createDirectories(project());
    Path java = java(path, "17.0.15", "path");
    String plain = Files.readString(java).replaceFirst("#!/bin/sh\n", "");
    script(
        java,
        """
        for argument; do
          case $argument in
            -XX:DumpLoadedClassList=*)
              echo "a warning"
              echo java/lang/Object >"${argument#*=}"
              while [ "$1" != harden ]; do shift; done
              echo "$*" >>'%s'
              exit 0
              ;;
            -Xshare:dump) dump=yes ;;
            -XX:SharedClassListFile=*)
              [ -s "${argument#*=}" ] || exit 1
              ;;
            -XX:SharedArchiveFile=*)
              [ -z "${dump-}" ] || { echo half >"${argument#*=}"; exit %d; }
              ;;
          esac
        done
        """
                .formatted(clone.resolve("trainings"), code)
            + plain);
  }

  private List<String> trainings() throws IOException {
    var log = clone.resolve("trainings");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private Path project() throws IOException {
    return clone.toRealPath().resolve("fixtures/secure-web-app");
  }

  private String withArchive(String... arguments) throws IOException {
    var lines =
        new ArrayList<>(
            List.of(
                "path",
                "<-XX:TieredStopAtLevel=1>",
                "<-XX:+UseSerialGC>",
                "<-Xshare:auto>",
                "<-XX:SharedArchiveFile=%s>"
                    .formatted(jar.resolveSibling("tightship-17.0.15.jsa").toRealPath()),
                "<-Xlog:disable>",
                "<-Xlog:all=off>",
                "<-jar>",
                "<%s>".formatted(jar.toRealPath())));
    for (String argument : arguments) {
      lines.add("<" + argument + ">");
    }
    return String.join("\n", lines) + "\n";
  }

  private record Launch(Process process, Path err) {}

  private record Run(int code, String out, String err) {}

  private Run run() throws Exception {
    return run(List.of(), Map.of(), "");
  }

  private Run run(List<String> arguments, Map<String, String> environment, String input)
      throws Exception {
    var command = new ArrayList<>(List.of(clone.resolve("tightship").toString()));
    command.addAll(arguments);
    return run(temp, command, environment, input);
  }

  private Run run(Path folder, List<String> command, Map<String, String> environment, String input)
      throws Exception {
    return finish(start(folder, command, environment), input);
  }

  private Launch launch() throws IOException {
    return start(temp, List.of(clone.resolve("tightship").toString()), Map.of());
  }

  private Launch start(Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    var err = Files.createTempFile(temp, "err", "");
    var builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", path.toString());
    builder.environment().putAll(environment);
    return new Launch(builder.start(), err);
  }

  private static Run finish(Launch launch, String input) throws Exception {
    var process = launch.process();
    try (var in = process.outputWriter()) {
      in.write(input);
    }
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    return new Run(process.exitValue(), out, Files.readString(launch.err()));
  }

  /**
   * A Java that says it is {@code version}, and when run: {@code name}, its arguments, its input;
   * and exits with 7.
   */
  private static Path java(Path folder, String version, String name) throws IOException {
    return script(
        folder.resolve("java"),
        """
        if [ "$1" = -version ]; then
          echo 'Picked up something' >&2
          echo 'openjdk version "%s" 2025-04-15' >&2
          exit
        fi
        echo %s
        for argument; do echo "<$argument>"; done
        cat
        exit 7
        """
            .formatted(version, name));
  }

  private void built() throws IOException {
    write(jar, "built");
    setAge(jar, 30);
  }

  private List<String> builds() throws IOException {
    var log = clone.resolve("builds");
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private List<String> target() throws IOException {
    try (Stream<Path> files = Files.list(clone.resolve("target"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void setAge(Path file, int minutes) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(minutes, MINUTES)));
  }

  private static Path systemTool(String name) {
    return Stream.of("/usr/bin", "/bin")
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " on this machine"));
  }

  private static Path script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }
}
