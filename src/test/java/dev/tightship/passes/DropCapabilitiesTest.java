package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DropCapabilitiesTest extends PassTest {

  DropCapabilitiesTest() {
    super(new DropCapabilities());
  }

  private static String web(String settings) {
    return "services:\n  web:\n    image: nginx:1.31.4\n" + settings;
  }

  private static String all(String... added) {
    var text = new StringBuilder("    cap_drop:\n      - ALL\n");
    if (added.length > 0) {
      text.append("    cap_add:\n");
      for (String name : added) {
        text.append("      - ").append(name).append('\n');
      }
    }
    return text.toString();
  }

  /** The same in the manner of a service that writes its lists in brackets. */
  private static String flow(String... added) {
    return "    cap_drop: [ALL]\n"
        + (added.length == 0 ? "" : "    cap_add: [" + String.join(", ", added) + "]\n");
  }

  // ---- known images

  @Test
  void a_known_image_keeps_what_its_start_needs() {
    hardens(web(""), web(all("CHOWN", "SETGID", "SETUID")));
  }

  @ParameterizedTest
  @CsvSource({
    "'[\"./site:/usr/share/nginx/html:ro\"]', false",
    "'[\"./site:/usr/share/nginx/html\"]',    true",
    "'[{type: bind, source: ./a, target: /srv}]', true",
    "'[\"${SITE}:/srv:ro\"]',                 false",
  })
  void a_start_as_root_keeps_what_files_of_the_host_need(String volumes, boolean writable) {
    String settings = "    volumes: " + volumes + "\n";

    hardens(
        web(settings),
        web(
            settings
                + (writable
                    ? flow("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID")
                    : flow("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"))));
  }

  @Test
  void a_volume_needs_no_more_than_the_image() {
    hardens(
        web("    volumes: [\"site:/srv\", /data]\n") + "volumes: {site: {}}\n",
        web("    volumes: [\"site:/srv\", /data]\n" + flow("CHOWN", "SETGID", "SETUID"))
            + "volumes: {site: {}}\n");
  }

  @Test
  void in_the_network_of_the_host_a_low_port_needs_one_more() {
    hardens(
        web("    network_mode: host\n"),
        web("    network_mode: host\n" + all("CHOWN", "NET_BIND_SERVICE", "SETGID", "SETUID")));
  }

  @Test
  void a_user_of_its_own_needs_none_even_with_files_of_the_host() {
    hardens(
        web("    user: \"101:101\"\n    volumes: [\"./a:/srv\"]\n"),
        web("    user: \"101:101\"\n    volumes: [\"./a:/srv\"]\n" + flow()));
  }

  @Test
  void what_the_project_says_of_capabilities_stays() {
    hardens(
        web("    cap_add: [NET_ADMIN, cap_chown]\n    cap_drop: [SETGID]\n"),
        web("    cap_add: [NET_ADMIN, cap_chown, SETUID]\n    cap_drop: [SETGID, ALL]\n"));
  }

  @Test
  void a_new_list_goes_to_the_file_with_the_image() {
    Given given = Given.compose(web("")).override("services:\n  web:\n    ports: [\"80:80\"]\n");

    hardens(Level.STANDARD, given, Map.of(COMPOSE, web(all("CHOWN", "SETGID", "SETUID"))));
  }

  // ---- nothing to do, nothing known

  @ParameterizedTest
  @ValueSource(strings = {"[ALL]", "[all]", "[NET_RAW, ALL]", "[CAP_ALL]"})
  void what_drops_all_is_left(String list) {
    leaves(web("    cap_drop: " + list + "\n"), "it drops all of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image: nobody/knows:1 | it is not known which of them the image needs",
        "{image: '${IMAGE}'} | the image depends on a variable that has no value here",
        "image: nginx:1.9.0 | what is known of the image does not cover its version 1.9.0",
        "{image: nginx:1.31.4, command: nginx -c /srv/nginx.conf} | the service has its own command,"
            + " and what is known of nginx does not cover it",
        "{image: nginx:1.31.4, command: sh -c \"nginx\"} | the service has its own command, and"
            + " what is known of nginx does not cover it",
        "{image: nginx:1.31.4, entrypoint: /run.sh} | the service has its own entrypoint",
        "{image: nginx:1.31.4, volumes: ['./nginx.conf:/etc/nginx/nginx.conf']} |"
            + " /etc/nginx/nginx.conf is mounted over what the image brings",
        "{image: nginx:1.31.4, privileged: true} | the service is privileged, which has to go first",
        "{image: nginx:1.31.4, cap_add: [ALL]} | the project adds all capabilities by name, which"
            + " has to go first",
        "{image: nginx:1.31.4, user: '${ME}'} | its user depends on a variable that has no value"
            + " here",
        "{image: nginx:1.31.4, cap_add: !reset []} | compose.yaml takes cap_add away with !reset",
        "{image: prom/prometheus:v3.1.0, user: root} | it is not known which of them prom/prometheus"
            + " needs when it starts as root",
        "{image: nginx:1.31.4, deploy: {mode: global}} | deploy.mode global of service web shows that"
            + " the file is deployed as a stack, for which nothing is known",
      })
  void what_is_not_known_is_said(String service, String reason) {
    String inner = service.startsWith("{") ? service : "{" + service + "}";
    advises("services:\n  web: " + inner + "\n", reason);
  }

  @Test
  void a_known_command_is_as_good_as_none() {
    String command = "    command: [nginx, -g, daemon off;]\n";

    hardens(web(command), web(command + flow("CHOWN", "SETGID", "SETUID")));
  }

  @Test
  void configuration_where_every_project_puts_its_own_changes_nothing() {
    String text =
        """
        services:
          it:
            image: prom/prometheus:v3.5.0
            volumes:
              - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro
        """;

    hardens(
        Level.STANDARD,
        Given.compose(text).and("prometheus.yml", "scrape_configs: []\n"),
        Map.of(COMPOSE, text + all()));
    advises(
        Given.compose(text).and("prometheus.yml", "global:\n  query_log_file: /var/log/q.log\n"),
        "prometheus.yml lets it write to /var/log/q.log (query_log_file)");
    advises(
        Given.compose(text),
        "the configuration at /etc/prometheus/prometheus.yml can move where it writes, and cannot be"
            + " read here");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "PGDATA: /var/lib/postgresql/data/pgdata, -",
        "PGDATA: /srv/db, 'PGDATA is set, which changes how postgres starts'",
        "PGDATA: '${DIR}', 'PGDATA is set, which changes how postgres starts'",
        "POSTGRES_DB: notes, -",
      })
  void a_variable_that_moves_the_data_counts(String variable, String reason) {
    String text =
        "services:\n  it:\n    image: postgres:16.15\n    environment:\n      " + variable + "\n";
    if (reason == null) {
      hardens(text, text + all("CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"));
    } else {
      advises(text, reason);
    }
  }

  // ---- built here

  private static Given built(String dockerfile, String settings) {
    return Given.compose("services:\n  web:\n    build: .\n" + settings)
        .and(DOCKERFILE, dockerfile);
  }

  private void hardensBuilt(String dockerfile, String settings, String added) {
    hardens(
        Level.STANDARD,
        built(dockerfile, settings),
        Map.of(COMPOSE, "services:\n  web:\n    build: .\n" + settings + added));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM nginx:1.31.4\nCOPY html /usr/share/nginx/html\n",
        "FROM nginx:1.31.4 AS base\nFROM base\nCOPY site.conf /etc/nginx/conf.d/site.conf\n",
        "FROM nginx:1.31.4\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
      })
  void what_starts_as_its_base_image_needs_what_that_needs(String dockerfile) {
    hardensBuilt(dockerfile, "", all("CHOWN", "SETGID", "SETUID"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM node:24\nUSER node\nCMD [\"node\", \"a.js\"]\n",
        "FROM nobody/knows\nUSER 1000\nCMD run\n",
        "FROM scratch\nUSER 65532:65532\nENTRYPOINT [\"/app\"]\n",
      })
  void another_user_than_root_needs_none(String dockerfile) {
    hardensBuilt(dockerfile, "", all());
  }

  @Test
  void root_keeps_what_it_prepares_files_and_hands_over_with() {
    String[] ofRoot = {"CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID"};

    hardensBuilt("FROM node:24\nCMD [\"node\", \"a.js\"]\n", "", all(ofRoot));
    hardensBuilt("FROM scratch\nENTRYPOINT [\"/app\"]\n", "", all(ofRoot));
    hardensBuilt("FROM nginx:1.31.4\nCOPY nginx.conf /etc/nginx/nginx.conf\n", "", all(ofRoot));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM node:24\\nRUN apt-get install -y iputils-ping\\n | line 2 of Dockerfile names"
            + " iputils-ping, which needs more than others do",
        "FROM alpine:3.23\\nRUN apk add openssh-server\\n | line 2 of Dockerfile names"
            + " openssh-server, which needs more than others do",
        "FROM alpine:3.23\\nCMD [\"/usr/sbin/sshd\", \"-D\"]\\n | it starts sshd, which needs more"
            + " than others do",
        "FROM nobody/knows\\nCMD run\\n | the user of its base image is not known",
        "FROM node:24\\nUSER $ME\\n | the user of its image depends on a variable",
      })
  void what_is_not_known_of_an_image_built_here_is_said(String dockerfile, String reason) {
    advises(built(dockerfile.replace("\\n", "\n"), ""), reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN setcap cap_net_bind_service=+ep /app",
        "RUN a && /usr/sbin/setcap 'CAP_NET_BIND_SERVICE+eip' /app && b",
        "RUN <<E\nsetcap -q \"cap_net_bind_service=ep\" /app\nE",
        "RUN apk add libcap-setcap && setcap cap_net_bind_service=+ep /app && setcap -r /b",
      })
  void what_a_program_has_of_its_own_stays(String run) {
    hardensBuilt("FROM node:24\n" + run + "\nUSER node\n", "", all("NET_BIND_SERVICE"));
    hardensBuilt(
        "FROM golang:1.27 AS build\n" + run + "\nFROM scratch\nCOPY --from=build /app /\nUSER 9\n",
        "",
        all("NET_BIND_SERVICE"));
    hardensBuilt("FROM nginx:1.31.4\n" + run + "\n", "", all(OF_ROOT_AND_PORT));
  }

  private static final String[] OF_ROOT_AND_PORT = {
    "CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID"
  };

  @Test
  void what_the_programs_of_the_base_image_have_stays() {
    hardensBuilt("FROM caddy:2.11.2\nCMD [\"/run.sh\"]\n", "", all(OF_ROOT_AND_PORT));
    hardensBuilt("FROM caddy:2.11.2\nUSER 1000\nCMD [\"/run.sh\"]\n", "", all("NET_BIND_SERVICE"));
    advises(
        built("FROM hashicorp/vault:1.21.0\nUSER vault\nCMD [\"/run.sh\"]\n", ""),
        "it is built on hashicorp/vault: its file capability IPC_LOCK is not granted any more, so"
            + " the server cannot lock its memory unless disable_mlock is set or the memlock limit"
            + " allows it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN setcap cap_net_admin=+ep /app | line 2 of Dockerfile gives a program capabilities of its"
            + " own (setcap), without which it does not start",
        "RUN setcap $CAPS /app | line 2 of Dockerfile gives a program capabilities of its own"
            + " (setcap), without which it does not start",
        "RUN apt-get install -y sudo | line 2 of Dockerfile names sudo, which needs some of them",
        "RUN chmod u+s /app | line 2 of Dockerfile names chmod u+s, which needs some of them",
        "RUN apt-get install -y iputils-ping | line 2 of Dockerfile names iputils-ping, which needs"
            + " more than others do",
      })
  void another_user_may_gain_what_files_bring(String run, String reason) {
    advises(built("FROM node:24\n" + run + "\nUSER node\n", ""), reason);
  }

  @Test
  void no_capability_is_added_that_docker_does_not_give_by_default() {
    for (var path : Fixtures.folders(Fixtures.ROOT)) {
      assertThat(Fixtures.texts(path).values())
          .noneMatch(text -> text.contains("- DAC_READ_SEARCH") || text.contains("- SYS_ADMIN"));
    }
  }
}
