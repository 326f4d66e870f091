package dev.tightship.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import dev.tightship.edit.Value.Kind;
import dev.tightship.text.Lines.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says, and where each part of it stands. */
class ReadTest {

  /** The texts of all nodes in the order of the file, keys with a colon, between brackets. */
  private static List<String> written(String text) {
    YamlFile file = Reached.read(text);
    Spans.check(file);
    var written = new ArrayList<String>();
    file.documents().forEach(d -> collect(d, text, written));
    return written.stream().map(w -> w.replace("\r", "␍").replace("\n", "␊")).toList();
  }

  private static void collect(Node node, String text, List<String> written) {
    written.add(node.span().of(text));
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries().values()) {
        written.add(entry.key().span().of(text) + ":");
        collect(entry.value(), text, written);
      }
    } else if (node instanceof Node.Sequence list) {
      list.items().forEach(i -> collect(i, text, written));
    }
  }

  /** Value of {@code k} in a file with {@code k: …} between other entries, as it stands there. */
  private static String valueOf(String entry) {
    String text = "first: 1\n" + entry + "\n\n# comment\nlast: 2\n";
    for (String spelled :
        List.of(text, text.replace("\n", "\r\n"), "\ufeff" + text, "# \ud83d\ude80\n" + text)) {
      YamlFile file = Reached.read(spelled);
      Spans.check(file);
    }
    YamlFile file = Reached.read(text);
    Node value = ((Node.Mapping) root(file)).get("k");
    assertThat(value).isNotNull();
    return node(value).span().of(text).replace("\n", "␊");
  }

  private static Node root(YamlFile file) {
    return node(file.root());
  }

  private static Node node(@Nullable Node node) {
    assertThat(node).isNotNull();
    return java.util.Objects.requireNonNull(node);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '`',
      value = {
        "k: v ¦ v",
        "k:   v   # c ¦ v",
        "k: a b#c ¦ a b#c",
        "k: one␊  two # c ¦ one␊  two",
        "k: one␊␊  two ¦ one␊␊  two",
        "k:␊  one␊  two ¦ one␊  two",
        "k: 'it''s' # c ¦ 'it''s'",
        "k: 'one␊␊  two'   ¦ 'one␊␊  two'",
        "k: \"a\\\"b\" # c ¦ \"a\\\"b\"",
        "k: \"one \\␊  two\" ¦ \"one \\␊  two\"",
        "k: '' ¦ ''",
        "k: ~ # c ¦ ~",
        "k: ¦ ``",
        "k:    ¦ ``",
        "k: # c ¦ ``",
        "k:␊  # c ¦ ``",
        "k: &a ¦ &a",
        "k: !t # c ¦ !t",
        "k: &a !t v ¦ &a !t v",
        "k: !t &a v ¦ !t &a v",
        "k: !<tag:x,1> v ¦ !<tag:x,1> v",
        "k: &a␊  v ¦ &a␊  v",
        "k: &a # c␊  x: 1 ¦ &a # c␊  x: 1",
        "k: !t␊  - 1 ¦ !t␊  - 1",
        "k: &a␊- 1 ¦ &a␊- 1",
        "k: |␊  a␊  b ¦ |␊  a␊  b",
        "k: |-␊  a␊␊  b ¦ |-␊  a␊␊  b",
        "k: | # c␊  a # d ¦ | # c␊  a # d",
        "k: |2-␊    a ¦ |2-␊    a",
        "k: >␊  a␊  b␊␊   c ¦ >␊  a␊  b␊␊   c",
        "k: >2␊   a ¦ >2␊   a",
        "k: &a >-␊  a ¦ &a >-␊  a",
        "k: |+␊  a ¦ |+␊  a␊␊",
        "k: >+␊  a␊ ¦ >+␊  a␊␊␊",
        "k: | ¦ |",
        "k: |␊  a ␊ ¦ `|␊  a `",
        "k: [a, b] # c ¦ [a, b]",
        "k: [a, # c␊  b␊  ] ¦ [a, # c␊  b␊  ]",
        "k: [] ¦ []",
        "k: [a: b, c] ¦ [a: b, c]",
        "k: [[a], {b: }] ¦ [[a], {b: }]",
        "k: {a: b, c} ¦ {a: b, c}",
        "k: {\"a\":1,} ¦ {\"a\":1,}",
        "k: {}   ¦ {}",
        "k:␊- a␊- b # c ¦ - a␊- b",
        "k:␊  - a␊  -   b ¦ - a␊  -   b",
        "k:␊  -␊    a␊  - ¦ -␊    a␊  -",
        "k:␊  - x: 1␊    y: 2 # c ¦ - x: 1␊    y: 2",
        "k:␊  - - a␊    - b ¦ - - a␊    - b",
        "k:␊  x: 1␊␊  y:␊    # c ¦ x: 1␊␊  y:",
        "k:␊  ? x␊  : y ¦ ? x␊  : y",
        "k:␊  ? x ¦ ? x",
        "'k': v ¦ v",
        "k : v ¦ v",
        "? k␊: v ¦ v",
        "k:\tv\t# c ¦ v",
        "k:␊  -\tv ¦ -\tv",
        "k: \ud83d\ude80 # \ud83d\ude80 ¦ \ud83d\ude80",
      })
  void a_value_stands_where_it_is_written(String entry, String span) {
    assertThat(valueOf(entry.replace("␊", "\n"))).isEqualTo(span);
  }

  @Test
  void each_part_has_its_place() {
    assertThat(written("a: &x\n  - b: 1\n    c: *x2\n".replace("*x2", "2") + "d: [e: f, *x]\n"))
        .containsExactly(
            "a: &x␊  - b: 1␊    c: 2␊d: [e: f, *x]",
            "a:",
            "&x␊  - b: 1␊    c: 2",
            "b: 1␊    c: 2",
            "b:",
            "1",
            "c:",
            "2",
            "d:",
            "[e: f, *x]",
            "e: f",
            "e:",
            "f",
            "*x");
  }

  @Test
  void offsets_count_chars_though_marks_count_code_points() {
    assertThat(
            written(
                "\ufeff# \ud83d\ude80\r\n\"\ud83d\ude80\": [\ud83d\ude80, x] # \ud83d\ude80\r\ny: z"))
        .containsExactly(
            "\"\ud83d\ude80\": [\ud83d\ude80, x] # \ud83d\ude80␍␊y: z",
            "\"\ud83d\ude80\":",
            "[\ud83d\ude80, x]",
            "\ud83d\ude80",
            "x",
            "y:",
            "z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void all_line_ends_are_line_ends(String eol) {
    String text = String.join(eol, "a: 1", "b: |", "  x", "  y", "c: z", "  w", "");
    YamlFile file = Reached.read(text);
    Spans.check(file);
    assertThat(((Node.Mapping) root(file)).get("b"))
        .extracting(n -> ((Node.Scalar) n).text())
        .isEqualTo("x\ny\n");
    assertThat(file.position(Place.of("f", "c"))).isEqualTo(new Position(5, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1",
        "a:",
        "a: |\n  x",
        "a: |+\n  x",
        "a: >-\n  x",
        "- a",
        "a: 'x'",
        "a: [x]",
        "a: 1 # c",
        "a:\n  b:\n    - c",
        "a: 1\r"
      })
  void a_last_line_needs_no_end(String text) {
    YamlFile file = Reached.read(text);
    Spans.check(file);
    Spans.check(Reached.read(text + "\n"));
    assertThat(root(file).span().end()).isEqualTo(text.replaceAll("( # c|\r)$", "").length());
  }

  @Test
  void documents_are_read_one_by_one() {
    YamlFile file = Reached.read("%YAML 1.2\n---\na: &x 1\n...\n--- # c\nb: 2\n---\n- c\n");
    Spans.check(file);
    assertThat(file.documents()).hasSize(3);
    assertThat(file.root()).isNull();
    assertThat(file.uneditable()).contains("several YAML documents");
  }

  @Test
  void one_document_may_have_its_marks() {
    YamlFile file = Reached.read("%TAG !e! tag:x,1:\n--- # c\na: !e!t 1\n...\n# end\n");
    Spans.check(file);
    assertThat(((Node.Mapping) root(file)).get("a")).extracting(Node::tag).isEqualTo("!e!t");
    assertThat(file.uneditable()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only a comment\n", "\ufeff", "\r\n\r\n"})
  void nothing_is_a_file_without_documents(String text) {
    YamlFile file = Reached.read(text);
    assertThat(file.documents()).isEmpty();
    assertThat(file.root()).isNull();
    assertThat(file.text()).isEqualTo(text);
  }

  @Test
  void an_alias_knows_its_anchor_and_the_anchor_that_it_is_shared() {
    YamlFile file = Reached.read("a: &x {k: 1}\nb: *x\nc: &x 2\nd: &y 3\n");
    var root = (Node.Mapping) root(file);
    assertThat(((Node.Alias) node(root.get("b"))).target()).isSameAs(root.get("a"));
    assertThat(file.isShared(node(root.get("a")))).isTrue();
    assertThat(file.isShared(node(root.get("c")))).isFalse();
    assertThat(file.isShared(node(root.get("d")))).isFalse();
    assertThat(root.value().toString()).contains("Alias[anchor=x]");
  }

  @Test
  void an_anchor_given_again_is_another_one() {
    YamlFile file = Reached.read("a: &x 1\nb: &x 2\nc: *x\n");
    var root = (Node.Mapping) root(file);
    assertThat(file.isShared(node(root.get("a")))).isFalse();
    assertThat(file.isShared(node(root.get("b")))).isTrue();
  }

  @Test
  void a_merge_key_stays_a_key() {
    YamlFile file = Reached.read("x: &x {k: 1}\na:\n  <<: *x\n  l: 2\n");
    var a = (Node.Mapping) node(((Node.Mapping) root(file)).get("a"));
    assertThat(a.entries().keySet()).containsExactly("<<", "l");
    assertThat(a.get("k")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "5, INT", "'''5''', STRING", "'\"5\"', STRING", "!!str 5, STRING", "! 5, STRING",
        "!!int 5, INT",
    "yes, STRING", "true, BOOL", "'', NULL", "~, NULL", "1.0, FLOAT", "80:80, STRING",
    "2001-01-01, TIMESTAMP", "x y, STRING"
  })
  void a_scalar_has_the_kind_that_compose_gives_it(String written, Kind kind) {
    var root = (Node.Mapping) root(Reached.read("a: " + written + "\n"));
    assertThat(((Node.Scalar) node(root.get("a"))).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "!reset null, !reset",
    "!override [1], !override",
    "!!str 5, !!str",
    "&x !!map {}, !!map",
    "!t &x v, !t"
  })
  void a_tag_is_known_as_the_file_writes_it(String written, String tag) {
    var root = (Node.Mapping) root(Reached.read("a: " + written + "\n"));
    assertThat(node(root.get("a")).tag()).isEqualTo(tag);
    assertThat(root.value().toString()).contains("tag=" + tag);
  }

  @Test
  void a_place_is_found_or_its_nearest_parent() {
    YamlFile file = Reached.read("\ufeffs:\n  'w':\n    ports:\n      - \"80:80\"\n");
    Place w = Place.of("f", "s", "w");
    assertThat(file.position(Place.of("f", "s"))).isEqualTo(new Position(1, 2));
    assertThat(file.position(w.key("ports").item(Value.string("80:80"))))
        .isEqualTo(new Position(4, 9));
    assertThat(file.position(w.key("nowhere").key("x"))).isEqualTo(new Position(2, 3));
  }

  @ParameterizedTest
  @CsvSource({"\\u0085, U+0085", "\\u2028, U+2028", "\\u2029, U+2029"})
  void a_line_end_of_one_reader_alone_makes_a_file_uneditable(String escaped, String name) {
    String end = new String(new char[] {(char) Integer.parseInt(escaped.substring(2), 16)});
    YamlFile file = Reached.read("a: 1\nb: x # c" + end + "    privileged: true\n");
    assertThat(file.uneditable()).contains("line 2").contains(name);
    assertThat(Splicer.plan(file, Given.set("c", "x"), "fix")).isInstanceOf(Plan.Held.class);
  }

  @Test
  void a_second_byte_order_mark_makes_a_file_uneditable() {
    assertThat(Reached.read("\ufeffa: 1\n").uneditable()).isNull();
    assertThat(Reached.read("\ufeffa: 1\n\ufeffb: 2\n").uneditable())
        .contains("line 2")
        .contains("byte order mark");
  }

  /** Measured: Docker Compose adds no line break where the file has none. */
  @Test
  void the_last_line_of_a_block_text_is_taken_as_it_is() {
    assertThat(blockText("a: |\n  x")).isEqualTo("x");
    assertThat(blockText("a: >\n  x\n  y")).isEqualTo("x y");
    assertThat(blockText("a: |+\n  x")).isEqualTo("x");
    assertThat(blockText("a: |\n  x\n")).isEqualTo("x\n");
    assertThat(blockText("a: |\n  x\n  ")).isEqualTo("x\n");
    assertThat(blockText("a: |\n  x\n# end")).isEqualTo("x\n");
  }

  private static @Nullable String blockText(String text) {
    return Reached.read(text).root() instanceof Node.Mapping root
            && root.get("a") instanceof Node.Scalar scalar
        ? scalar.text()
        : null;
  }
}
