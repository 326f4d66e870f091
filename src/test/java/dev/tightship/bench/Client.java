package dev.tightship.bench;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A container with the usual clients, which reaches every other container by its address: it has
 * the network of the engine's machine.
 */
final class Client implements AutoCloseable {

  private final Docker docker;
  private final String name = "tightship-bench-" + UUID.randomUUID().toString().substring(0, 8);
  private final Watchdog watchdog = Watchdog.over(name, Path.of(""));

  Client(Docker docker) {
    this.docker = docker;
    docker.ask(
        "run",
        "-d",
        "--init",
        "--name",
        name,
        "--label",
        "com.docker.compose.project=" + name,
        "--network",
        "host",
        "tightship-bench/clients");
  }

  /**
   * Runs a shell command.
   *
   * @param address what {@code $S} is in it
   */
  Docker.Answer sh(String address, String command) {
    return docker.run("exec", "-e", "S=" + address, name, "timeout", "5", "bash", "-c", command);
  }

  @Override
  public void close() {
    docker.run("rm", "-f", name);
    watchdog.dismiss();
  }
}
