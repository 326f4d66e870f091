package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.tightship.edit.Edit;
import dev.tightship.text.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Laws that hold for every text, tried on texts made from pieces that are known to be awkward. */
class DockerfilePropertyTest {

  private static final int TEXTS = 2500;

  private static final List<String> PIECES =
      List.of(
          "RUN ",
          "COPY ",
          "CMD ",
          "ENTRYPOINT ",
          "ENV ",
          "ARG ",
          "USER ",
          "FROM ",
          "ONBUILD ",
          "HEALTHCHECK ",
          "EXPOSE ",
          "run ",
          "Foo ",
          "WORKDIR ",
          "\\",
          "\\\n",
          "\\ \t\n",
          "`",
          "`\n",
          "\n",
          "\n",
          "\n",
          "\n\n",
          "\r\n",
          "\r",
          " ",
          "\t",
          "# c\n",
          " # c \\\n",
          "#",
          "<<EOF",
          "<<-'EOF'",
          "<< #E",
          "<<<x",
          "\nEOF\n",
          "\n#E\n",
          "\"",
          "'",
          "${",
          "}",
          "$A",
          "${A:-b}",
          "--from=x ",
          "--m=\"a b\" ",
          "-- ",
          "[\"a\", \"b\"]",
          "a",
          "b=c",
          "A=\"x y\"",
          "x AS y",
          "\u00e9",
          "\u2028",
          "\ud83d\ude80",
          "root",
          "1000");

  private static final List<String> TOPS =
      List.of(
          "",
          "",
          "\ufeff",
          "# escape=`\n",
          "# syntax=x\r\n",
          "# c\n\n",
          "ARG A=1 B\n",
          "ARG A=\"1\"\\\n C='2'\r\n",
          "arg A=$X D\n");

  private static final List<String> LINES =
      List.of(
          "FROM a\n",
          "FROM \"a:$A\" AS b\r\n",
          "from b\n",
          "RUN x\n",
          "RUN x \\\n # c\n y\n",
          "RUN <<E\n# z\nE\n",
          "# c\n",
          "\n",
          "  USER root\n",
          "USER 'x'\n",
          "WORKDIR /\n",
          "CMD c\n",
          "ENTRYPOINT [\"e\"]\r\n",
          "EXPOSE 80\n",
          "ENV B=1\n",
          "COPY x y\n",
          "cmd d");

  private static String any(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String text(Random random) {
    var text = new StringBuilder(any(random, TOPS)).append(any(random, LINES.subList(0, 3)));
    boolean lines = random.nextBoolean();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.append(any(random, lines || random.nextInt(4) == 0 ? LINES : PIECES));
    }
    return text.toString();
  }

  private static List<Dockerfile> files() {
    var random = new Random(20261125);
    var files = new ArrayList<Dockerfile>();
    for (int i = 0; i < TEXTS; i++) {
      try {
        files.add(Dockerfile.read(Texts.PATH, text(random)));
      } catch (DockerfileException e) {
        assertThat(e.line()).isPositive();
        assertThat(e.column()).isPositive();
      }
    }
    assertThat(files.size()).as("texts that can be read").isGreaterThan(TEXTS / 2);
    return files;
  }

  @Test
  void instructions_and_the_gaps_between_them_are_the_text() {
    for (Dockerfile file : files()) {
      var rebuilt = new StringBuilder();
      int at = 0;
      for (Instruction instruction : file.instructions()) {
        String gap = file.text().substring(at, instruction.span().start());
        assertGap(gap, file);
        rebuilt.append(gap).append(instruction.span().of(file.text()));
        at = instruction.span().end();
      }
      assertGap(file.text().substring(at), file);
      assertThat(rebuilt.append(file.text().substring(at))).hasToString(file.text());
    }
  }

  /**
   * Nothing stands outside instructions but blanks, comments, and escapes that continue nothing.
   */
  private static void assertGap(String gap, Dockerfile file) {
    for (String line : gap.split("\n", -1)) {
      String rest = Texts.trim(line);
      boolean allowed = rest.isEmpty() || rest.startsWith("#") || rest.equals("" + file.escape());
      if (!allowed) {
        fail("a gap holds `%s` in `%s`", rest, file.text());
      }
    }
  }

  @Test
  void whole_words_stand_in_the_file_as_they_are() {
    for (Dockerfile file : files()) {
      for (Instruction instruction : file.instructions()) {
        var words = new ArrayList<>(instruction.words());
        words.add(instruction.written());
        words.add(instruction.arguments().word());
        instruction.flags().forEach(flag -> words.add(flag.written()));
        for (Word word : words) {
          if (word.span().of(file.text()).equals(word.text()) != word.whole()) {
            fail("`%s` is not at %s of `%s`", word.text(), word.span(), file.text());
          }
        }
      }
    }
  }

  @Test
  void a_goal_holds_after_its_edit_and_nothing_else_changes() {
    var spliced = new AtomicInteger();
    var held = new AtomicInteger();
    for (Dockerfile file : files()) {
      for (Edit.Dockerfile goal : goals(file)) {
        var result = DockerfileSplicer.splice(file, goal, "fix");
        if (result instanceof DockerfileSplicer.Result.Spliced done) {
          spliced.addAndGet(done.edits().size());
          assertHolds(file, goal, done.edits());
        } else {
          held.incrementAndGet();
        }
      }
    }
    assertThat(spliced).hasPositiveValue();
    assertThat(held).hasPositiveValue();
    assertThat(spliced.get()).isGreaterThan(4 * held.get());
  }

  private static List<Edit.Dockerfile> goals(Dockerfile file) {
    var goals = new ArrayList<Edit.Dockerfile>();
    for (Stage stage : file.stages()) {
      goals.add(new Edit.SetBase(file.path(), stage.index(), "node:22@sha256:12"));
      goals.add(new Edit.SetUser(file.path(), stage.index(), "1000:1000"));
      goals.add(new Edit.SetUser(file.path(), stage.index(), "root"));
    }
    file.globalArgs()
        .forEach(arg -> goals.add(new Edit.SetGlobalArg(file.path(), arg.name(), "3.1 x")));
    return goals;
  }

  private static void assertHolds(Dockerfile file, Edit.Dockerfile goal, List<TextEdit> edits) {
    Dockerfile after = Texts.read(TextEdit.apply(file.text(), edits));
    assertThat(after.data()).as("%s on `%s`", goal, file.text()).isEqualTo(file.data().apply(goal));
    assertThat(DockerfileSplicer.splice(after, goal, "fix"))
        .isEqualTo(new DockerfileSplicer.Result.Spliced(List.of()));
    assertThat(after.comments()).hasSameSizeAs(file.comments());
  }
}
