package dev.tightship.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command {@code image} prints. */
@DisabledOnOs(OS.WINDOWS)
class ImageTest {

  private static final String OWN =
      """
      names: [acme/api, postgres]
      sources: {us: {what: "our own\\u200f runs", date: 2026-08-01}}
      kind: {value: application, known: read, source: us}
      holds_data: {value: false, known: read, source: us, note: "::error::no"}
      """;

  private static String text(Object... arguments) {
    Cli.Run run = Cli.run(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    return run.out();
  }

  @Test
  void tells_each_fact_with_how_it_is_known_and_its_source() {
    assertThat(text("image", "telegraf:1.2-alpine", "--untrusted"))
        .startsWith("telegraf:1.2-alpine\n\nnames                     telegraf")
        .contains(
            """
            status                    active
                                      read: docker-library/official-images library/telegraf, commit
                                      37079fb336f5, state of 2026-08-21
            """)
        .contains("\nkind                      tool\n                          inferred: ")
        .contains("\nholds data                no\n")
        .contains("                          note: ")
        .contains("\nversions                  release lines ");
  }

  @Test
  void tells_how_a_secret_is_taken_from_a_file() {
    assertThat(text("image", "postgres", "--untrusted"))
        .contains("\nsecret files              POSTGRES_PASSWORD by POSTGRES_PASSWORD_FILE\n");
    assertThat(text("image", "redis", "--untrusted"))
        .contains("\nsecret files              any variable from no file\n");
    assertThat(text("image", "linuxserver/bookstack", "--untrusted"))
        .contains("\nsecret files              any variable by FILE__*\n");
    assertThat(text("image", "ghcr.io/goauthentik/server", "--untrusted"))
        .contains("AUTHENTIK_SECRET_KEY by AUTHENTIK_SECRET_KEY=file://PATH");
    assertThat(text("image", "elasticsearch", "--untrusted"))
        .containsIgnoringWhitespaces("; only from a file that nobody but its owner can read");
    assertThat(text("image", "neo4j:4.4", "--untrusted"))
        .containsIgnoringWhitespaces("NEO4J_* by NEO4J_*_FILE; since release 5.24");
  }

  @Test
  void tells_what_a_tag_means() {
    assertThat(text("image", "postgres", "--untrusted"))
        .contains("\ntag                       latest meant 18.6, of release line 18\n")
        .contains(
            "\nsupport                   release line 18 reaches its end of life on 2030-11-14\n");
    assertThat(text("image", "docker.io/library/postgres:16-alpine", "--untrusted"))
        .contains("\ntag                       16-alpine meant 16.15-alpine, of release line 16\n");
    assertThat(text("image", "postgres:9.6.24", "--untrusted"))
        .contains("9.6.24 has the form of a full version; it was not listed\n")
        .contains("release line 9.6 reached its end of life on 2021-11-11\n");
    assertThat(text("image", "nginx:1.31.4", "--untrusted"))
        .contains("1.31.4 names a full version, which was listed\n")
        .contains("\nsupport                   no date is known on which its release line ends\n");
    assertThat(text("image", "adminer:3.1.1", "--untrusted"))
        .contains(
            "\nsupport                   none any more: no tag of the release line was listed\n");
    assertThat(text("image", "node:14", "--untrusted"))
        .contains(
            "\ntag                       14: the tags listed on 2026-08-21 do not include 14");
    assertThat(text("image", "nginx@sha256:" + "a1".repeat(32), "--untrusted"))
        .contains(
            "\ntag                       none beside the digest, which does not tell the version")
        .doesNotContain("\nsupport ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acme/unknown:1 | nothing is known of acme/unknown; a project can say what it knows in a file"
            + " of .tightship/images",
        "Nginx          | not the name of an image: Nginx",
        "a b            | not the name of an image: a b",
        "''             | 'not the name of an image: '",
        "acme/*         | not the name of an image: acme/*",
      })
  void one_line_tells_what_is_not_known(String name, String message) {
    Cli.Run run = Cli.run("image", name, "--untrusted");

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("tightship: " + message + "\n");
  }

  @Test
  void a_name_is_wanted() {
    for (Object[] arguments :
        new Object[][] {{"image"}, {"image", "a", "b"}, {"image", "nginx", "--format", "xml"}}) {
      Cli.Run run = Cli.run(arguments);
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).matches("tightship: .{5,}; see: tightship image --help\n");
    }
  }

  @Test
  void the_project_around_is_asked_too(@TempDir Path temp) throws Exception {
    Path project = temp.toRealPath();
    Path own = Cli.write(project.resolve(".tightship/images/acme.yaml"), OWN);

    assertThat(text("image", "acme/api:1", "--root", project))
        .contains(
            "\nstated in                 .tightship/images/acme.yaml, by the project itself\n")
        .contains("\nkind                      application\n")
        .contains("\nstatus                    not-in-library\n")
        .doesNotContain("\u200f", "\n::error");
    assertThat(text("image", "postgres", "--root", project))
        .contains("\nholds data                no\n");
    assertThat(text("image", "postgres", "--root", project, "--untrusted"))
        .contains("\nholds data                yes\n");
    assertThat(Cli.process(project, List.of(), Map.of(), "image", "acme/api").out())
        .contains("by the project itself");

    Cli.write(own, "names: [acme/api]\n");
    Cli.Run broken = Cli.run("image", "nginx", "--root", project);
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err()).isEqualTo("tightship: " + Cli.seen(own) + ":1:1: sources: missing\n");
    assertThat(broken.out()).startsWith("nginx\n");
  }

  @Test
  void programs_read_the_same() {
    Cli.Run run = Cli.run("image", "postgres:16", "--untrusted", "--format", "json");
    JsonNode json = JsonMapper.shared().readTree(run.out());

    assertThat(json.path("schema").intValue()).isEqualTo(1);
    assertThat(json.path("image").stringValue()).isEqualTo("postgres:16");
    JsonNode kind =
        json.path("facts")
            .valueStream()
            .filter(fact -> fact.path("key").stringValue().equals("kind"))
            .findFirst()
            .orElseThrow();
    assertThat(kind.path("value").stringValue()).isEqualTo("datastore");
    assertThat(kind.path("known").stringValue()).isEqualTo("inferred");
    assertThat(kind.path("date").stringValue()).isEqualTo("2026-02-26");
    assertThat(kind.path("source").stringValue()).contains("docker-library/postgres");
  }
}
