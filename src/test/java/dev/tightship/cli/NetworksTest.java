package dev.tightship.cli;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command {@code networks} prints; docs/networks.md shows and describes it. */
@SuppressWarnings("NullAway.Init")
@DisabledOnOs(OS.WINDOWS)
class NetworksTest {

  private static final String FIXTURE = "fixtures/secure-web-app-postgres";

  /** Names that are syntax somewhere, as YAML writes them. */
  private static final List<String> NAMES =
      List.of(
          "a \"q\" [b] {c} (d) |e| <i>f</i> & g",
          "`x` \"`y`\"",
          "1. one",
          "- two",
          "a\nb\rc",
          "a\u202eb\u001b[31m",
          "#35; &amp; #quot;",
          "%%{init: {}}%%",
          "end",
          "style:#35;x",
          "\\N\\",
          "__init__ *x* ~y~",
          "\ufb02\u00b0\u00b062\u00b6\u00df",
          "::error::x",
          "##[error]x",
          "a; b --> c",
          "]; }",
          "\u6f22\u5b57 \u00fc \ud83d\ude80");

  /** What may stand in a label of a flowchart, between its quotes. */
  private static final Pattern MERMAID =
      Pattern.compile(
          "  [xsn]\\d+(?:\\[|\\{\\{|\\(\\[)\"((?:[\\p{L}\\p{N}_,./ -]|#\\d+;)*)\"[\\])}]+");

  private static final Pattern DOT =
      Pattern.compile(
          "  [xsn]\\d+ \\[label=\"((?:[^\"\\\\\\n]|\\\\\\\\|\\\\\")*)\"(?:, shape=\\w+)?];");

  @TempDir Path temp;

  @BeforeEach
  void uses_real_paths() throws IOException {
    temp = temp.toRealPath();
  }

  private static String out(Object... arguments) {
    var all = new ArrayList<Object>(List.of("networks"));
    all.addAll(List.of(arguments));
    Cli.Run run = Cli.run(all.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private String of(String compose, Object... arguments) throws IOException {
    var all = new ArrayList<Object>(List.of(Cli.write(temp.resolve("p/compose.yaml"), compose)));
    all.addAll(List.of(arguments));
    return out(all.toArray());
  }

  @Test
  void the_page_shows_what_is_printed() throws IOException {
    String page = Files.readString(Path.of("docs/networks.md"));

    assertThat(page)
        .contains("```\n" + out(FIXTURE) + "```\n")
        .contains(
            "```mermaid\n" + out(FIXTURE, "--format", "mermaid", "--graph", "after") + "```\n");
    assertThat(Files.readString(Path.of("README.md")))
        .contains(
            out(FIXTURE)
                .lines()
                .filter(line -> line.contains("Who can reach whom"))
                .findFirst()
                .orElseThrow());
  }

  @Test
  void each_mark_of_the_table_has_its_meaning() throws IOException {
    String text =
        of(
            """
            services:
              web: {image: acme/web, command: "serve api:80", depends_on: [api, job]}
              api: {image: acme/api, command: "serve --cache db:6379", networks: [default, far]}
              job: {image: nginx, networks: [far]}
              db: {image: redis}
              other: {image: nginx}
              odd: {image: nginx, network_mode: "${MODE}"}
            networks: {far: {}}
            """);

    assertThat(text)
        .contains(
            """
                          1  2  3  4  5  6
               1  web        U  x  -  +  ?
               2  api     +     +  U  +  ?
               3  job     .  +     .  .  ?
               4  db      -  +  .     -  ?
               5  other   +  +  .  -     ?
               6  odd     ?  ?  ?  ?  ?
              a row reaches a column: U is seen to; + can, though nothing shows that it does;
                - could before, and cannot after; x cannot, though something shows that it does; ? not known;
                . cannot
            """)
        .contains("\n  odd: its network mode depends on a variable that has no value here\n")
        .contains("\n          not known          odd\n");
    assertThat(text.lines().skip(1))
        .allMatch(line -> line.length() <= 100); // the first names a path
  }

  @Test
  void what_is_open_is_told_with_its_ports() throws IOException {
    String text =
        of(
            """
            services:
              db: {image: postgres:16, ports: ["5432:5432"]}
              both: {image: a, ports: ["8080:80", "127.0.0.1:9090:90", "53:53/udp", "70"]}
              maybe: {image: a, ports: ["${BIND}:81:81"]}
              bind: {image: a, ports: ["${X_BIND:-127.0.0.1}:82:82"]}
              home: {image: a, network_mode: host}
              inside: {image: a, network_mode: "service:both"}
              closed: {image: a, ports: ["83:83"], networks: [in]}
              none: {image: a, network_mode: none}
            networks: {in: {internal: true}}
            """);

    assertThat(text)
        .contains(
            """
            Open from outside of the project
              db      before  to other machines, by 5432->5432
                      after   to this machine alone, by 127.0.0.1:5432->5432
              both    to other machines, by 8080->80, 53->53/udp, any->70; to this machine alone, by
                        127.0.0.1:9090->90
              maybe   to whom is not known, by ?:81->81
              bind    to this machine alone, by 127.0.0.1:82->82
              home    to other machines, by whatever it listens on in the machine's own network
              inside  to other machines, by 8080->80, 53->53/udp, any->70 of both; to this machine alone, by
                        127.0.0.1:9090->90 of both

            With a way out of the project
              db, both, maybe, bind, home, inside
            """)
        .contains(
            "  none at all        none\n",
            "  the machine's own  home\n",
            "  inside of both     inside\n");
  }

  @Test
  void many_services_are_told_of_in_lists() throws IOException {
    var compose = new StringBuilder("services:\n  db: {image: redis}\n");
    for (int i = 1; i < 60; i++) {
      compose.append(
          "  s%d: {image: nginx, command: \"serve db:6379\", ports: [80]}\n".formatted(i));
    }
    String text = of(compose.toString());

    assertThat(text)
        .contains("  default  db, s1, s2, ", " and 40 more\n")
        .contains(
            "\nWho can reach whom: 3540 pairs of services; 59 seen in use\n  too many for a table")
        .contains("\n  s30 -> db: its command names db:6379 (compose.yaml:32)\n  and 29 more: -v")
        .contains("to other machines, by any->80\n  and 29 more: -v names all\n")
        .doesNotContain("s31 ->");
    assertThat(of(compose.toString(), "-v")).contains("s59 -> db: ").doesNotContain(" more");
  }

  @Test
  void a_level_and_passes_are_chosen_as_for_harden() {
    assertThat(out(FIXTURE, "--level", "safe"))
        .startsWith(FIXTURE + ": 4 services, hardening at level safe changes nothing of this\n");
    assertThat(out(FIXTURE, "--only", "published-ports"))
        .contains("12 pairs of services before and after", "127.0.0.1:5432->5432");
    assertThat(out(FIXTURE, "--skip", "private-networks,published-ports"))
        .contains("changes nothing of this");
  }

  @Test
  void nothing_is_written() throws IOException {
    Path project = temp.resolve("copy");
    for (Path file : files(Path.of(FIXTURE))) {
      Cli.write(project.resolve(Path.of(FIXTURE).relativize(file)), Files.readAllBytes(file));
    }
    Map<Path, String> before = texts(project);
    for (String format : List.of("text", "json", "mermaid", "dot")) {
      out(project, "--format", format);
    }
    assertThat(texts(project)).isEqualTo(before);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private static Map<Path, String> texts(Path folder) throws IOException {
    var texts = new LinkedHashMap<Path, String>();
    for (Path file : files(folder)) {
      texts.put(file, Files.readString(file));
    }
    return texts;
  }

  @ParameterizedTest
  @CsvSource({"mermaid, %% , flowchart LR", "dot, // , digraph"})
  void a_graph_of_each_time_or_of_one(String format, String comment, String keyword) {
    String both = out(FIXTURE, "--format", format);
    String before = out(FIXTURE, "--format", format, "--graph", "before");
    String after = out(FIXTURE, "--format", format, "--graph", "after");

    assertThat(both).isEqualTo(before + "\n" + after);
    assertThat(before)
        .startsWith(comment + " " + FIXTURE + ", before hardening at level standard\n");
    assertThat(after).startsWith(comment + " " + FIXTURE + ", after hardening at level standard\n");
    assertThat(after.lines().filter(line -> line.startsWith(keyword))).hasSize(1);
  }

  @Test
  void a_picture_has_what_leads_in_and_who_speaks_to_whom() throws IOException {
    String compose =
        """
        services:
          web: {image: acme/web, command: "serve api:80", ports: ["80:80", "127.0.0.1:81:81"]}
          api: {image: acme/api, depends_on: [far]}
          far: {image: nginx, networks: [out]}
          inside: {image: nginx, network_mode: "service:web"}
        networks: {out: {internal: true}}
        """;

    assertThat(of(compose, "--format", "mermaid", "--graph", "after"))
        .contains("\n  x1([\"other machines\"])\n  x2([\"this machine\"])\n  s1[\"web\"]\n")
        .contains("\n  n1{{\"default\"}}\n  n2{{\"out, internal\"}}\n")
        .contains("\n  n1 --- s1\n  n1 --- s2\n  n2 --- s3\n  s1 ---|\"one namespace\"| s4\n")
        .contains("\n  s1 ==> s2\n  s2 -.->|\"no way is known\"| s3\n")
        .contains("\n  x1 -->|\"80-#62;80\"| s1\n")
        .endsWith("\n  x2 -->|\"127.0.0.1#58;81-#62;81\"| s1\n");
    assertThat(of(compose, "--format", "dot", "--graph", "after"))
        .contains("\n  n2 [label=\"out, internal\", shape=hexagon];\n")
        .contains("\n  s1 -> s2 [style=bold];\n")
        .endsWith("\n  x2 -> s1 [style=solid, label=\"127.0.0.1:81->81\"];\n}\n");
  }

  /** Whoever reads a graph sees the names, and nothing in them is taken for syntax. */
  @Test
  void names_are_text_in_each_format() throws IOException {
    var compose = new StringBuilder("services:\n");
    var mapper = new JsonMapper();
    for (String name : NAMES) {
      String quoted = mapper.writeValueAsString(name);
      compose.append("  %s: {image: a, networks: [%s]}\n".formatted(quoted, quoted));
    }
    compose.append("networks:\n");
    NAMES.forEach(n -> compose.append("  %s: {}\n".formatted(mapper.writeValueAsString(n))));
    List<String> shown = NAMES.stream().map(dev.tightship.report.Escape::text).toList();

    assertThat(labels(MERMAID, of(compose.toString(), "--format", "mermaid", "--graph", "after")))
        .map(label -> Pattern.compile("#(\\d+);").matcher(label).replaceAll(NetworksTest::decoded))
        .containsAll(shown)
        .hasSize(2 * NAMES.size());
    assertThat(labels(DOT, of(compose.toString(), "--format", "dot", "--graph", "after")))
        .map(label -> label.replace("\\\"", "\"").replace("\\\\", "\\").replace("&amp;", "&"))
        .containsAll(shown)
        .hasSize(2 * NAMES.size());
    JsonNode json = mapper.readTree(of(compose.toString(), "--format", "json"));
    assertThat(json.at("/projects/0/services").valueStream().map(JsonNode::stringValue))
        .containsExactlyElementsOf(NAMES);
    assertThat(of(compose.toString())).contains("\\u202e").doesNotContain("\u202e", "\u001b");
  }

  private static String decoded(java.util.regex.MatchResult entity) {
    return Matcher.quoteReplacement(Character.toString(Integer.parseInt(entity.group(1))));
  }

  /** The labels of all nodes; each line that is no node must be one of the lines between them. */
  private static List<String> labels(Pattern node, String text) {
    var labels = new ArrayList<String>();
    for (String line : text.lines().toList()) {
      Matcher matcher = node.matcher(line);
      if (matcher.matches()) {
        labels.add(matcher.group(1));
      } else {
        assertThat(line)
            .matches(
                "%% [\\p{L}\\p{N}_,./ #;-]+|flowchart LR|  n\\d+ --- s\\d+"
                    + "|// .*|digraph after \\{|  rankdir=LR;|  node \\[shape=box];"
                    + "|  n\\d+ -> s\\d+ \\[dir=none, color=gray50];|}");
      }
    }
    return labels;
  }

  @Test
  void every_key_is_described_and_every_described_key_is_written() throws IOException {
    Path project =
        Cli.write(
            temp.resolve("p/compose.yaml"),
            """
            services:
              web: {image: a, command: "serve db:5432 ${HOST}", ports: ["80:80", "${P}:81"]}
              db: {image: postgres:16}
              odd: {image: a, environment: {DB_HOST: "${HOST}"}}
            """);
    Path broken = Cli.write(temp.resolve("b/compose.yaml"), "services: [");
    Cli.Run run = Cli.run("networks", "--format", "json", project, broken, temp.resolve("none"));
    JsonNode document = new JsonMapper().readTree(run.out());

    assertThat(run.code()).isEqualTo(2);
    assertThat(document.path("refused")).hasSize(2);
    var seen = new LinkedHashMap<String, Set<String>>();
    note(seen, "Document", document);
    note(seen, "Problem", document.path("refused"));
    JsonNode first = document.at("/projects/0");
    note(seen, "Project", first);
    note(seen, "State", first.path("before"));
    note(seen, "Pair", first.at("/before/reaches"));
    note(seen, "Edge", first.path("edges"));
    first.path("edges").forEach(edge -> note(seen, "Evidence", edge.path("evidence")));
    note(seen, "Unknown", first.path("unknown"));
    assertThat(seen).isEqualTo(documented());
  }

  private static void note(Map<String, Set<String>> seen, String type, JsonNode node) {
    if (node.isObject()) {
      seen.computeIfAbsent(type, t -> new TreeSet<>()).addAll(node.propertyNames());
    }
    if (node.isArray()) {
      node.forEach(element -> note(seen, type, element));
    }
  }

  /** The keys of the tables, by heading. */
  private static Map<String, Set<String>> documented() throws IOException {
    var documented = new LinkedHashMap<String, Set<String>>();
    String heading = "";
    for (String line : Files.readAllLines(Path.of("docs/networks.md"))) {
      if (line.startsWith("### ")) {
        heading = line.substring(4);
      } else if (line.startsWith("| `") && !line.startsWith("| `-")) {
        String key = line.substring(3, line.indexOf('`', 3));
        documented.computeIfAbsent(heading, h -> new TreeSet<>()).add(key);
      }
    }
    return documented;
  }

  @Test
  void programs_read_each_pair_with_its_use() throws IOException {
    JsonNode document = new JsonMapper().readTree(out(FIXTURE, "--format", "json"));
    JsonNode before = document.at("/projects/0/before/reaches");
    JsonNode after = document.at("/projects/0/after/reaches");

    assertThat(before).hasSize(12);
    assertThat(pairs(before)).containsEntry("web db", "unseen").containsEntry("api db", "seen");
    assertThat(pairs(after).keySet())
        .containsExactlyInAnyOrder(
            "web api", "api web", "api db", "api cache", "db api", "cache api");
    assertThat(document.at("/projects/0/edges/0/evidence/0/file").stringValue())
        .startsWith(FIXTURE + "/");

    var many = new StringBuilder("services:\n");
    for (int i = 0; i < 201; i++) {
      many.append("  s%d: {image: nginx}\n".formatted(i));
    }
    JsonNode large = new JsonMapper().readTree(of(many.toString(), "--format", "json"));
    assertThat(large.at("/projects/0/before/pairs").intValue()).isEqualTo(201 * 200);
    assertThat(large.at("/projects/0/before/reaches").isMissingNode()).isTrue();
  }

  private static Map<String, String> pairs(JsonNode reaches) {
    return reaches
        .valueStream()
        .collect(
            toMap(
                pair -> pair.path("client").stringValue() + " " + pair.path("server").stringValue(),
                pair -> pair.path("use").stringValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--graph after                  | --graph belongs to --format mermaid and --format dot",
        "--format json --graph both     | --graph belongs to --format mermaid and --format dot",
        "-f a.yaml                      | name projects or files with -f, not both",
        "--only nothing                 | there is no pass nothing (the list: tightship explain)",
      })
  void bad_usage_is_told_in_one_line(String options, String message) {
    var all =
        Stream.of(("networks " + FIXTURE + " " + options).split(" "))
            .collect(toCollection(ArrayList::new));
    Cli.Run run = Cli.run(all.toArray());

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("tightship: " + message + "; see: tightship networks --help\n");
  }

  @Test
  void what_cannot_be_read_stops_no_other_project() {
    Cli.Run run = Cli.run("networks", temp.resolve("none"), FIXTURE, "--service", "web");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).startsWith(FIXTURE + ": 4 services");
    assertThat(run.errors()).hasSize(1);
    assertThat(Cli.run("networks", FIXTURE, "--service", "nope").err())
        .isEqualTo("tightship: " + FIXTURE + ": there is no service nope\n");
  }
}
