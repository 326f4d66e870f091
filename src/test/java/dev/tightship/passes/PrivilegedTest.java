package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Remark.Finding;
import dev.tightship.pass.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivilegedTest extends PassTest {

  private static final String FIND_OUT =
      "find out what it needs and give it that alone: its devices under devices, a capability under"
          + " cap_add";

  PrivilegedTest() {
    super(new Privileged());
  }

  @Test
  void takes_it_from_a_known_server_only_at_level_strict() {
    String before =
        """
        services:
          db:
            image: mongo:8.0.29 # store
            privileged: true # for the folder
            ports: ["27017:27017"]
        """;
    offers(Level.STANDARD, before);
    hardens(
        Level.STRICT,
        before,
        """
        services:
          db:
            image: mongo:8.0.29 # store
            # for the folder
            ports: ["27017:27017"]
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "'true'", "yes", "\"on\"", "True", "'${P:-true}'"})
  void knows_each_way_to_say_so(String value) {
    hardens(
        Level.STRICT,
        "services: {web: {image: nginx, privileged: %s}}\n".formatted(value),
        "services: {web: {image: nginx}}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"privileged: false", "privileged: 'no'", "privileged: '${P:-false}'", "tty: true"})
  void leaves_what_is_not_privileged(String setting) {
    leaves("services: {web: {image: acme/web, %s}}".formatted(setting), "it is not privileged");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: acme/web",
        "image: ubuntu:24.04",
        "image: nginx, command: /start",
        "image: 'nginx:1.19.3'",
        "build: ."
      })
  void asks_a_person_where_the_image_does_not_tell(String image) {
    advises("services: {web: {%s, privileged: true}}".formatted(image), FIND_OUT);
  }

  @Test
  void says_what_is_known_to_be_enough() {
    advises(
        "services: {vpn: {image: 'qmcgaw/gluetun', privileged: true}}",
        "NET_ADMIN under cap_add and /dev/net/tun under devices are enough");
  }

  @Test
  void does_not_guess_a_variable() {
    assertThat(findings("services: {web: {image: nginx, privileged: '${P}'}}"))
        .extracting(Finding::severity, Finding::fix)
        .containsExactly(tuple(Severity.MEDIUM, null));
  }

  @Test
  void leaves_what_would_not_be_gone() {
    advises(
        Given.compose("services: {db: {image: nginx, privileged: true}}\n")
            .override("services: {db: {privileged: true, tty: true}}\n"),
        "privileged is set in more than one file");
    advises(
        """
        x-a: &a {privileged: true}
        services: {db: {<<: *a, image: nginx, privileged: true}}
        """,
        "a merge key brings another privileged, which would count then");
    advises(
        """
        x-a: &a {tty: true}
        x-b: &b {<<: *a, privileged: true}
        services: {db: {<<: [*a, *b], image: nginx, privileged: true}}
        """,
        "a merge key brings another privileged, which would count then");
    holds(
        """
        x-a: &a {privileged: true}
        services: {db: {<<: *a, image: nginx}}
        """,
        "it comes from a mapping that other places share");
    advises(
        "services: {db: {image: nginx, privileged: true}, b: {extends: db}}",
        "privileged comes from the service that this one extends");
    advises(
        "services: {db: {image: nginx}, b: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
  }

  @Test
  void takes_it_beside_a_merge_key_that_brings_something_else() {
    hardens(
        Level.STRICT,
        "x-a: &a {tty: true}\nservices: {db: {<<: *a, image: nginx, privileged: true}}\n",
        "x-a: &a {tty: true}\nservices: {db: {<<: *a, image: nginx}}\n");
  }

  @Test
  void takes_it_from_the_file_that_says_it() {
    hardens(
        Level.STRICT,
        Given.compose("services: {db: {image: nginx}}\n")
            .override("services: {db: {privileged: true, tty: true}}\n"),
        Map.of(OVERRIDE, "services: {db: {tty: true}}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "post_start: [{command: x, privileged: true}]|HIGH",
        "pre_stop: [{command: x, privileged: 'true', user: root}]|HIGH",
        "pre_stop: [{command: x, user: '0:0'}]|LOW",
        "build: {context: ., privileged: true}|MEDIUM",
        "build: {context: ., entitlements: [security.insecure]}|MEDIUM",
      })
  void reports_hooks_and_builds(String setting, Severity severity) {
    assertThat(findings("services: {web: {image: acme/web, %s}}".formatted(setting)))
        .extracting(Finding::severity)
        .containsExactly(severity);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "post_start: [{command: x, user: app}]",
        "post_start: [{command: x, user: '${U}'}]",
        "build: {context: ., entitlements: [network.host]}",
        "build: {context: ., privileged: false}",
      })
  void leaves_ordinary_hooks_and_builds(String setting) {
    leaves("services: {web: {image: acme/web, %s}}".formatted(setting), "it is not privileged");
  }
}
