package dev.tightship.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.network.Member.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

  private static final ServiceGraph GRAPH =
      Graphs.of(
          """
          services:
            front: {image: a, ports: ["80:80"], networks: [outer, inner]}
            api: {image: a, networks: {inner: {aliases: [backend]}}, hostname: api.local}
            db: {image: a, networks: [inner], ports: ["5432:5432"], container_name: store}
            plain: {image: a}
            vpn: {image: a, ports: ["8080:8080"]}
            torrent: {image: a, network_mode: "service:vpn"}
            home: {image: a, network_mode: host}
            job: {image: a, network_mode: none}
          networks: {outer: {}, inner: {internal: true}}
          """);

  private static List<String> pairs(String client) {
    return GRAPH.reach().all().stream()
        .filter(pair -> pair.client().equals(client))
        .map(
            pair ->
                "%s by %s %s as %s"
                    .formatted(pair.server(), pair.way(), pair.networks(), pair.names()))
        .toList();
  }

  @Test
  void services_reach_those_on_their_networks_by_their_names_there() {
    assertThat(pairs("front"))
        .containsExactly(
            "api by NETWORK [inner] as [api, api.local, backend]",
            "db by NETWORK [inner] as [db, store]");
    assertThat(pairs("plain"))
        .containsExactly(
            "vpn by NETWORK [default] as [vpn]", "torrent by NETWORK [default] as [vpn]");
  }

  @Test
  void a_service_in_the_namespace_of_another_stands_where_that_does() {
    assertThat(pairs("torrent"))
        .containsExactly(
            "plain by NETWORK [default] as [plain]", "vpn by NAMESPACE [] as [localhost]");
    assertThat(GRAPH.topology().home("torrent").service()).isEqualTo("vpn");
    assertThat(GRAPH.reach().byNetwork().get("default")).containsExactly("plain", "vpn", "torrent");
  }

  @Test
  void a_service_on_the_machine_reaches_what_is_published() {
    assertThat(pairs("home"))
        .containsExactly(
            "front by MACHINE [] as [localhost]",
            "vpn by MACHINE [] as [localhost]",
            "torrent by MACHINE [] as [localhost]");
    assertThat(pairs("job")).isEmpty();
  }

  @Test
  void a_port_is_open_only_with_a_way_out() {
    assertThat(GRAPH.reach().exposure("front")).isEqualTo(Exposure.OTHERS);
    assertThat(GRAPH.reach().exposure("db")).isEqualTo(Exposure.NOBODY);
    assertThat(GRAPH.reach().ports("db")).isEmpty();
    assertThat(GRAPH.reach().exposure("torrent")).isEqualTo(Exposure.OTHERS);
    assertThat(GRAPH.reach().ports("torrent")).isEqualTo(GRAPH.reach().ports("vpn")).hasSize(1);
    assertThat(GRAPH.reach().exposure("home")).isEqualTo(Exposure.OTHERS);
    assertThat(GRAPH.reach().exposure("plain")).isEqualTo(Exposure.NOBODY);
    assertThat(GRAPH.reach().callsOut("front")).isTrue();
    assertThat(GRAPH.reach().callsOut("api")).isFalse();
    assertThat(GRAPH.reach().callsOut("job")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"80:80\"'                                     | OTHERS",
        "'\"127.0.0.1:80:80\"'                           | MACHINE",
        "'\"[::1]:80:80\"'                               | MACHINE",
        "'\"192.168.1.5:80:80\"'                         | OTHERS",
        "'\"127.0.0.1:80:80\", \"${BIND}:81:81\"'        | UNKNOWN",
        "'\"127.0.0.1:80:80\", \"${BIND}:81:81\", \"82\"' | OTHERS",
        "'\"${BIND:-127.0.0.1}:80:80\"'                  | MACHINE",
        "'\"${BIND:-0.0.0.0}:80:80\"'                    | OTHERS",
        "'{target: 80, host_ip: 127.0.0.1}'              | MACHINE",
        "'\"80:http\"'                                   | UNKNOWN",
        "''                                              | NOBODY",
      })
  void tells_who_reaches_the_ports_of_the_machine(String ports, Exposure exposure) {
    var graph = Graphs.of("services: {a: {image: a, ports: [%s]}}\n".formatted(ports));
    assertThat(graph.reach().exposure("a")).isEqualTo(exposure);
  }

  @Test
  void a_network_mode_decides_whether_ports_count() {
    var graph =
        Graphs.of(
            """
            services:
              bridge: {image: a, network_mode: bridge, ports: ["127.0.0.1:80:80"]}
              foreign: {image: a, network_mode: "container:other", ports: ["81:81"]}
              maybe: {image: a, network_mode: "${MODE}", ports: ["82:82"]}
              home: {image: a, network_mode: host, ports: ["83:83"]}
            """);
    assertThat(graph.reach().exposure("bridge")).isEqualTo(Exposure.MACHINE);
    assertThat(graph.reach().exposure("foreign")).isEqualTo(Exposure.NOBODY);
    assertThat(graph.reach().exposure("maybe")).isEqualTo(Exposure.UNKNOWN);
    assertThat(graph.reach().exposure("home")).isEqualTo(Exposure.OTHERS);
    assertThat(graph.reach().ports("home")).isEmpty();
    assertThat(graph.reach().isKnown("home")).isTrue();
    assertThat(graph.reach().isKnown("bridge")).isFalse();
  }

  @Test
  void counts_the_pairs_that_it_lists() {
    assertThat(GRAPH.reach().pairs()).isEqualTo(GRAPH.reach().all().size()).isPositive();
    Reach alone = Reach.of(Given.compose("services: {d: {image: a, network_mode: host}}").load());
    assertThat(alone.pairs()).isZero();
    var many = new StringBuilder("services:\n");
    for (int i = 0; i < 3000; i++) {
      many.append("  s%d: {image: a}\n".formatted(i));
    }
    Reach square = Reach.of(Given.compose(many.toString()).load());
    assertThat(square.pairs()).isEqualTo(3000L * 2999);
  }

  @Test
  void knows_the_networks_themselves() {
    var graph =
        Graphs.of(
            """
            services:
              a: {image: a, networks: [one, two, three]}
              b: {image: a}
              c: {image: a, network_mode: "container:there"}
              there: {image: a, container_name: there, network_mode: "service:b"}
              d: {image: a, network_mode: "service:d"}
              e: {image: a, network_mode: "${MODE}"}
            networks:
              one: {external: true}
              two: {external: {name: old}}
              three: {name: given, internal: "true"}
              unused: {}
            """);
    assertThat(graph.topology().networks().values())
        .containsExactly(
            new Network("one", "one", true, false),
            new Network("two", "old", true, false),
            new Network("three", "given", false, true),
            new Network("unused", "", false, false),
            new Network("default", "", false, false));
    assertThat(graph.topology().home("c").service()).isEqualTo("b");
    assertThat(graph.topology().home("d").service()).isEqualTo("d");
    assertThat(graph.topology().member("e").standing()).isInstanceOf(Standing.Unclear.class);
  }
}
