package dev.tightship.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportTest {

  private static final Source LIST = new Source("the list", "2026-08-21");

  private static ImageProfile image(String sourceDate, Map<String, String> ends, String... lines) {
    var releases =
        List.of(lines).stream()
            .map(
                line ->
                    new Versions.Release(
                        line + ".5",
                        line,
                        List.of(new Versions.Group(List.of("*", "*-slim"), List.of(line))),
                        Map.of()))
            .toList();
    return new ImageProfile.Builder()
        .add(FactKey.STATUS, new Fact<>(Status.ACTIVE, Known.READ, LIST, null))
        .add(FactKey.KIND, new Fact<>(Kind.TOOL, Known.READ, LIST, null))
        .add(FactKey.HOLDS_DATA, new Fact<>(false, Known.READ, LIST, null))
        .add(
            FactKey.END_OF_LIFE,
            new Fact<>(ends, Known.DOCUMENTED, new Source("the dates", sourceDate), null))
        .build(List.of("tool"), new Versions(Known.READ, LIST, null, releases, List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-22, 2026-08-21, ended",
    "2026-08-22, 2026-08-22, ended",
    "2026-08-22, 2026-08-23, soon",
    "2026-08-22, 2027-02-22, soon",
    "2026-08-22, 2027-02-23, later",
    "2026-03-31, 2026-09-30, soon",
    "2026-03-31, 2026-10-01, later",
    "2026-06-30, 2026-12-30, soon",
    "2026-06-30, 2026-12-31, later",
    "2026-07-01, 2027-01-01, soon",
  })
  void a_date_is_compared_with_that_of_its_source(String source, String date, String expected) {
    var support = Support.of(image(source, Map.of("1", date)), "1.2");

    assertThat(support)
        .isInstanceOfSatisfying(
            Support.Dated.class,
            dated ->
                assertThat(dated.ended() ? "ended" : dated.endsSoon() ? "soon" : "later")
                    .isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "3.1, 3.1",
    "3.1.9-slim, 3.1",
    "v3.1.9, 3.1",
    "3.11, 3",
    "3-slim, 3",
    "8u412-b08, 8",
    "8_1, 8",
    "bookworm-20260803, bookworm",
    "bookworms, ",
    "30, ",
    "8beta, ",
    "x3.1, ",
  })
  void the_longest_line_that_a_tag_begins_with_counts(String tag, String line) {
    var ends =
        Map.of("3", "2030-01-01", "3.1", "2030-01-01", "8", "2030-01-01", "bookworm", "2030-01-01");
    var support = Support.of(image("2026-08-22", ends), tag);

    if (line == null) {
      assertThat(support).isInstanceOf(Support.Unknown.class);
    } else {
      assertThat(support)
          .isInstanceOfSatisfying(
              Support.Dated.class, dated -> assertThat(dated.line()).isEqualTo(line));
    }
  }

  @Test
  void a_floating_tag_counts_as_what_it_meant() {
    var image = image("2026-08-22", Map.of("2.4", "2030-01-01"), "2.4", "2");

    assertThat(Support.of(image, "2.4-slim")).isInstanceOf(Support.Dated.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1.9, true",
    "2.3.1-slim, true",
    "2.5, true",
    "v1, true",
    "2.4.1, false",
    "2, false",
    "2.6.9, false",
    "2.7, false",
    "3, false",
    "slim, false",
    "20260101123456, false",
  })
  void a_line_beside_newer_ones_that_are_listed_is_superseded(String tag, boolean superseded) {
    var image = image("2026-08-22", Map.of("99", "2030-01-01"), "2.4", "2.6", "edge");

    assertThat(Support.of(image, tag) instanceof Support.Unlisted).isEqualTo(superseded);
  }

  @Test
  void nothing_is_said_without_a_version() {
    assertThat(Support.of(image("2026-08-22", Map.of("1", "2030-01-01")), null))
        .isEqualTo(new Support.Unknown("it is not known which version the image is"));
  }
}
