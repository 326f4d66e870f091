package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerignoreTest {

  /**
   * A text with {@code %} for line ends, a path, and what github.com/moby/patternmatcher 0.6.1 with
   * its ignorefile says of it when the folders above are asked first. {@code \u00ac} stands for a
   * bar.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "node_modules | node_modules/a/b.js | out",
        "node_modules | x/node_modules/a | in",
        "**/node_modules | x/node_modules/a | out",
        "**/node_modules | node_modules/a | out",
        "*.md | a.md | out",
        "*.md | docs/a.md | in",
        "**/*.md | docs/x/a.md | out",
        "*/*.md | docs/a.md | out",
        "*.md%!README.md | README.md | in",
        "!README.md%*.md | README.md | out",
        "*.md%!README*.md%README-secret.md | README-secret.md | out",
        "*.md%README-secret.md%!README*.md | README-secret.md | in",
        "docs%!docs/a.md | docs/a.md | in",
        "docs%!docs/a.md | docs/b.md | out",
        "*%!src%!src/** | src/a/b | in",
        "*%!src | src/a/b | in",
        "**%!src | src/a | in",
        "*%!src/a | src/b | out",
        "/a | a | out",
        "/a | b/a | in",
        "//a/./b/../c/ | a/c | out",
        "a/ | a/b | out",
        "./a | a | out",
        "../a | a | in",
        "a/.. | a | in",
        ". | a | in",
        "/ | a | in",
        "# a | # a | in",
        "  # a | # a | out",
        "  a   | a | out",
        "%%a%% | a | out",
        "\ufeffa | a | out",
        "\ufeff# a | a | in",
        "a\r%b\r | a | out",
        "! | a | error",
        "a%! | b | error",
        "! a%a%! a | a | in",
        "a%!  /a | a | in",
        "? | a | out",
        "? | ab | in",
        "a?c | a/c | in",
        "[a-c]x | bx | out",
        "[^a-c]x | bx | in",
        "[!a]x | ax | out",
        "[!a]x | bx | in",
        "[^a]b | /b | out",
        "x[^a]b | x/b | out",
        "[a | a | error",
        "[]a] | a | error",
        "[a-] | a | error",
        "[c-a] | b | error",
        "[*] | * | in",
        "a\\*b | a*b | out",
        "a\\*b | axb | in",
        "a\\d | a1 | out",
        "a\\ | a | error",
        "a** | ab/c | out",
        "a/** | a | in",
        "a/** | a/b/c | out",
        "**foo | xfoo | out",
        "**foo* | xfoo1 | in",
        "**foo* | x/foo1 | out",
        "a**b | axb | in",
        "a**b | a/x/b | out",
        "a/**/b | a/b | out",
        "a/**/b | a/x/y/b | out",
        "**/a/** | x/a/y | out",
        "**/a/** | a | in",
        "*** | a/b | out",
        "** | a/b | out",
        "* | a/b | out",
        "a^b | a^b | out",
        "*^b | a^b | in",
        "a¬b | a¬b | out",
        "*¬b | b | out",
        "{a} | {a} | out",
        "?{2} | ab | out",
        "a.c | abc | in",
        "a.* | abc | in",
        "a+* | a+b | out",
        "a(* | a(b | out",
        "a$* | a$b | out",
        "é? | éé | out",
        "Dockerfile%.dockerignore | Dockerfile | out",
        ".env*%!.env.example | .env.local | out",
        ".env*%!.env.example | .env.example | in",
        "**/.git | a/.git/config | out",
        "A | a | in"
      })
  void it_agrees_with_the_builder(String line) {
    String[] parts = line.split(" \\| ", -1);
    String text = parts[0].replace('%', '\n').replace('\u00ac', '|');
    String path = parts[1].replace('\u00ac', '|');
    Set<String> out = Dockerignore.read(text).leftOut(List.of(path));
    String said = out == null ? "not sure" : out.contains(path) ? "out" : "in";
    if (NOT_SURE.contains(parts[0])) {
      assertThat(said).isEqualTo("not sure");
    } else {
      assertThat(said).isEqualTo(parts[2].equals("error") ? "not sure" : parts[2]);
    }
  }

  /** Patterns whose chars mean something else to the expression that the builder makes of them. */
  private static final Set<String> NOT_SURE = Set.of("[*]", "a\\d", "*^b", "*\u00acb", "?{2}");

  @Test
  void nothing_is_left_out_without_a_file() {
    assertThat(Dockerignore.NONE.leftOut(List.of("a", "b/c"))).isEmpty();
    assertThat(Dockerignore.read("").leftOut(List.of("a"))).isEmpty();
  }

  @Test
  void many_paths_are_asked_at_once() {
    Dockerignore file = Dockerignore.read("a\n!a/b/c\n**/*.log\n!keep.log\n");
    assertThat(file.leftOut(List.of("a/b/c", "a/b/d", "a/e", "x/y.log", "keep.log", "z")))
        .containsExactlyInAnyOrder("a/b/d", "a/e", "x/y.log");
  }

  @Test
  void hostile_texts_end_in_time() {
    var paths = new ArrayList<String>();
    for (int i = 0; i < 10_000; i++) {
      paths.add("a".repeat(60) + "/" + "a".repeat(60) + i + "b");
    }
    for (String text :
        List.of(
            "*a".repeat(9_000),
            "**/".repeat(6_000) + "x*",
            "*a*a*a*a*c\n".repeat(4_000),
            "[a-z]".repeat(4_000) + "*",
            "a/../".repeat(4_000),
            "*\n!*\n".repeat(2_400),
            "/".repeat(1_000_000))) {
      assertTimeout(
          Duration.ofSeconds(20),
          () -> {
            Dockerignore.read(text).leftOut(paths);
          });
    }
    assertThat(Dockerignore.read("*a*a*a*a*c\n".repeat(4_000)).leftOut(paths)).isNull();
  }
}
