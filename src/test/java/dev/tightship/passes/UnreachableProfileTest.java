package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.oracle.Compose;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnreachableProfileTest extends PassTest {

  private static final String FINE = "whatever turns it on turns on what it needs";

  UnreachableProfileTest() {
    super(new UnreachableProfile());
  }

  /** What Compose refuses without a profile weighs most, and what it takes less or nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: {image: x, depends_on: [b]}, b: {image: y, profiles: [p]}",
        "a: {image: x, depends_on: [b]}, b: {image: y, profiles: []}",
        "a: {image: x, depends_on: {b: {condition: service_healthy}}}, b: {image: y, profiles: [p]}",
        "a: {image: x, depends_on: {b: {condition: service_started, required: false}}},"
            + " b: {image: y, profiles: [p]}",
        "a: {image: x, links: ['b:c']}, b: {image: y, profiles: [p]}",
        "a: {image: x, volumes_from: ['b:ro']}, b: {image: y, profiles: [p]}",
        "a: {image: x, network_mode: 'service:b'}, b: {image: y, profiles: [p]}",
        "a: {image: x, pid: 'service:b'}, b: {image: y, profiles: [p]}",
        "a: {build: {context: ., additional_contexts: {c: 'service:b'}}},"
            + " b: {build: ., profiles: [p]}",
        "a: {image: x, depends_on: [b], profiles: [q]}, b: {image: y, profiles: [p]}, c: {image: z}",
        "a: {image: x, profiles: [p], depends_on: [b]}, b: {image: y}",
      })
  void finds_what_compose_refuses(String services, @TempDir Path folder) throws Exception {
    String text = "{services: {%s}}".formatted(services);
    Path file = folder.resolve(COMPOSE);
    Files.writeString(file, text);
    boolean accepted = Compose.orSkip().config(folder, List.of(file), "--quiet").accepted();
    assertThat(findings(text).stream().noneMatch(f -> f.severity() == Severity.HIGH))
        .isEqualTo(accepted);
  }

  /** With one profile: what Compose refuses then is a finding. */
  @ParameterizedTest
  @CsvSource({"p, p, p", "p, '[p, q]', p", "'[p, q]', p, q", "q, p, q", "'[p, q]', '[q, p]', p"})
  void each_profile_has_to_do(String a, String b, String on, @TempDir Path folder)
      throws Exception {
    String text =
        """
        services:
          a: {image: x, profiles: [%s], depends_on: [b]}
          b: {image: y, profiles: [%s]}
        """
            .formatted(a, b)
            .replace("[[", "[")
            .replace("]]", "]");
    Path file = folder.resolve(COMPOSE);
    Files.writeString(file, text);
    boolean accepted =
        Compose.orSkip().config(folder, List.of(file), "--profile", on, "--quiet").accepted();
    assertThat(findings(text).isEmpty()).isEqualTo(accepted);
    assertThat(findings(text)).allMatch(f -> f.severity() == Severity.MEDIUM);
  }

  @Test
  void names_the_profiles() {
    assertThat(
            findings(
                """
                services:
                  a: {image: x, profiles: [p, q, r], depends_on: [b]}
                  b: {image: y, profiles: [p, s]}
                """))
        .extracting(Remark.Finding::message)
        .containsExactly(
            "it needs service b, which only profile p or s turns on: with profile q or r alone Docker"
                + " Compose refuses the project");
  }

  @Test
  void leaves_what_is_on_or_not_known() {
    Given given =
        Given.compose("{services: {a: {image: x, links: [b]}, b: {image: y, profiles: [p]}}}");
    leaves(given.enabling("o", "p"), FINE);
    leaves("{services: {a: {image: x, links: [b]}, b: {image: y, profiles: ['$P']}}}", FINE);
    leaves("{services: {a: {image: x, links: [b]}}}", FINE);
  }
}
