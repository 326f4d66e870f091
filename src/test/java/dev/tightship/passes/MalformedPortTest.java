package dev.tightship.passes;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedPortTest extends PassTest {

  private static final String FINE = "no port is one that Docker Compose refuses";
  private static final String UNCLEAR =
      "it is not clear what it was meant to be: write it as \"HOST:CONTAINER\"";

  MalformedPortTest() {
    super(new MalformedPort());
  }

  private static String port(String item) {
    return """
        services:
          web:
            image: nginx
            ports:
              - %s # the front door
              - "443:443"
        """
        .formatted(item);
  }

  @Test
  void mends_a_quoted_port_that_runs_over_lines() {
    hardens(
        Level.SAFE,
        """
        services:
          web:
            image: nginx:alpine
            ports:
              - "

        8080:80"
            volumes: [./public:/usr/share/nginx/html] # pages
        """,
        """
        services:
          web:
            image: nginx:alpine
            ports:
              - "8080:80"
            volumes: [./public:/usr/share/nginx/html] # pages
        """);
  }

  @Test
  void mends_a_blank_behind_the_colon() {
    hardens(Level.SAFE, port("8080: 80"), port("\"8080:80\""));
  }

  @Test
  void mends_a_mapping_with_an_address() {
    hardens(Level.SAFE, port("'127.0.0.1:8080': 80"), port("\"127.0.0.1:8080:80\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8080 :80", " 8080:80", "8080:80 ", "8080: 80", "8080\\t:80"})
  void keeps_the_quotes_around_a_mended_port(String text) {
    hardens(Level.SAFE, port("\"" + text + "\""), port("\"8080:80\""));
  }

  @Test
  void keeps_single_quotes_and_the_protocol() {
    hardens(Level.SAFE, port("'53:53 /udp'"), port("'53:53/udp'"));
  }

  @Test
  void mends_a_port_in_brackets() {
    hardens(
        "services: {web: {image: nginx, ports: [\"8080:80 \", 443]}}\n",
        "services: {web: {image: nginx, ports: [\"8080:80\", 443]}}\n");
  }

  @Test
  void mends_white_space_around_a_port_with_variables() {
    hardens(Level.SAFE, port("\" ${PORT:-8080}:80\""), port("\"${PORT:-8080}:80\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"80 80\"",
        "\"localhost:8080:80\"",
        "\"8080:80:\"",
        "\"70000:80\"",
        "\"${PORT:-80 80}:80\"",
        "8080: http",
        "8080:",
        "{8080: 80, 443: 443}"
      })
  void reports_what_may_mean_several_things(String item) {
    advises(port(item), UNCLEAR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "8080:80",
        "\"8080:80\"",
        "127.0.0.1:8080:80",
        "\"[::1]:8080:80/tcp\"",
        "8000-8002:80-82",
        "22:22",
        "${PORT:-8080}:80",
        "${PORT}:80",
        "\" ${PORT}:80\"",
        "{target: 80, published: \"8080\", protocol: tcp}",
        "{target: 80}"
      })
  void leaves_what_compose_reads_or_may_read(String item) {
    leaves(port(item), FINE);
  }

  @Test
  void knows_the_variables_of_the_project() {
    Given given = Given.compose(port("\"${PORT}:80\""));
    leaves(given.and(".env", "PORT=8080\n"), FINE);
    advises(given.and(".env", "PORT=localhost:8080\n"), UNCLEAR);
  }

  @Test
  void leaves_a_service_without_ports() {
    leaves("services: {web: {image: nginx}}", FINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8080:80", "{8080: 80}"})
  void reports_ports_that_are_no_list(String ports) {
    advises(
        "services: {web: {image: nginx, ports: %s}}".formatted(ports),
        "write a list with one port an item");
  }

  @Test
  void mends_each_of_several_ports() {
    hardens(
        Level.SAFE,
        """
        services:
          web:
            image: nginx
            ports:
              - 8080: 80
              - 8443: 443
          api:
            image: nginx
            ports: ['3000:3000 ']
        """,
        """
        services:
          web:
            image: nginx
            ports:
              - '8080:80'
              - '8443:443'
          api:
            image: nginx
            ports: ['3000:3000']
        """);
  }

  @Test
  void mends_a_port_in_the_file_where_it_stands() {
    hardens(
        Level.SAFE,
        Given.compose("services: {web: {image: nginx, ports: ['80:80']}}\n")
            .override("services: {web: {ports: ['8443:443 ']}}\n"),
        java.util.Map.of(OVERRIDE, "services: {web: {ports: ['8443:443']}}\n"));
  }

  @Test
  void mends_a_port_that_comes_from_an_anchor() {
    hardens(
        Level.SAFE,
        """
        x-common: &common
          ports: ['8080:80 ']
        services:
          web:
            <<: *common
            image: nginx
        """,
        """
        x-common: &common
          ports: ['8080:80 ']
        services:
          web:
            <<: *common
            image: nginx
            ports: ['8080:80']
        """);
  }

  @Test
  void mends_the_base_of_a_service_that_extends_it() {
    hardens(
        Level.SAFE,
        """
        services:
          base:
            image: nginx
            ports: ['8080:80 ']
          web:
            extends: base
        """,
        """
        services:
          base:
            image: nginx
            ports: ['8080:80']
          web:
            extends: base
        """);
  }
}
