package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.pass.Remark.Finding;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidsLimitTest extends PassTest {

  private static final String OWN = "it has a limit of its own";

  PidsLimitTest() {
    super(new PidsLimit());
  }

  @Test
  void limits_a_known_image_at_the_end_of_its_service() {
    hardens(
        """
        services:
          web:
            image: nginx:1.31.4 # front
            ports: ["8080:80"] # open

          db:
            image: mongo:8.0.29
        """,
        """
        services:
          web:
            image: nginx:1.31.4 # front
            ports: ["8080:80"] # open
            pids_limit: 512

          db:
            image: mongo:8.0.29
            pids_limit: 1024
        """);
  }

  @Test
  void offers_at_level_safe_what_a_rule_of_thumb_says() {
    offers(Level.SAFE, "services: {web: {image: nginx}}");
  }

  @Test
  void limits_a_service_in_braces() {
    hardens(
        "services: {web: {image: nginx}}\n", "services: {web: {image: nginx, pids_limit: 512}}\n");
  }

  @Test
  void limits_what_is_built_here() {
    hardens(
        "services:\n  api:\n    build: .\n",
        "services:\n  api:\n    build: .\n    pids_limit: 512\n");
  }

  @Test
  void gives_what_is_built_here_as_much_as_its_base_needs() {
    hardens(
        Level.STANDARD,
        Given.compose(
                """
                services:
                  db:
                    build:
                      context: .
                      target: run
                      args: [BASE=mongo]
                """)
            .and(
                DOCKERFILE,
                """
                ARG BASE=nginx
                FROM ${BASE}:8.0.29 AS start
                FROM start AS run
                FROM nginx:1.31.4
                """),
        Map.of(
            COMPOSE,
            """
            services:
              db:
                build:
                  context: .
                  target: run
                  args: [BASE=mongo]
                pids_limit: 1024
            """));
  }

  @Test
  void limits_an_unknown_image_only_at_level_strict() {
    String before = "services: {web: {image: acme/unknown}}\n";
    offers(Level.STANDARD, before);
    hardens(Level.STRICT, before, "services: {web: {image: acme/unknown, pids_limit: 512}}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: nginx\n    command: nginx -c /srv/own.conf",
        "image: nginx\n    entrypoint: [/start.sh]",
        "image: nginx:1.19.3",
        "image: nginx@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "image: nginx\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro']",
        "image: nginx\n    volumes: [{type: bind, source: ./bin, target: /usr/local/bin}]",
        "image: nginx\n    volumes: ['${HERE}:/docker-entrypoint.sh']",
        "image: ${IMAGE}",
      })
  void takes_an_image_that_starts_otherwise_for_unknown(String service) {
    String before = "services:\n  web:\n    " + service + "\n";
    offers(Level.STANDARD, before);
    hardens(Level.STRICT, before, before + "    pids_limit: 512\n");
  }

  @Test
  void says_why_an_image_counts_as_unknown() {
    assertThat(
            whys(
                Level.STANDARD,
                Given.compose(
                    """
                    services:
                      a: {image: acme/unknown}
                      b: {image: nginx, command: x}
                      c: {image: "nginx:1.19.3"}
                      d: {image: nginx, volumes: ['./x:/etc/nginx']}
                    """)))
        .containsExactly(
            "it is not known how many processes the image needs",
            "the service has its own command, and what is known of nginx does not cover it",
            "what is known of the image does not cover its version 1.19.3",
            "/etc/nginx is mounted over what the image brings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'./site.conf:/etc/nginx/conf.d/default.conf'",
        "'./public:/usr/share/nginx/html'",
        "'/etc/localtime:/etc/localtime:ro'",
        "'./certs:/etc/ssl/certs'",
        "'data:/var/lib/x'",
        "/data",
        "'${HERE:-.}/public:/public'"
      })
  void takes_what_an_image_is_there_to_be_given_for_ordinary(String volume) {
    String before = "services:\n  web:\n    image: nginx\n    volumes: [" + volume + "]\n";
    String volumes = volume.contains("data:") ? "volumes: {data: {}}\n" : "";
    hardens(before + volumes, before + "    pids_limit: 512\n" + volumes);
  }

  @Test
  void limits_a_superseded_release_of_a_known_line() {
    hardens(
        "services:\n  web:\n    image: nginx:1.31.0-alpine\n",
        "services:\n  web:\n    image: nginx:1.31.0-alpine\n    pids_limit: 512\n");
  }

  @Test
  void goes_into_deploy_where_limits_are() {
    hardens(
        """
        services:
          web:
            image: nginx
            deploy:
              resources:
                limits:
                  memory: 64m # small
            restart: always
        """,
        """
        services:
          web:
            image: nginx
            deploy:
              resources:
                limits:
                  memory: 64m # small
                  pids: 512
            restart: always
        """);
  }

  @Test
  void takes_the_short_key_beside_a_deploy_without_limits() {
    hardens(
        "services:\n  web:\n    image: nginx\n    deploy: {replicas: 2}\n",
        "services:\n  web:\n    image: nginx\n    deploy: {replicas: 2}\n    pids_limit: 512\n");
  }

  @Test
  void sees_limits_in_another_file() {
    hardens(
        Level.STANDARD,
        Given.compose("services:\n  web:\n    image: nginx\n")
            .override("services: {web: {deploy: {resources: {limits: {memory: 1g}}}}}\n"),
        Map.of(
            COMPOSE,
            """
            services:
              web:
                image: nginx
                deploy:
                  resources:
                    limits:
                      pids: 512
            """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pids_limit: 100",
        "pids_limit: '${PIDS:-100}'",
        "pids_limit: '${PIDS}'",
        "deploy: {resources: {limits: {pids: 100}}}"
      })
  void leaves_a_limit_that_is_there(String limit) {
    leaves("services: {web: {image: nginx, %s}}".formatted(limit), OWN);
  }

  @Test
  void leaves_a_limit_that_another_file_or_an_anchor_brings() {
    leaves(
        Given.compose("services: {web: {image: nginx}}\n")
            .override("services: {web: {pids_limit: 90}}\n"),
        OWN);
    leaves(
        """
        x-limits: &limits {pids_limit: 90}
        services: {web: {image: nginx, <<: *limits}}
        """,
        OWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pids_limit: 0",
        "pids_limit: -1",
        "deploy: {resources: {limits: {pids: 0}}}",
        "pids_limit: '${PIDS:-0}'"
      })
  void reports_a_limit_that_is_turned_off(String limit) {
    advises(
        "services: {web: {image: nginx, %s}}".formatted(limit),
        "the project turns the limit off by name");
  }

  @Test
  void reports_a_stack() {
    advises(
        "services: {web: {image: nginx, deploy: {placement: {max_replicas_per_node: 1}}}}",
        "deploy.placement of service web shows that the file is deployed as a stack: set"
            + " deploy.resources.limits.pids, which needs version 3.9 there");
  }

  @Test
  void reports_what_extends_and_what_is_extended() {
    hardens(
        """
        services:
          base: {image: nginx}
          web: {extends: base}
        """,
        """
        services:
          base: {image: nginx, pids_limit: 512}
          web: {extends: base}
        """);
  }

  @Test
  void writes_limits_out_that_an_alias_brings() {
    hardens(
        """
        x-deploy: &small {resources: {limits: {memory: 64m}}}
        services:
          web: {image: nginx, deploy: *small}
          api: {image: nginx, deploy: *small}
        """,
        """
        x-deploy: &small {resources: {limits: {memory: 64m}}}
        services:
          web: {image: nginx, deploy: {resources: {limits: {memory: 64m, pids: 512}}}}
          api: {image: nginx, deploy: {resources: {limits: {memory: 64m, pids: 512}}}}
        """);
  }

  @Test
  void writes_beside_a_merge_key() {
    hardens(
        """
        x-common: &common
          restart: always
        services:
          web:
            <<: *common
            image: nginx
        """,
        """
        x-common: &common
          restart: always
        services:
          web:
            <<: *common
            image: nginx
            pids_limit: 512
        """);
  }

  @Test
  void writes_once_what_an_alias_stands_for() {
    hardens(
        """
        services:
          web: &web {image: nginx}
          other: *web
        """,
        """
        services:
          web: &web {image: nginx, pids_limit: 512}
          other: *web
        """);
  }

  @Test
  void leaves_what_a_later_file_takes_away_or_replaces() {
    Given given = Given.compose("services: {web: {image: nginx, pids_limit: 10}}\n");
    advises(
        given.override("services: {web: {pids_limit: !reset null}}\n"),
        "compose.override.yaml takes pids_limit away with !reset");
    leaves(given.override("services: {web: {pids_limit: !override 100}}\n"), OWN);
  }

  @Test
  void says_the_same_in_every_locale() {
    Locale usual = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(new PidsLimit().inspect(Given.compose("services: {web: {image: nginx}}").load()))
          .singleElement()
          .extracting(remark -> remark instanceof Finding found ? found.fix() : null)
          .extracting(fix -> fix == null ? null : fix.title())
          .isEqualTo("limit the service to 512 processes and threads");
    } finally {
      Locale.setDefault(usual);
    }
  }
}
