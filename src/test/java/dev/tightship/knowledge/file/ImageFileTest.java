package dev.tightship.knowledge.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.knowledge.Fact;
import dev.tightship.knowledge.FactKey;
import dev.tightship.knowledge.Kind;
import dev.tightship.knowledge.Known;
import dev.tightship.knowledge.Pin;
import dev.tightship.knowledge.SecretFiles;
import dev.tightship.knowledge.SecretVariable;
import dev.tightship.knowledge.Source;
import dev.tightship.knowledge.Verdict;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageFileTest {

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
      secret_files:
        value: {A: A_FILE, B: B=file://PATH, 'C_*': 'C_*__FILE', '*': none}
        since: '1.20'
        owner_only: true
        known: read
        source: recipe
      end_of_life: {value: {'1.20': '2027-04-30', '1': 2026-04-30}, known: read, source: list}
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
    var profile = ImageFile.read("store.yaml", STORE);

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
    assertThat(profile.value(FactKey.SECRET_FILES))
        .isEqualTo(
            new SecretFiles(
                List.of(
                    SecretVariable.throughFile("A", "A_FILE"),
                    new SecretVariable("B", "B", "file://PATH"),
                    SecretVariable.throughFile("C_*", "C_*__FILE"),
                    SecretVariable.withoutFile("*")),
                "1.20",
                true));
    assertThat(profile.value(FactKey.END_OF_LIFE))
        .isEqualTo(Map.of("1.20", "2027-04-30", "1", "2026-04-30"));
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
    assertThat(ImageFile.read("s", STORE.replace("names: [store, vendor/store]", names)).names())
        .containsExactly("linuxserver/*", "lscr.io/linuxserver/*");
  }

  @Test
  void what_is_left_out_is_unknown() {
    var profile =
        ImageFile.read("store.yaml", STORE.replaceAll("(?m)^(no_new_privileges|pids):.*\n", ""));

    assertThat(profile.fact(FactKey.NO_NEW_PRIVILEGES)).isEmpty();
    assertThat(profile.fact(FactKey.PIDS)).isEmpty();
  }

  @Test
  void what_breaks_needs_a_reason() {
    String reason = STORE.replace("value: ok, ", "value: breaks, reason: needs sudo, ");

    assertThat(ImageFile.read("s", reason).fact(FactKey.NO_NEW_PRIVILEGES).orElseThrow().value())
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
        "status: {value: active, known: read, source: list} | '' | status: missing",
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
        "2027-04-30               | next spring            | end_of_life.value: not a date: next"
            + " spring",
        "1.20': '2027             | 1 20': '2027           | end_of_life.value: not what a tag begins"
            + " with: 1 20",
        "A: A_FILE                | A: A FILE              | secret_files.value: not a variable: A FILE",
        "A: A_FILE                | A-B: A_FILE            | secret_files.value: not a variable: A-B",
        "A: A_FILE                | A: A                   | secret_files.value: which value names the"
            + " file: A",
        "B=file://PATH            | B=file://NAME          | secret_files.value: not a value that ends"
            + " in PATH: file://NAME",
        "C_*__FILE                | C__FILE                | secret_files.value: a star in one of both:"
            + " C_*",
        "{A: A_FILE, B: B=file://PATH, 'C_*': 'C_*__FILE', '*': none} | {'*': none} |"
            + " secret_files.value: there is no file of which this could be said",
        "since: '1.20'            | since: latest          | secret_files.value: not a release: latest",
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

    assertThatThrownBy(() -> ImageFile.read("store.yaml", wrong))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessageMatching("store\\.yaml:\\d+:\\d+: " + Pattern.quote(message));
  }

  @Test
  void a_source_that_no_fact_names_is_refused() {
    String wrong = STORE.replace("sources:\n", "sources:\n  spare: {what: x, date: 2026-08-21}\n");

    assertThatThrownBy(() -> ImageFile.read("store.yaml", wrong))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessage("store.yaml:3:3: sources.spare: no fact names it");
  }

  @Test
  void the_place_of_a_slip_is_named() {
    assertRefusedAt("store.yaml:9:8: pids.value: a number", "value: 256", "value: many");
    assertRefusedAt("store.yaml:25:11: versions.releases[0].tags[0].exact: ", "VERSION,", "x,");
    assertRefusedAt("store.yaml:1:1: status: missing", "status:", "# status:");
  }

  private static void assertRefusedAt(String start, String from, String to) {
    String wrong = STORE.replaceFirst(Pattern.quote(from), to);
    assertThat(wrong).isNotEqualTo(STORE);
    assertThatThrownBy(() -> ImageFile.read("store.yaml", wrong))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessageStartingWith(start);
  }

  static Stream<Arguments> odd() {
    return Stream.of(
        Arguments.of("kind: {}", "5:1: the key stands twice in one mapping, first in line 4"),
        Arguments.of("---\nnames: [b]", "6:1: one document is expected"),
        Arguments.of("pids: *d", "5:7: an alias is not read here: write the value out"),
        Arguments.of("pids: !x {}", "5:7: a tag is not read here"),
        Arguments.of("pids: \"a\\tb\"", "5:7: a text with a line break or a control character"),
        Arguments.of("\"a\\eb\": 1", "5:1: a text with a line break or a control character"),
        Arguments.of("a: [b", "5:4: not YAML: a bracket that is never closed"));
  }

  @ParameterizedTest
  @MethodSource("odd")
  void what_is_not_plain_yaml_is_refused(String line, String message) {
    String text = "names: &d [a]\n# b\n# c\nkind: {}\n";
    assertThatThrownBy(() -> ImageFile.read("a.yaml", text + line + "\n"))
        .isInstanceOf(InvalidImageFile.class)
        .hasMessage("a.yaml:" + message);
  }

  @Test
  void other_data_is_refused() {
    assertThatThrownBy(() -> ImageFile.read("a.yaml", "- a\n"))
        .hasMessage("a.yaml:1:1: a mapping is expected");
    assertThatThrownBy(() -> ImageFile.read("a.yaml", "# nothing\n"))
        .hasMessage("a.yaml: there is nothing in it");
  }

  @Test
  void measured_is_kept_for_runs_that_can_be_named() {
    assertRefused(
        "known: stand-in",
        "known: measured",
        "no_new_privileges.known: measured needs the digest that was run, which has no field yet");
  }
}
