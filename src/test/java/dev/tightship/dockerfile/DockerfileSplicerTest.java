package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tightship.edit.Edit;
import dev.tightship.text.TextEdit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileSplicerTest {

  private static Edit.Dockerfile base(int stage, String image) {
    return new Edit.SetBase(Texts.PATH, stage, image);
  }

  private static Edit.Dockerfile arg(String name, String value) {
    return new Edit.SetGlobalArg(Texts.PATH, name, value);
  }

  private static Edit.Dockerfile user(int stage, String user) {
    return new Edit.SetUser(Texts.PATH, stage, user);
  }

  /**
   * Applies a goal and checks that it now holds, that nothing else is said, and that it is enough.
   */
  private static String apply(String text, Edit.Dockerfile goal) {
    Dockerfile file = Texts.read(text);
    var result = DockerfileSplicer.splice(file, goal, "fix");
    assertThat(result).isInstanceOf(DockerfileSplicer.Result.Spliced.class);
    List<TextEdit> edits = ((DockerfileSplicer.Result.Spliced) result).edits();
    assertThat(edits).allMatch(edit -> edit.fix().equals("fix"));
    Dockerfile after = Texts.read(TextEdit.apply(text, edits));
    assertThat(after.data()).isEqualTo(file.data().apply(goal));
    assertThat(DockerfileSplicer.splice(after, goal, "fix"))
        .isEqualTo(new DockerfileSplicer.Result.Spliced(List.of()));
    return after.text();
  }

  private static void edits(String before, Edit.Dockerfile goal, String after) {
    for (var spelling : Texts.SPELLINGS) {
      assertThat(apply(spelling.apply(before), goal)).isEqualTo(spelling.apply(after));
    }
  }

  private static void leaves(String text, Edit.Dockerfile goal) {
    edits(text, goal, text);
  }

  private static void holds(String text, Edit.Dockerfile goal, String why) {
    for (var spelling : Texts.SPELLINGS) {
      assertThat(DockerfileSplicer.splice(Texts.read(spelling.apply(text)), goal, "fix"))
          .isEqualTo(new DockerfileSplicer.Result.Held(why));
    }
  }

  // SetBase

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      value = {
        "FROM a, FROM b:1",
        "from  a   As  x, from  b:1   As  x",
        "FROM --platform=$P\ta AS a, FROM --platform=$P\tb:1 AS a",
        "FROM \"a\" AS x, FROM \"b:1\" AS x",
        "FROM 'a', FROM 'b:1'",
        "FROM x/\"a\", FROM b:1",
        "FROM ${V:-a}, FROM b:1",
        "FROM a@sha256:12, FROM b:1",
        "FROM \\\\a, FROM b:1",
      })
  void only_the_reference_is_replaced(String from, String expected) {
    edits(
        "ARG P=x V\n# c\n" + from + "\nRUN x\n",
        base(0, "b:1"),
        "ARG P=x V\n# c\n" + expected + "\nRUN x\n");
  }

  @Test
  void the_stage_that_is_meant_is_changed() {
    edits(
        "FROM a\nFROM \\\n # c\n a \\\n AS a\nFROM a\n",
        base(1, "b"),
        "FROM a\nFROM \\\n # c\n b \\\n AS a\nFROM a\n");
  }

  @Test
  void an_image_with_a_reference_leaves_single_quotes() {
    edits("FROM 'a'\n", base(0, "a:$V"), "FROM a:$V\n");
    edits("FROM \"a\"\n", base(0, "a:${V}"), "FROM \"a:${V}\"\n");
  }

  @Test
  void a_base_that_is_so_already_stays() {
    leaves("FROM a:1\n", base(0, "a:1"));
    leaves("FROM \"a:1\" AS x\n", base(0, "a:1"));
    leaves("FROM a:\\\n1\n", base(0, "a:1"));
  }

  @Test
  void a_base_that_can_not_be_replaced_as_one_is_held() {
    holds("FROM a:\\\n1\n", base(0, "b"), "the image is broken over several lines");
    holds("FROM a\n", base(1, "b"), "there is no such stage");
    holds("FROM a\n", base(-1, "b"), "there is no such stage");
    for (String image :
        List.of("", "a b", "a\nb", "a\"", "a'", "a\\b", "--a", "a\u0000", "a\u2028b")) {
      holds("FROM a\n", base(0, image), "the image can't be written as one plain word");
    }
    edits("# escape=`\nFROM a\n", base(0, "b\\c"), "# escape=`\nFROM b\\c\n");
    holds("# escape=`\nFROM a\n", base(0, "b`c"), "the image can't be written as one plain word");
  }

  // SetGlobalArg

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      value = {
        "ARG A=1, ARG A=2.0",
        "arg  A=1  B=1, arg  A=2.0  B=1",
        "ARG B=1 A=\"1\" C=\"A=1\", ARG B=1 A=\"2.0\" C=\"A=1\"",
        "ARG A='1', ARG A='2.0'",
        "ARG A=\"x\"y, ARG A=2.0",
        "ARG A=$B, ARG A=2.0",
        "ARG A=, ARG A=2.0",
        "ARG A= B=1, ARG A=2.0 B=1",
        "ARG A=\"\", ARG A=\"2.0\"",
        "ARG AA=1 A=1, ARG AA=1 A=2.0",
      })
  void only_the_default_is_replaced(String declared, String expected) {
    edits(
        "# c\n" + declared + "\nFROM a:$A\nARG A=1\n",
        arg("A", "2.0"),
        "# c\n" + expected + "\nFROM a:$A\nARG A=1\n");
  }

  @Test
  void a_default_with_blanks_is_quoted() {
    edits("ARG A=1 B\nFROM a\n", arg("A", "x  y"), "ARG A=\"x  y\" B\nFROM a\n");
    edits("ARG A='1' B\nFROM a\n", arg("A", "x y"), "ARG A='x y' B\nFROM a\n");
  }

  @Test
  void an_empty_default_before_a_continuation_is_filled_on_its_line() {
    edits("ARG A=\\\n B=1\nFROM a\n", arg("A", "2"), "ARG A=2\\\n B=1\nFROM a\n");
  }

  @Test
  void a_default_that_is_so_already_stays() {
    leaves("ARG A=1\nFROM a\n", arg("A", "1"));
    leaves("ARG A=\"1\"\nFROM a\n", arg("A", "1"));
    leaves("ARG A=\nFROM a\n", arg("A", ""));
  }

  @Test
  void a_default_that_is_not_one_thing_is_held() {
    holds("FROM a\nARG A=1\n", arg("A", "2"), "no ARG of this name stands before the first FROM");
    holds("ARG A\nFROM a\n", arg("A", "2"), "the ARG has no default");
    holds("ARG A=1\\\n2\nFROM a\n", arg("A", "2"), "the default is broken over several lines");
    String twice = "the ARG is declared more than once before the first FROM";
    holds("ARG A=1\nARG A\nFROM a\n", arg("A", "2"), twice);
    holds("ARG A=1 A=2\nFROM a\n", arg("A", "2"), twice);
    for (String value : List.of("$B", "a\"", "a'", "a\\", "a\nb", "a\tb")) {
      holds("ARG A=1\nFROM a\n", arg("A", value), "the value can't be written without escapes");
    }
  }

  // SetUser

  @Test
  void the_last_user_is_changed_in_place() {
    edits(
        "FROM a\nUSER b\nRUN x\n  user\troot  \n# c\nCMD c\n",
        user(0, "node"),
        "FROM a\nUSER b\nRUN x\n  user\tnode  \n# c\nCMD c\n");
    edits("FROM a\nUSER \"root\"\n", user(0, "node"), "FROM a\nUSER \"node\"\n");
    edits("FROM a\nUSER 'root'\n", user(0, "$U"), "FROM a\nUSER $U\n");
    edits("FROM a\nUSER \\\n  root\n", user(0, "1:1"), "FROM a\nUSER \\\n  1:1\n");
    edits("FROM a\nUSER root\nCOPY x y\n", user(0, "node"), "FROM a\nUSER node\nCOPY x y\n");
  }

  @Test
  void a_user_under_which_something_is_still_run_stays_for_it() {
    edits(
        "FROM a\nUSER root\nRUN x\nCMD c\n",
        user(0, "node"),
        "FROM a\nUSER root\nRUN x\nUSER node\nCMD c\n");
    edits(
        "FROM a\nUSER root\nWORKDIR /x\n",
        user(0, "node"),
        "FROM a\nUSER root\nWORKDIR /x\nUSER node\n");
  }

  @Test
  void a_new_user_stands_before_the_closing_block() {
    edits("FROM a\nRUN x\nCMD c\n", user(0, "node"), "FROM a\nRUN x\nUSER node\nCMD c\n");
    edits("FROM a\nCMD c\n", user(0, "node"), "FROM a\nUSER node\nCMD c\n");
    edits(
        "FROM a\nCOPY x y\nENV A=1\n\nEXPOSE 80\nENV B=1\nHEALTHCHECK NONE\nENTRYPOINT e\nCMD c\n",
        user(0, "1000:1000"),
        "FROM a\nCOPY x y\nENV A=1\n\nUSER 1000:1000\nEXPOSE 80\nENV B=1\nHEALTHCHECK NONE\nENTRYPOINT e\nCMD c\n");
    edits(
        "FROM a\nCMD c\nRUN x\nCMD d\n",
        user(0, "node"),
        "FROM a\nCMD c\nRUN x\nUSER node\nCMD d\n");
  }

  @Test
  void comments_on_top_of_the_closing_block_stay_with_it() {
    edits(
        "FROM a\nRUN x\n# of run\n\n  # one\n# two\n  CMD c\n",
        user(0, "node"),
        "FROM a\nRUN x\n# of run\n\n  USER node\n  # one\n# two\n  CMD c\n");
    edits(
        "FROM a\nRUN x\n# start\nCMD c\n",
        user(0, "node"),
        "FROM a\nRUN x\nUSER node\n# start\nCMD c\n");
  }

  @Test
  void the_end_of_a_heredoc_is_no_comment() {
    edits(
        "FROM a\nRUN <<#E\nx\n#E\nCMD c\n",
        user(0, "node"),
        "FROM a\nRUN <<#E\nx\n#E\nUSER node\nCMD c\n");
  }

  @Test
  void without_a_command_the_user_ends_the_stage() {
    edits(
        "FROM a\nRUN x\nEXPOSE 1\n\n# of next\nFROM b\nCMD c\n",
        user(0, "node"),
        "FROM a\nRUN x\nEXPOSE 1\nUSER node\n\n# of next\nFROM b\nCMD c\n");
    edits("# c\nFROM a\n", user(0, "node"), "# c\nFROM a\nUSER node\n");
    edits("FROM a\nCMD c\nRUN x\n", user(0, "node"), "FROM a\nCMD c\nRUN x\nUSER node\n");
    edits("FROM a\nRUN <<E\nx\nE\n", user(0, "node"), "FROM a\nRUN <<E\nx\nE\nUSER node\n");
  }

  @Test
  void comments_and_blank_lines_after_the_last_instruction_stay_at_the_end() {
    assertThat(apply("FROM a\nRUN x \n\n# end", user(0, "node")))
        .isEqualTo("FROM a\nRUN x \nUSER node\n\n# end");
  }

  @Test
  void the_keyword_is_written_as_most_are() {
    edits("from a\nrun x\nCMD c\n", user(0, "node"), "from a\nrun x\nuser node\nCMD c\n");
    edits("From a\nRUN x\ncmd c\n", user(0, "node"), "From a\nRUN x\nUSER node\ncmd c\n");
  }

  @Test
  void mixed_line_ends_are_kept_and_the_neighbour_gives_the_new_one() {
    assertThat(apply("FROM a\nRUN x\r\nCMD c\n", user(0, "u")))
        .isEqualTo("FROM a\nRUN x\r\nUSER u\r\nCMD c\n");
    assertThat(apply("FROM a\r\nRUN x\nCMD c", user(0, "u")))
        .isEqualTo("FROM a\r\nRUN x\nUSER u\nCMD c");
    assertThat(apply("FROM a\r\nRUN x", user(0, "u"))).isEqualTo("FROM a\r\nRUN x\r\nUSER u");
    assertThat(apply("FROM a", user(0, "u"))).isEqualTo("FROM a\nUSER u");
  }

  @Test
  void a_user_that_is_so_already_stays() {
    leaves("FROM a\nUSER node\nRUN x\nCMD c\n", user(0, "node"));
    leaves("FROM a\nUSER \"node\"\n", user(0, "node"));
    leaves("FROM a\nUSER no\\\nde\n", user(0, "node"));
  }

  @Test
  void a_user_that_can_not_be_set_safely_is_held() {
    holds("FROM a\nUSER ro\\\not\n", user(0, "node"), "the user is broken over several lines");
    holds("FROM a\nUSER root # c\n", user(0, "node"), "the USER holds more than one word");
    holds("FROM a\nUSER\n", user(0, "node"), "the USER holds more than one word");
    holds("FROM a\nRUN x \\\n", user(0, "u"), "the last instruction ends with a continuation");
    holds(
        "FROM a\nRUN x \\\n\n# c\n", user(0, "u"), "the last instruction ends with a continuation");
    holds("FROM a\n", user(1, "u"), "there is no such stage");
    holds("FROM a\n", user(0, "u v"), "the user can't be written as one plain word");
  }

  @Test
  void the_file_that_broke_other_tools_is_edited_in_place() {
    String before =
        """
        # syntax=docker/dockerfile:1
        # escape=\\
        ARG VERSION=20
        FROM node:${VERSION} AS build
        WORKDIR /app
        ADD . /app
        RUN apt-get update && apt-get install -y \\
            # inline comment
            curl \\
            git

        # Explain why second run
        RUN npm ci   # not a comment in shell? it is
        RUN <<EOT
        set -e
        echo hi
        EOT
        FROM node:20-alpine
        COPY --from=build /app /app
        RUN  apk add --no-cache   curl
        # important: keep separate
        RUN echo 'one' # note
        RUN echo two
        EXPOSE 80
        ENV PORT=80
        ENTRYPOINT exec node server.js --port $PORT && echo bye
        CMD   npm start
        """;
    edits(before, arg("VERSION", "22"), before.replace("=20", "=22"));
    edits(before, base(1, "node:22-alpine"), before.replace(":20-", ":22-"));
    edits(before, user(1, "node"), before.replace("EXPOSE", "USER node\nEXPOSE"));
    edits(before, user(0, "node"), before.replace("EOT\nFROM", "EOT\nUSER node\nFROM"));
  }

  @Test
  void a_goal_for_another_file_is_a_mistake() {
    Dockerfile file = Texts.read("FROM a\n");
    var goal = new Edit.SetUser("other", 0, "u");
    assertThatThrownBy(() -> DockerfileSplicer.splice(file, goal, "fix"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // Rewrite

  private static Edit.Dockerfile rewrite(String before, String after) {
    return new Edit.Rewrite(Texts.PATH, 0, before, after);
  }

  @Test
  void an_instruction_is_rewritten_in_its_own_words() {
    edits("FROM a\nADD  x /y\n", rewrite("ADD  x /y", "COPY  x /y"), "FROM a\nCOPY  x /y\n");
  }

  @Test
  void only_words_that_differ_are_touched() {
    edits(
        """
        FROM a
        RUN apt-get update && \\
            # what it needs
            apt-get install -y \\
                curl  \\

                git
        """,
        rewrite(
            "RUN apt-get update &&     apt-get install -y         curl          git",
            "RUN apt-get update &&     apt-get install -y --no-install-recommends         curl"
                + "          git"
                + "     && rm -rf /var/lib/apt/lists/*"),
        """
        FROM a
        RUN apt-get update && \\
            # what it needs
            apt-get install -y --no-install-recommends \\
                curl  \\

                git \\
            && rm -rf /var/lib/apt/lists/*
        """);
  }

  @Test
  void words_are_taken_away_and_put_in_between() {
    edits(
        "FROM a\nCOPY --chown=x --link a b c /d\nUSER x\n",
        rewrite("COPY --chown=x --link a b c /d", "COPY --link --chmod=0644 b q c /d"),
        "FROM a\nCOPY --link --chmod=0644 b q c /d\nUSER x\n");
  }

  @Test
  void each_instruction_of_the_stage_that_says_so_is_rewritten() {
    edits(
        "FROM a\nRUN x\nRUN y\nRUN  x\nRUN x\nFROM b\nRUN x\n",
        rewrite("RUN x", "RUN z"),
        "FROM a\nRUN z\nRUN y\nRUN z\nRUN z\nFROM b\nRUN x\n");
  }

  @Test
  void what_another_fix_changed_too_gets_the_words_that_differ() {
    var goal =
        new Edit.Rewrite(
            Texts.PATH,
            0,
            "RUN --mount=type=tmpfs,target=/x apt-get install -y     a && b",
            "RUN --mount=type=tmpfs,target=/x apt-get install -y --no-recommends     a && b && c",
            1);
    edits(
        """
        FROM a
        RUN apt-get install a
        RUN --mount=type=tmpfs,target=/x  apt install \
            a && b
        """,
        goal,
        """
        FROM a
        RUN apt-get install a
        RUN --mount=type=tmpfs,target=/x  apt install --no-recommends \
            a && b && c
        """);
    String done =
        "FROM a\nRUN x\nRUN --mount=type=tmpfs,target=/x apt install --no-recommends     a && b && c\n";
    assertThat(apply(done, goal)).isEqualTo(done);
    String why = "the instruction is no longer what it was";
    holds("FROM a\nRUN x\n", goal, why);
    holds("FROM a\nRUN x\nRUN z && q\n", goal, why);
    holds("FROM a\nRUN x\nRUN [\"apt\", \"install\"]\n", goal, why);
  }

  @Test
  void what_changed_meanwhile_is_not_rewritten() {
    holds("FROM a\nRUN x\n", rewrite("RUN y", "RUN z"), "the instruction is no longer what it was");
    holds(
        "FROM a\nRUN x\n",
        new Edit.Rewrite(Texts.PATH, 1, "RUN x", "RUN z"),
        "it is not one instruction of a stage");
    holds(
        "FROM a\nRUN x\n",
        rewrite("RUN x", "RUN y\nRUN z"),
        "it is not one instruction of a stage");
    holds(
        "FROM a\nRUN one\\\ntwo x\n",
        rewrite("RUN onetwo x", "RUN three x"),
        "a part that would change is broken over several lines");
  }

  @Test
  void an_escape_of_the_file_continues_what_is_added() {
    assertThat(
            apply(
                "# escape=`\nFROM a\nRUN x `\n  && y\n",
                rewrite("RUN x   && y", "RUN x   && y   && z")))
        .isEqualTo("# escape=`\nFROM a\nRUN x `\n  && y `\n  && z\n");
  }

  // Insert

  private static Edit.Dockerfile insert(String instruction, @Nullable String next) {
    return new Edit.Insert(Texts.PATH, 0, instruction, next);
  }

  @Test
  void an_instruction_is_inserted_above_the_comments_of_the_next() {
    edits(
        "FROM a\nCOPY . .\n\n# how it starts\nCMD [\"x\"]\nFROM b\nCMD [\"x\"]\n",
        insert("RUN adduser -D app", "CMD [\"x\"]"),
        "FROM a\nCOPY . .\n\nRUN adduser -D app\n# how it starts\nCMD [\"x\"]\nFROM b\nCMD [\"x\"]\n");
    edits("from a\ncmd x\n", insert("RUN y", "CMD x"), "from a\nrun y\ncmd x\n");
  }

  @Test
  void without_a_next_one_it_ends_the_stage() {
    edits("FROM a\nRUN x\n\nFROM b\n", insert("USER y", null), "FROM a\nRUN x\nUSER y\n\nFROM b\n");
    edits("ARG X\nFROM a\n", insert("USER y", null), "ARG X\nFROM a\nUSER y\n");
  }

  @Test
  void nothing_is_inserted_twice_or_before_what_is_not_there() {
    leaves("FROM a\nRUN x\nCMD y\n", insert("RUN x", "CMD y"));
    leaves("FROM a\nRUN x\n", insert("RUN x", null));
    holds(
        "FROM a\nRUN x\n",
        insert("RUN y", "CMD z"),
        "the instruction before which it belongs is no longer what it was");
    holds("FROM a\n", insert("RUN a\nRUN b", null), "it is not one instruction of a stage");
  }

  // KeepLast

  private static Edit.Dockerfile keepLast(String keyword) {
    return new Edit.KeepLast(Texts.PATH, 0, keyword);
  }

  @Test
  void of_a_keyword_the_last_one_of_the_stage_stays() {
    edits(
        "FROM a\nCMD x\nRUN y\n  cmd \\\n  z\nCMD x\nUSER q\nFROM b\nCMD v\nCMD w\n",
        keepLast("CMD"),
        "FROM a\nRUN y\nCMD x\nUSER q\nFROM b\nCMD v\nCMD w\n");
    edits("FROM a\nRUN <<E\nx\nE\nRUN y", keepLast("RUN"), "FROM a\nRUN y");
  }

  @Test
  void of_two_blank_lines_around_what_goes_one_stays() {
    edits("FROM a\n\nCMD x\n\nCMD y\n", keepLast("CMD"), "FROM a\n\nCMD y\n");
    edits("FROM a\n\nCMD x\nCMD y\n", keepLast("CMD"), "FROM a\n\nCMD y\n");
    edits("FROM a\nCMD x\n\nCMD y\n", keepLast("CMD"), "FROM a\n\nCMD y\n");
  }

  @Test
  void what_stands_once_or_with_a_comment_stays() {
    leaves("FROM a\nCMD x\n# b\nONBUILD CMD y\n", keepLast("CMD"));
    leaves("FROM a\nRUN x\n", keepLast("CMD"));
    String comment = "a comment speaks of it: take both away by hand";
    holds("FROM a\n# why\nCMD x\nCMD y\n", keepLast("CMD"), comment);
    holds("FROM a\nCMD x \\\n# why\n y\nCMD y\n", keepLast("CMD"), comment);
    holds("FROM a\n", new Edit.KeepLast(Texts.PATH, 1, "CMD"), "there is no such stage");
  }

  // UnsetEnv

  private static Edit.Dockerfile unset(int stage, String name) {
    return new Edit.UnsetEnv(Texts.PATH, stage, name);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      delimiter = '|',
      value = {
        "ENV A=1 B=2 C=3 | A | ENV B=2 C=3",
        "ENV A=1 B=2 C=3 | B | ENV A=1 C=3",
        "ENV A=1 B=2  C='x y' | C | ENV A=1 B=2",
        "ENV A=1 \\¶    B=2 \\¶    C=3 | A | ENV B=2 \\¶    C=3",
        "ENV A=1 \\¶    B=2 \\¶    C=3 | B | ENV A=1 \\¶    C=3",
        "ENV A=1 \\¶    B=2 \\¶    C=3 | C | ENV A=1 \\¶    B=2",
        "ENV A=1 \\¶  # b¶ B=2 \\¶  # c¶ C=3 | A | ENV \\¶  # b¶ B=2 \\¶  # c¶ C=3",
        "ENV A=1 \\¶  # b¶ B=2 \\¶  # c¶ C=3 | B | ENV A=1 \\¶  # b¶  # c¶ C=3",
        "ENV A=1 \\¶  # b¶ B=2 \\¶  # c¶ C=3 | C | ENV A=1 \\¶  # b¶ B=2¶  # c",
        "ENV \\¶  A=1 \\¶  B=2 | A | ENV \\¶  B=2",
        "ENV A=1 B=2 \\¶  C=3 D=4 | B | ENV A=1 \\¶  C=3 D=4",
        "ENV A=1 B=2 \\¶  C=3 D=4 | C | ENV A=1 B=2 \\¶  D=4",
        "ENV A=1 B=\"2 \\¶ 2\" C=3 | B | ENV A=1 C=3",
        "env a=1 A=2 | A | env a=1",
      })
  void one_variable_of_several_leaves_the_lines_of_the_others(
      String env, String name, String expected) {
    edits(
        "FROM a\n" + env.replace('¶', '\n') + "\nRUN x\n",
        unset(0, name),
        "FROM a\n" + expected.replace('¶', '\n') + "\nRUN x\n");
  }

  @Test
  void an_instruction_that_sets_nothing_else_goes() {
    edits("FROM a\n# c\nENV A=1\nRUN x\n", unset(0, "A"), "FROM a\n# c\nRUN x\n");
    edits("FROM a\nENV A some words\nRUN x\n", unset(0, "A"), "FROM a\nRUN x\n");
    edits("FROM a\n\nENV \\\n A=1\n\nRUN x\n", unset(0, "A"), "FROM a\n\nRUN x\n");
    edits("FROM a\nENV A=1\nENV B=2 A=3\n", unset(0, "A"), "FROM a\nENV B=2\n");
    edits("FROM a\nENV A=1\nFROM a\nENV A=1\n", unset(1, "A"), "FROM a\nENV A=1\nFROM a\n");
    leaves("FROM a\nENV B A=1\nARG A=1\nLABEL A=1\n", unset(0, "A"));
  }

  @Test
  void a_file_ends_as_it_did_without_its_last_instruction() {
    edits("FROM a\nENV A=1\n", unset(0, "A"), "FROM a\n");
  }

  @Test
  void what_cannot_be_taken_out_alone_is_held() {
    holds(
        "FROM a\nENV \\\n # c\n A=1\n",
        unset(0, "A"),
        "a comment stands inside of it: take both away by hand");
    holds("FROM a\nENV A=1 A=2\n", unset(0, "A"), "one instruction sets it twice");
    holds("FROM a\n", unset(1, "A"), "there is no such stage");
  }
}
