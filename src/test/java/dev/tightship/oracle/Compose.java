package dev.tightship.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Docker Compose as a judge: what does it make of these files? Only {@code config} is run, which
 * needs no engine. Safe for use from several threads.
 *
 * <p>Found through {@code TIGHTSHIP_COMPOSE} (the path of a standalone binary), else as {@code
 * docker compose}, else as {@code docker-compose} of version 2 or later.
 */
public final class Compose {

  private static final int OUTPUT_LIMIT = 64 << 20;
  private static final long TIMEOUT_SECONDS = 60;
  private static final Set<String> GLOBAL =
      Set.of("--env-file", "--profile", "--project-directory");
  private static final String OLDER = "TIGHTSHIP_COMPOSE_OLD";

  /**
   * What one call said.
   *
   * @param exit 0 when Compose accepted the files
   */
  public record Answer(int exit, String stdout, String stderr) {
    public boolean accepted() {
      return exit == 0;
    }
  }

  private final List<String> command;

  private Compose(List<String> command) {
    this.command = List.copyOf(command);
  }

  /**
   * The oracle of this machine. Where there is none the test is skipped, but on CI ({@code
   * CI=true}) it fails: a check that nobody runs proves nothing. A path that is given and does not
   * name Compose fails too.
   */
  public static Compose orSkip() {
    return orSkip(
        Found.INSTANCE,
        "TIGHTSHIP_COMPOSE",
        "docker compose was not found: set TIGHTSHIP_COMPOSE to the path of a docker-compose binary"
            + " (version 2 or later), or install the Compose plugin");
  }

  /** A second oracle, of an older version, by the same rules: {@code TIGHTSHIP_COMPOSE_OLD}. */
  public static Compose olderOrSkip() {
    return orSkip(
        Found.at(System.getenv(OLDER)),
        OLDER,
        "no older docker compose: set " + OLDER + " to the path of a docker-compose binary");
  }

  private static Compose orSkip(Optional<Compose> found, String variable, String message) {
    if (found.isPresent()) {
      return found.get();
    }
    if (System.getenv(variable) != null || "true".equalsIgnoreCase(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    Assumptions.abort(message);
    throw new AssertionError("unreachable");
  }

  /** {@code config} on these files in the folder, with no variables but those needed to run. */
  public Answer config(Path dir, List<Path> files, String... flags) {
    return config(dir, files, Map.of(), flags);
  }

  /**
   * {@code config} on these files in the folder.
   *
   * @param environment variables that Compose sees; beside them only PATH and HOME
   * @param flags as they stand after {@code config}; {@code --env-file F} and its like are put
   *     before it, where Compose wants them
   */
  public Answer config(
      Path dir, List<Path> files, Map<String, String> environment, String... flags) {
    var words = new ArrayList<>(command);
    for (Path file : files) {
      words.add("-f");
      words.add(file.toString());
    }
    var rest = new ArrayList<String>();
    for (int i = 0; i < flags.length; i++) {
      boolean global = GLOBAL.contains(flags[i]);
      if (global && i + 1 < flags.length) {
        words.add(flags[i]);
        words.add(flags[++i]);
      } else {
        rest.add(flags[i]);
      }
    }
    words.add("config");
    words.addAll(rest);
    return run(words, dir, environment);
  }

  /** The model of one Compose text that stands alone in the folder, as data. */
  public Object model(Path dir, String text, String... flags) {
    Path file = dir.resolve("compose.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var all = new ArrayList<>(List.of(flags));
    all.addAll(List.of("--format", "json"));
    Answer answer = config(dir, List.of(file), all.toArray(String[]::new));
    if (!answer.accepted()) {
      throw new AssertionError("Compose refused the file: " + answer.stderr());
    }
    return Json.read(answer.stdout());
  }

  private static Answer run(
      List<String> words, @Nullable Path dir, Map<String, String> environment) {
    var builder = new ProcessBuilder(words);
    if (dir != null) {
      builder.directory(dir.toFile());
    }
    builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("HOME"));
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      process.getOutputStream().close();
      var stdout = reading(process.getInputStream());
      var stderr = reading(process.getErrorStream());
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Compose did not end within " + TIMEOUT_SECONDS + " s");
      }
      return new Answer(
          process.exitValue(),
          stdout.get(TIMEOUT_SECONDS, TimeUnit.SECONDS),
          stderr.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new AssertionError("Compose could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while Compose ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Both pipes are drained at once, since a full one stops the process. */
  private static FutureTask<String> reading(InputStream in) {
    var task = new FutureTask<>(() -> drain(in));
    var thread = new Thread(task, "oracle output");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static String drain(InputStream in) throws IOException {
    var kept = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (kept.size() + n > OUTPUT_LIMIT) {
        throw new IOException("more than " + OUTPUT_LIMIT + " bytes of output");
      }
      kept.write(buffer, 0, n);
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** Looked for once, when the first test asks. */
  private static final class Found {
    static final Optional<Compose> INSTANCE = find();

    private static Optional<Compose> at(@Nullable String path) {
      return path != null && answers(List.of(path))
          ? Optional.of(new Compose(List.of(path)))
          : Optional.empty();
    }

    private static Optional<Compose> find() {
      String path = System.getenv("TIGHTSHIP_COMPOSE");
      if (path != null && !path.isBlank()) {
        return at(path);
      }
      for (var command : List.of(List.of("docker", "compose"), List.of("docker-compose"))) {
        if (answers(command)) {
          return Optional.of(new Compose(command));
        }
      }
      return Optional.empty();
    }

    private static boolean answers(List<String> command) {
      var words = new ArrayList<>(command);
      words.addAll(List.of("version", "--short"));
      try {
        Answer answer = run(words, null, Map.of());
        return answer.accepted() && answer.stdout().strip().matches("v?([2-9]|[1-9]\\d+)\\..*");
      } catch (UncheckedIOException notThere) {
        return false;
      }
    }
  }
}
