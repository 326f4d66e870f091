package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeedlessPortsTest extends PassTest {

  private static final String APP =
      "services:\n  app: {image: 'example/app:1', environment: {DB_HOST: db}}\n";

  private static final String DB = "  db:\n    image: postgres:17.7\n";

  NeedlessPortsTest() {
    super(new NeedlessPorts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ports: ['127.0.0.1:5432:5432']",
        "ports: ['5432:5432']",
        "ports: ['0.0.0.0:5432:5432', '127.0.0.1:5433:5433']",
        "ports: ['${DB_PORT:-5432}:5432']",
        "ports: ['${DB_BIND:-127.0.0.1}:5432:5432']",
        "ports: ['[::1]:5432:5432']",
        "ports: [{target: 5432, published: '5432', host_ip: 127.0.0.1}]",
        "ports: ['127.0.0.1:5432-5433:5432-5433', '127.0.0.1:9000:9000']",
      })
  void a_database_whose_clients_are_inside_publishes_no_port(String ports) {
    hardens(Level.STRICT, APP + DB + "    " + ports + "\n", APP + DB);
  }

  @Test
  void is_offered_below_strict() {
    offers(Level.STANDARD, APP + DB + "    ports: ['127.0.0.1:5432:5432']\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it is not known that nobody on other machines needs its ports | ports: ['192.168.1.5:5432:5432']
          it is not known that nobody on other machines needs its ports | ports: ['${DB_PORT}:5432']
          it is not known which ports of this machine they are          | ports: ['127.0.0.1::5432']
          it is not known which ports of this machine they are          | ports: ['127.0.0.1:${DB_PORT}:5432']
          it is not known to publish a port                                          | expose: [5432]
          """)
  void stays_where_others_may_need_it(String because, String ports) {
    leaves(
        APP + "  web: {image: 'nginx:1.30.4', ports: ['80:80']}\n" + DB + "    " + ports + "\n",
        because);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no service of the project is seen to speak to it, so that others may | app: {image: 'example/app:1'}
          no service of the project is seen to speak to it, so that others may | app: {image: 'example/app:1', depends_on: [db]}
          app has the network of the host, and may need them | app: {image: 'example/app:1', network_mode: host}\\n  b: {image: 'example/b:1', environment: {DB_HOST: db}}
          """)
  void stays_where_its_clients_may_be_on_this_machine(String because, String services) {
    leaves(
        "services:\n  "
            + services.replace("\\n", "\n")
            + "\n"
            + DB
            + "    ports: ['127.0.0.1:5432:5432']\n",
        because);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .env.development  | DB_HOST=localhost\\nDB_PORT=5432\\n
          README.md         | Connect to `127.0.0.1:5432`.
          scripts/backup.sh | pg_dump -h localhost -p 5432
          """)
  void stays_where_a_file_speaks_of_it(String file, String text) {
    String before = APP + DB + "    ports: ['127.0.0.1:5432:5432']\n";
    leaves(
        Given.compose(before).and(file, text.replace("\\n", "\n")),
        file + " speaks of port 5432 of this machine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5672:5672 | true
          1883:1883 | false
          """)
  void ports_of_a_broker_with_which_devices_may_speak_stay(String port, boolean goes) {
    String app =
        "services:\n  app: {image: 'example/app:1', environment: {QUEUE: 'amqp://queue'}}\n";
    String queue = app + "  queue:\n    image: rabbitmq:4.3.5\n";
    String before = queue + "    ports: ['" + port + "']\n";
    if (goes) {
      hardens(Level.STRICT, before, queue);
    } else {
      leaves(before, "devices and programs on other machines may be its clients");
    }
  }

  @Test
  void what_is_reached_through_the_machine_stays() {
    leaves(
        APP
            + "  b: {image: 'example/b:1', environment: {DB: 'host.docker.internal:5432'}}\n"
            + DB
            + "    ports: ['5432:5432']\n",
        "host.docker.internal, which the project names, leads to ports that are published on all"
            + " addresses");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5432/x",
        "http://files.example.org:5432",
        "'http://${HOST}:5432'"
      })
  void stays_where_a_setting_gives_others_the_address(String value) {
    leaves(
        "services:\n  app: {image: 'example/app:1', environment: {DB_HOST: db, PUBLIC: "
            + value
            + "}}\n"
            + DB
            + "    ports: ['127.0.0.1:5432:5432']\n",
        "compose.yaml speaks of port 5432 of this machine");
  }

  @Test
  void what_speaks_of_another_port_does_not_count() {
    String ports = "    ports: ['127.0.0.1:5432:5432']\n";
    Given given =
        Given.compose(APP + DB + ports)
            .and("README.md", "See http://localhost:8080 and 15432.5432.\n");
    hardens(Level.STRICT, given, Map.of(COMPOSE, APP + DB));
  }

  @Test
  void a_port_that_an_override_file_publishes_is_for_who_uses_that() {
    leaves(
        Given.compose(APP + DB).override("services: {db: {ports: ['127.0.0.1:5432:5432']}}\n"),
        "compose.override.yaml publishes them, for whoever works with that file");
  }

  @Test
  void services_that_keep_no_data_are_left_alone() {
    leaves(
        APP
            + DB
            + "  web: {image: 'nginx:1.30.4', ports: ['127.0.0.1:80:80'], environment: {DB: db}}\n",
        "it is not known to keep data of others");
  }
}
