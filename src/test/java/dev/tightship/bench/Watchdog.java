package dev.tightship.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A process of its own that takes a project down when this one has ended without doing so, be it by
 * {@code kill -9}.
 */
final class Watchdog {

  /** Ends by itself after an hour whatever happens. */
  private static final String SCRIPT =
      """
      n=0
      while kill -0 "$1" 2>/dev/null && [ $n -lt 3600 ]; do sleep 1; n=$((n + 1)); done
      for i in $(docker ps -aq --filter "label=com.docker.compose.project=$2"); do docker rm -fv "$i"; done
      for i in $(docker network ls -q --filter "label=com.docker.compose.project=$2"); do docker network rm "$i"; done
      for i in $(docker volume ls -q --filter "label=com.docker.compose.project=$2"); do docker volume rm -f "$i"; done
      for i in $(docker image ls -q --filter "label=com.docker.compose.project=$2"); do docker image rm -f "$i"; done
      case $3 in */tightship-bench-*) rm -rf "$3" ;; esac
      """;

  private final Process process;

  private Watchdog(Process process) {
    this.process = process;
  }

  /**
   * @param name of the project
   * @param folder where its files lie
   */
  static Watchdog over(String name, Path folder) {
    try {
      return new Watchdog(
          new ProcessBuilder(
                  "setsid",
                  "sh",
                  "-c",
                  SCRIPT,
                  "watchdog",
                  Long.toString(ProcessHandle.current().pid()),
                  name,
                  folder.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The project is down. */
  void dismiss() {
    process.destroyForcibly();
  }
}
