package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverriddenUserTest extends PassTest {

  private static final String NOBODY = "its image names no other user, as far as it is known";

  OverriddenUserTest() {
    super(new OverriddenUser());
  }

  private static Given service(String user, String dockerfile) {
    return Given.compose("services: {api: {build: ., user: %s}}\n".formatted(user))
        .and(DOCKERFILE, dockerfile.replace('~', '\n') + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "'0'", "'0:0'", "root:root", "'0:1000'", "'${NOBODY:-0}'"})
  void reports_root_by_each_of_its_names(String user) {
    assertThat(said(service(user, "FROM a~USER app")))
        .containsExactly("medium root starts it, although line 2 of Dockerfile names app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM a~USER 1000 | line 2 of Dockerfile names 1000",
        "FROM a AS b~USER app~FROM b | line 2 of Dockerfile names app",
        "FROM grafana/grafana:13.1.0 | grafana/grafana starts as 472:0",
      })
  void tells_who_names_another_user(String dockerfile, String says) {
    assertThat(said(service("root", dockerfile)))
        .containsExactly("medium root starts it, although " + says);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM a",
        "FROM a~USER root",
        "FROM a~USER app~USER 0",
        "FROM a~ARG U~USER $U",
        "FROM scratch",
        "FROM redis:8.10.1"
      })
  void leaves_root_where_nobody_names_another_user(String dockerfile) {
    leaves(service("root", dockerfile), NOBODY);
  }

  @Test
  void leaves_other_users_and_those_that_are_not_known() {
    String other = "it is not root that it names, as far as it is known";
    leaves(service("app", "FROM a~USER app"), other);
    leaves(service("'10'", "FROM a~USER app"), other);
    leaves(service("'${X}'", "FROM a~USER app"), other);
    leaves("services: {api: {image: grafana/grafana:13.1.0}}\n", "it starts as its image says");
  }
}
