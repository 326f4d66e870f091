package dev.tightship.bench;

import dev.tightship.oracle.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A project that runs under a throwaway name: a copy of its files, so that nothing is written where
 * it came from; ports on loopback, chosen by the engine; and everything removed at the end, also
 * when this process is killed.
 */
final class Started implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(4);

  /**
   * Stands for all addresses of the machine, where a project publishes a port for all: it is one
   * that only this machine has, so that nothing of the bench is open to others.
   */
  static final String OPEN = "127.0.0.2";

  private static final String PORTS = ".bench-ports.yml";
  private static final int WAIT_SECONDS = 90;

  private final Docker docker;
  private final String name;
  private final Path folder;
  private final List<String> files;
  private final Watchdog watchdog;

  /** A project that did not start. */
  static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    /** The service that is to blame, or empty when the project as a whole is. */
    private final String service;

    NotStarted(String service, String reason) {
      super(service.isEmpty() ? reason : "service " + service + ": " + reason);
      this.service = service;
    }

    String service() {
      return service;
    }
  }

  private Started(Docker docker, String name, Path folder, List<String> files, Watchdog watchdog) {
    this.docker = docker;
    this.name = name;
    this.folder = folder;
    this.files = files;
    this.watchdog = watchdog;
  }

  /**
   * Copies a project, and over it other files, and starts it.
   *
   * @param project folder with a {@code docker-compose.yml}
   * @param over folder whose files take the place of those of the project, or null
   * @throws NotStarted with the service and the reason; everything is removed then
   */
  static Started of(Docker docker, Path project, @Nullable Path over) throws NotStarted {
    try {
      Path folder = Files.createTempDirectory("tightship-bench-");
      copy(project, folder);
      if (over != null) {
        copy(over, folder);
      }
      return start(docker, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts what lies in a folder that belongs to the bench, and is deleted at the end. */
  static Started start(Docker docker, Path folder) throws NotStarted {
    String name = "tightship-bench-" + UUID.randomUUID().toString().substring(0, 8);
    var files = new ArrayList<>(List.of("docker-compose.yml"));
    if (Files.exists(folder.resolve("docker-compose.override.yml"))) {
      files.add("docker-compose.override.yml");
    }
    var started = new Started(docker, name, folder, files, Watchdog.over(name, folder));
    try {
      started.openOnLoopback();
      started.up();
      return started;
    } catch (NotStarted | RuntimeException | Error e) {
      started.close();
      throw e;
    }
  }

  static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(dir).toString());
            if (!Files.isDirectory(target)) {
              Files.copy(dir, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                LinkOption.NOFOLLOW_LINKS,
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Published ports move to loopback addresses, and to numbers that the engine chooses. */
  private void openOnLoopback() throws NotStarted {
    Docker.Answer config = compose(START, "config", "--format", "json");
    if (!config.ok()) {
      throw new NotStarted("", "Compose refuses the project: " + config.said());
    }
    var override = new StringBuilder("services:\n");
    boolean any = false;
    if (Json.at(Json.read(config.out()), "services") instanceof Map<?, ?> services) {
      for (Map.Entry<?, ?> e : services.entrySet()) {
        if (Json.at(e.getValue(), "ports") instanceof List<?> ports && !ports.isEmpty()) {
          any = true;
          override.append("  ").append(e.getKey()).append(":\n    ports: !override\n");
          for (Object port : ports) {
            override
                .append("      - \"")
                .append(isLoopback(Json.at(port, "host_ip")) ? "127.0.0.1" : OPEN)
                .append("::")
                .append(String.valueOf(Json.at(port, "target")).replaceAll("\\..*", ""))
                .append("\"\n");
          }
        }
      }
    }
    if (any) {
      try {
        Files.writeString(folder.resolve(PORTS), override.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      files.add(PORTS);
    }
  }

  private static boolean isLoopback(@Nullable Object address) {
    String text = String.valueOf(address);
    return text.startsWith("127.") || text.equals("::1");
  }

  private void up() throws NotStarted {
    Docker.Answer up =
        compose(
            START,
            "up",
            "-d",
            "--build",
            "--wait",
            "--wait-timeout",
            Integer.toString(WAIT_SECONDS));
    if (!up.ok()) {
      throw whyNot(up);
    }
    steady();
  }

  /** Whether all services still run a moment later: one that restarts for ever looks started. */
  private void steady() throws NotStarted {
    sleep(Duration.ofSeconds(2));
    for (String service : services()) {
      String container = container(service);
      String state =
          docker.ask("inspect", "--format", "{{.State.Status}} {{.RestartCount}}", container);
      if (!state.startsWith("running")) {
        throw new NotStarted(service, state + "; it says: " + log(service));
      }
    }
  }

  /**
   * The first service that stopped or is not healthy, and what it says; one that was never started
   * only waits for such a one.
   */
  private NotStarted whyNot(Docker.Answer up) {
    for (boolean waiting : new boolean[] {false, true}) {
      for (String service : services()) {
        String container = container(service);
        String state = container.isEmpty() ? "running" : state(container);
        boolean bad = !state.startsWith("running") || state.endsWith("unhealthy");
        if (bad && state.startsWith("created") == waiting) {
          return new NotStarted(service, state + "; it says: " + log(service));
        }
      }
    }
    return new NotStarted("", up.said());
  }

  /** Status, exit code, whether it ran out of memory, the engine's error and its health. */
  private String state(String container) {
    return docker.ask(
        "inspect",
        "--format",
        "{{.State.Status}} {{.State.ExitCode}} {{.State.OOMKilled}} {{.State.Error}}"
            + "{{if .State.Health}} {{.State.Health.Status}}{{end}}",
        container);
  }

  /** Words of a log that name a cause, and those that name what follows from one elsewhere. */
  private static final List<Pattern> CAUSES =
      List.of(
          Pattern.compile(
              "(?i)permission denied|not permitted|read-only file system|EACCES|EROFS|out of memory"
                  + "|resource temporarily unavailable|cannot allocate"),
          Pattern.compile("(?i)ENOTFOUND|EAI_AGAIN|no such host|not known"),
          Pattern.compile("(?i)\\b(?:emerg|alert|fatal|panic)\\b"),
          Pattern.compile("(?i)ECONNREFUSED|timed? ?out|error"));

  /**
   * Who is to blame when a started project does not do what it should: a service that does not run,
   * else the one whose log names a cause.
   *
   * @param symptom what was seen from outside
   */
  NotStarted blame(String symptom) {
    NotStarted stopped = whyNot(new Docker.Answer(0, symptom, ""));
    if (!stopped.service().isEmpty()) {
      return stopped;
    }
    for (Pattern cause : CAUSES) {
      for (String service : services()) {
        String log = log(service);
        if (cause.matcher(log).find()) {
          return new NotStarted(service, symptom + "; it says: " + log);
        }
      }
    }
    return new NotStarted("", symptom);
  }

  /** The last lines of a service's log, on one line. */
  String log(String service) {
    String log =
        compose(START, "logs", "--no-color", "--no-log-prefix", "--tail", "8", service).said();
    return log.replaceAll("\\s*\n\\s*", " | ");
  }

  /** The names of the services that belong to the started profiles. */
  List<String> services() {
    return compose(START, "config", "--services").out().lines().sorted().toList();
  }

  /** Id of the container of a service, empty when there is none. */
  String container(String service) {
    return compose(START, "ps", "-a", "-q", service).out().strip();
  }

  /** Where a published port of a service is reached from this machine. */
  URI url(String service, int port) {
    Docker.Answer at = compose(START, "port", service, Integer.toString(port));
    return URI.create("http://" + at.out().strip());
  }

  /** Whether a port of a service is published at all. */
  boolean publishes(String service, int port) {
    return compose(START, "port", service, Integer.toString(port))
        .out()
        .strip()
        .matches(".+:[1-9]\\d*");
  }

  /** Runs a shell command in the container of a service, as the user of the service. */
  Docker.Answer sh(String service, String command) {
    return compose(Duration.ofMinutes(1), "exec", "-T", service, "sh", "-c", command);
  }

  /** Runs a shell command in the container of a service as a user. */
  Docker.Answer sh(String user, String service, String command) {
    return compose(Duration.ofMinutes(1), "exec", "-T", "-u", user, service, "sh", "-c", command);
  }

  /** Takes the containers down and starts them again with the data kept. */
  void restart() throws NotStarted {
    compose(START, "down", "--timeout", "10");
    up();
  }

  /** Takes the containers down and starts another version of the project on the same data. */
  void change(Path version) throws NotStarted {
    compose(START, "down", "--rmi", "local", "--timeout", "10");
    files.remove(PORTS);
    delete(folder);
    try {
      copy(version, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    openOnLoopback();
    up();
  }

  Docker.Answer compose(Duration limit, String... words) {
    var all =
        new ArrayList<>(List.of("compose", "-p", name, "--project-directory", folder.toString()));
    for (String file : files) {
      all.addAll(List.of("-f", folder.resolve(file).toString()));
    }
    all.addAll(List.of(words));
    return docker.run(limit, all);
  }

  Docker docker() {
    return docker;
  }

  String name() {
    return name;
  }

  Path folder() {
    return folder;
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    compose(START, "down", "--volumes", "--remove-orphans", "--rmi", "local", "--timeout", "2");
    delete(folder);
    watchdog.dismiss();
  }

  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
