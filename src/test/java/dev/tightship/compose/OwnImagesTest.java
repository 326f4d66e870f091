package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.ImageProfile;
import dev.tightship.knowledge.ImageReference;
import dev.tightship.knowledge.Kind;
import dev.tightship.knowledge.Known;
import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnImagesTest {

  private static final String SOURCES = "sources: {us: {what: our runs, date: 2026-08-01}}\n";

  private static final String NEW =
      """
      names: [acme/api, 'ghcr.io/acme/*']
      sources: {us: {what: our runs, date: 2026-08-01}}
      kind: {value: application, known: read, source: us}
      holds_data: {value: false, known: read, source: us}
      """;

  private static Given project() {
    return Given.compose("services: {web: {image: nginx}}\n");
  }

  private static Given with(String file, String text) {
    return project().and(".tightship/images/" + file, text);
  }

  private static Optional<ImageProfile> find(Project project, String image) {
    return project.images().find(ImageReference.parse(image).orElseThrow());
  }

  private static ImageProfile known(Project project, String image) {
    return find(project, image).orElseThrow();
  }

  @Test
  void a_fact_takes_the_place_of_the_one_that_is_built_in() {
    Project project =
        with(
                "nginx.yaml",
                "names: [nginx]\n"
                    + SOURCES
                    + "pids: {value: 40, known: measured, source: us, note: seen twice}\n")
            .load();

    ImageProfile nginx = known(project, "nginx:1.30");
    assertThat(project.problems()).isEmpty();
    assertThat(nginx.fact(FactKey.PIDS))
        .hasValue(
            new Fact<>(40, Known.INFERRED, new Source("our runs", "2026-08-01"), "seen twice"));
    assertThat(nginx.statedIn()).isEqualTo(".tightship/images/nginx.yaml");
    ImageProfile builtIn = known(project().load(), "nginx");
    assertThat(builtIn.statedIn()).isNull();
    assertThat(nginx.fact(FactKey.KIND)).isEqualTo(builtIn.fact(FactKey.KIND));
    assertThat(nginx.versions()).isEqualTo(builtIn.versions());
    assertThat(nginx.names()).isEqualTo(builtIn.names());
  }

  @Test
  void an_image_that_was_not_known_is_added() {
    Project project = with("acme.yaml", NEW).load();

    ImageProfile api = known(project, "acme/api:1.2");
    assertThat(api.kind()).isEqualTo(Kind.APPLICATION);
    assertThat(api.value(FactKey.STATUS)).isEqualTo(Status.NOT_IN_LIBRARY);
    assertThat(api.fact(FactKey.KIND).orElseThrow().known()).isEqualTo(Known.INFERRED);
    assertThat(api.versions().pin("1.2")).isInstanceOf(Pin.Unknown.class);
    assertThat(find(project, "ghcr.io/acme/anything")).isPresent();
    assertThat(find(project, "acme/other")).isEmpty();
    assertThat(find(project().load(), "acme/api")).isEmpty();
  }

  @Test
  void a_name_of_the_program_counts_more_than_a_namespace_of_the_project() {
    Project project =
        with("all.yaml", NEW.replace("acme/api, 'ghcr.io/acme/*'", "'valkey/*'")).load();

    assertThat(known(project, "valkey/valkey").kind()).isEqualTo(Kind.DATASTORE);
    assertThat(known(project, "valkey/other").kind()).isEqualTo(Kind.APPLICATION);
  }

  @Test
  void a_table_of_versions_may_be_given() {
    String table =
        """
        versions:
          known: read
          source: us
          releases:
            - {version: '1.2.3', line: '1.2', tags: [{exact: [VERSION], floating: [latest]}]}
        """;
    Project project = with("acme.yaml", NEW + table).load();

    assertThat(known(project, "acme/api").versions().pin(null))
        .isEqualTo(new Pin.To("1.2.3", "1.2", "2026-08-01", "our runs"));
    assertThat(known(project, "acme/api").versions().known()).isEqualTo(Known.INFERRED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: {value: application | kindly: {value: application | :3:1: kindly: unknown key",
        "holds_data               | # holds_data             | :1:1: holds_data: missing",
        "acme/api                 | acme                     | :1:1: status: missing",
        "source: us}              | source: me}              | :3:41: kind.source: no such source: me",
        "known: read              | known: surely            | :3:28: kind.known: unknown value surely",
        "names:                   | names: {}                | :1:",
      })
  void a_slip_is_a_problem_with_its_place_and_the_others_count(
      String from, String to, String problem) {
    assertThat(NEW).contains(from);
    String wrong = NEW.replaceFirst(Pattern.quote(from), to);
    Project project =
        with("bad.yaml", wrong)
            .and(".tightship/images/good.yaml", NEW.replace("api", "web"))
            .load();

    assertThat(project.problems())
        .singleElement()
        .satisfies(
            p -> assertThat(p.describe()).startsWith(".tightship/images/bad.yaml" + problem));
    assertThat(find(project, "acme/api")).isEmpty();
    assertThat(find(project, "acme/web")).isPresent();
    assertThat(known(project, "nginx").kind()).isEqualTo(Kind.WEB);
  }

  @Test
  void two_files_may_not_name_one_image() {
    Project project = with("a.yaml", NEW).and(".tightship/images/b.yaml", NEW).load();

    assertThat(project.problems())
        .extracting(Problem::describe)
        .containsExactly(
            ".tightship/images/b.yaml:1:1: names: acme/api is named by .tightship/images/a.yaml"
                + " too");
    assertThat(known(project, "acme/api").statedIn()).isEqualTo(".tightship/images/a.yaml");
  }

  @Test
  void their_number_and_size_are_bounded() {
    Given many = project();
    for (int i : IntStream.range(0, 70).toArray()) {
      many =
          many.and(
              ".tightship/images/%02d.yaml".formatted(i),
              NEW.replace("acme/api, 'ghcr.io/acme/*'", "acme/a" + i));
    }
    Project project = many.load();
    assertThat(project.problems())
        .extracting(Problem::describe)
        .containsExactly(".tightship/images: holds 70 image files, of which the first 64 are read");
    assertThat(find(project, "acme/a63")).isPresent();
    assertThat(find(project, "acme/a64")).isEmpty();

    Project large = with("large.yaml", NEW + "#".repeat(OwnImages.LARGEST)).load();
    assertThat(large.problems())
        .extracting(Problem::describe)
        .containsExactly(
            ".tightship/images/large.yaml: is larger than 64 KiB, which is not read of an image"
                + " file");
  }

  @Test
  void other_files_are_left_alone_but_for_a_slip_in_the_ending() {
    Project project =
        with("README.md", "x")
            .and(".tightship/images/a.yml", NEW)
            .and(".tightship/x.yaml", "x")
            .load();

    assertThat(project.problems())
        .extracting(Problem::describe)
        .containsExactly(
            ".tightship/images/a.yml: is not read: the name of an image file ends with .yaml");
    assertThat(project.imageFiles()).isEmpty();
    assertThat(project.notes()).isEmpty();
  }

  @Test
  void the_examples_of_the_docs_are_right() throws IOException {
    String docs = Files.readString(Path.of("docs/images.md"));
    var blocks = Pattern.compile("(?s)```yaml\n# (\\S+): .*?\n(.*?)```").matcher(docs);
    Given given = project();
    int found = 0;
    for (; blocks.find(); found++) {
      given = given.and(blocks.group(1), blocks.group(2));
    }
    Project project = given.load();

    assertThat(found).isEqualTo(2);
    assertThat(project.imageFiles()).hasSize(2);
    assertThat(project.problems()).isEmpty();
    assertThat(known(project, "nginx").value(FactKey.PIDS)).isEqualTo(900);
    assertThat(known(project, "ghcr.io/acme/api").value(FactKey.PIDS)).isEqualTo(900);
  }

  @Test
  void whether_they_count_is_noted() {
    Given given = with("acme.yaml", NEW);

    assertThat(project().load().notes()).isEmpty();
    assertThat(project().loadUntrusted().notes()).isEmpty();
    assertThat(given.load().notes())
        .containsExactly(
            "what the project says of images in .tightship/images counts, as inferred");
    assertThat(given.load().named().files()).contains(".tightship/images/acme.yaml");
  }

  @Test
  void a_project_that_is_not_trusted_is_not_asked() {
    Project project = with("acme.yaml", NEW).and(".tightship/images/bad.yaml", "[").loadUntrusted();

    assertThat(project.notes())
        .containsExactly(
            "what the project says of images in .tightship/images is ignored, since it is not"
                + " trusted");
    assertThat(project.problems()).isEmpty();
    assertThat(project.imageFiles()).isEmpty();
    assertThat(find(project, "acme/api")).isEmpty();
  }
}
