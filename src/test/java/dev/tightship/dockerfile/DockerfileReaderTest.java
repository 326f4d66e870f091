package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DockerfileReaderTest {

  static Stream<Arguments> texts() {
    return Stream.of(
        row("FROM a\n", "1 FROM a"),
        row("\n# c\n  from a as B\n", "3 FROM a as B"),
        row("FROM a\nRuN\t x   y \nfoo  bar\n", "1 FROM a", "2 RUN x   y", "3 FOO bar"),
        // Continuations
        row("FROM a\nRUN x \\\n  y\\\nz\nCMD c\n", "1 FROM a", "2 RUN x   yz", "5 CMD c"),
        row("FROM a\nRUN x \\  \t\n y\n", "1 FROM a", "2 RUN x  y"),
        row(
            "FROM a\nRUN x \\\n# c \\\n\n  \t\n  # d\n y\nCMD c\n",
            "1 FROM a",
            "2 RUN x  y",
            "8 CMD c"),
        row("FROM a\nRUN x \\\\\nCMD c\n", "1 FROM a", "2 RUN x \\\\", "3 CMD c"),
        row("FROM a\nRUN x \\\\\\\nCMD c\n", "1 FROM a", "2 RUN x \\\\\\", "3 CMD c"),
        row("FROM a\n\\\n \\\nRUN x\n", "1 FROM a", "4 RUN x"),
        row("FROM a\n# c \\\nRUN x\n", "1 FROM a", "3 RUN x"),
        row("FROM a\nRUN x # no comment \\\n y\n", "1 FROM a", "2 RUN x # no comment  y"),
        row("FR\\\nOM a\n", "1 FROM a"),
        row("FROM a\nRUN x \\\n", "1 FROM a", "2 RUN x"),
        // Directives
        row("# escape=`\nFROM a\nRUN x `\n y\\\nCMD c\n", "2 FROM a", "3 RUN x  y\\", "5 CMD c"),
        row("#ESCAPE = ` \nFROM a\nRUN x `\n y\n", "2 FROM a", "3 RUN x  y"),
        row("# c\n# escape=`\nFROM a\nRUN x `\nCMD c\n", "3 FROM a", "4 RUN x `", "5 CMD c"),
        row("\n# escape=`\nFROM a\nRUN x `\nCMD c\n", "3 FROM a", "4 RUN x `", "5 CMD c"),
        row("# other=1\n# escape=`\nFROM a\nRUN `\nCMD c\n", "3 FROM a", "4 RUN `", "5 CMD c"),
        // Options
        row("FROM --platform=linux/amd64  a\n", "1 FROM {platform=linux/amd64} a"),
        row(
            "FROM a\nCOPY --from=b  --chown=1:1 --link x y\n",
            "1 FROM a",
            "2 COPY {from=b} {chown=1:1} {link} x y"),
        row(
            "FROM a\nRUN --mount=type=secret,id=\"a b\" \\\n --network=none -- --x\n",
            "1 FROM a",
            "2 RUN {mount=type=secret,id=a b} {network=none} --x"),
        row("FROM a\nRUN - --x\n", "1 FROM a", "2 RUN - --x"),
        // Forms
        row("FROM a\nCMD [\"x\", \"a\\\"\\u00e9\\n\"]\n", "1 FROM a", "2 CMD json[x, a\"é\n]"),
        row("FROM a\nCMD  [ ] \n", "1 FROM a", "2 CMD json[]"),
        row("FROM a\nCMD [\"x\", \\\n \"y\"]\n", "1 FROM a", "2 CMD json[x, y]"),
        row("FROM a\nCMD ['x']\n", "1 FROM a", "2 CMD ['x']"),
        row("FROM a\nCMD [\"x\",]\n", "1 FROM a", "2 CMD [\"x\",]"),
        row("FROM a\nCMD [\"x\", 1]\n", "1 FROM a", "2 CMD [\"x\", 1]"),
        row("FROM a\nCMD [\"x\"] y\n", "1 FROM a", "2 CMD [\"x\"] y"),
        row("FROM a\nRUN [ -f x ] && y\n", "1 FROM a", "2 RUN [ -f x ] && y"),
        row(
            "FROM a\nHEALTHCHECK --interval=5s CMD [\"x\"]\nHEALTHCHECK CMD x\nHEALTHCHECK NONE\n",
            "1 FROM a",
            "2 HEALTHCHECK {interval=5s} json[x]",
            "3 HEALTHCHECK CMD x",
            "4 HEALTHCHECK NONE"),
        row("FROM a\nSHELL [\"sh\", \"-c\"]\n", "1 FROM a", "2 SHELL json[sh, -c]"),
        row("FROM a\nENV [\"x\"]\n", "1 FROM a", "2 ENV [\"x\"]"),
        // ONBUILD
        row("FROM a\nONBUILD run --x y\n", "1 FROM a", "2 ONBUILD (RUN {x} y)"),
        row("FROM a\nONBUILD CMD [\"x\"]\n", "1 FROM a", "2 ONBUILD (CMD json[x])"),
        row("FROM a\nONBUILD ONBUILD ONBUILD x\n", "1 FROM a", "2 ONBUILD (ONBUILD ONBUILD x)"),
        // Heredocs
        row(
            "FROM a\nRUN <<EOF\nx\n# y \\\nEOF\nCMD c\n",
            "1 FROM a",
            "2 RUN <<EOF <<EOF:x/# y \\/",
            "6 CMD c"),
        row("FROM a\nRUN <<-EOF\n\tx\n\tEOF\n", "1 FROM a", "2 RUN <<-EOF <<-EOF:\tx/"),
        row("FROM a\nRUN <<EOF\n\tEOF\nEOF\n", "1 FROM a", "2 RUN <<EOF <<EOF:\tEOF/"),
        row("FROM a\nRUN 3<<\"E O\" x\ny\nE O\n", "1 FROM a", "2 RUN 3<<\"E O\" x <<'E O:y/"),
        row(
            "FROM a\nRUN cat << 'A' <<B\n1\nA\n2\nB\n",
            "1 FROM a",
            "2 RUN cat << 'A' <<B <<'A:1/ <<B:2/"),
        row("FROM a\nCOPY <<a <<b /d/\n1\na\nb\n", "1 FROM a", "2 COPY <<a <<b /d/ <<a:1/ <<b:"),
        row(
            "FROM a\nRUN cat <<A \\\n # c\n <<B\n1\nA\nB\n",
            "1 FROM a",
            "2 RUN cat <<A  <<B <<A:1/ <<B:"),
        row(
            "FROM a\nONBUILD RUN <<E\nx\nE\nCMD c\n",
            "1 FROM a",
            "2 ONBUILD (RUN <<E <<E:x/)",
            "5 CMD c"),
        row("FROM a\nRUN \"\\n\" ${A:=b} <<E\nE\n", "1 FROM a", "2 RUN \"\\n\" ${A:=b} <<E <<E:"),
        row("# escape=`\nFROM a\nRUN <<E\nx `\nE\n", "2 FROM a", "3 RUN <<E <<E:x `/"),
        // No heredocs
        row("FROM a\nRUN x <<<EOF\n", "1 FROM a", "2 RUN x <<<EOF"),
        row("FROM a\nRUN echo \"<<EOF\"\n", "1 FROM a", "2 RUN echo \"<<EOF\""),
        row("FROM a\nRUN cat<<EOF\n", "1 FROM a", "2 RUN cat<<EOF"),
        row("FROM a\nRUN x \\<<EOF\n", "1 FROM a", "2 RUN x \\<<EOF"),
        row("FROM a\nRUN it's <<EOF\n", "1 FROM a", "2 RUN it's <<EOF"),
        row("FROM a\nRUN ${x^^} <<EOF\n", "1 FROM a", "2 RUN ${x^^} <<EOF"),
        row("FROM a\nRUN $((1<<2))\n", "1 FROM a", "2 RUN $((1<<2))"),
        row("FROM a\nRUN [\"<<EOF\"]\n", "1 FROM a", "2 RUN json[<<EOF]"),
        row("FROM a\nCMD x <<EOF\nENV A=<<EOF\n", "1 FROM a", "2 CMD x <<EOF", "3 ENV A=<<EOF"),
        // A lone CR ends no line, other spaces part no words
        row("FROM a\nRUN x\ry\nRUN\u00a0z\n", "1 FROM a", "2 RUN x\ry", "3 RUN\u00a0z "));
  }

  private static Arguments row(String text, String... instructions) {
    return Arguments.of(text, String.join("\n", instructions));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void reads_each_text_the_same_in_every_spelling(String text, String expected) {
    for (var spelling : Texts.SPELLINGS) {
      Dockerfile file = Texts.read(spelling.apply(text));
      assertThat(Texts.outline(file)).isEqualTo(expected);
      assertThat(file.instructions())
          .allSatisfy(i -> assertThat(i.written().span().start()).isEqualTo(i.span().start()));
    }
  }

  @Test
  void a_span_reaches_from_the_keyword_to_the_last_char_that_belongs_to_it() {
    String text = "  FROM a  \n\nRUN x \\\n # c\n y \nRUN <<E \nz\nE\nCMD c \\ \n\n# d\n";
    Dockerfile file = Texts.read(text);
    assertThat(file.instructions().stream().map(i -> i.span().of(text)))
        .containsExactly("FROM a", "RUN x \\\n # c\n y", "RUN <<E \nz\nE", "CMD c \\");
    assertThat(file.instructions().stream().map(Instruction::open))
        .containsExactly(false, false, false, true);
    assertThat(file.comments().stream().map(c -> c.line() + c.span().of(text)))
        .containsExactly("4# c", "11# d");
  }

  @Test
  void words_know_their_place_and_whether_a_continuation_breaks_them() {
    String text = "FROM a\nCOPY --from=b one tw\\\n o \\\n three\n";
    Instruction copy = Texts.read(text).instructions().get(1);
    assertThat(copy.words().stream().map(w -> w.text() + "|" + w.span().of(text) + "|" + w.whole()))
        .containsExactly("one|one|true", "tw|tw|true", "o|o|true", "three|three|true");
    assertThat(copy.flags().get(0).written().span().of(text)).isEqualTo("--from=b");

    String broken = "FROM a\nCOPY one tw\\\n# c\no three\n";
    Word word = Texts.read(broken).instructions().get(1).words().get(1);
    assertThat(word.text()).isEqualTo("two");
    assertThat(word.span().of(broken)).isEqualTo("tw\\\n# c\no");
    assertThat(word.whole()).isFalse();
  }

  @Test
  void directives_are_read_at_the_top_only() {
    String text =
        "# Syntax = docker/dockerfile:1 \n#check=skip=all;error=true\n# c\n# escape=`\nFROM a\n";
    for (var spelling : Texts.SPELLINGS) {
      Dockerfile file = Texts.read(spelling.apply(text));
      assertThat(file.directives().stream().map(d -> d.name() + " " + d.value() + " " + d.line()))
          .containsExactly("syntax docker/dockerfile:1 1", "check skip=all;error=true 2");
      assertThat(file.directives().stream().map(d -> d.valueSpan().of(file.text())))
          .containsExactly("docker/dockerfile:1", "skip=all;error=true");
      assertThat(file.comments()).hasSize(2);
      assertThat(file.escape()).isEqualTo('\\');
    }
  }

  @Test
  void assignments_are_read_in_all_their_forms() {
    String text =
        """
        ARG A B=1 C="x y" D='$E' F=
        FROM a
        ENV A=1 B="x \\"y\\" $Z" C=a\\ b
        ENV OLD  new value # all
        LABEL "k"=v
        ENV BROKEN="x
        RUN A=1
        """;
    List<String> found =
        Texts.read(text).instructions().stream()
            .flatMap(i -> i.assignments().stream())
            .map(
                a ->
                    a.name()
                        + "="
                        + a.value()
                        + (a.written() == null ? "" : " <- " + a.written().text()))
            .toList();
    assertThat(found)
        .containsExactly(
            "A=null",
            "B=1 <- 1",
            "C=x y <- \"x y\"",
            "D=$E <- '$E'",
            "F= <- ",
            "A=1 <- 1",
            "B=x \"y\" $Z <- \"x \\\"y\\\" $Z\"",
            "C=a b <- a\\ b",
            "OLD=new value # all <- new value # all",
            "\"k\"=v <- v",
            "BROKEN=\"x <- \"x");
  }

  @Test
  void instructions_that_are_not_of_the_language_are_kept_and_known_as_such() {
    Dockerfile file = Texts.read("INCLUDE x\nFROM a\nFOO y\nRUN z\nCROSS_BUILD\n");
    assertThat(file.instructions().stream().filter(i -> !i.isKnown()).map(Instruction::keyword))
        .containsExactly("INCLUDE", "FOO", "CROSS_BUILD");
  }

  @Test
  void stages_have_bases_names_and_platforms() {
    String text =
        """
        ARG V=1
        FROM --platform=$BUILDPLATFORM "node:$V" AS Build
        RUN x
        FROM \\
          # c
          nginx
        FROM build as last
        """;
    Dockerfile file = Texts.read(text);
    assertThat(
            file.stages().stream()
                .map(
                    s ->
                        s.index()
                            + " "
                            + s.base().span().of(text)
                            + " "
                            + s.name()
                            + " "
                            + s.platform()))
        .containsExactly(
            "0 \"node:$V\" build $BUILDPLATFORM", "1 nginx null null", "2 build last null");
    assertThat(file.globalArgs().stream().map(a -> a.name() + a.value() + a.line()))
        .containsExactly("V11");
  }

  @Test
  void a_target_is_a_stage_by_name_or_index_or_else_the_last() {
    Dockerfile file = Texts.read("FROM a AS one\nFROM b AS two\nFROM c AS ONE\nFROM d\n");
    assertThat(file.target(null)).isSameAs(file.stages().get(3));
    assertThat(file.target("")).isSameAs(file.stages().get(3));
    assertThat(file.target("TWO")).isSameAs(file.stages().get(1));
    assertThat(file.target("one")).isSameAs(file.stages().get(2));
    assertThat(file.target("0")).isSameAs(file.stages().get(0));
    assertThat(file.target("4")).isNull();
    assertThat(file.target("99999999999")).isNull();
    assertThat(file.target("none")).isNull();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("", "1:1: there is no FROM"),
        Arguments.of("# only\n\nARG A\n", "3:1: there is no FROM"),
        Arguments.of("# c\n  RUN x\nFROM a\n", "2:3: RUN stands before the first FROM"),
        Arguments.of("FROM\n", "1:1: FROM takes an image, or an image, AS and a name"),
        Arguments.of("FROM a # c\n", "1:1: FROM takes an image, or an image, AS and a name"),
        Arguments.of("FROM a in b\n", "1:1: FROM takes an image, or an image, AS and a name"),
        Arguments.of(
            "# escape=x\nFROM a\n", "1:10: the escape directive takes a backslash or a backtick"),
        Arguments.of(
            "# check=a\n #Check=b\nFROM a\n",
            "2:2: the directive `check` stands here a second time"),
        Arguments.of("FROM a\n RUN <<EOF\nx\n", "2:2: a heredoc of this RUN has no end"),
        Arguments.of("FROM a\nCOPY <<a <<b /\na\n", "2:1: a heredoc of this COPY has no end"),
        Arguments.of("FROM a\n\\\n", "2:1: this continues no instruction"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void says_what_is_wrong_and_where(String text, String message) {
    for (var spelling : Texts.SPELLINGS) {
      var fault =
          catchThrowableOfType(
              DockerfileException.class, () -> Dockerfile.read("d", spelling.apply(text)));
      assertThat(fault).hasMessage("d:" + message);
      assertThat("d:" + fault.line() + ":" + fault.column() + ": " + fault.reason())
          .isEqualTo(fault.getMessage());
      assertThat(fault.path()).isEqualTo("d");
    }
  }

  @Test
  void a_message_never_shows_the_text() {
    for (String text :
        List.of(
            "FROM hunter2 hunter2\n",
            "FROM a\nRUN <<hunter2\n",
            "# escape=hunter2\nFROM a\n",
            "hunter2 x\nRUN hunter2\nFROM a\n")) {
      var fault = catchThrowableOfType(DockerfileException.class, () -> Dockerfile.read("d", text));
      assertThat(fault.getMessage()).doesNotContain("hunter2");
    }
  }
}
