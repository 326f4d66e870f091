package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.pass.Remark;
import dev.tightship.pass.Severity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DuplicatePortTest extends PassTest {

  private static final String TWO =
      "{services: {a: {image: x, ports: [%s]}, b: {image: y, ports: [%s]}}}";

  DuplicatePortTest() {
    super(new DuplicatePort());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'80:80', '80:8080', 80",
        "'0.0.0.0:80:80', '127.0.0.1:80:80', 80",
        "'127.0.0.1:80:80', '80:80', 80",
        "'[::1]:80:80', '80:80', 80",
        "'[::1]:80:80', '[::]:80:80', 80",
        "'8000-8010:8000-8010', '8010-8011:80-81', 8010",
        "'8000-8010:8000-8010', '8005:80', 8005",
        "'2000-9000:2000-9000', '8005:80', 8005",
        "'8005:80', '2000-9000:2000-9000', 8005",
        "'2000-9000:2000-9000', '8000-9001:8000-9001', 8000-9000",
        "'${PORT:-80}:80', '80:80/tcp', 80",
        "\"{target: 80, published: 80}\", '80:80', 80",
        "\"{target: 80, published: '80', host_ip: 127.0.0.1}\", '127.0.0.1:80:80', 80",
      })
  void finds_a_port_that_two_want(String a, String b, String port) {
    assertThat(findings(TWO.formatted(a, b)))
        .singleElement()
        .matches(f -> f.severity() == Severity.HIGH)
        .extracting(Remark.Finding::message)
        .isEqualTo(
            "port %s of this machine is that of service a as well: the second of them does not start"
                .formatted(port));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "'80:80', '81:80'",
        "'53:53/tcp', '53:53/udp'",
        "'127.0.0.1:80:80', '127.0.0.2:80:80'",
        "'0.0.0.0:80:80', '[::]:80:80'",
        "'80', '80'",
        "'127.0.0.1::80', '127.0.0.1::80'",
        "'8000-8010:80', '8005:80'",
        "'${PORT}:80', '80:80'",
        "{target: 80}, '80:80'",
        "\"{target: 80, published: '${PORT}'}\", '80:80'",
        "'80:80, 90', '70:80'",
      })
  void leaves_ports_that_are_two(String a, String b) {
    assertThat(findings(TWO.formatted(a, b))).isEmpty();
  }

  @Test
  void profiles_tell_when_services_meet() {
    String text =
        """
        services:
          a: {image: x, ports: ["80:80"]%s}
          b: {image: y, ports: ["80:80"]%s}
        """;
    assertThat(findings(text.formatted(", profiles: [p]", ", profiles: [q]"))).isEmpty();
    assertThat(findings(text.formatted(", profiles: [p]", ", profiles: ['${NONE}']"))).isEmpty();
    for (String[] pair :
        new String[][] {
          {"", ", profiles: [p]"},
          {", profiles: [p]", ""},
          {", profiles: [o, p]", ", profiles: [p]"}
        }) {
      assertThat(findings(text.formatted(pair[0], pair[1])))
          .singleElement()
          .matches(f -> f.severity() == Severity.LOW)
          .matches(f -> f.message().endsWith("with profile p the second of them does not start"));
    }
  }

  @Test
  void profiles_that_are_enabled_are_on() {
    Given given =
        Given.compose(
            """
            services:
              a: {image: x, ports: ["80:80"], profiles: [p]}
              b: {image: y, ports: ["80:80"], profiles: [q]}
            """);
    assertThat(whys(dev.tightship.engine.Level.SAFE, given)).hasSize(2);
    advises(
        given.enabling("p", "q"),
        "give one of them another port of the machine, or none: services reach each other without");
  }

  /** Compose takes items that lead from one port to one other for the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'80:80', '80:80/tcp', '0.0.0.0:80:80', {target: 80, published: '80'}",
        "'8000-8001:8000-8001', '8001:8001'",
      })
  void one_service_may_say_it_twice(String ports) {
    assertThat(findings("{services: {a: {image: x, ports: [%s]}}}".formatted(ports))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"'80:80', '80:81'", "'80:80', '127.0.0.1:80:80'"})
  void one_service_cannot_have_two_of_it(String ports) {
    assertThat(findings("{services: {a: {image: x, ports: [%s]}}}".formatted(ports)))
        .singleElement()
        .extracting(Remark.Finding::message)
        .isEqualTo("it publishes port 80 of this machine twice, so that it does not start");
  }

  @Test
  void several_containers_cannot_share_a_port() {
    assertThat(findings("{services: {a: {image: x, scale: 3, ports: ['80:80', '90']}}}"))
        .singleElement()
        .extracting(Remark.Finding::message)
        .isEqualTo(
            "3 containers of it want port 80 of this machine: Docker Compose starts only one");
    assertThat(findings("{services: {a: {image: x, scale: 3, ports: ['80-82:80']}}}")).isEmpty();
    assertThat(
            findings(
                "{services: {a: {image: x, ports: ['80:80'], deploy: {replicas: 2, placement: {}}}}}"))
        .isEmpty();
  }

  @Test
  void without_a_network_of_its_own_nothing_is_published() {
    assertThat(
            findings(
                """
                services:
                  a: {image: x, ports: ["80:80"]}
                  b: {image: y, ports: ["80:80"], network_mode: host}
                  c: {image: y, ports: ["80:80"], network_mode: "service:a"}
                """))
        .isEmpty();
  }
}
