package dev.tightship.yaml;

import static dev.tightship.yaml.Given.TRUE;
import static dev.tightship.yaml.Given.at;
import static dev.tightship.yaml.Given.given;
import static dev.tightship.yaml.Given.list;
import static dev.tightship.yaml.Given.map;
import static dev.tightship.yaml.Given.set;

import dev.tightship.edit.Edit;
import dev.tightship.edit.Place;
import dev.tightship.edit.Value;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that is not there yet: where it goes, and how it is written. */
class AddKeyTest {

  private static final Edit.Yaml READ_ONLY = set("s.web.read_only", TRUE);

  private static void adds(String web, String after) {
    given(web).when(READ_ONLY).gives(after);
  }

  @Nested
  class to_a_block_mapping {

    @Test
    void goes_after_the_last_entry() {
      adds(
          """
          s:
            web:
              image: x
            db:
              image: y
          """,
          """
          s:
            web:
              image: x
              read_only: true
            db:
              image: y
          """);
    }

    @Test
    void stays_before_the_blank_lines_that_set_the_next_one_off() {
      adds(
          "s:\n  web:\n    image: x\n\n\n  db: {}\n",
          "s:\n  web:\n    image: x\n    read_only: true\n\n\n  db: {}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void takes_the_column_of_its_neighbours(int step) {
      String one = " ".repeat(step);
      given("s:\n" + one + "web:\n" + one + one + "image: x\n")
          .when(set("s.web.deploy.resources.limits.pids", Value.integer(9)))
          .gives(
              "s:\n"
                  + one
                  + "web:\n"
                  + one.repeat(2)
                  + "image: x\n"
                  + one.repeat(2)
                  + "deploy:\n"
                  + one.repeat(3)
                  + "resources:\n"
                  + one.repeat(4)
                  + "limits:\n"
                  + one.repeat(5)
                  + "pids: 9\n");
    }

    @Test
    void leaves_a_trailing_comment_where_it_is() {
      adds(
          "s:\n  web:\n    image: x # why\n",
          "s:\n  web:\n    image: x # why\n    read_only: true\n");
    }

    @Test
    void goes_behind_comments_of_the_mapping() {
      adds(
          """
          s:
            web:
              image: x
              # same column
                # deeper
            # about db
            db: {}
          """,
          """
          s:
            web:
              image: x
              # same column
                # deeper
              read_only: true
            # about db
            db: {}
          """);
    }

    @Test
    void goes_behind_a_line_that_was_commented_out_at_the_margin() {
      adds(
          """
          s:
            web:
              image: x
          #    ports:
          #      - "80:80"
          # about all that follows
          v: 1
          """,
          """
          s:
            web:
              image: x
          #    ports:
          #      - "80:80"
              read_only: true
          # about all that follows
          v: 1
          """);
    }

    @Test
    void goes_before_comments_behind_a_blank_line_unless_they_stand_deeper() {
      adds(
          """
          s:
            web:
              ports:
                - x

                # - y

              # about what?
            db: {}
          """,
          """
          s:
            web:
              ports:
                - x

                # - y
              read_only: true

              # about what?
            db: {}
          """);
    }

    @Test
    void goes_behind_a_block_text_and_leaves_its_blank_lines_alone() {
      adds(
          "s:\n  web:\n    t: |\n      one\n\n\n  db: {}\n",
          "s:\n  web:\n    t: |\n      one\n    read_only: true\n\n\n  db: {}\n");
      adds(
          "s:\n  web:\n    t: |+\n      one\n\n\n  db: {}\n",
          "s:\n  web:\n    t: |+\n      one\n\n\n    read_only: true\n  db: {}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "|-", "|+", ">", ">-", ">+", "|2", "| # c", ">-  # c"})
    void goes_behind_a_block_text_at_the_end(String header) {
      String text = "s:\n  web:\n    t: " + header + "\n      one\n      # no comment\n";
      adds(text, text + "    read_only: true\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "|+", ">", "|2", "| # c -"})
    void is_held_where_a_block_text_would_get_its_last_line_break(String header) {
      given("s:\n  web:\n    t: " + header + "\n      one").when(READ_ONLY).holds("block of text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|-", ">-", "|2-", "|-2", ">-  # c"})
    void goes_behind_a_block_text_that_wants_no_line_break(String header) {
      String text = "s:\n  web:\n    t: " + header + "\n      one";
      adds(text, text + "\n    read_only: true");
    }

    @Test
    void goes_behind_texts_over_several_lines() {
      adds(
          "s:\n  web:\n    t: one\n      two\n",
          "s:\n  web:\n    t: one\n      two\n    read_only: true\n");
      adds(
          "s:\n  web:\n    t: \"one\n      # two\"\n",
          "s:\n  web:\n    t: \"one\n      # two\"\n    read_only: true\n");
    }

    @Test
    void goes_behind_a_list_under_its_key() {
      adds(
          "s:\n  web:\n    ports:\n    - x\n    # - y\n",
          "s:\n  web:\n    ports:\n    - x\n    # - y\n    read_only: true\n");
    }

    @Test
    void goes_behind_an_empty_value() {
      adds("s:\n  web:\n    env:\n", "s:\n  web:\n    env:\n    read_only: true\n");
      adds("s:\n  web:\n    env: # c\n", "s:\n  web:\n    env: # c\n    read_only: true\n");
    }

    @Test
    void goes_before_the_end_of_the_document() {
      given("web: {a: 1}\nb: 2\n... # end\n")
          .when(set("c", TRUE))
          .gives("web: {a: 1}\nb: 2\nc: true\n... # end\n");
    }

    @Test
    void goes_to_a_mapping_behind_a_dash() {
      var place = at("v").item(map("type", "bind", "source", "/x"));
      given("v:\n  -   type: bind\n      source: /x # c\n  - z\n")
          .when(new Edit.Set(place.key("read_only"), TRUE))
          .gives("v:\n  -   type: bind\n      source: /x # c\n      read_only: true\n  - z\n");
    }

    @Test
    void is_own_beside_a_merge_key() {
      given("x: &c\n  a: 1\ns:\n  web:\n    <<: *c\n    image: x\n")
          .when(READ_ONLY)
          .gives("x: &c\n  a: 1\ns:\n  web:\n    <<: *c\n    image: x\n    read_only: true\n");
      given("x: &c {a: 1}\ns:\n  web:\n    <<: [*c]\n")
          .when(READ_ONLY)
          .gives("x: &c {a: 1}\ns:\n  web:\n    <<: [*c]\n    read_only: true\n");
    }

    @Test
    void goes_into_an_anchor_that_nobody_uses() {
      adds("s:\n  web: &w\n    image: x\n", "s:\n  web: &w\n    image: x\n    read_only: true\n");
    }

    @Test
    void is_held_where_keys_have_question_marks() {
      given("s:\n  web:\n    ? image\n    : x\n").when(READ_ONLY).holds("question mark");
    }
  }

  @Nested
  class to_nothing {

    @Test
    void goes_below_the_key() {
      adds("s:\n  web:\n", "s:\n  web:\n    read_only: true\n");
      adds(
          "s:\n    web:\n    db:\n        image: y\n",
          "s:\n    web:\n        read_only: true\n    db:\n        image: y\n");
      adds("s:\n  web:   \n\n  db: {}\n", "s:\n  web:   \n    read_only: true\n\n  db: {}\n");
    }

    @Test
    void goes_below_the_comments_of_the_empty_mapping() {
      adds(
          "s:\n  web: # c\n    # image: x\n\n  # about db\n  db: {}\n",
          "s:\n  web: # c\n    # image: x\n    read_only: true\n\n  # about db\n  db: {}\n");
      adds(
          "s:\n  web: # c\n  # about db\n  db: {}\n",
          "s:\n  web: # c\n    read_only: true\n  # about db\n  db: {}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "Null"})
    void takes_the_place_of_a_null(String written) {
      adds("s:\n  web: " + written + " # c\n", "s:\n  web: # c\n    read_only: true\n");
    }

    @Test
    void goes_into_empty_braces() {
      adds("s:\n  web: {} # c\n", "s:\n  web: {read_only: true} # c\n");
      adds("s:\n  web: { }\n", "s:\n  web: { read_only: true }\n");
      adds("s:\n  web: {\n  }\n", "s:\n  web: {\n    read_only: true\n  }\n");
      given("s:\n  web: {\n    # c\n  }\n").when(READ_ONLY).holds("a comment stands in the empty");
    }

    @Test
    void goes_to_a_key_without_colon_in_braces() {
      adds("s: {web, db}\n", "s: {web: {read_only: true}, db}\n");
      adds("s: {web: , db: }\n", "s: {web: {read_only: true} , db: }\n");
      given("s: {? web, db}\n").when(READ_ONLY).holds("question mark");
    }

    @Test
    void is_held_where_the_null_stands_alone_on_a_line() {
      given("s:\n  web:\n    ~\n").when(READ_ONLY).holds("does not stand on the line of its key");
    }
  }

  @Nested
  class to_braces {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "s: {web: {image: x}}           | s: {web: {image: x, read_only: true}}",
          "s: {web: { image: x }} # c     | s: {web: { image: x, read_only: true }} # c",
          "s: {web: {image: x, }}         | s: {web: {image: x, read_only: true, }}",
          "s: {web: {image: }}            | s: {web: {image:, read_only: true }}",
          "s: {web: {image}}              | s: {web: {image, read_only: true}}",
          "s: {web: {a: [1, 2]}}          | s: {web: {a: [1, 2], read_only: true}}",
          "{\"s\": {\"web\": {\"a\": 1}}} | {\"s\": {\"web\": {\"a\": 1, \"read_only\": true}}}",
          "{\"s\": {\"web\": {}}}         | {\"s\": {\"web\": {\"read_only\": true}}}",
        })
    void on_one_line(String text, String after) {
      adds(text + "\n", after + "\n");
    }

    @Test
    void on_lines_of_their_own_gets_one_too() {
      adds(
          """
          s:
            web: {
              image: x, # c
              b: 1 # d
              # last
            }
          """,
          """
          s:
            web: {
              image: x, # c
              b: 1, # d
              read_only: true
              # last
            }
          """);
      adds(
          "s:\n  web: {\n    image: x,\n  } # c\n",
          "s:\n  web: {\n    image: x,\n    read_only: true,\n  } # c\n");
    }

    @Test
    void that_end_on_the_line_of_the_last_entry() {
      adds(
          "s:\n  web: {image: x,\n    b: 1}\n",
          "s:\n  web: {image: x,\n    b: 1, read_only: true}\n");
      adds(
          "s:\n  web: {image: x # c\n  }\n",
          "s:\n  web: {image: x, # c\n        read_only: true\n  }\n");
    }

    @Test
    void in_a_json_file_is_json() {
      given("{\n  \"s\": {\n    \"web\": {\n      \"image\": \"x\"\n    }\n  }\n}\n")
          .when(set("s.web.test", map("a", list("b"))))
          .gives(
              """
              {
                "s": {
                  "web": {
                    "image": "x",
                    "test": {"a": ["b"]}
                  }
                }
              }
              """);
    }

    @Test
    void quotes_what_brackets_would_cut() {
      given("s: {web: {image: x}}\n")
          .when(new Edit.Set(Place.of(Given.FILE, "s", "web", "a,b"), list("x,y", "[z]")))
          .gives("s: {web: {image: x, \"a,b\": [\"x,y\", \"[z]\"]}}\n");
    }
  }

  @Nested
  class with_parents {

    private final Edit.Yaml pids = set("s.web.deploy.resources.limits.pids", Value.integer(100));

    @Test
    void that_are_partly_there() {
      given("s:\n  web:\n    deploy:\n      replicas: 2\n    z: 1\n")
          .when(pids)
          .gives(
              """
              s:
                web:
                  deploy:
                    replicas: 2
                    resources:
                      limits:
                        pids: 100
                  z: 1
              """);
      given("s:\n  web:\n    deploy:\n      resources:\n        limits:\n          cpus: '1'\n")
          .when(pids)
          .gives(
              """
              s:
                web:
                  deploy:
                    resources:
                      limits:
                        cpus: '1'
                        pids: 100
              """);
      given("s:\n  web:\n    deploy:\n      resources: # none\n")
          .when(pids)
          .gives(
              """
              s:
                web:
                  deploy:
                    resources: # none
                      limits:
                        pids: 100
              """);
      given("s:\n  web:\n    deploy: {resources: {limits: {cpus: 1}}}\n")
          .when(pids)
          .gives("s:\n  web:\n    deploy: {resources: {limits: {cpus: 1, pids: 100}}}\n");
      given("s:\n  web:\n    deploy: {}\n")
          .when(pids)
          .gives("s:\n  web:\n    deploy: {resources: {limits: {pids: 100}}}\n");
    }

    @Test
    void that_are_no_mappings() {
      given("s:\n  web: x\n").when(READ_ONLY).holds("a value stands where a mapping is wanted");
      given("s:\n  web: [x]\n").when(READ_ONLY).holds("a value stands where a mapping is wanted");
      given("- x\n").when(READ_ONLY).holds("a value stands where a mapping is wanted");
      given("s:\n  web: [x]\n")
          .when(new Edit.Set(at("s.web").item(Value.string("y")), TRUE))
          .holds("the list item is not there");
    }
  }

  @Nested
  class at_the_top {

    private final Edit.Yaml network = set("networks.back.internal", TRUE);

    @Test
    void keeps_the_blank_line_between_sections() {
      given("version: '3'\n\ns:\n  w: 1\n")
          .when(network)
          .gives("version: '3'\n\ns:\n  w: 1\n\nnetworks:\n  back:\n    internal: true\n");
    }

    @Test
    void adds_none_where_the_owner_leaves_none() {
      given("version: '3'\ns:\n  w: 1\n")
          .when(network)
          .gives("version: '3'\ns:\n  w: 1\nnetworks:\n  back:\n    internal: true\n");
    }

    @Test
    void adds_none_before_a_plain_value() {
      given("s:\n  w: 1\n\nv: 1\n").when(set("name", "x")).gives("s:\n  w: 1\n\nv: 1\nname: x\n");
    }

    @Test
    void stays_behind_comments_of_the_last_section_and_before_those_at_the_end() {
      given("s:\n  w: 1\n  # of s\n\n# the end\n")
          .when(network)
          .gives("s:\n  w: 1\n  # of s\n\nnetworks:\n  back:\n    internal: true\n\n# the end\n");
    }
  }

  @Nested
  class together {

    @Test
    void deeper_ones_come_first_and_equals_in_the_order_given() {
      given("s:\n  w:\n    image: x\n    cap_add:\n      - A\n")
          .when(
              set("networks.back.internal", TRUE),
              Given.ensure("s.w.cap_add", "B"),
              set("s.w.read_only", TRUE),
              Given.ensure("s.w.tmpfs", "/tmp"),
              Given.ensure("s.w.tmpfs", "/run"),
              set("s.w.user", "app"))
          .gives(
              """
              s:
                w:
                  image: x
                  cap_add:
                    - A
                    - B
                  read_only: true
                  tmpfs:
                    - /tmp
                    - /run
                  user: app

              networks:
                back:
                  internal: true
              """);
    }

    @Test
    void parents_are_made_once() {
      given("s:\n  w:\n")
          .when(set("s.w.deploy.a", TRUE), set("s.w.deploy.b", TRUE), set("s.w.c", TRUE))
          .gives("s:\n  w:\n    deploy:\n      a: true\n      b: true\n    c: true\n");
      given("s: {w: {}}\n")
          .when(set("s.w.a", TRUE), set("s.w.b", TRUE))
          .gives("s: {w: {a: true, b: true}}\n");
    }
  }

  @Nested
  class in_the_owners_hand {

    @Test
    void lists_stand_where_theirs_do() {
      given("s:\n  w:\n    p:\n    - 1\n")
          .when(set("s.w.cap_drop", list("ALL")))
          .gives("s:\n  w:\n    p:\n    - 1\n    cap_drop:\n    - ALL\n");
      given("s:\n  w:\n    p: [1]\n")
          .when(set("s.w.cap_drop", list("ALL")))
          .gives("s:\n  w:\n    p: [1]\n    cap_drop: [ALL]\n");
      given("s:\n    w:\n        image: x\n")
          .when(set("s.w.cap_drop", list("ALL")))
          .gives("s:\n    w:\n        image: x\n        cap_drop:\n            - ALL\n");
    }

    @Test
    void quotes_are_theirs_and_only_where_they_are_needed() {
      given("a: 'x'\n")
          .when(set("b", map("p", "80:80", "q", "it's", "r", "plain", "s", "", "t", "a\nb")))
          .gives("a: 'x'\n\nb:\n  p: '80:80'\n  q: it's\n  r: plain\n  s: ''\n  t: \"a\\nb\"\n");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "yes",
          "on",
          "no",
          "~",
          "null",
          "1.0",
          "0600",
          "1e3",
          "22:22",
          "2001-01-01",
          "<<",
          "=",
          "a: b",
          "a #b",
          "- a",
          "? a",
          "*a",
          "&a",
          "!a",
          "@a",
          "%a",
          "`a",
          "'a",
          "[a",
          "{a",
          "# a",
          " a",
          "a ",
          "a:",
          "---",
          "",
          "\u2028",
          "\t",
          "\ud83d\ude80 x",
          "\u0000"
        })
    void a_text_stays_a_text(String value) {
      given("a: 1\n").when(set("b", value), set("c", list(value))).reaches();
      given("{a: 1}\n").when(set("b", value), set("c", list(value))).reaches();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "a.b",
          "a b",
          "a: b",
          "a#b",
          "a #b",
          "5",
          "true",
          "a\"b",
          "a'b",
          "y",
          "<<x",
          "-a",
          "[",
          "\ud83d\ude80"
        })
    void a_key_stays_a_key(String key) {
      given("a: 1\n").when(new Edit.Set(Place.of(Given.FILE, key, key), TRUE)).reaches();
      given("{a: 1}\n").when(new Edit.Set(Place.of(Given.FILE, key, key), TRUE)).reaches();
    }

    @Test
    void lists_of_mappings_and_empty_ones() {
      given("a: 1\n")
          .when(
              set(
                  "b",
                  new Value.Sequence(
                      List.of(map("k", "v", "l", map("m", list("x"))), map(), list(), list("q")))))
          .gives("a: 1\nb:\n  - k: v\n    l:\n      m:\n        - x\n  - {}\n  - []\n  - [q]\n");
    }
  }
}
