package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedPortsTest extends PassTest {

  private static final String BOUND = "its ports are bound to an address";
  private static final String FRONT = "it is a front door, or not known to be private";

  PublishedPortsTest() {
    super(new PublishedPorts());
  }

  private static String db(String item) {
    return """
        services:
          db:
            image: postgres:17.7
            ports:
              - %s # for the team
        """
        .formatted(item);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "5432:5432"                  | "${DB_BIND:-127.0.0.1}:5432:5432"
          '5432:5432'                  | '${DB_BIND:-127.0.0.1}:5432:5432'
          5432:5432                    | ${DB_BIND:-127.0.0.1}:5432:5432
          "5432:5432/tcp"              | "${DB_BIND:-127.0.0.1}:5432:5432/tcp"
          5432                         | ${DB_BIND:-127.0.0.1}::5432
          "5432/udp"                   | "${DB_BIND:-127.0.0.1}::5432/udp"
          ":5432"                      | "${DB_BIND:-127.0.0.1}::5432"
          "5432-5434:5432-5434"        | "${DB_BIND:-127.0.0.1}:5432-5434:5432-5434"
          "5432-5434"                  | "${DB_BIND:-127.0.0.1}::5432-5434"
          "0.0.0.0:5432:5432"          | "${DB_BIND:-127.0.0.1}:5432:5432"
          "0.0.0.0::5432"              | "${DB_BIND:-127.0.0.1}::5432"
          "[::]:5432:5432"             | "${DB_BIND:-127.0.0.1}:5432:5432"
          ":::5432:5432"               | "${DB_BIND:-127.0.0.1}:5432:5432"
          ${DB_PORT:-5432}:5432        | ${DB_BIND:-127.0.0.1}:${DB_PORT:-5432}:5432
          "${A:-1}:${B:-5432}"         | "${DB_BIND:-127.0.0.1}:${A:-1}:${B:-5432}"
          "0.0.0.0:${DB_PORT}:5432"    | "${DB_BIND:-127.0.0.1}:${DB_PORT}:5432"
          """)
  void binds_a_port_in_the_short_form(String before, String after) {
    hardens(db(before), db(after));
  }

  @Test
  void binds_a_port_in_the_long_form() {
    hardens(
        """
        services:
          db:
            image: mongo:8
            ports:
              - target: 27017
                published: "27017" # for the team
                mode: host
              - {target: 27017, published: "27018", host_ip: 0.0.0.0}
              - target: 27017
        """,
        """
        services:
          db:
            image: mongo:8
            ports:
              - target: 27017
                published: "27017" # for the team
                mode: host
                host_ip: ${DB_BIND:-127.0.0.1}
              - {target: 27017, published: "27018", host_ip: "${DB_BIND:-127.0.0.1}"}
              - target: 27017
                host_ip: ${DB_BIND:-127.0.0.1}
        """);
  }

  @Test
  void keeps_a_list_in_brackets() {
    hardens(
        "services: {db: {image: redis, ports: ['6379:6379', 6380]}}\n",
        "services: {db: {image: redis, ports: ['${DB_BIND:-127.0.0.1}:6379:6379',"
            + " '${DB_BIND:-127.0.0.1}::6380']}}\n");
  }

  @ParameterizedTest
  @CsvSource({"my-db, MY_DB_BIND", "my.db_2, MY_DB_2_BIND", "1st, _1ST_BIND"})
  void names_the_variable_after_the_service(String service, String variable) {
    String text = "services:\n  %s:\n    image: redis\n    ports:\n      - '%s6379:6379'\n";
    hardens(
        text.formatted(service, ""), text.formatted(service, "${" + variable + ":-127.0.0.1}:"));
  }

  @Test
  void takes_a_longer_name_where_the_project_uses_the_short_one() {
    String after = db("\"${DB_BIND_2:-127.0.0.1}:5432:5432\"");
    hardens(
        Level.STANDARD,
        Given.compose(db("\"5432:5432\"")).and(".env", "DB_BIND=10.0.0.7\n"),
        Map.of(COMPOSE, after));
    String other = "  app: {image: acme/app, command: \"$DB_BIND\"}\n";
    hardens(db("\"5432:5432\"") + other, after + other);
  }

  @Test
  void uses_its_own_variable_again() {
    String first = db("\"${DB_BIND:-127.0.0.1}:5432:5432\"") + "      - ";
    hardens(first + "\"5433:5433\"\n", first + "\"${DB_BIND:-127.0.0.1}:5433:5433\"\n");
  }

  @Test
  void binds_a_port_in_the_file_where_it_stands() {
    hardens(
        Level.STANDARD,
        Given.compose("services: {db: {image: mariadb}}\n")
            .override("services: {db: {ports: ['3306:3306']}}\n"),
        Map.of(OVERRIDE, "services: {db: {ports: ['${DB_BIND:-127.0.0.1}:3306:3306']}}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:5432:5432",
        "127.0.0.1::5432",
        "192.168.1.5:5432:5432",
        "'[::1]:5432:5432'",
        "${IP:-127.0.0.1}:5432:5432",
        "127.0.0.1:${DB_PORT}:5432",
        "'[::1]:${DB_PORT:?set it}:5432'",
        "{target: 5432, published: '5432', host_ip: 127.0.0.1}",
        "{target: 5432, published: '5432', host_ip: '${IP:-::1}'}"
      })
  void leaves_a_port_that_is_bound(String item) {
    leaves(db(item), BOUND);
  }

  @Test
  void leaves_what_the_user_opened_again() {
    leaves(
        Given.compose(db("\"${DB_BIND:-127.0.0.1}:5432:5432\"")).and(".env", "DB_BIND=0.0.0.0\n"),
        "DB_BIND opens it by name");
    leaves(
        Given.compose(db("{target: 5432, published: '5432', host_ip: '${IP:-::1}'}"))
            .and(".env", "IP=::\n"),
        "IP opens it by name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image: nginx\n    ports: ['80:80', '443:443']",
        "image: haproxy\n    ports: ['5432:5432']",
        "image: wordpress\n    ports: [80]",
        "image: node\n    ports: ['3000:3000']",
        "image: acme/app\n    ports: ['${PORT}:80']",
        "build: .\n    ports: ['3000:3000']",
        "image: ${IMAGE}\n    ports: ['3000:3000']"
      })
  void leaves_a_front_door(String service) {
    leaves("services:\n  web:\n    " + service + "\n", FRONT);
  }

  @Test
  void leaves_what_publishes_nothing() {
    leaves("services: {db: {image: redis, expose: [6379]}}", "it publishes no port");
    leaves(
        "services: {db: {image: redis, ports: ['6379 6379']}}",
        "it publishes no port that Compose reads");
    leaves(
        "services: {db: {image: redis, network_mode: host, ports: ['6379:6379']}}",
        "it has the network of the host, where Compose publishes no port");
  }

  @ParameterizedTest
  @CsvSource({
    "eclipse-mosquitto, 1883",
    "nats, 4222",
    "rabbitmq, 1883",
    "rabbitmq, 5672-5680",
    "adminer, 8080",
    "phpmyadmin, 80",
    "mongo-express, 8081"
  })
  void binds_what_people_and_devices_use_only_at_level_strict(String image, String port) {
    String text = "services:\n  x:\n    image: %s\n    ports: [\"%s%s:%s\"]\n";
    offers(Level.STANDARD, text.formatted(image, "", port, port));
    hardens(
        Level.STRICT,
        text.formatted(image, "", port, port),
        text.formatted(image, "${X_BIND:-127.0.0.1}:", port, port));
  }

  @Test
  void binds_what_only_programs_use_of_a_broker() {
    hardens(
        "services: {q: {image: rabbitmq, ports: ['5671-5672:5671-5672', '15672:15672']}}\n",
        "services: {q: {image: rabbitmq, ports: ['${Q_BIND:-127.0.0.1}:5671-5672:5671-5672',"
            + " '${Q_BIND:-127.0.0.1}:15672:15672']}}\n");
  }

  @Test
  void binds_a_port_that_may_be_reached_through_the_machine_only_at_level_strict() {
    Given given =
        Given.compose(
            db("\"5432:5432\"")
                + "  app: {image: acme/app, environment: [DB=host.docker.internal]}\n");
    offers(Level.STANDARD, given);
    assertThat(whys(Level.STANDARD, given).get(0))
        .isEqualTo(
            "host.docker.internal, which the project names, leads to ports that are published on"
                + " all addresses; DB_BIND=0.0.0.0 in .env opens it again");
  }

  @Test
  void binds_the_usual_port_of_a_database_that_an_image_is_built_on() {
    hardens(
        Level.STANDARD,
        Given.compose("services: {db: {build: ., ports: ['27017:27017', '8080:8080']}}\n")
            .and(DOCKERFILE, "FROM mongo:8\n"),
        Map.of(
            COMPOSE,
            "services: {db: {build: ., ports: ['${DB_BIND:-127.0.0.1}:27017:27017',"
                + " '8080:8080']}}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "build: .\n    ports: ['13306:3306']",
        "image: acme/db\n    ports: [5432]",
        "image: node\n    ports: ['6370-6380:6370-6380']",
        "image: acme/db\n    ports: [{target: 27017, published: '27017'}]"
      })
  void reports_the_usual_port_of_a_database(String service) {
    advises(
        "services:\n  x:\n    " + service + "\n",
        "where only other services and this machine need it, write 127.0.0.1 before it");
  }

  @Test
  void reports_a_remote_shell() {
    advises(
        "services: {git: {image: acme/git, ports: ['2222:22']}}",
        "a Git server needs it; for anything else there is docker compose exec");
  }

  @Test
  void reports_what_a_variable_decides() {
    advises(
        db("${DB_PORT}:5432"), "what DB_PORT holds is not known here, and it may be an address");
    advises(
        db("${BIND:-0.0.0.0}:5432:5432"),
        "BIND holds the address and opens it by default: let its default be 127.0.0.1");
    advises(db("'${PORTS:-5432:5432}'"), "write 127.0.0.1 before it, where its parts come from");
  }

  @Test
  void writes_out_ports_that_come_from_an_anchor() {
    hardens(
        """
        x-ports: &ports ['6379:6379']
        services:
          a: {image: redis, ports: *ports}
        """,
        """
        x-ports: &ports ['6379:6379']
        services:
          a: {image: redis, ports: ['${A_BIND:-127.0.0.1}:6379:6379']}
        """);
    hardens(
        """
        x-db: &db
          image: redis
          ports: ['6379:6379', '9000:9000']
        services:
          a: *db
          b:
            <<: *db
            ports: ['6380:6379']
        """,
        """
        x-db: &db
          image: redis
          ports: ['6379:6379', '9000:9000']
        services:
          a:
            <<: *db
            ports: ['${A_BIND:-127.0.0.1}:6379:6379', '${A_BIND:-127.0.0.1}:9000:9000']
          b:
            <<: *db
            ports: ['${B_BIND:-127.0.0.1}:6380:6379']
        """);
  }

  @Test
  void reports_a_port_that_is_an_alias_itself() {
    advises(
        """
        x-port: &port {target: 6379, published: "6379"}
        services:
          a: {image: redis, ports: [*port]}
          b: {image: redis, ports: [{<<: *port, protocol: udp}]}
        """,
        "write 127.0.0.1 before it, where its parts come from");
  }

  @Test
  void reports_a_stack() {
    advises(
        "services: {db: {image: redis, ports: ['6379:6379'], deploy: {mode: global}}}",
        "deploy.mode global of service db shows that the file is deployed as a stack, which"
            + " ignores the address: leave the port out, or close it with a firewall");
  }

  @Test
  void reports_what_extends_and_closes_what_counts() {
    advises(
        "services: {base: {image: redis, ports: ['6379:6379']}, db: {extends: base}}",
        "it comes from a service that this one extends: write 127.0.0.1 before it there");
    hardens(
        Level.STANDARD,
        Given.compose("services: {db: {image: redis, ports: ['6379:6379']}}\n")
            .override("services: {db: {ports: !override ['6380:6379']}}\n"),
        Map.of(
            "compose.override.yaml",
            "services: {db: {ports: !override ['${DB_BIND:-127.0.0.1}:6380:6379']}}\n"));
    leaves(
        Given.compose("services: {web: {image: nginx, ports: ['80:80']}}\n")
            .override("services: {web: {ports: !override ['8080:80']}}\n"),
        "it is a front door, or not known to be private");
  }
}
