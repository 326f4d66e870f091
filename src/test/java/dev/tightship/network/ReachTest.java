package dev.tightship.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.network.Member.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    assertThat(open("front")).isTrue();
    assertThat(open("db")).isFalse();
    assertThat(open("torrent")).isTrue();
    assertThat(open("home")).isTrue();
    assertThat(open("plain")).isFalse();
    assertThat(GRAPH.reach().callsOut("front")).isTrue();
    assertThat(GRAPH.reach().callsOut("api")).isFalse();
    assertThat(GRAPH.reach().callsOut("job")).isFalse();
  }

  private static boolean open(String service) {
    return GRAPH.reach().isOpen(service);
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
