package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tightship.dockerfile.ShellBlock.Join;
import dev.tightship.dockerfile.ShellBlock.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellScriptTest {

  private static final List<String> BASH = List.of("/bin/bash", "-o", "pipefail", "-c");

  private static Word place(@Nullable Word source) {
    return Objects.requireNonNull(source);
  }

  private static ShellScript script(String dockerfile) {
    return ShellScripts.of(Texts.read(dockerfile)).get(0).script();
  }

  private static ShellScript run(String text) {
    return script("FROM a\nRUN " + text);
  }

  private static List<ShellCommand> commands(ShellScript script) {
    assertThat(script).isInstanceOf(ShellScript.Known.class);
    return ((ShellScript.Known) script).commands();
  }

  /** The words of each command, {@code ?} for those that are not sure. */
  private static String shown(ShellScript script) {
    if (script instanceof ShellScript.Unknown) {
      return "unknown";
    }
    var shown = new StringBuilder();
    for (ShellCommand command : commands(script)) {
      shown.append(shown.isEmpty() ? "" : " / ");
      List<String> parts = new ArrayList<>();
      command.assignments().forEach(a -> parts.add(a.name() + ":" + a.value()));
      command.words().forEach(w -> parts.add(w.literal() == null ? "?" : "<" + w.literal() + ">"));
      command
          .redirections()
          .forEach(
              r ->
                  parts.add(
                      (r.descriptor() < 0 ? "" : "" + r.descriptor())
                          + r.operator()
                          + r.target().literal()));
      shown.append(String.join(" ", parts));
    }
    return shown.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "apt-get update && apt-get install -y curl ¦ <apt-get> <update> / <apt-get> <install> <-y> <curl>",
        "a 'b c' \"d e\" f\\ g                     ¦ <a> <b c> <d e> <f g>",
        "a x'y'\"z\"\\w                             ¦ <a> <xyzw>",
        "a '' \"\"                                  ¦ <a> <> <>",
        "a \"\\$x \\` \\\" \\\\ \\n\"               ¦ <a> <$x ` \" \\ \\n>",
        "a $b \"$c\" ${d} '$e'                      ¦ <a> ? ? ? <$e>",
        "a ${b:-c d} ${e%.*} ${#f} ${g:-${h}}       ¦ <a> ? ? ? ?",
        "a foo$ \"foo$\" $/ 5$                      ¦ <a> <foo$> <foo$> <$/> <5$>",
        "a $(b | c) \"$(d 'e)' \"f)\")\" x          ¦ <a> ? ? <x>",
        "a `b c` \"`d`\"                            ¦ <a> ? ?",
        "a $((1 + (2 * x))) b                       ¦ <a> ? <b>",
        "a *.c b? [ab] '*' \\* x]                   ¦ <a> ? ? ? <*> <*> <x]>",
        "a ~ ~/b c=~ d~ '~'                         ¦ <a> ? ? ? <d~> <~>",
        "a {b,c} {} x{ } '{b,c}'                    ¦ <a> ? <{}> <x{> <}> <{b,c}>",
        "[ -f x ] || [ a = b ]                      ¦ <[> <-f> <x> <]> / <[> <a> <=> <b> <]>",
        "A=1 B='x y' C= a D=2                       ¦ A:1 B:x y C: <a> <D=2>",
        "A=1                                        ¦ A:1",
        "A=$b c                                     ¦ A:null <c>",
        "a > b 2>&1 < c >> d 3>|e                   ¦ <a> >b 2>&1 <c >>d 3>|e",
        "2>/dev/null a b                            ¦ <a> <b> 2>/dev/null",
        "> a                                        ¦ >a",
        "a 2 >b a2>c                                ¦ <a> <2> <a2> >b >c",
        "a; b & c || d | e;                         ¦ <a> / <b> / <c> / <d> / <e>",
        "a # b && c                                 ¦ <a>",
        "a#b '#' c                                  ¦ <a#b> <#> <c>",
        "# a                                        ¦ ''",
        "a if then { } ! fi                         ¦ <a> <if> <then> <{> <}> <!> <fi>",
        "'if' a                                     ¦ <if> <a>",
        "time a                                     ¦ <time> <a>",
        "$A b                                       ¦ ? <b>",
        "set -eux; set -o pipefail; a               ¦ <set> <-eux> / <set> <-o> <pipefail> / <a>",
        "set -euxo pipefail && a                    ¦ <set> <-euxo> <pipefail> / <a>",
      })
  void words_of_commands(String text, String expected) {
    assertThat(shown(run(text))).isEqualTo(expected.equals("''") ? "" : expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 'b",
        "a \"b",
        "a `b",
        "a $(b",
        "a ${b",
        "a \"${b\"",
        "a $'b'",
        "a $\"b\"",
        "a $[1]",
        "a `b 'c'`",
        "a $(case x in x) b;; esac)",
        "a $(b # )",
        "a $(b <<E)",
        "a $((b) | c)",
        "a ${b:-'c'}",
        "a <(b)",
        "a > >(b)",
        "a <<< b",
        "a &> b",
        "a |& b",
        "a {fd}> b",
        "a >& b",
        "a 2>&12",
        "a ${}",
        "a 12> b",
        "a >",
        "a > ; b",
        "a &&",
        "&& a",
        "a && && b",
        "a ;; b",
        "a ; ; b",
        "a | ; b",
        "f() { a; }",
        "f () { a; }",
        "function f { a; }",
        "case a in a) b;; esac",
        "[[ -f a ]] && b",
        "((a)) && b",
        "select x in a; do b; done",
        "coproc a",
        "eval a",
        "alias a=b; a",
        "source a",
        ". a",
        "command . a",
        "shopt -s extglob; a",
        "set -f; a",
        "set -k; a",
        "set $x; a",
        "set -o posix",
        "a=(b c)",
        "a[0]=b",
        "a+=b",
        "{ a",
        "{ a }",
        "a }; }",
        "}",
        "( a",
        "a )",
        "( )",
        "{ }",
        "( a ) b",
        "( a ) > b",
        "{ a; } 2>&1",
        "if a; then b",
        "if a; fi",
        "if a; then b; else c; else d; fi",
        "if a; then b; else c; elif d; then e; fi",
        "if a; then fi",
        "then a",
        "for x; do a; done",
        "for x in a do b; done",
        "for 1 in a; do b; done",
        "for x in a; b",
        "while a; done",
        "while a; do b; fi",
        "! ! a",
        "a | ! b",
        "time",
        "time ! a",
        "time A=b c",
        "a \\",
        "a\u0007",
        "a\u007f",
      })
  void what_is_not_certain_is_unknown(String text) {
    // In a Dockerfile it would be a continuation or a document.
    boolean alone = text.endsWith("\\") || text.contains("<<");
    ShellScript read = alone ? ShellScript.ofWords(List.of("sh", "-c", text)) : run(text);
    assertThat(read).isInstanceOf(ShellScript.Unknown.class);
  }

  @Test
  void blocks_are_told() {
    List<ShellCommand> found =
        commands(
            run(
                "a && { b; c || d; } | e; ! (f & g); if h; then i; elif j; then k; else l; fi;"
                    + " for x in y z; do m; done; while n; do o; done"));
    assertThat(found.stream().map(ShellScriptTest::place))
        .containsExactly(
            "a START",
            "b START GROUP:AND",
            "c SEQUENCE GROUP:AND",
            "d OR GROUP:AND",
            "e PIPE",
            "f START SUBSHELL:!SEQUENCE",
            "g BACKGROUND SUBSHELL:!SEQUENCE",
            "h START TEST:SEQUENCE",
            "i START BRANCH:SEQUENCE",
            "j START TEST:SEQUENCE",
            "k START BRANCH:SEQUENCE",
            "l START BRANCH:SEQUENCE",
            "m START LOOP:SEQUENCE",
            "n START LOOP_TEST:SEQUENCE",
            "o START LOOP:SEQUENCE");
    assertThat(commands(run("! a | b")).get(0).negated()).isTrue();
    assertThat(commands(run("{ ( a ); }")).get(0).block())
        .isEqualTo(
            new ShellBlock(
                Kind.SUBSHELL,
                Join.START,
                false,
                new ShellBlock(Kind.GROUP, Join.START, false, null)));
  }

  private static String place(ShellCommand command) {
    ShellBlock block = command.block();
    return command.words().get(0).literal()
        + " "
        + command.join()
        + (block == null
            ? ""
            : " " + block.kind() + ":" + (block.negated() ? "!" : "") + block.join());
  }

  @Test
  void commands_inside_words_are_told() {
    assertThat(((ShellScript.Known) run("a $b \"${c}\" $((1))")).hides()).isFalse();
    assertThat(((ShellScript.Known) run("a $(b)")).hides()).isTrue();
    assertThat(((ShellScript.Known) run("for x in `b`; do a; done")).hides()).isTrue();
    assertThat(((ShellScript.Known) run("a ${x:-$(b)}")).hides()).isTrue();
    ShellCommand command = commands(run("A=`x` a b \"$(c)\"")).get(0);
    assertThat(command.words()).extracting(ShellWord::runs).containsExactly(false, false, true);
    assertThat(command.assignments().get(0).word().runs()).isTrue();
  }

  @Test
  void spans_reach_over_continuations_and_comments() {
    String text =
        """
        # escape=`
        FROM a
        SHELL ["/bin/sh", "-c"]
        RUN --mount=type=cache,target=/x apt-get update `
          # why
          && apt-get install 'cu`
        rl' wget `

          && x
        """;
    List<ShellCommand> found = commands(script(text));
    assertThat(shown(script(text)))
        .isEqualTo("<apt-get> <update> / <apt-get> <install> <curl> <wget> / <x>");
    assertThat(place(found.get(0).source()).whole()).isTrue();
    assertThat(place(found.get(0).source()).span().of(text)).isEqualTo("apt-get update");
    assertThat(place(found.get(1).source()).whole()).isFalse();
    assertThat(place(found.get(1).source()).span().of(text))
        .isEqualTo("apt-get install 'cu`\nrl' wget");
    assertThat(found.get(1).words())
        .extracting(w -> place(w.source()).whole())
        .containsExactly(true, true, false, true);
    assertThat(place(found.get(1).words().get(3).source()).span().of(text)).isEqualTo("wget");
  }

  @Test
  void a_document_is_the_script() {
    String text =
        """
        FROM a
        RUN <<-'EOF'
        \tset -e # here

        \tapt-get \\
        \t  install curl
        \tif x; then
        \t  y && \\
        \t    z
        \tfi
        EOF
        """;
    ShellScript script = script(text);
    assertThat(shown(script))
        .isEqualTo("<set> <-e> / <apt-get> <install> <curl> / <x> / <y> / <z>");
    List<ShellCommand> found = commands(script);
    assertThat(found.get(1).join()).isEqualTo(Join.NEWLINE);
    assertThat(place(found.get(1).words().get(2).source()).span().of(text)).isEqualTo("curl");
    assertThat(place(found.get(1).words().get(2).source()).whole()).isTrue();
    assertThat(place(found.get(1).source()).whole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "RUN <<E%a 'b%c'%E                    ¦ <a> <b%c>",
        "RUN <<E%a \"b\\%c\"%E                ¦ <a> <bc>",
        "RUN <<E%#!/bin/sh -e%a%E             ¦ <a>",
        "RUN <<E%#!/usr/bin/env bash%a &> b%E ¦ <a> &>b",
        "RUN <<E%#!/usr/bin/env python3%a%E   ¦ unknown",
        "RUN <<E%a b\\%c%E                    ¦ unknown",
        "RUN <<E%a &\\%& c%E                  ¦ unknown",
        "RUN <<E%a;\\%b%E                     ¦ <a> / <b>",
        "RUN <<E%a\\% b%E                     ¦ <a> <b>",
        "RUN <<E bash%a%E                     ¦ unknown",
        "RUN cat <<E > f%a%E                  ¦ unknown",
        "RUN <<E%a <<F%b%F%E                  ¦ unknown",
        "RUN <<E%! %a%E                       ¦ unknown",
        "RUN <<E%E                            ¦ ''",
      })
  void documents(String lines, String expected) {
    ShellScript script = script("FROM a\n" + lines.replace('%', '\n'));
    assertThat(shown(script)).isEqualTo(expected.equals("''") ? "" : expected.replace('%', '\n'));
  }

  @Test
  void the_carriage_returns_of_a_document_reach_the_shell() {
    assertThat(shown(script("FROM a\nRUN <<E\r\na\r\nE\r\n"))).isEqualTo("unknown");
    assertThat(shown(script("FROM a\r\nRUN a \\\r\n b\r\n"))).isEqualTo("<a> <b>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "CMD [\"node\", \"a b\", \"$c\"]                        ¦ <node> <a b> <$c>",
        "ENTRYPOINT [\"/bin/sh\", \"/start.sh\"]                ¦ </bin/sh> </start.sh>",
        "CMD [\"sh\", \"-c\", \"a && b $c\"]                    ¦ <a> / <b> ?",
        "CMD [\"/bin/bash\", \"-lc\", \"a &> b\", \"x\"]        ¦ <a> &>b",
        "CMD [\"bash\", \"-o\", \"pipefail\", \"-ec\", \"a|b\"] ¦ <a> / <b>",
        "CMD [\"sh\", \"-c\"]                                   ¦ unknown",
        "CMD [\"bash\", \"-i\", \"-c\", \"a\"]                  ¦ unknown",
        "CMD [\"sh\", \"-c\", \"-e\", \"a\"]                    ¦ unknown",
        "CMD [\"zsh\", \"-c\", \"a\"]                           ¦ <zsh> <-c> <a>",
        "CMD []                                                 ¦ ''",
        "CMD a b                                                ¦ <a> <b>",
        "HEALTHCHECK --interval=5s CMD curl -f x || exit 1      ¦ <curl> <-f> <x> / <exit> <1>",
        "HEALTHCHECK cmd [\"curl\", \"x\"]                      ¦ <curl> <x>",
        "HEALTHCHECK NONE                                       ¦ ''",
      })
  void forms_of_instructions(String instruction, String expected) {
    assertThat(shown(script("FROM a\n" + instruction)))
        .isEqualTo(expected.equals("''") ? "" : expected);
  }

  @Test
  void the_place_after_the_keyword_of_a_health_check_is_right() {
    String text = "FROM a\nHEALTHCHECK --retries=1 CMD  curl -f x";
    ShellCommand command = commands(script(text)).get(0);
    assertThat(place(command.words().get(1).source()).span().of(text)).isEqualTo("-f");
  }

  private static List<String> kinds(String dockerfile) {
    return ShellScripts.of(Texts.read(dockerfile)).stream()
        .map(s -> s.script() instanceof ShellScript.Known ? "known" : "unknown")
        .toList();
  }

  @Test
  void the_shell_in_force_counts() {
    assertThat(
            kinds(
                """
                FROM a AS one
                RUN a &> b
                SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
                RUN a &> b
                FROM one
                RUN a &> b
                HEALTHCHECK CMD a
                SHELL ["powershell", "-Command"]
                RUN a
                CMD ["a"]
                FROM a
                RUN a
                FROM ${x}
                RUN a
                """))
        .containsExactly(
            "unknown", "known", "known", "unknown", "unknown", "known", "known", "unknown");
    assertThat(kinds("FROM mcr.microsoft.com/windows/nanoserver:1809\nRUN a")).contains("unknown");
    assertThat(kinds("FROM --platform=windows/amd64 a\nRUN a")).contains("unknown");
    assertThat(kinds("# escape=`\nFROM a\nRUN a")).contains("unknown");
    assertThat(kinds("FROM a\nSHELL bash -c\nRUN a")).contains("unknown");
    assertThat(kinds("FROM a\nSHELL [\"bash\"]\nRUN a")).contains("unknown");
    assertThat(kinds("FROM ${x}\nRUN a")).contains("known");
    Instruction env = Texts.read("FROM a\nENV a=b").instructions().get(1);
    assertThat(ShellScript.of(env, "", BASH)).isInstanceOf(ShellScript.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "debian:13, known",
    "docker.io/library/ubuntu, known",
    "alpine@sha256:0, known",
    "debian:${V}, known",
    "node:24-alpine3.23, known",
    "host:5000/python:3.13-slim-bookworm, known",
    "--platform=linux/arm64 a, known",
    "scratch, unknown",
    "python:3.13, unknown",
    "mcr.microsoft.com/dotnet/sdk:10.0, unknown",
    "mcr.microsoft.com/windows/servercore:ltsc2025, unknown",
    "golang:1.27-windowsservercore, unknown",
    "acme/debian:13, unknown",
    "${X}, unknown",
    "--platform=windows/amd64 debian:13, unknown",
    "--platform=$BUILDPLATFORM a, unknown",
  })
  void with_backticks_a_base_must_say_that_it_is_for_linux(String base, String expected) {
    assertThat(kinds("# escape=`\nFROM " + base + "\nRUN a")).containsExactly(expected);
  }

  @Test
  void with_backticks_the_shell_reads_as_it_always_does() {
    String text = "# escape=`\nFROM debian:13\nRUN a \\x `\n  && b `c` e \\\nRUN d\n";
    assertThat(ShellScripts.of(Texts.read(text)).stream().map(s -> shown(s.script())))
        .containsExactly("unknown", "<d>");
    assertThat(shown(script(text.replace(" \\\n", "\n")))).isEqualTo("<a> <x> / <b> ? <e>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      value = {
        "/usr/bin/apt-get update               ¦ apt-get <update>",
        "env A=b -x                            ¦ -x",
        "env -i A=b /bin/x y                   ¦ x <y>",
        "exec sudo -E -u www env A=b nohup x y ¦ x <y>",
        "sudo A=b x                            ¦ x",
        "command -p x                          ¦ x",
        "command -v x                          ¦ command <-v> <x>",
        "time -p x y                           ¦ x <y>",
        "env                                   ¦ env",
        "sudo -i x                             ¦ ''",
        "env -S 'x y'                          ¦ ''",
        "env $A x                              ¦ ''",
        "$x y                                  ¦ ''",
        "exec -- x                             ¦ x",
        "A=b                                   ¦ ''",
      })
  void the_program(String text, String expected) {
    ShellCommand.Program program = commands(run(text)).get(0).program();
    String shown =
        program == null
            ? "''"
            : (program.name()
                    + " "
                    + String.join(
                        " ",
                        program.arguments().stream().map(w -> "<" + w.literal() + ">").toList()))
                .strip();
    assertThat(shown).isEqualTo(expected);
  }

  // Laws

  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "if",
          "then",
          "fi",
          "do",
          "done",
          "for",
          "x",
          "in",
          "{",
          "}",
          "(",
          ")",
          "!",
          "&&",
          "||",
          "|",
          ";",
          "&",
          ">",
          "<",
          "2>",
          ">&",
          "<<E",
          "$",
          "$(",
          "${",
          "$((",
          "))",
          "`",
          "'",
          "\"",
          "\\",
          "\\\n",
          "\\\n  # c\n",
          " ",
          " ",
          " ",
          "\t",
          "\n",
          "\nE\n",
          "#",
          "=",
          "A=",
          "*",
          "~",
          "[",
          "é",
          "\ud83d\ude00",
          "RUN ",
          "\nRUN <<E\n",
          "\nRUN ",
          "\r\n");

  @Test
  void literal_words_stand_where_they_say() {
    var random = new Random(7);
    int words = 0;
    for (int i = 0; i < 40_000; i++) {
      var text = new StringBuilder("FROM a\nRUN ");
      for (int n = random.nextInt(25); n >= 0; n--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Dockerfile file;
      try {
        file = Dockerfile.read("d", text.toString());
      } catch (DockerfileException e) {
        continue;
      }
      for (ShellScripts.Script script : ShellScripts.of(file)) {
        if (script.script() instanceof ShellScript.Known known) {
          for (ShellCommand command : known.commands()) {
            words += checkPlaces(command, file.text());
          }
        }
      }
    }
    assertThat(words).isGreaterThan(3_000);
  }

  private static int checkPlaces(ShellCommand command, String text) {
    Word whole = command.source();
    if (whole == null) {
      return 0;
    }
    int checked = 0;
    for (ShellWord word : command.words()) {
      Word source = place(word.source());
      assertThat(whole.span().start()).isLessThanOrEqualTo(source.span().start());
      assertThat(whole.span().end()).isGreaterThanOrEqualTo(source.span().end());
      if (source.whole()) {
        assertThat(source.span().of(text)).isEqualTo(source.text());
      }
      if (word.literal() != null && source.whole()) {
        // Read alone, the piece of the file comes to the same.
        ShellScript alone = ShellScript.ofWords(List.of("sh", "-c", "x " + source.span().of(text)));
        assertThat(shown(alone)).isEqualTo("<x> <" + word.literal() + ">");
        checked++;
      }
    }
    return checked;
  }

  @Test
  void garbage_is_read_or_refused() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(40); n >= 0; n--) {
        text.append((char) (random.nextInt(12) == 0 ? '\n' : ' ' + random.nextInt(95)));
      }
      assertThat(ShellScript.ofWords(List.of("bash", "-c", text.toString()))).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ",
        "a;",
        "a&&",
        "(",
        "{ ",
        "if ",
        "$(",
        "${x:-",
        "$((",
        "\"$(",
        "`",
        "'",
        "\"",
        "\\",
        "$",
        "a\\\n ",
        "\\\n",
        "a #\n",
        "!",
        ">",
        "> a ",
        "A=",
        "{",
        "'a'",
        "\"a\"",
        "$(a) ",
        "`a` ",
        "[",
        "for x in a; do ",
        "a$(\"",
        "${",
        "<<",
        "$((("
      })
  void time_is_linear(String piece) {
    String text = piece.repeat(1_500_000 / piece.length());
    ShellScript read =
        assertTimeout(Duration.ofSeconds(20), () -> ShellScript.ofWords(List.of("sh", "-c", text)));
    assertThat(read).isNotNull();
    assertTimeout(
        Duration.ofSeconds(20), () -> ShellScripts.of(Texts.read("FROM a\nRUN " + text + "\n")));
  }
}
