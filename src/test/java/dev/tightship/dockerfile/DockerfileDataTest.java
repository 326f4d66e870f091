package dev.tightship.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.edit.Edit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileDataTest {

  private static DockerfileData data(String text) {
    return Texts.read(text).data();
  }

  @Test
  void how_a_thing_is_written_is_no_part_of_the_data() {
    assertThat(
            data(
                "#escape=\\\n# c\nfrom  --platform='x'  \"a\"\n\nRun --m=\"y\" x \\\n # c\n y\nCMD [ \"c\" ]\n"))
        .isEqualTo(data("# ESCAPE = \\\nFROM --platform=x a\nRUN --m=y x  y\nCMD [\"c\"]"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '§',
      value = {
        "FROM b|FROM a",
        "FROM a AS b|FROM a",
        "FROM a\\nRUN x|FROM a\\nRUN x y",
        "FROM a\\nRUN x|FROM a\\nCMD x",
        "FROM a\\nRUN x|FROM a\\nRUN --f x",
        "FROM a\\nRUN --f=a x|FROM a\\nRUN --f x",
        "FROM a\\nCMD x|FROM a\\nCMD [\"x\"]",
        "FROM a\\nRUN <<E\\nx\\nE|FROM a\\nRUN <<E\\ny\\nE",
        "FROM a\\nRUN x\\nRUN y|FROM a\\nRUN y\\nRUN x",
        "ARG A=1\\nFROM a|ARG A\\nFROM a",
        "# syntax=a\\nFROM a|# syntax=b\\nFROM a",
        "FROM a\\nONBUILD RUN x|FROM a\\nONBUILD CMD x",
        "FROM a\\nFOO x|FROM a\\nFOO y",
      },
      delimiter = '|')
  void what_a_thing_says_is(String one, String other) {
    assertThat(data(one.replace("\\n", "\n"))).isNotEqualTo(data(other.replace("\\n", "\n")));
  }

  @Test
  void a_goal_changes_just_what_it_names() {
    String text = "ARG A=1 B=1\nFROM a\nRUN x\nFROM b\nCMD c\n";
    assertThat(data(text).apply(new Edit.SetBase("d", 1, "n")))
        .isEqualTo(data(text.replace("FROM b", "FROM n")));
    assertThat(data(text).apply(new Edit.SetGlobalArg("d", "B", "2")))
        .isEqualTo(data(text.replace("B=1", "B=2")));
    assertThat(data(text).apply(new Edit.SetUser("d", 1, "u")))
        .isEqualTo(data(text.replace("CMD", "USER u\nCMD")));
    assertThat(data(text).apply(new Edit.SetUser("d", 0, "u")))
        .isEqualTo(data(text.replace("RUN x\n", "RUN x\nUSER u\n")));
  }

  @Test
  void a_goal_for_what_is_not_there_changes_nothing() {
    DockerfileData data = data("ARG A\nFROM a\nARG B=1\n");
    assertThat(data.apply(new Edit.SetBase("d", 1, "n"))).isEqualTo(data);
    assertThat(data.apply(new Edit.SetGlobalArg("d", "A", "2"))).isEqualTo(data);
    assertThat(data.apply(new Edit.SetGlobalArg("d", "B", "2"))).isEqualTo(data);
    assertThat(data.apply(new Edit.SetUser("d", 1, "u"))).isEqualTo(data);
  }
}
