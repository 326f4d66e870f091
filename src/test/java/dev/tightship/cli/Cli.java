package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.pass.Pass;
import dev.tightship.passes.Passes;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import picocli.CommandLine;
import tools.jackson.core.json.JsonFactory;

/** Calls the program, in this process or in one of its own. */
final class Cli {

  /** What a call did. */
  record Run(int code, String out, String err) {

    /** The lines that say what went wrong. */
    List<String> errors() {
      return err.lines().filter(line -> line.startsWith("tightship: ")).toList();
    }
  }

  private Cli() {}

  static Run run(Object... arguments) {
    return run(Passes.all(), arguments);
  }

  static Run run(List<Pass> passes, Object... arguments) {
    return run(Map.of(), passes, arguments);
  }

  static Run run(Map<String, String> environment, List<Pass> passes, Object... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code =
        Tightship.run(
            strings(arguments), new PrintWriter(out), new PrintWriter(err), environment, passes);
    return new Run(code, out.toString(), err.toString());
  }

  /** A process of its own, with another present folder, locale or clock. */
  static Run process(
      Path folder, List<String> options, Map<String, String> environment, Object... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command(options, arguments)).directory(folder.toFile());
    builder.environment().putAll(environment);
    return finish(builder);
  }

  static List<String> command(List<String> options, Object... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.tightship.Main"));
    command.addAll(List.of(strings(arguments)));
    return command;
  }

  /** The command of a process whose user cannot see where this project was built. */
  static List<String> copied(Path folder, Object... arguments) throws IOException {
    var places = new ArrayList<String>();
    for (Class<?> type :
        List.of(
            Tightship.class, CommandLine.class, Parse.class, NullMarked.class, JsonFactory.class)) {
      Path from = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
      Path to = folder.resolve(String.valueOf(places.size()));
      try (var walk = Files.walk(from)) {
        for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
          String name = from.relativize(file).toString();
          write(name.isEmpty() ? to : to.resolve(name), Files.readAllBytes(file));
        }
      }
      places.add(to.toString());
    }
    List<String> command = command(List.of(), arguments);
    command.set(command.indexOf("-cp") + 1, String.join(File.pathSeparator, places));
    return command;
  }

  static Run finish(ProcessBuilder builder) throws IOException, InterruptedException {
    Path out = Files.createTempFile("tightship", ".out");
    Path err = Files.createTempFile("tightship", ".err");
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Run(process.exitValue(), text(out), text(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Whether it is decoded as UTF-8 or not: the bytes can be compared. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  static String git(Path folder, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.addAll(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
    command.addAll(List.of("-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    Run run = finish(builder);
    assertThat(run.code()).as("%s: %s", command, run.err()).isZero();
    return run.out();
  }

  static void commitAll(Path folder) throws IOException, InterruptedException {
    if (!Files.exists(folder.resolve(".git"))) {
      git(folder, "init", "-q", "-b", "main");
    }
    git(folder, "add", "-A");
    git(folder, "commit", "-q", "-m", "all");
  }

  static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  static Path write(Path file, byte[] bytes) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return Files.write(file, bytes);
  }

  /** A path as messages name it. */
  static String seen(Path path) {
    return Seen.from(Path.of("").toAbsolutePath().toString(), path.toString());
  }

  private static String[] strings(Object... arguments) {
    var strings = new String[arguments.length];
    for (int i = 0; i < strings.length; i++) {
      strings[i] = arguments[i].toString();
    }
    return strings;
  }
}
