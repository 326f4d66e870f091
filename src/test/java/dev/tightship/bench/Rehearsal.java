package dev.tightship.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One service, started, used, stopped, started again on the same data and used again. Leaner than
 * {@link Started}, since there are many of them: one look every fifth of a second, and a container
 * that ended has failed.
 */
final class Rehearsal implements AutoCloseable {

  private static final Duration CALL = Duration.ofMinutes(2);

  /** Words of a log that name a cause, the telling ones first. */
  private static final List<Pattern> CAUSES =
      List.of(
          Pattern.compile("(?i)not permitted|permission denied|read-only file system|erofs"),
          Pattern.compile("(?i)denied|error|emerg|fatal|cannot"),
          Pattern.compile(""));

  private final Docker docker;
  private final Client client;
  private final Path compose;
  private final Duration limit;
  private final String name = "tightship-bench-" + UUID.randomUUID().toString().substring(0, 8);
  private final Watchdog watchdog = Watchdog.over(name, Path.of(""));

  /** The service did not do what it should. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String reason) {
      super(reason);
    }
  }

  /** What a client asks, and what it has to hear. */
  record Question(String command, String answer) {}

  private Rehearsal(Docker docker, Client client, Path compose, Duration limit) {
    this.docker = docker;
    this.client = client;
    this.compose = compose;
    this.limit = limit;
  }

  /**
   * Starts it twice.
   *
   * @param compose file of a project with one service
   * @param account who has to serve
   * @param limit how long a start may take
   * @return how long the slower start took
   */
  static Duration twice(
      Docker docker,
      Client client,
      Path compose,
      int account,
      Question first,
      Question second,
      Duration limit)
      throws Failed {
    try (var rehearsal = new Rehearsal(docker, client, compose, limit)) {
      Docker.Answer up = rehearsal.compose("up", "-d", "--quiet-pull");
      if (!up.ok()) {
        throw new Failed("first start: " + oneLine(up.said()));
      }
      String container = rehearsal.compose("ps", "-a", "-q").out().strip();
      Duration once = rehearsal.serve("first start", container, account, first);
      rehearsal.stop(container);
      docker.ask("start", container);
      Duration again = rehearsal.serve("second start", container, account, second);
      return once.compareTo(again) > 0 ? once : again;
    }
  }

  private Docker.Answer compose(String... words) {
    var folder = String.valueOf(compose.getParent());
    return docker.run(
        CALL,
        Stream.concat(
                Stream.of(
                    "compose", "-p", name, "--project-directory", folder, "-f", compose.toString()),
                Stream.of(words))
            .toList());
  }

  /** Waits until the service is healthy, answers its client, and does so as its account. */
  private Duration serve(String when, String container, int account, Question question)
      throws Failed {
    long begin = System.nanoTime();
    String last = "";
    while (System.nanoTime() - begin < limit.toNanos()) {
      List<String> state = state(container);
      String health = state.get(2);
      if (!state.get(0).equals("running") || health.equals("unhealthy")) {
        throw failed(when, container, state.get(0) + " " + state.get(1) + " " + health);
      }
      last = health;
      if (!health.equals("starting") && state.size() > 3) {
        Docker.Answer said = client.sh(state.get(3), question.command());
        if (said.ok() && Pattern.compile(question.answer()).matcher(said.out()).find()) {
          if (!runsAs(container, account)) {
            throw failed(when, container, "nothing runs as " + account);
          }
          return Duration.ofNanos(System.nanoTime() - begin);
        }
        last = "client: " + oneLine(said.said());
      }
      Started.sleep(Duration.ofMillis(200));
    }
    throw failed(when, container, "does not serve, " + last);
  }

  /** Status, exit code, health, and the address if there is one. */
  private List<String> state(String container) {
    String state =
        docker.ask(
            "inspect",
            "--format",
            "{{.State.Status}} {{.State.ExitCode}}"
                + " {{if .State.Health}}{{.State.Health.Status}}{{else}}-{{end}}"
                + "{{range .NetworkSettings.Networks}} {{.IPAddress}}{{end}}",
            container);
    return List.of(state.split(" ", -1));
  }

  /** Whether a process belongs to this user: a server that silently stays root serves as well. */
  private boolean runsAs(String container, int account) {
    String all = "grep -h ^Uid: /proc/[0-9]*/status 2>/dev/null";
    return docker
        .run("exec", container, "sh", "-c", all)
        .out()
        .lines()
        .anyMatch(line -> line.matches("Uid:\\s+%1$s\\s+%1$s\\s.*".formatted(account)));
  }

  private void stop(String container) throws Failed {
    docker.ask("stop", "-t", "15", container);
    List<String> state = state(container);
    if (state.get(1).equals("137")) {
      throw failed("stop", container, "had to be killed");
    }
  }

  private Failed failed(String when, String container, String what) {
    List<String> log = docker.run("logs", "--tail", "40", container).said().lines().toList();
    for (Pattern cause : CAUSES) {
      for (int i = log.size() - 1; i >= 0; i--) {
        if (cause.matcher(log.get(i)).find()) {
          return new Failed("%s: %s; it says: %s".formatted(when, what, oneLine(log.get(i))));
        }
      }
    }
    return new Failed(when + ": " + what);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s*\n\\s*", " | ");
    return line.length() > 250 ? line.substring(0, 250) + "…" : line;
  }

  @Override
  public void close() {
    compose("down", "--volumes", "--timeout", "0");
    watchdog.dismiss();
  }
}
