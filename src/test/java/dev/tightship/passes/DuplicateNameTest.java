package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.oracle.Compose;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicateNameTest extends PassTest {

  DuplicateNameTest() {
    super(new DuplicateName());
  }

  /** What Compose refuses without a profile weighs most, and what it takes less or nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{services: {a: {image: x, container_name: foo}, b: {image: y, container_name: foo}}}",
        "{services: {a: {image: x, container_name: foo}, b: {image: y, container_name: fool}}}",
        "{services: {a: {image: x, container_name: foo}, b: {image: y, container_name: '${N:-foo}'}}}",
        "{x-n: &n {container_name: foo}, services: {a: {<<: *n, image: x}, b: {<<: *n, image: y}}}",
        "{services: {a: {image: x, container_name: foo, scale: 2}}}",
        "{services: {a: {image: x, container_name: foo, scale: '${N:-2}'}}}",
        "{services: {a: {image: x, container_name: foo, deploy: {replicas: 2}}}}",
        "{services: {a: {image: x, container_name: foo, deploy: {replicas: 1}, scale: 1}}}",
        "{services: {a: {image: x, container_name: foo, deploy: {mode: global, replicas: 2}}}}",
        "{services: {a: {image: x, container_name: foo, scale: 0}, b: {image: y, container_name: foo}}}",
        "{services: {a: {image: x, container_name: foo, profiles: [p]}, b: {image: y, container_name: foo}}}",
        "{services: {a: {image: x, container_name: foo, profiles: [p], scale: 2}, b: {image: y}}}",
        "{services: {a: {image: x, scale: 3}}}",
      })
  void finds_what_compose_refuses(String text, @TempDir Path folder) throws Exception {
    Path file = folder.resolve(COMPOSE);
    Files.writeString(file, text);
    boolean accepted = Compose.orSkip().config(folder, List.of(file), "--quiet").accepted();
    assertThat(findings(text).stream().noneMatch(f -> f.severity() == Severity.HIGH))
        .isEqualTo(accepted);
  }

  @Test
  void profiles_tell_when_services_meet() {
    String text =
        """
        services:
          a: {image: x, container_name: foo, profiles: [%s]}
          b: {image: y, container_name: foo, profiles: [%s]}
          c: {image: z}
        """;
    assertThat(findings(text.formatted("p", "q"))).isEmpty();
    assertThat(findings(text.formatted("o, p", "p")))
        .singleElement()
        .matches(f -> f.severity() == Severity.MEDIUM)
        .extracting(Remark.Finding::message)
        .isEqualTo(
            "the container of service a is named foo as well: Docker Compose refuses the project"
                + " with profile p");
  }

  @Test
  void leaves_names_that_are_not_known() {
    leaves(
        "{services: {a: {image: x, container_name: $N}, b: {image: y, container_name: $N}}}",
        "it gives its containers no name, or one that is not known");
  }
}
