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

  private static ImageProfile full(Verdict verdict) {
    return new ImageProfile.Builder()
        .add(FactKey.STATUS, fact(Status.NO_SUPPORTED_TAGS))
        .add(FactKey.KIND, new Fact<>(Kind.DATASTORE, Known.STAND_IN, LIST, "gone since May"))
        .add(FactKey.HOLDS_DATA, fact(true))
        .add(FactKey.NO_NEW_PRIVILEGES, fact(verdict))
        .add(FactKey.USER, fact(Variants.always("root")))
        .add(FactKey.ACCOUNT, fact(new Variants<>(Map.of("", "999:999", "alpine", "70:70"))))
        .add(FactKey.COMMANDS, fact(new Commands(List.of("store", "-"), List.of("data dir"))))
        .add(FactKey.CONFIGURATION, fact(List.of("/usr/local/etc/store")))
        .add(
            FactKey.CAPABILITIES,
            fact(new Variants<>(Map.of("", List.of("CHOWN", "SETUID"), "7", List.of("CHOWN")))))
        .add(FactKey.CAPABILITIES_AS_ACCOUNT, fact(Variants.always(List.of())))
        .add(FactKey.READ_ONLY, fact(new Verdict.Ok()))
        .add(FactKey.TMPFS, fact(List.of("/run", "/tmp:exec")))
        .add(FactKey.DATA, fact(List.of("/data")))
        .add(FactKey.MEMORY, fact(new Memory(64, 256, true)))
        .add(FactKey.PIDS, fact(256))
        .add(
            FactKey.HEALTH,
            fact(
                new Variants<>(
                    Map.of(
                        "",
                        List.of("CMD-SHELL", "store ping | grep ok"),
                        "slim",
                        List.of("NONE")))))
        .add(
            FactKey.SECRET_FILES,
            fact(
                new SecretFiles(
                    List.of(
                        SecretVariable.throughFile("PASSWORD", "PASSWORD_FILE"),
                        new SecretVariable("KEY", "KEY", "file://PATH"),
                        SecretVariable.withoutFile("*")),
                    "1.2",
                    true)))
        .add(FactKey.END_OF_LIFE, fact(Map.of("1", "2030-01-31")))
        .build(
            List.of("store", "vendor/store"),
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
                        "1.1",
                        "1",
                        List.of(new Versions.Group(List.of("*"), List.of())),
                        Map.of())),
                List.of("edge", "nightly")));
  }

  private static <T> Fact<T> fact(T value) {
    return new Fact<>(value, Known.INFERRED, RECIPE, null);
  }

  private static ImageProfile bare() {
    return new ImageProfile.Builder()
        .add(FactKey.STATUS, new Fact<>(Status.ACTIVE, Known.READ, LIST, null))
        .add(FactKey.KIND, new Fact<>(Kind.TOOL, Known.READ, LIST, null))
        .add(FactKey.HOLDS_DATA, new Fact<>(false, Known.READ, LIST, null))
        .build(List.of("store"), new Versions(Known.READ, LIST, null, List.of(), List.of()));
  }

  @Test
  void is_read_as_it_was_written() {
    for (var profile :
        List.of(full(new Verdict.Ok()), full(new Verdict.Breaks("needs sudo")), bare())) {
      var copy = CompiledProfile.read("x", CompiledProfile.write(profile));

      assertThat(copy).usingRecursiveComparison().isEqualTo(profile);
    }
  }

  @Test
  void a_line_break_in_a_text_is_refused() {
    var profile = full(new Verdict.Breaks("two\nlines"));

    assertThatThrownBy(() -> CompiledProfile.write(profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("tab or line break in: breaks two");
  }

  @ParameterizedTest
  @CsvSource({
    "tightship-image 2, tightship-image 1, line 1: not a profile of this version",
    "name, nom, line 2: unknown statement nom",
    "active, activ, line 4: unknown value activ",
    "false, no, line 6: unknown value no",
    "read|0|, read|7|, line 4: no source 7",
    "read|0|, read|x|, line 4: not a number: x",
    "read|0|, read|0, line 4: wrong number of fields",
    "versions|read|0, moving|a, line 7: missing: versions",
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
    String text = CompiledProfile.write(full(new Verdict.Ok()));

    assertThatThrownBy(() -> CompiledProfile.read("x", text.substring(0, text.length() - 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("cut off");
    assertThatThrownBy(() -> CompiledProfile.read("x", ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("missing: versions");
  }
}
