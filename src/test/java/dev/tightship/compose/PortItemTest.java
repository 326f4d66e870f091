package dev.tightship.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortItemTest {

  private static String said(PortItem port) {
    return "%s %s %s %s %s"
        .formatted(
            port.address(), port.host(), port.container(), port.protocol(), port.unknown() == null);
  }

  private static PortItem only(String ports) {
    Project project =
        Given.compose(
                "x-p: &p {host_ip: 127.0.0.1, target: 80}\nservices: {a: {image: a, ports: [%s]}}\n"
                    .formatted(ports))
            .and(".env", "SET=10.0.0.1\n")
            .load();
    return PortItem.of(project.services().get(0)).get(0);
  }

  /** Address, ports of the machine, ports of the container, protocol, and whether that is all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'8080:80'                              | ' 8080 80 tcp true'",
        "80                                     | ' null 80 tcp true'",
        "'[::1]:8080-8081:80-81/UDP'            | '::1 8080-8081 80-81 udp true'",
        "'${SET}:8080:80'                       | '10.0.0.1 8080 80 tcp true'",
        "'${BIND:-127.0.0.1}:8080:80'           | '127.0.0.1 8080 80 tcp true'",
        "'${BIND:-127.0.0.1}:${PORT}:80/udp'    | '127.0.0.1 null 80 udp false'",
        "'[::1]:${PORT:?}:80'                   | '::1 null 80 tcp false'",
        "'${PORT}:80'                           | 'null null 80 tcp false'",
        "'${BIND}:8080:80'                      | 'null 8080 80 tcp false'",
        "'8080:${PORT}'                         | ' 8080 null null false'",
        "'8080:80/${PROTOCOL}'                  | ' 8080 80 null false'",
        "'${ALL}'                               | 'null null null null false'",
        "'\"\\n\\n8080:80\"'                    | ' 8080 80 tcp true'",
        "'a:b'                                  | 'null null null null false'",
        "'{target: 80}'                         | ' null 80 tcp true'",
        "'{target: 80, published: \"8080\"}'    | ' 8080 80 tcp true'",
        "'{target: 80, published: \"${P}\", host_ip: \"${SET}\", protocol: udp}'"
            + " | '10.0.0.1 null 80 udp false'",
        "'{target: 80, host_ip: \"${IP}\"}'     | 'null null 80 tcp false'",
        "'{target: 80, host_ip: localhost}'     | 'null null 80 tcp false'",
        "'{<<: *p, published: 8080}'            | '127.0.0.1 8080 80 tcp true'",
        "'*p'                                   | '127.0.0.1 null 80 tcp true'",
      })
  void reads_both_forms_as_far_as_it_can(String item, String said) {
    String quoted = item.matches("[{*\"].*") ? item : "\"" + item + "\"";
    assertThat(said(only(quoted))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true, false",
    "127.8.9.1, true, false",
    "[::1], true, false",
    "[0:0:0:0:0:0:0:1], true, false",
    "[::ffff:127.0.0.1], true, false",
    "0.0.0.0, false, true",
    "[::], false, true",
    "192.168.0.1, false, false",
    "[fe80::1], false, false"
  })
  void knows_loopback_addresses(String address, boolean loopback, boolean any) {
    PortItem port = only("'" + address + ":80:80'");
    assertThat(port.isLoopback()).isEqualTo(loopback);
    assertThat(port.isAny()).isEqualTo(any);
  }

  @Test
  void several_files_name_a_port_once() {
    Project project =
        Given.compose("services: {a: {image: a, ports: ['80:80', '81:81']}}")
            .override("services: {a: {ports: [{target: 80, published: 80}]}}")
            .load();
    assertThat(PortItem.of(project.services().get(0))).hasSize(2);
  }
}
