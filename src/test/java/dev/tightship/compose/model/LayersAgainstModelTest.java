package dev.tightship.compose.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Answer;
import dev.tightship.compose.Given;
import dev.tightship.compose.Project;
import dev.tightship.compose.Service;
import dev.tightship.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What passes read of a service, layer by layer, is what the model of the whole project says: the
 * two are read by code of their own, and the model is compared with Docker Compose.
 */
class LayersAgainstModelTest {

  private static final Path ROOT = Path.of("src/test/resources/language");

  private static final List<String[]> SCALARS =
      Stream.of(
              "image",
              "user",
              "restart",
              "privileged",
              "read_only",
              "mem_limit",
              "pids_limit",
              "stop_grace_period",
              "logging driver",
              "deploy replicas",
              "deploy resources limits cpus",
              "deploy resources limits memory")
          .map(path -> path.split(" ", -1))
          .toList();

  private static final List<String> LISTS = List.of("security_opt", "cap_add", "cap_drop");

  static Stream<Path> cases() throws IOException {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.sorted().toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void layers_say_what_the_model_says(Path folder) throws IOException, Refused {
    Project project = Given.of(texts(folder.resolve("before"))).load();
    var files = new ProjectFiles(project, "/root");
    Data.Mapping model = EffectiveModel.written(files, files.request()).data();
    Map<String, Data> services = ((Data.Mapping) at(model, "services")).entries();

    assertThat(project.services())
        .extracting(Service::name)
        .containsExactlyInAnyOrderElementsOf(services.keySet());
    int compared = 0;
    for (Service service : project.services()) {
      Data of = at(model, "services", service.name());
      for (String[] path : SCALARS) {
        Data expected = at(of, path);
        String said =
            service.find(path) instanceof Answer.Known known
                    && known.node() instanceof Node.Scalar scalar
                ? scalar.text()
                : null;
        assertThat(said)
            .as("%s %s", service.name(), String.join(".", path))
            .isEqualTo(expected instanceof Data.Scalar scalar ? scalar.text() : null);
        compared += said == null ? 0 : 1;
      }
      for (String key : LISTS) {
        assertThat(items(service, key)).as("%s %s", service.name(), key).isEqualTo(items(of, key));
      }
    }
    assertThat(compared).isPositive();
  }

  private static Set<String> items(Service service, String key) {
    var items = new LinkedHashSet<String>();
    service.items(key).forEach(item -> items.add(((Node.Scalar) item).text()));
    return items;
  }

  private static Set<String> items(Data service, String key) {
    var items = new LinkedHashSet<String>();
    if (at(service, key) instanceof Data.Sequence list) {
      list.items().forEach(item -> items.add(((Data.Scalar) item).text()));
    }
    return items;
  }

  private static Data at(Data from, String... path) {
    Data here = from;
    for (String key : path) {
      Data inner = here instanceof Data.Mapping mapping ? mapping.get(key) : null;
      here = inner == null ? Data.Mapping.EMPTY : inner;
    }
    return here;
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(path).toString(), Files.readString(path));
      }
    }
    return texts;
  }
}
