package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompiledProfileTest {

  private static final Source LIST = new Source("the list", "2026-08-21");
  private static final Source RECIPE = new Source("the recipe", "2026-02-26");

  private static ImageProfile full(NoNewPrivileges noNewPrivileges) {
    return new ImageProfile(
        List.of("store", "vendor/store"),
        new Fact<>(Status.NO_SUPPORTED_TAGS, Known.READ, LIST, "gone since May"),
        new Fact<>(Kind.DATASTORE, Known.STAND_IN, RECIPE, null),
        new Fact<>(true, Known.DOCUMENTED, RECIPE, null),
        new Fact<>(noNewPrivileges, Known.INFERRED, RECIPE, null),
        new Fact<>(256, Known.INFERRED, RECIPE, null),
        new Versions(
            Known.READ,
            LIST,
            new Fact<>(new Versions.Form(2, 10, 3), Known.DOCUMENTED, RECIPE, null),
            List.of(
                new Versions.Release(
                    "1.2",
                    "1",
                    List.of(
                        new Versions.Group(List.of("*", "*-slim"), List.of("1", "latest")),
                        new Versions.Group(List.of("*-old"), List.of())),
                    Map.of("small", "1.2-slim")),
                new Versions.Release(
                    "1.1", "1", List.of(new Versions.Group(List.of("*"), List.of())), Map.of())),
            List.of("edge", "nightly")));
  }

  private static ImageProfile bare() {
    return new ImageProfile(
        List.of("store"),
        new Fact<>(Status.ACTIVE, Known.READ, LIST, null),
        new Fact<>(Kind.TOOL, Known.READ, LIST, null),
        new Fact<>(false, Known.READ, LIST, null),
        null,
        null,
        new Versions(Known.READ, LIST, null, List.of(), List.of()));
  }

  @Test
  void is_read_as_it_was_written() {
    for (var profile :
        List.of(
            full(new NoNewPrivileges.Ok()),
            full(new NoNewPrivileges.Breaks("needs sudo")),
            bare())) {
      var copy = CompiledProfile.read("x", CompiledProfile.write(profile));

      assertThat(copy).usingRecursiveComparison().isEqualTo(profile);
    }
  }

  @Test
  void a_line_break_in_a_text_is_refused() {
    var profile = full(new NoNewPrivileges.Breaks("two\nlines"));

    assertThatThrownBy(() -> CompiledProfile.write(profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tab or line break in: two");
  }

  @ParameterizedTest
  @CsvSource({
    "tightship-image 1, tightship-image 2, line 1: not a profile of this version",
    "name, nom, line 2: unknown statement nom",
    "active, activ, line 4: unknown value activ",
    "false, no, line 6: unknown value no",
    "read|0|, read|7|, line 4: no source 7",
    "read|0|, read|x|, line 4: not a number: x",
    "read|0|, read|0, line 4: wrong number of fields",
    "versions|read|0, moving|a, line 7: something is missing",
    "versions|read|0, tags|*|1, line 7: tags without a release",
    "versions|read|0, full|3|read|0|, line 7: three numbers expected",
  })
  void a_damaged_text_is_refused_with_its_line(String from, String to, String message) {
    String text = CompiledProfile.write(bare());
    String damaged = text.replaceFirst(tabs(from).replace("*", "\\*"), tabs(to));

    assertThat(damaged).isNotEqualTo(text);
    assertThatThrownBy(() -> CompiledProfile.read("images/store", damaged))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("images/store, " + message);
  }

  private static String tabs(String text) {
    return text.replace('|', '\t');
  }

  @Test
  void a_text_that_is_cut_off_is_refused() {
    String text = CompiledProfile.write(full(new NoNewPrivileges.Ok()));

    assertThatThrownBy(() -> CompiledProfile.read("x", text.substring(0, text.length() - 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("cut off");
    assertThatThrownBy(() -> CompiledProfile.read("x", ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("something is missing");
  }
}
