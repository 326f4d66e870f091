package dev.tightship.knowledge.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.Kind;
import dev.tightship.knowledge.Known;
import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Verdict;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageYamlTest {

  private static final String STORE =
      """
      names: [store, vendor/store]
      sources:
        list: {what: the list, date: 2026-08-21}
        recipe: {what: the recipe, date: 2026-02-26}
      status: {value: active, known: read, source: list}
      kind: {value: datastore, known: inferred, source: recipe}
      holds_data: {value: true, known: documented, source: recipe}
      no_new_privileges: {value: ok, known: stand-in, source: recipe, note: ping fails}
      pids: {value: 256, known: inferred, source: recipe}
      versions:
        known: read
        source: list
        full: {numbers: 2, older: {below: 10, numbers: 3}, known: documented, source: list}
        releases:
          - version: '1.20'
            line: '1'
            tags:
              - exact: [VERSION, VERSION-slim]
                floating: ['1', latest]
            others:
              small: 1.20-slim
        moving: [nightly]
      """;

  @Test
  void reads_every_field() {
    var profile = ImageYaml.read("store.yaml", STORE);

    var recipe = new Source("the recipe", "2026-02-26");
    assertThat(profile.names()).containsExactly("store", "vendor/store");
    assertThat(profile.name()).isEqualTo("store");
    assertThat(profile.fact(FactKey.KIND))
        .hasValue(new Fact<>(Kind.DATASTORE, Known.INFERRED, recipe, null));
    assertThat(profile.fact(FactKey.HOLDS_DATA))
        .hasValue(new Fact<>(true, Known.DOCUMENTED, recipe, null));
    assertThat(profile.fact(FactKey.NO_NEW_PRIVILEGES))
        .hasValue(new Fact<>(new Verdict.Ok(), Known.STAND_IN, recipe, "ping fails"));
    assertThat(profile.fact(FactKey.PIDS)).hasValue(new Fact<>(256, Known.INFERRED, recipe, null));
    assertThat(profile.versions().pin("slim"))
        .isEqualTo(new Pin.To("1.20-slim", "1", "2026-08-21", "the list"));
    assertThat(profile.versions().pin("small"))
        .isEqualTo(new Pin.To("1.20-slim", "1", "2026-08-21", "the list"));
    assertThat(profile.versions().pin("9.6")).isInstanceOf(Pin.Unknown.class);
    assertThat(profile.versions().pin("9.6.1")).isEqualTo(new Pin.Exact(false));
    assertThat(profile.versions().moving()).containsExactly("nightly");
  }

  @Test
  void a_file_may_name_whole_namespaces() {
    String names = "names: ['linuxserver/*', 'lscr.io/linuxserver/*']";
    assertThat(ImageYaml.read("s", STORE.replace("names: [store, vendor/store]", names)).names())
        .containsExactly("linuxserver/*", "lscr.io/linuxserver/*");
  }

  @Test
  void what_is_left_out_is_unknown() {
    var profile =
        ImageYaml.read("store.yaml", STORE.replaceAll("(?m)^(no_new_privileges|pids):.*\n", ""));

    assertThat(profile.fact(FactKey.NO_NEW_PRIVILEGES)).isEmpty();
    assertThat(profile.fact(FactKey.PIDS)).isEmpty();
  }

  @Test
  void what_breaks_needs_a_reason() {
    String reason = STORE.replace("value: ok, ", "value: breaks, reason: needs sudo, ");

    assertThat(ImageYaml.read("s", reason).fact(FactKey.NO_NEW_PRIVILEGES).orElseThrow().value())
        .isEqualTo(new Verdict.Breaks("needs sudo"));
    assertRefused("value: ok, ", "value: breaks, ", "no_new_privileges.reason: missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pids:                    | pid:                   | pid: unknown key",
        "moving:                  | removing:              | versions.removing: unknown key",
        "floating:                | float:                 | versions.releases[0].tags[0].float:"
            + " unknown key",
        "status:                  | state:                 | state: unknown key",
        "status: {value: active, known: read, source: list} | '' | missing: status",
        ", source: list}          | }                      | status.source: missing",
        ", known: stand-in        | ''                     | no_new_privileges.known: missing",
        "source: recipe           | source: memory         | kind.source: no such source: memory",
        "known: stand-in          | known: heard           | no_new_privileges.known: unknown value"
            + " heard",
        "value: datastore         | value: database        | kind.value: unknown value database",
        "value: true              | value: yes             | holds_data.value: true or false is"
            + " expected",
        "value: 256               | value: 0               | pids.value: a number above 0 is"
            + " expected",
        "value: 256               | value: '256'           | pids.value: a number above 0 is"
            + " expected",
        "value: ok                | value: maybe           | no_new_privileges.value: unknown value"
            + " maybe",
        "2026-02-26               | last spring            | sources.recipe.date: not a date: last"
            + " spring",
        "recipe: {what            | old: {what             | kind.source: no such source: recipe",
        "{what: the list, date: 2026-08-21} | {date: 2026-08-21} | sources.list.what: missing",
        "version: '1.20'          | version: 1.20          | versions.releases[0].version: text is"
            + " expected; numbers need quotes",
        "small: 1.20-slim         | small: 1.20-big        | versions.releases[0].others.small:"
            + " 1.20-big is no exact tag of this release",
        "small: 1.20-slim         | 1-slim: 1.20-slim      | versions.releases[0].others: 1-slim"
            + " would mean two things",
        "[nightly]                | [latest]               | versions.moving: latest would mean two"
            + " things",
        "[nightly]                | []                     | versions.moving: a list with something"
            + " in it is expected",
        "[nightly]                | nightly                | versions.moving: a list with something"
            + " in it is expected",
        "[nightly]                | [-x]                   | versions.moving: not a tag: -x",
        "VERSION-slim             | slim                   | versions.releases[0].tags[0].exact: slim"
            + " must hold VERSION once",
        "VERSION-slim             | VERSION-VERSION        | versions.releases[0].tags[0].exact:"
            + " VERSION-VERSION must hold VERSION once",
        "[store,                  | [docker.io/store,      | names: docker.io/store is neither a"
            + " familiar name nor NAMESPACE/*",
        "[store,                  | ['sto*',               | names: sto* is neither a familiar name"
            + " nor NAMESPACE/*",
        "[store,                  | ['*',                  | names: * is neither a familiar name nor"
            + " NAMESPACE/*",
        "[store,                  | ['*/store',            | names: */store is neither a familiar"
            + " name nor NAMESPACE/*",
        "[store,                  | ['library/*',          | names: library/* is neither a familiar"
            + " name nor NAMESPACE/*",
        "[store,                  | ['ghcr.io/*',          | names: ghcr.io/* is neither a familiar"
            + " name nor NAMESPACE/*",
        "[store,                  | ['docker.io/acme/*',   | names: docker.io/acme/* is neither a"
            + " familiar name nor NAMESPACE/*",
      })
  void a_slip_is_refused_with_file_and_field(String from, String to, String message) {
    assertRefused(from, to, message);
  }

  private static void assertRefused(String from, String to, String message) {
    assertThat(STORE).contains(from);
    String wrong = STORE.replaceFirst(Pattern.quote(from), to);

    assertThatThrownBy(() -> ImageYaml.read("store.yaml", wrong))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessage("store.yaml: " + message);
  }

  @Test
  void a_source_that_no_fact_names_is_refused() {
    String wrong = STORE.replace("sources:\n", "sources:\n  spare: {what: x, date: 2026-08-21}\n");

    assertThatThrownBy(() -> ImageYaml.read("store.yaml", wrong))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessage("store.yaml: sources.spare: no fact names it");
  }

  @Test
  void a_doubled_key_is_refused() {
    assertThatThrownBy(
            () -> ImageYaml.read("store.yaml", STORE + "pids: {value: 1, known: read}\n"))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessageStartingWith("store.yaml: line 23: ")
        .hasMessageContaining("pids");
  }

  @Test
  void a_second_document_and_other_data_are_refused() {
    assertThatThrownBy(() -> ImageYaml.read("a.yaml", STORE + "---\nnames: [b]\n"))
        .isInstanceOf(InvalidImageFile.class);
    assertThatThrownBy(() -> ImageYaml.read("a.yaml", "- a\n"))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessage("a.yaml: a mapping is expected");
    assertThatThrownBy(() -> ImageYaml.read("a.yaml", "a: [\n"))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessageStartingWith("a.yaml: line ");
  }

  @Test
  void measured_is_kept_for_runs_that_can_be_named() {
    assertRefused(
        "known: stand-in",
        "known: measured",
        "no_new_privileges.known: measured needs the digest that was run, which has no field yet");
  }
}
