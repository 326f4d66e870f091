package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import dev.tightship.engine.Outcome;
import dev.tightship.engine.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeparateNetworksTest extends PassTest {

  /** Two pages for one application each: the pages need not see each other. */
  private static final String BEFORE =
      """
      services:
        a:
          image: python:3.13.14-slim
          environment: {CALLS: 'http://app:80'}
        app:
          image: python:3.13.14-slim
          environment: {CALLS: 'http://b:80'}
        b:
          image: python:3.13.14-slim
          environment: {CALLS: 'http://app:80'}
      """;

  private static final String AFTER =
      """
      services:
        a:
          image: python:3.13.14-slim
          environment: {CALLS: 'http://app:80'}
        app:
          image: python:3.13.14-slim
          environment: {CALLS: 'http://b:80'}
          networks:
            - default
            - app-b-net
        b:
          image: python:3.13.14-slim
          environment: {CALLS: 'http://app:80'}
          networks:
            - app-b-net

      networks:
        app-b-net: {}
      """;

  SeparateNetworksTest() {
    super(new SeparateNetworks());
  }

  /** What is said of the first service, at level strict. */
  private String reason(Given given) {
    Outcome outcome = Laws.check(given, List.of(pass()), Level.STRICT);
    assertThat(Laws.changed(outcome)).isEmpty();
    return outcome.steps().stream().map(Step::reason).findFirst().map(String::valueOf).orElse("");
  }

  @Test
  void each_two_that_speak_to_each_other_get_a_network() {
    hardens(Level.STRICT, BEFORE, AFTER);
  }

  @Test
  void a_service_that_nobody_speaks_to_keeps_a_way_out() {
    String job =
        """
          job:
            image: python:3.13.14-slim
            environment: {CALLS: 'http://store:80'}
        """;
    String store =
        """
          store:
            image: python:3.13.14-slim
            environment: {CALLS: 'http://job:80'}
        """;
    hardens(
        Level.STRICT,
        BEFORE
            + job
            + "    networks: [default, inner]\n"
            + store
            + "    networks: [inner]\nnetworks:\n  inner: {internal: true}\n",
        AFTER
                .replace("\nnetworks:\n  app-b-net: {}\n", "")
                .replace(
                    "networks:\n      - default\n      - app-b-net",
                    "networks: [default, app-b-net]")
                .replace("networks:\n      - app-b-net", "networks: [app-b-net]")
            + job
            + "    networks: [job-net, inner]\n"
            + store
            + "    networks: [inner]\n"
            + "networks:\n  inner: {internal: true}\n  app-b-net: {}\n  job-net: {}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing tells that a and b do not speak to each other     | image: 'example/b:1', environment: {CALLS: 'http://app:80'}
          nothing tells that a and b do not speak to each other     | image: 'python:3.13.14-slim'
          nothing tells that a and b do not speak to each other     | image: 'python:3.13.14-slim', environment: {CALLS: 'http://${HOST}:80'}
          nothing tells that a and b do not speak to each other     | image: 'nginx:1.30.4'
          nothing tells that a and b do not speak to each other     | image: 'selenium/hub:4.40.0', environment: {CALLS: 'http://app:80'}
          b has settings of its own in the network default          | image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, networks: {default: {aliases: [x]}}
          b has settings of its own in the network default          | image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, networks: {default: {ipv4_address: 10.9.0.5}}
          b has settings of its own in the network default          | image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, links: ['app:x']
          a proxy finds b by its labels                             | image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, labels: ['traefik.enable=true']
          it is not known where b is: it joins what is not of this  | image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, network_mode: 'container:other'
          """)
  void stays_where_it_is_not_known_who_speaks_to_whom(String because, String b) {
    String more = "  c: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}}\n";
    String text = BEFORE.substring(0, BEFORE.indexOf("  b:")) + "  b: {" + b + "}\n" + more;
    assertThat(reason(Given.compose(text))).startsWith(because);
  }

  @Test
  void members_of_a_cluster_stay_in_one_network() {
    String cluster =
        """
          one: {image: 'postgres:17.7', environment: {CALLS: two}, networks: [default]}
          two: {image: 'postgres:17.7', environment: {CALLS: one}}
        """;
    assertThat(reason(Given.compose(BEFORE.replace("http://b:80", "http://one:80") + cluster)))
        .isEqualTo("one and two run the same program, and may tell each other addresses");
  }

  @Test
  void a_stack_is_left_alone() {
    assertThat(
            reason(
                Given.compose(
                    BEFORE + "    deploy: {placement: {constraints: [node.role == manager]}}\n")))
        .isEqualTo("no network joins three services of which two could be kept apart");
  }

  @Test
  void a_network_of_very_many_stays() {
    var text = new StringBuilder("services:\n");
    for (int i = 0; i < 61; i++) {
      text.append(
          "  s%d: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://s0:80'}}\n"
              .formatted(i));
    }
    assertThat(reason(Given.compose(text.toString())))
        .isEqualTo("the network default joins more than 60 services");
  }

  @Test
  void a_registry_tells_services_of_each_other() {
    assertThat(reason(Given.compose(BEFORE.replace("app", "eureka"))))
        .startsWith("nothing tells that a and b do not");
  }

  @Test
  void services_of_one_program_stay_together() {
    String text = BEFORE.replace("image: python:3.13.14-slim", "build: .");
    Given given = Given.compose(text).and(DOCKERFILE, "FROM python:3.13.14-slim\n");
    assertThat(reason(given)).isEqualTo("only services share a network that speak to each other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          other projects may be in the network default       | external: true
          other projects may be in the network default       | name: shared
          the network default has settings of its own        | driver: macvlan
          the network default has settings of its own        | ipam: {config: [{subnet: 10.9.0.0/24}]}
          the network default has settings of its own        | driver_opts: {com.docker.network.driver.mtu: '1400'}
          """)
  void a_network_with_settings_stays(String because, String settings) {
    assertThat(reason(Given.compose(BEFORE + "networks:\n  default: {" + settings + "}\n")))
        .isEqualTo(because);
  }

  @Test
  void a_network_that_says_how_it_is_by_default_is_taken_apart() {
    String networks = "\nnetworks:\n  default: {driver: bridge}\n";
    hardens(Level.STRICT, BEFORE + networks, AFTER.replace("\nnetworks:\n", networks));
  }

  /** One server with more clients than there may be networks. */
  @Test
  void at_scale_a_server_shares_one_network_with_all_its_clients() {
    var text = new StringBuilder("services:\n");
    for (int i = 1; i <= 12; i++) {
      for (String server : List.of("one", "two")) {
        text.append(
            "  %s%d: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://%s:80'}}\n"
                .formatted(server, i, server));
      }
    }
    text.append("  one: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://one1:80'}}\n");
    text.append("  two: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://two1:80'}}\n");
    Outcome outcome = Laws.check(Given.compose(text.toString()), List.of(pass()), Level.STRICT);
    assertThat(outcome.text(COMPOSE).text())
        .endsWith("\nnetworks:\n  two-net: {}\n")
        .contains(
            "  two12: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://two:80'}, networks: [two-net]}\n")
        .contains(
            "  one12: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://one:80'}}\n");
  }

  @Test
  void only_services_that_speak_to_each_other_have_nothing_to_gain() {
    assertThat(
            reason(
                Given.compose(
                    BEFORE.replace(
                        "a:\n    image: python:3.13.14-slim\n    environment: {",
                        "a:\n    image: python:3.13.14-slim\n    environment: {B: 'http://b:80', "))))
        .isEqualTo("only services share a network that speak to each other");
  }

  @Test
  void a_service_in_the_namespace_of_another_counts_as_that() {
    Given given =
        Given.compose(
            BEFORE.replace("CALLS: 'http://app:80'}\n  app", "X: y}\n  app")
                + "  side: {image: 'python:3.13.14-slim', network_mode: 'service:a', environment: {CALLS: 'http://app:80'}}\n");
    assertThat(reason(given)).startsWith("nothing tells that a and b do not");
  }

  private static String client(String name, String server) {
    return "  %s: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://%s:80'}%s}\n"
        .formatted(name, server, "%s");
  }

  /** Also where something else shows that the proxy speaks to it. */
  @Test
  void who_is_behind_a_proxy_that_reads_labels_stays() {
    String proxied =
        BEFORE
            + "    labels: [traefik.enable=true, traefik.docker.network=shop_default]\n"
            + "  proxy: {image: 'traefik:3.7.11', depends_on: [b]}\n";
    assertThat(reason(Given.compose(proxied))).isEqualTo("a proxy finds b by its labels");
  }

  @Test
  void twelve_networks_are_not_too_many() {
    var text = new StringBuilder("services:\n");
    for (int i = 1; i <= 12; i++) {
      text.append(client("c" + i, "hub").formatted(""));
    }
    text.append(client("hub", "c1").formatted(""));
    Outcome outcome = Laws.check(Given.compose(text.toString()), List.of(pass()), Level.STRICT);
    assertThat(outcome.text(COMPOSE).text())
        .contains("networks: [default, c2-hub-net,")
        .endsWith("\n  c11-hub-net: {}\n  c12-hub-net: {}\n");
  }

  @Test
  void a_network_that_keeps_nobody_apart_is_not_made() {
    var text = new StringBuilder("services:\n");
    for (int i = 1; i <= 13; i++) {
      text.append(client("c" + i, "hub").formatted(""));
    }
    text.append(client("hub", "c1").formatted(""));
    String one = "environment: {CALLS: 'http://hub:80'";
    String calls = text.toString().replaceFirst("\\Q" + one, one + ", ALSO: 'http://c2:80'");
    assertThat(reason(Given.compose(calls))).isEqualTo("it would take more than 12 networks");
  }

  @Test
  void who_has_another_network_that_leads_out_needs_none_of_its_own() {
    String job = client("job", "other").formatted(", networks: [default, wide, more]");
    String other = client("other", "job").formatted(", networks: [wide]");
    String networks = "\nnetworks:\n  wide: {}\n  more: {}\n";
    Outcome outcome =
        Laws.check(Given.compose(BEFORE + job + other + networks), List.of(pass()), Level.STRICT);
    assertThat(outcome.text(COMPOSE).text())
        .contains(job.replace("[default, wide, more]", "[wide, more]"))
        .contains(other)
        .endsWith("networks:\n  wide: {}\n  more: {}\n  app-b-net: {}\n");
  }

  /** They reach each other by one that both are in, whatever else they are in. */
  @Test
  void who_shares_another_network_is_not_kept_apart() {
    String a =
        "  a: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, networks: [default, x, y]}\n";
    String b =
        "  b: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://app:80'}, networks: [default, y]}\n";
    String app = "  app: {image: 'python:3.13.14-slim', environment: {CALLS: 'http://b:80'}}\n";
    assertThat(reason(Given.compose("services:\n" + a + app + b + "networks: {x: {}, y: {}}\n")))
        .isEqualTo("only services share a network that speak to each other");
  }

  @Test
  void is_offered_below_strict() {
    offers(Level.STANDARD, BEFORE);
  }

  @Test
  void who_speaks_to_a_database_is_to_be_known() {
    String text =
        BEFORE
            .replace("http://b:80", "http://a:80")
            .replace(
                "b:\n    image: python:3.13.14-slim\n    environment: {CALLS: 'http://app:80'}",
                "b: {image: 'postgres:17.7'}");
    assertThat(reason(Given.compose(text)))
        .isEqualTo("nothing tells that a and b do not speak to each other");
  }
}
