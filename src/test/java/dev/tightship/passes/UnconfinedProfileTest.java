package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Remark.Finding;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnconfinedProfileTest extends PassTest {

  UnconfinedProfileTest() {
    super(new UnconfinedProfile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seccomp:unconfined",
        "seccomp=unconfined",
        "apparmor:unconfined",
        "label:disable",
        "label=disable",
        "systempaths=unconfined",
        "'seccomp:${P:-unconfined}'"
      })
  void takes_each_of_them_away_and_leaves_no_empty_list(String option) {
    String before =
        "services:\n  db:\n    image: mysql:8.4.11\n    security_opt:\n      - %s\n    tty: true\n"
            .formatted(option);
    offers(Level.STANDARD, before);
    hardens(Level.STRICT, before, "services:\n  db:\n    image: mysql:8.4.11\n    tty: true\n");
  }

  @Test
  void leaves_the_other_options() {
    hardens(
        Level.STRICT,
        """
        services:
          db:
            image: mysql:8.4.11
            security_opt:
              - seccomp:unconfined
              # mind the order
              - no-new-privileges:true
              - label:disable # SELinux
              - label:type:svirt_apache_t
        """,
        """
        services:
          db:
            image: mysql:8.4.11
            security_opt:
              # mind the order
              - no-new-privileges:true
              # SELinux
              - label:type:svirt_apache_t
        """);
  }

  @Test
  void takes_them_from_every_file() {
    hardens(
        Level.STRICT,
        Given.compose(
                "services: {db: {image: nginx, security_opt: [label:disable, seccomp:unconfined]}}\n")
            .override(
                "services: {db: {tty: true, security_opt: [apparmor:unconfined, label:user:U]}}\n"),
        Map.of(
            COMPOSE,
            "services: {db: {image: nginx}}\n",
            OVERRIDE,
            "services: {db: {tty: true, security_opt: [label:user:U]}}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: acme/web",
        "image: nginx, security_opt: [no-new-privileges:true]",
        "image: nginx, security_opt: ['seccomp:./web.json', apparmor:docker-default]",
        "image: nginx, security_opt: []"
      })
  void leaves_what_is_confined(String settings) {
    leaves("services: {web: {%s}}".formatted(settings), "no profile is turned off");
  }

  @Test
  void asks_a_person_where_the_image_does_not_tell() {
    assertThat(
            findings(
                "services: {web: {image: acme/x, security_opt: [seccomp=unconfined, label:disable]}}"))
        .extracting(Finding::message)
        .containsExactly(
            "the container runs without the filter of system calls (seccomp) and without the"
                + " separation by SELinux labels");
  }

  @Test
  void sends_to_privileged_first() {
    advises(
        "services: {web: {image: nginx, privileged: true, security_opt: [seccomp:unconfined]}}",
        "the service is privileged, which turns them off by itself: that first");
  }

  @Test
  void does_not_guess() {
    advises(
        "services: {web: {image: nginx, security_opt: ['${OPT}']}}",
        "a variable without a value here stands in security_opt");
    advises(
        "services: {web: {image: nginx}, heir: {extends: gone}}",
        "it extends service gone, which is not in compose.yaml");
  }

  @Test
  void leaves_an_anchor_to_a_person() {
    advises(
        """
        x-o: &o [seccomp:unconfined]
        services: {a: {image: nginx, security_opt: *o}, b: {image: nginx, security_opt: *o}}
        """,
        "security_opt comes from an anchor that other places share");
    advises(
        Given.compose(
                """
                x-o: &o [seccomp:unconfined]
                services: {a: {image: nginx, security_opt: *o}}
                """)
            .override("services: {a: {tty: true, security_opt: [label:disable]}}\n"),
        "security_opt comes from an anchor that other places share");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " # why\n      - seccomp:unconfined",
        "\n      - seccomp:unconfined # why\n      - label:disable"
      })
  void loses_no_comment_with_a_list(String list) {
    advises(
        "services:\n  db:\n    image: mysql:8.4.11\n    security_opt:" + list + "\n    tty: true\n",
        "a comment in the list would go with it: take security_opt away by hand");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "services: {db: {image: 'mysql:8.4.11', security_opt: seccomp:unconfined}}",
        "x-o: &o label:disable\nservices: {db: {image: 'mysql:8.4.11', security_opt: [*o, label:user:U]}}"
      })
  void leaves_what_is_no_list_of_texts(String text) {
    advises(text, "security_opt is not written as a list of texts");
  }

  @Test
  void takes_the_list_beside_a_merge_key_only_when_it_brings_none() {
    advises(
        """
        x-a: &a {security_opt: [seccomp:unconfined]}
        services: {web: {<<: *a, image: nginx, security_opt: [label:disable]}}
        """,
        "a merge key brings another security_opt, which would count then");
  }
}
