package dev.tightship.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.InMemory;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.engine.Level;
import dev.tightship.knowledge.Images;
import dev.tightship.network.Reach;
import dev.tightship.network.ServiceGraph;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who reaches whom in projects that run, before and after their databases have left the network of
 * all: tried from each container to each other one, and compared with what the graph says.
 */
class NetworksBenchTest {

  private static final Duration CALL = Duration.ofMinutes(2);

  private static final int MOST_TRIES = 20;
  private static final int STARTS = 6;
  private static final int REQUESTS = 40;
  private static final int OK = 200;
  private static final String SOCKET = "unix://";

  /** Has Python, whatever the services have. */
  private static final String PROBE_IMAGE = "python:3.11.16-slim";

  /**
   * Prints the services that answer at {@code service=host:port}, and {@code outside} where there
   * is a way out.
   */
  private static final String PROBE =
      """
      import socket, sys
      for word in sys.argv[1:]:
          service, place = word.split("=")
          host, port = place.split(":")
          try:
              socket.create_connection((host, int(port)), 5).close()
              print(service)
          except OSError:
              pass
      routes = [line.split() for line in open("/proc/net/route")][1:]
      if any(route[1] == "00000000" for route in routes):
          print("outside")
      """;

  @TempDir private Path temp = Path.of("");

  @ParameterizedTest
  @EnumSource
  @Execution(ExecutionMode.CONCURRENT)
  void no_edge_that_is_used_is_lost(NetworkStack stack) throws Exception {
    Docker docker = Docker.orSkip();
    Path original = original(stack);
    Path hardened = hardened(original, Level.STANDARD);

    try (Started started = Started.of(docker, original, null)) {
      Set<String> before = reached(started, stack);
      assertThat(before).isEqualTo(said(original, stack));
      assertThat(before).containsAll(stack.used()).containsAll(stack.unused());
      works(started, stack);

      started.change(hardened);
      Set<String> after = reached(started, stack);
      assertThat(after).isEqualTo(said(hardened, stack));
      assertThat(after).containsAll(stack.used()).doesNotContainAnyElementsOf(stack.unused());
      assertThat(before).containsAll(after);
      works(started, stack);
      System.out.printf("%s: %d pairs before, %d after%n", stack, before.size(), after.size());
    }
  }

  /** At strict only services that speak to each other can reach each other. */
  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void at_strict_nobody_reaches_who_is_none_of_its_business() throws Exception {
    Docker docker = Docker.orSkip();
    NetworkStack stack = NetworkStack.PAIRS;
    Path hardened = hardened(original(stack), Level.STRICT);
    try (Started started = Started.of(docker, hardened, null)) {
      Set<String> after = reached(started, stack);
      assertThat(after).isEqualTo(said(hardened, stack)).containsAll(stack.used());
      assertThat(after)
          .filteredOn(pair -> !pair.endsWith(" outside"))
          .allMatch(pair -> stack.used().contains(pair) || stack.used().contains(turned(pair)));
      works(started, stack);
      System.out.printf("%s: %d pairs at strict%n", stack, after.size());
    }
  }

  private static String turned(String pair) {
    int blank = pair.indexOf(' ');
    return pair.substring(blank + 1) + " " + pair.substring(0, blank);
  }

  /** A proxy with labels that reaches a service by the wrong network fails after some starts. */
  @Test
  void a_proxy_that_reads_labels_finds_its_services_at_each_start() throws Exception {
    Docker docker = Docker.orSkip();
    Path hardened = hardened(original(NetworkStack.LABELS), Level.STANDARD);
    try (Started started = Started.of(docker, hardened, null)) {
      var answers = new ArrayList<Integer>();
      for (int start = 0; start < STARTS; start++) {
        if (start > 0) {
          started.restart();
        }
        URI proxy = started.url(NetworkStack.LABELS.front(), 80);
        for (int i = 0; i < MOST_TRIES && status(proxy) != OK; i++) {
          Started.sleep(Duration.ofSeconds(1));
        }
        for (int i = 0; i < REQUESTS; i++) {
          answers.add(status(proxy));
        }
      }
      assertThat(answers).hasSize(STARTS * REQUESTS).containsOnly(OK);
    }
  }

  private static int status(URI uri) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    try {
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  private Path original(NetworkStack stack) throws IOException {
    Path original = Files.createDirectory(temp.resolve("original"));
    Started.copy(stack.folder(), original);
    Started.copy(NetworkStack.APPLICATION, original);
    String engine = System.getenv().getOrDefault("DOCKER_HOST", "");
    if (engine.startsWith(SOCKET)) {
      Files.writeString(
          original.resolve(".env"), "SOCKET=" + engine.substring(SOCKET.length()) + "\n");
    }
    return original;
  }

  private Path hardened(Path original, Level level) {
    return FixturesBenchTest.hardened(
        original,
        temp.resolve("hardened"),
        "--level",
        level.word(),
        "--only",
        "private-networks,separate-networks,published-ports");
  }

  private static void works(Started started, NetworkStack stack) {
    assertThat(started.publishes(stack.front(), stack.frontPort())).isTrue();
    for (String service : stack.applications()) {
      Docker.Answer answer =
          started.sh(
              service,
              "python -c 'import urllib.request as u; print(u.urlopen(\"http://localhost:8000\").read())'");
      assertThat(answer.out()).as("%s: %s", service, answer.said()).contains("all answer");
    }
  }

  /**
   * Pairs {@code client server} that were reached, the server {@code outside} among them; once
   * every server answers whom it should, which some do long after they have started.
   */
  private static Set<String> reached(Started started, NetworkStack stack) {
    Set<String> reached = tried(started, stack);
    for (int i = 0; i < MOST_TRIES && !reached.containsAll(stack.used()); i++) {
      Started.sleep(Duration.ofSeconds(3));
      reached = tried(started, stack);
    }
    return reached;
  }

  private static Set<String> tried(Started started, NetworkStack stack) {
    var targets = new ArrayList<String>();
    stack.ports().forEach((server, port) -> targets.add("%1$s=%1$s:%2$d".formatted(server, port)));
    var reached = new TreeSet<String>();
    for (String client : homes(started)) {
      var words =
          new ArrayList<>(
              List.of("run", "--rm", "--network", "container:" + started.container(client)));
      words.addAll(List.of(PROBE_IMAGE, "python", "-c", PROBE));
      words.addAll(targets);
      Docker.Answer answer = started.docker().run(CALL, words);
      assertThat(answer.ok()).as("from %s: %s", client, answer.said()).isTrue();
      answer
          .out()
          .lines()
          .filter(server -> !server.equals(client))
          .forEach(server -> reached.add(client + " " + server));
    }
    return reached;
  }

  /** The services with a network of their own. */
  private static List<String> homes(Started started) {
    return started.services().stream()
        .filter(
            service ->
                !started
                    .docker()
                    .ask(
                        "inspect",
                        "--format",
                        "{{.HostConfig.NetworkMode}}",
                        started.container(service))
                    .startsWith("container:"))
        .toList();
  }

  /** The same by the graph. */
  private static Set<String> said(Path folder, NetworkStack stack)
      throws IOException, ComposeException {
    Project project = project(folder);
    Reach reach = ServiceGraph.of(project).reach();
    var said = new TreeSet<String>();
    for (Service client : project.services()) {
      boolean home = client.text("network_mode").isEmpty();
      if (home && client.isEnabled()) {
        for (String server : stack.ports().keySet()) {
          if (reach.between(client.name(), server) != null) {
            said.add(client.name() + " " + server);
          }
        }
        if (reach.callsOut(client.name())) {
          said.add(client.name() + " outside");
        }
      }
    }
    return said;
  }

  private static Project project(Path folder) throws IOException, ComposeException {
    var texts = new HashMap<String, String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return Project.load(
        new InMemory(texts),
        Images.onClassPath(),
        Project.Request.of(List.of("docker-compose.yml")));
  }
}
