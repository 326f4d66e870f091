package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedSecretTest extends PassTest {

  private static final String FINE = "no service repeats a secret of it";

  RepeatedSecretTest() {
    super(new RepeatedSecret());
  }

  private static Given project(String db, String dockerfile) {
    return Given.compose(
            "services: {api: {build: .}, db: {image: 'postgres:16.15', %s}}\n".formatted(db))
        .and(DOCKERFILE, "FROM debian:13\n" + dockerfile + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ENV DB_PASSWORD=Tr33-H0use | environment: {POSTGRES_PASSWORD: Tr33-H0use}",
        "ENV DB_PASSWORD \"Tr33-H0use\" | environment: ['POSTGRES_PASSWORD=Tr33-H0use']",
        "ARG DB_PASSWORD=Tr33-H0use | environment: {POSTGRES_PASSWORD: '${X:-Tr33-H0use}'}",
        "ENV URL=postgres://a:Tr33-H0use@db/a | environment: {POSTGRES_PASSWORD: Tr33-H0use}",
      })
  void names_both_places_and_no_value(String instruction, String settings) {
    Given given = project(settings, instruction);
    assertThat(said(given))
        .singleElement()
        .asString()
        .endsWith(" holds the secret of POSTGRES_PASSWORD of service db")
        .doesNotContain("Tr33");
  }

  @Test
  void looks_at_build_arguments() {
    Given given =
        Given.compose("services: {api: {build: {context: ., args: {DB_PASSWORD: Tr33-H0use}}}}\n")
            .and(DOCKERFILE, "FROM debian:13\nARG DB_PASSWORD=Tr33-H0use\n");
    assertThat(said(given))
        .containsExactly("high DB_PASSWORD holds the secret of DB_PASSWORD of service api");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ENV DB_PASSWORD=0ther-0ne",
        "ENV DB_PASSWORD=",
        "ENV DB_PASSWORD=changeme",
        "ENV DB_PASSWORD=$PASSWORD",
        "RUN echo",
      })
  void leaves_others(String instruction) {
    leaves(
        project("environment: {POSTGRES_PASSWORD: Tr33-H0use, A_PASSWORD: changeme}", instruction),
        FINE);
  }
}
