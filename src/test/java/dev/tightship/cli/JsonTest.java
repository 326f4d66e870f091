package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Project;
import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.pass.Fix;
import dev.tightship.pass.Pass;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Risk;
import dev.tightship.pass.Severity;
import dev.tightship.pass.Subject;
import dev.tightship.passes.Passes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON report is what docs/json.md says: every key is described, and every described key is.
 */
@SuppressWarnings("NullAway.Init")
class JsonTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path temp;
  private Path project;
  private final Map<String, Set<String>> seen = new TreeMap<>();

  /** Fixes with all goals there are, since no pass of today has them all. */
  private static final class AllGoals implements Pass {
    @Override
    public String id() {
      return "pids-limit";
    }

    @Override
    public Stream<Remark> inspect(Project project) {
      String file = project.files().get(0).path();
      Place web = Place.of(file, "services", "web");
      Place labels = web.key("labels");
      List<Edit> edits =
          List.of(
              new Edit.Set(web.key("password"), new Value.Scalar(Value.Kind.INT, "1234")),
              new Edit.Own(web.key("secret"), Value.string("s3cret-Value")),
              new Edit.Text(web.key("image"), "nginx:other"),
              new Edit.Variable(".env", "A_NAME", "s3cret-Value"),
              new Edit.Ensure(web.key("cap_drop"), Value.string("ALL")),
              new Edit.Remove(web.key("ports").item(Value.string("80:80"))),
              new Edit.Rename(labels.key("a"), "b"),
              new Edit.SetBase("Dockerfile", 0, "nginx:1"),
              new Edit.SetGlobalArg("Dockerfile", "A_TOKEN", "s3cret-Value"),
              new Edit.SetUser("Dockerfile", 0, "101"),
              new Edit.Rewrite("Dockerfile", 0, "CMD a", "CMD b"),
              new Edit.Insert("Dockerfile", 0, "USER 102", "CMD b"),
              new Edit.KeepLast("Dockerfile", 0, "CMD"),
              new Edit.KeepLast("Dockerfile", 0, "CMD"),
              new Edit.UnsetEnv("Dockerfile", 0, "A_TOKEN"),
              new Edit.Create("new/file", "text\n"),
              new Edit.Assign("app.env", "A_TOKEN", "A_TOKEN_FILE", "/run/secrets/a"),
              new Edit.Assign("app.env", "B_TOKEN", "B_TOKEN", "s3cret-Value"),
              new Edit.Line("new/lines", "# heading\n", "a line"),
              new Edit.Keep("secrets/a.txt", "s3cret-Value"));
      var found = new ArrayList<Remark>();
      for (Edit edit : edits) {
        Fix fix = Fix.of("do it", Risk.NEUTRAL, "a test", edit);
        found.add(Remark.finding(new Subject.OfFile(web), Severity.LOW, "a finding", fix));
      }
      return found.stream();
    }
  }

  @BeforeEach
  void makes_a_project() throws IOException {
    temp = temp.toRealPath();
    project = temp.resolve("project");
    Cli.write(
        project.resolve("compose.yaml"),
        """
        # first
        version: "3"
        services:
          web:
            image: nginx:alpine
            labels: {a: x}
            environment:
              A_PASSWORD: hunter2
          app:
            build: .
          bad:
            build: missing
        """);
    Cli.write(project.resolve("app.env"), "A_TOKEN=x\nB_TOKEN=y\n");
    Cli.write(project.resolve("Dockerfile"), "ARG A_TOKEN=x\nFROM nginx:stable\nCMD a\n");
  }

  @Test
  void every_key_is_described_and_every_described_key_is_written() throws IOException {
    Path broken = Cli.write(temp.resolve("broken/compose.yaml"), "services: [");
    read(Passes.all(), project, broken, temp.resolve("missing"));
    read(Passes.all(), project, "--level", "strict");
    read(List.of(new AllGoals()), project);
    Path shared =
        Cli.write(
            temp.resolve("shared/compose.yaml"),
            "x-a: &a {tty: true}\nservices: {a: {<<: *a, image: b}, c: {<<: *a, image: b}}\n");
    read(Passes.all(), shared);
    read(Passes.all(), project, "--overlay", temp.resolve("overlay.yaml"));
    Path open =
        Cli.write(
            temp.resolve("open/compose.yaml"),
            "services: {db: {image: redis, ports: ['6379:6379', '${A}:1']}}\n");
    read(Passes.all(), open);

    assertThat(seen).isEqualTo(documented());
  }

  @Test
  void positions_are_those_of_the_original() throws IOException {
    JsonNode document = read(Passes.all(), project);
    var text = Files.readString(project.resolve("compose.yaml")).lines().toList();
    boolean later = false;
    for (JsonNode step : document.at("/projects/0/steps")) {
      if (step.path("pass").asString().equals("pin-image")
          && step.path("service").asString().equals("web")) {
        assertThat(text.get(step.path("line").asInt() - 1)).isEqualTo("    image: nginx:alpine");
        assertThat(step.path("column").asInt()).isEqualTo(5);
        later = true;
      }
    }
    assertThat(later).isTrue();
    assertThat(document.at("/projects/0/unread/0/file").asString()).isEqualTo("missing/Dockerfile");
    assertThat(document.at("/projects/0/root").asString()).isEqualTo(Cli.seen(project));
  }

  @Test
  void reach_is_told_where_it_changes() throws IOException {
    Path compose =
        Cli.write(
            temp.resolve("three/compose.yaml"),
            """
            services:
              front: {image: acme/front, depends_on: [api], ports: ["80:80"]}
              api: {image: acme/api, command: "serve --db db:6379"}
              other: {image: nginx, command: "nginx -g 'daemon off;'"}
              db: {image: redis, ports: ["6379:6379"]}
            """);
    JsonNode reach = read(Passes.all(), compose).at("/projects/0/reach");

    assertThat(reach.at("/before/pairs").intValue()).isEqualTo(12);
    assertThat(reach.at("/before/open").valueStream().map(o -> o.path("to").stringValue()))
        .containsExactly("others", "others");
    assertThat(reach.at("/after/open/1/to").stringValue()).isEqualTo("machine");
    assertThat(reach.at("/after/open/1/ports/0/address").stringValue()).isEqualTo("127.0.0.1");

    Cli.run("harden", "-i", compose);
    assertThat(read(Passes.all(), compose).at("/projects/0/reach").isMissingNode()).isTrue();
  }

  @Test
  void nothing_secret_is_in_an_edit() throws IOException {
    Cli.Run run = Cli.run(List.of(new AllGoals()), "harden", "--format", "json", project);
    assertThat(run.out()).doesNotContain("1234", "s3cret-Value", "hunter2");
    assertThat(run.out().replaceAll("\\s", ""))
        .contains("\"path\":[\"services\",\"web\",\"password\"],\"value\":\"********\"");
  }

  @Test
  void patches_can_be_applied() throws Exception {
    Cli.commitAll(project);
    JsonNode document = read(Passes.all(), project);
    for (JsonNode patch : document.at("/projects/0/patches")) {
      boolean masked = patch.path("masked").asBoolean();
      assertThat(masked).isEqualTo(patch.has("git"));
      Path file =
          Cli.write(temp.resolve("p.patch"), patch.path(masked ? "git" : "patch").asString());
      if (patch.path("unidiffZero").asBoolean()) {
        Cli.git(project, "apply", "--unidiff-zero", file.toString());
      } else {
        Cli.git(project, "apply", file.toString());
      }
    }
    assertThat(read(Passes.all(), project).at("/projects/0/changed").asBoolean()).isFalse();
  }

  private JsonNode read(List<Pass> passes, Object... arguments) {
    var all = new ArrayList<Object>(List.of("harden", "--format", "json"));
    all.addAll(List.of(arguments));
    Cli.Run run = Cli.run(passes, all.toArray());
    assertThat(run.code()).isLessThan(3);
    JsonNode document = MAPPER.readTree(run.out());
    note("Document", document);
    note("Problem", document.path("refused"));
    for (JsonNode project : document.path("projects")) {
      note("Project", project);
      note("Problem", project.path("unread"));
      note("Step", project.path("steps"));
      note("Patch", project.path("patches"));
      note("ReachChange", project.path("reach"));
      for (String when : List.of("before", "after")) {
        JsonNode reach = project.path("reach").path(when);
        note("Reach", reach);
        note("Shared", reach.path("networks"));
        note("Open", reach.path("open"));
        reach.path("open").forEach(each -> note("Port", each.path("ports")));
      }
      for (JsonNode step : project.path("steps")) {
        note("Fix", step.path("fix"));
        note("Edit", step.path("fix").path("edits"));
        for (JsonNode edit : step.path("fix").path("edits")) {
          note("Item", edit.path("path"));
        }
      }
    }
    return document;
  }

  private void note(String type, JsonNode node) {
    if (node.isObject()) {
      seen.computeIfAbsent(type, t -> new TreeSet<>()).addAll(node.propertyNames());
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        note(type, element);
      }
    }
  }

  /** The keys of the tables, by heading. */
  private static Map<String, Set<String>> documented() throws IOException {
    var documented = new LinkedHashMap<String, Set<String>>();
    String heading = "";
    for (String line : Files.readAllLines(Path.of("docs/json.md"))) {
      if (line.startsWith("## ")) {
        heading = line.substring(3);
      } else if (line.startsWith("| `")) {
        String key = line.substring(3, line.indexOf('`', 3));
        documented.computeIfAbsent(heading, h -> new TreeSet<>()).add(key);
      }
    }
    return documented;
  }
}
