package dev.tightship.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.ComposeException;
import dev.tightship.compose.InMemory;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.knowledge.Images;
import dev.tightship.network.Edge;
import dev.tightship.network.Evidence;
import dev.tightship.network.ServiceGraph;
import dev.tightship.network.Unknown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The graphs of the corpus, each file by itself: what they hold is counted and printed, with the
 * time that it takes beside that of reading the projects. {@code -Dgraph.show=60} prints so many
 * graphs of projects with several services, drawn at random with {@code -Dgraph.seed}, to be read
 * against their files.
 */
class GraphCorpusTest {

  private static final String ONLY_ORDER = "edges that rest on the order of start alone";

  private final Images images = Images.onClassPath();
  private final Map<String, Integer> totals = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private long reading;
  private long drawing;

  @Test
  void every_edge_has_its_evidence_where_it_says() throws Exception {
    for (Path file : Corpus.filesOrSkip()) {
      draw(file, Corpus.read(file));
    }
    totals.forEach((what, count) -> System.out.printf("%7d %s%n", count, what));
    System.out.printf("graphs took %.2f of the time of reading%n", (double) drawing / reading);
    Collections.shuffle(shown, new Random(Long.getLong("graph.seed", 1)));
    shown.stream().limit(Integer.getInteger("graph.show", 0)).forEach(System.out::println);
    assertThat(totals.get("projects of several services")).isGreaterThan(100);
    assertThat(faults).isEmpty();
  }

  private void draw(Path file, String text) {
    // below its folder, whose name is the project's
    String name = "%s/%s".formatted(file.getName(file.getNameCount() - 2), file.getFileName());
    long start = System.nanoTime();
    Project project;
    try {
      project =
          Project.load(new InMemory(Map.of(name, text)), images, Project.Request.of(List.of(name)));
    } catch (ComposeException e) {
      count("files that are no project");
      return;
    }
    reading += System.nanoTime() - start;
    if (project.services().size() > 1) {
      start = System.nanoTime();
      ServiceGraph graph = ServiceGraph.of(project);
      drawing += System.nanoTime() - start;
      check(file, text, project, graph);
      count(project, graph);
      shown.add(words(file, graph));
    }
  }

  private void check(Path file, String text, Project project, ServiceGraph graph) {
    List<String> lines = text.lines().toList();
    for (Edge edge : graph.edges()) {
      boolean known =
          project.service(edge.client()) != null && project.service(edge.server()) != null;
      if (!known || edge.client().equals(edge.server()) || edge.evidence().isEmpty()) {
        faults.add(file + ": " + edge);
      }
      for (Evidence evidence : edge.evidence()) {
        int line = evidence.where().line();
        if (line < 1 || line > lines.size() || evidence.where().column() < 1) {
          faults.add(file + ": " + evidence);
        }
      }
    }
  }

  private void count(Project project, ServiceGraph graph) {
    count("projects of several services");
    totals.merge("services in them", project.services().size(), Integer::sum);
    for (Edge edge : graph.edges()) {
      count("edges");
      if (edge.restsOnOrder()) {
        count(ONLY_ORDER);
      } else if (edge.isWeak()) {
        count("edges that may mean something else");
      }
      edge.evidence().stream()
          .map(e -> "edges with " + e.kind() + (e.weak() ? ", perhaps" : ""))
          .distinct()
          .forEach(this::count);
    }
    for (Unknown unknown : graph.unknowns()) {
      count("unknown: " + unknown.kind());
    }
    for (Service service : project.services()) {
      if (graph.isStore(service.name())) {
        count("stores");
        List<Edge> to = graph.to(service.name()).stream().filter(Edge::isNetwork).toList();
        if (!to.isEmpty()) {
          count("stores with a client");
        }
        if (to.stream().anyMatch(edge -> !edge.restsOnOrder())) {
          count("stores with a client by more than the order of start");
        }
      }
    }
  }

  private void count(String what) {
    totals.merge(what, 1, Integer::sum);
  }

  private static String words(Path file, ServiceGraph graph) {
    return "\n"
        + file
        + graph.edges().stream()
            .map(
                edge ->
                    "\n  %s -> %s: %s"
                        .formatted(
                            edge.client(),
                            edge.server(),
                            edge.evidence().stream()
                                .map(e -> e.says() + (e.weak() ? "?" : "") + " " + e.where().line())
                                .collect(Collectors.joining("; "))))
            .collect(Collectors.joining())
        + graph.unknowns().stream()
            .map(unknown -> "\n  %s: %s".formatted(unknown.service(), unknown.says()))
            .collect(Collectors.joining());
  }
}
