package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoNewPrivilegesTest extends PassTest {

  NoNewPrivilegesTest() {
    super(new NoNewPrivileges());
  }

  private static Given built(String dockerfile) {
    return Given.compose("services:\n  api:\n    build: .\n").and(DOCKERFILE, dockerfile);
  }

  private static final String BUILT_AFTER =
      """
      services:
        api:
          build: .
          security_opt:
            - no-new-privileges:true
      """;

  @Test
  void adds_the_option_to_a_known_image_at_every_level() {
    hardens(
        Level.SAFE,
        """
        services:
          web:
            image: nginx:1.31.4 # front
            # the door
            ports:
              - "8080:80"
        """,
        """
        services:
          web:
            image: nginx:1.31.4 # front
            # the door
            ports:
              - "8080:80"
            security_opt:
              - no-new-privileges:true
        """);
  }

  @Test
  void follows_a_file_whose_lists_are_not_indented() {
    hardens(
        """
        services:
          web:
            image: nginx
            ports:
            - 80:80
        """,
        """
        services:
          web:
            image: nginx
            ports:
            - 80:80
            security_opt:
            - no-new-privileges:true
        """);
  }

  @Test
  void adds_to_a_list_in_its_own_form() {
    hardens(
        Level.SAFE,
        """
        services:
          a:
            image: nginx
            security_opt:
              - "label:disable" # SELinux
          b:
            image: nginx
            security_opt: [seccomp:unconfined]
          c: {image: nginx, security_opt: []}
          d:
            image: nginx
            security_opt:
        """,
        """
        services:
          a:
            image: nginx
            security_opt:
              - "label:disable" # SELinux
              - "no-new-privileges:true"
          b:
            image: nginx
            security_opt: [seccomp:unconfined, no-new-privileges:true]
          c: {image: nginx, security_opt: [no-new-privileges:true]}
          d:
            image: nginx
            security_opt: [no-new-privileges:true]
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-new-privileges:true",
        "no-new-privileges=true",
        "no-new-privileges",
        "'no-new-privileges: true'",
        "no-new-privileges:1",
        "'no-new-privileges:${NNP:-true}'"
      })
  void leaves_the_option_in_any_of_its_forms(String option) {
    leaves("services: {web: {image: nginx, security_opt: [%s]}}".formatted(option), "it is set");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-new-privileges:false",
        "no-new-privileges=false",
        "no-new-privileges:0",
        "'no-new-privileges:${NNP:-false}'"
      })
  void respects_a_project_that_turns_it_off(String option) {
    advises(
        "services: {web: {image: nginx, security_opt: [%s]}}".formatted(option),
        "the project turns the protection off by name");
  }

  @Test
  void does_not_guess_the_value_of_a_variable() {
    String text = "services: {web: {image: nginx, security_opt: ['no-new-privileges:${NNP}']}}";
    advises(text, "a variable without a value here decides whether the protection is on");
    leaves(Given.compose(text).and(".env", "NNP=true\n"), "it is set");
  }

  @Test
  void never_doubles_what_another_file_or_an_anchor_sets() {
    leaves(
        Given.compose("services: {web: {image: nginx}}\n")
            .override("services: {web: {security_opt: [no-new-privileges:true]}}\n"),
        "it is set");
    leaves(
        """
        x-hard: &hard {security_opt: [no-new-privileges:true]}
        services: {web: {<<: *hard, image: nginx}}
        """,
        "it is set");
  }

  @Test
  void goes_to_the_file_that_names_the_image_when_another_has_the_list() {
    hardens(
        Level.SAFE,
        Given.compose("services:\n  web:\n    image: nginx\n")
            .override("services:\n  web:\n    security_opt: [seccomp:unconfined]\n"),
        Map.of(
            COMPOSE,
            """
            services:
              web:
                image: nginx
                security_opt:
                  - no-new-privileges:true
            """));
  }

  @Test
  void does_not_hide_a_list_that_a_merge_key_brings() {
    hardens(
        """
        x-common: &common
          security_opt: [label:disable]
        services:
          web:
            <<: *common
            image: nginx
        """,
        """
        x-common: &common
          security_opt: [label:disable]
        services:
          web:
            <<: *common
            image: nginx
            security_opt: [label:disable, no-new-privileges:true]
        """);
  }

  @Test
  void does_not_add_to_a_list_that_another_file_replaces() {
    advises(
        Given.compose("services: {web: {image: nginx}}\n")
            .override("services: {web: {security_opt: !override [label:disable]}}\n"),
        "compose.override.yaml takes security_opt away with !override");
  }

  @Test
  void writes_a_list_out_that_an_alias_brings() {
    hardens(
        """
        x-opt: &opt [label:disable]
        services:
          web: {image: nginx, security_opt: *opt}
        """,
        """
        x-opt: &opt [label:disable]
        services:
          web: {image: nginx, security_opt: [label:disable, no-new-privileges:true]}
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "'true'", "${P:-true}", "${P}"})
  void leaves_what_is_privileged_to_a_person(String privileged) {
    advises(
        "services: {web: {image: nginx, privileged: '%s'}}".formatted(privileged.replace("'", "")),
        "the service is privileged, which has to go first");
  }

  @Test
  void hardens_what_says_that_it_is_not_privileged() {
    hardens(
        "services:\n  web:\n    image: nginx\n    privileged: false\n",
        """
        services:
          web:
            image: nginx
            privileged: false
            security_opt:
              - no-new-privileges:true
        """);
  }

  @Test
  void reports_a_stack_which_ignores_the_option() {
    advises(
        "services: {web: {image: nginx, deploy: {placement: {max_replicas_per_node: 1}}}}",
        "deploy.placement of service web shows that the file is deployed as a stack, and a stack"
            + " ignores security_opt");
  }

  @Test
  void adds_the_option_to_an_unknown_image_from_standard_on() {
    String before = "services: {web: {image: acme/unknown}}\n";
    offers(Level.SAFE, before);
    hardens(
        Level.STANDARD,
        before,
        "services: {web: {image: acme/unknown, security_opt: [no-new-privileges:true]}}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: nginx\n    command: nginx -c /srv/own.conf",
        "image: nginx\n    entrypoint: /start.sh",
        "image: nginx:1.19.3",
        "image: nginx\n    volumes:\n      - ./bin:/usr/bin"
      })
  void takes_an_image_that_starts_otherwise_for_unknown(String service) {
    String before = "services:\n  web:\n    " + service + "\n";
    offers(Level.SAFE, before);
    hardens(Level.STANDARD, before, before + "    security_opt:\n      - no-new-privileges:true\n");
  }

  @Test
  void leaves_an_image_that_is_known_to_need_privileges() {
    advises(
        "services: {vault: {image: hashicorp/vault}}",
        "its file capability IPC_LOCK is not granted any more, so the server cannot lock its"
            + " memory unless disable_mlock is set or the memlock limit allows it");
  }

  @Test
  void leaves_what_is_built_on_such_an_image() {
    advises(
        built("FROM hashicorp/vault:1.21.0 AS base\nFROM base\n"),
        "it is built on hashicorp/vault: its file capability IPC_LOCK is not granted any more, so"
            + " the server cannot lock its memory unless disable_mlock is set or the memlock limit"
            + " allows it");
  }

  @Test
  void adds_the_option_to_what_is_built_here_without_helpers() {
    Given given =
        built(
            """
            FROM node:24.19.0
            # RUN sudo true
            COPY --chmod=0755 . .
            RUN chmod 755 run.sh && chmod -R u+rwX,g=rX /app && apk add su-exec gosu
            CMD ["./run.sh", "--sudoku"]
            """);
    offers(Level.SAFE, given);
    hardens(Level.STANDARD, given, Map.of(COMPOSE, BUILT_AFTER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN apt-get install -y curl sudo | sudo",
        "RUN /usr/bin/sudo true | sudo",
        "CMD [\"su\", \"app\", \"-c\", \"run\"] | su",
        "ENTRYPOINT [\"/bin/sh\",\"-c\",\"exec doas run\"] | doas",
        "CMD su -c run app | su",
        "RUN setcap cap_net_bind_service=+ep /app/run | setcap",
        "RUN chmod u+s /usr/bin/x | chmod u+s",
        "RUN chmod -R -v 4755 /usr/bin/x | chmod 4755",
        "RUN chmod u+x,g+s /x | chmod u+x,g+s",
        "RUN chmod u=rwxs /x | chmod u=rwxs",
        "RUN true;chmod 06755 /x | chmod 06755",
        "COPY --chmod=4755 x /x | --chmod=4755",
        "HEALTHCHECK CMD sudo true | sudo",
        "ONBUILD RUN sudo true | sudo",
        "SHELL [\"sudo\", \"sh\", \"-c\"] | sudo"
      })
  void leaves_what_is_built_here_with_a_helper(String line) {
    String[] parts = line.split(" \\| ", -1);
    advises(
        built("FROM debian:13.6\n\n" + parts[0] + "\n"),
        "line 3 of Dockerfile names " + parts[1] + ", which the option would break");
  }

  @Test
  void looks_into_heredocs() {
    advises(
        built("FROM debian:13.6\nRUN <<EOF\nset -e\nsudo true\nEOF\n"),
        "line 2 of Dockerfile names sudo, which the option would break");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "command: sh -c 'sudo run' | command",
        "entrypoint: [su, app] | entrypoint",
        "healthcheck: {test: [CMD-SHELL, \"sudo true\"]} | healthcheck"
      })
  void leaves_a_service_that_calls_a_helper_itself(String setting) {
    String[] parts = setting.split(" \\| ", -1);
    String helper = parts[0].contains("sudo") ? "sudo" : "su";
    advises(
        "services:\n  web:\n    image: acme/unknown\n    " + parts[0] + "\n",
        "its %s names %s, which the option would break".formatted(parts[1], helper));
  }

  @Test
  void needs_to_read_the_dockerfile() {
    advises(
        "services: {api: {build: .}}",
        "its Dockerfile was not read: make sure that nothing in it needs sudo, su or a set-uid"
            + " program");
    advises(
        "services: {api: {build: 'https://git.example/app.git'}}",
        "its Dockerfile was not read (the build context is remote and is never fetched): make sure"
            + " that nothing in it needs sudo, su or a set-uid program");
  }

  @Test
  void is_written_once_where_all_heirs_want_it() {
    hardens(
        "services: {base: {image: nginx}, web: {extends: {service: base}}}",
        "services: {base: {image: nginx, security_opt: [no-new-privileges:true]}, web: {extends:"
            + " {service: base}}}");
    holds(
        "services: {base: {image: nginx}, web: {extends: base, security_opt:"
            + " [no-new-privileges:true]}}",
        "service web draws on this one (services.base), and would change with it");
  }

  @Test
  void says_why_it_trusts_each_kind_of_image() {
    assertThat(
            whys(
                Level.STRICT,
                built("FROM node:24.19.0\n")
                    .override(
                        "services: {b: {image: nginx}, c: {image: acme/unknown},"
                            + " d: {image: redis, command: redis-server /srv/own.conf}}\n")))
        .containsExactly(
            "its Dockerfile names no sudo, no su and no set-uid program",
            "nothing that the image does when it starts gains privileges, and dropping them still"
                + " works",
            "few programs gain privileges on the way, but it is not known that this one does not",
            "few programs gain privileges on the way, but it is not known that this one does not:"
                + " the service has its own command, and what is known of redis does not cover it");
  }

  @Test
  void leaves_a_piece_of_a_service_to_the_file_that_it_overrides() {
    advises(
        """
        services:
          web:
            restart: always
        """,
        "it has neither image nor build here: name the file that has as well, with -f");
  }
}
