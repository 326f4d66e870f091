package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

  private static final Source LIST = new Source("the list", "2026-08-21");

  private static final Versions VERSIONS =
      versions(
          new Versions.Form(2, 10, 3),
          List.of(
              new Versions.Release(
                  "18.6",
                  "18",
                  List.of(
                      new Versions.Group(
                          List.of("*", "*-alpine", "open-*", "open-*-jdk"),
                          List.of("18", "latest"))),
                  Map.of("small", "18.6-alpine")),
              new Versions.Release(
                  "17.11", "17", List.of(new Versions.Group(List.of("*"), List.of())), Map.of())),
          List.of("nightly"));

  private static Versions versions(
      Versions.@Nullable Form form, List<Versions.Release> releases, List<String> moving) {
    return new Versions(
        Known.READ,
        LIST,
        form == null ? null : new Fact<>(form, Known.INFERRED, LIST, null),
        releases,
        moving);
  }

  @ParameterizedTest
  @CsvSource({
    "latest, 18.6",
    "18, 18.6",
    "alpine, 18.6-alpine",
    "18-alpine, 18.6-alpine",
    "open, open-18.6",
    "open-18, open-18.6",
    "open-jdk, open-18.6-jdk",
    "small, 18.6-alpine",
  })
  void a_floating_tag_means_its_exact_one(String tag, String exact) {
    assertThat(VERSIONS.pin(tag)).isEqualTo(new Pin.To(exact, "18", "2026-08-21", "the list"));
  }

  @Test
  void no_tag_means_latest() {
    assertThat(VERSIONS.pin(null)).isEqualTo(VERSIONS.pin("latest"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"18.6", "18.6-alpine", "open-18.6-jdk", "17.11"})
  void a_listed_version_is_exact(String tag) {
    assertThat(VERSIONS.pin(tag)).isEqualTo(new Pin.Exact(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"18.2", "18.2-alpine", "v18.2", "10.0", "9.6.24", "9.6.24-alpine", "20260817.1"})
  void a_superseded_version_is_exact_by_its_form(String tag) {
    assertThat(VERSIONS.pin(tag)).isEqualTo(new Pin.Exact(false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "13-alpine3.18", "9.6", "9.6-alpine3.18", "bookworm", "v", "v.1.2"})
  void a_tag_that_the_table_does_not_hold_is_unknown(String tag) {
    assertThat(VERSIONS.pin(tag))
        .isEqualTo(
            new Pin.Unknown(
                "the tags listed on 2026-08-21 do not include "
                    + tag
                    + ": not supported any more, or never published"));
  }

  @Test
  void a_tag_without_a_more_exact_one_is_unknown() {
    assertThat(VERSIONS.pin("nightly"))
        .isEqualTo(new Pin.Unknown("no tag listed on 2026-08-21 names the version behind nightly"));
  }

  @Test
  void without_a_list_only_the_form_can_tell() {
    var bare = versions(new Versions.Form(3, 0, 3), List.of(), List.of());

    assertThat(bare.pin("1.2.3")).isEqualTo(new Pin.Exact(false));
    assertThat(bare.pin("1.2")).isEqualTo(new Pin.Unknown("no tag of this image is listed"));
  }

  @Test
  void without_a_form_only_the_list_can_tell() {
    var listed = versions(null, VERSIONS.releases(), List.of());

    assertThat(listed.pin("18.6")).isEqualTo(new Pin.Exact(true));
    assertThat(listed.pin("18.2")).isInstanceOf(Pin.Unknown.class);
  }

  @Test
  void a_version_longer_than_a_number_can_be_is_read() {
    assertThat(VERSIONS.pin("99999999999999999999.1")).isEqualTo(new Pin.Exact(false));
  }
}
