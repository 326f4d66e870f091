package dev.tightship.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tightship.compose.Given;
import dev.tightship.engine.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateNetworksTest extends PassTest {

  /** A page that does not speak to the database, and an application that does. */
  private static final String BEFORE =
      """
      services:
        web: {image: 'nginx:1.30.4', depends_on: [app]}
        app:
          image: example/app:1
          environment: {DB_HOST: db}
      """;

  private static final String AFTER = BEFORE + "    networks: [default, db-net]\n";

  private static final String INTERNAL = "\nnetworks:\n  db-net:\n    internal: true\n";

  PrivateNetworksTest() {
    super(new PrivateNetworks());
  }

  private static String db(String more) {
    return "  db:\n    image: postgres:17.7\n" + more.indent(4);
  }

  private static String own(String more) {
    return db(more + "networks: [db-net]\n");
  }

  @Test
  void a_database_leaves_the_network_of_all() {
    hardens(BEFORE + db(""), AFTER + own("") + INTERNAL);
  }

  @Test
  void who_is_not_known_to_be_no_client_comes_along() {
    String helper = "  helper:\n    image: example/helper:1\n";
    hardens(
        BEFORE + helper + db(""),
        AFTER + helper + "    networks: [default, db-net]\n" + own("") + INTERNAL);
    assertThat(whys(Level.STANDARD, Given.compose(BEFORE + helper + db(""))))
        .contains(
            "app: DB_HOST names db (compose.yaml:5); nothing tells that helper is no client, so it"
                + " comes along");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a service of the same image          | image: 'example/app:2'
          a service with the same data         | image: 'example/x:1', volumes: ['data:/x']
          pages from which people administer   | image: 'adminer:5'
          pages that people tell whom to ask   | image: 'grafana/grafana:13.0.1'
          """)
  void who_may_be_a_client_comes_along(String why, String service) {
    String before =
        BEFORE.replace("environment", "volumes: ['data:/data']\n    environment")
            + "  x: {depends_on: [app], "
            + service
            + "}\n"
            + db("")
            + "volumes: {data: {}}\n";
    assertThat(whys(Level.STANDARD, Given.compose(before)))
        .as(why)
        .anyMatch(text -> text.contains("nothing tells that x is no client"));
  }

  @Test
  void an_image_that_runs_any_program_makes_no_clients() {
    String python = BEFORE.replace("example/app:1", "python:3.13.14-slim");
    String job = "  job: {image: 'python:3.13.14-slim', depends_on: [app]}\n";
    assertThat(whys(Level.STANDARD, Given.compose(python + job + db(""))))
        .contains("app: DB_HOST names db (compose.yaml:5)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a port that is published | ports: ['127.0.0.1:5432:5432']
          an address elsewhere     | environment: {NAME: x, BACKUP: 'https://backup.example.org/x'}
          a name for the machine   | extra_hosts: ['host.docker.internal:host-gateway']
          """)
  void a_network_that_must_lead_out_is_not_internal(String why, String more) {
    hardens(BEFORE + db(more), AFTER + own(more + "\n") + "\nnetworks:\n  db-net: {}\n");
  }

  @Test
  void an_image_of_which_it_is_not_known_whom_it_calls_keeps_a_way_out() {
    String search = "  db:\n    image: elasticsearch:9.2.3\n";
    hardens(
        BEFORE + search, AFTER + search + "    networks: [db-net]\n\nnetworks:\n  db-net: {}\n");
  }

  @Test
  void databases_that_speak_to_each_other_share_a_network() {
    String kafka =
        """
          kafka:
            image: apache/kafka:4.1.1
            environment: {KAFKA_ZOOKEEPER_CONNECT: 'db:2181'}
        """;
    String before = BEFORE.replace("db}", "kafka}") + kafka + "  db:\n    image: zookeeper:3.9\n";
    assertThat(said(Given.compose(before)))
        .containsExactly("medium web can reach it, and is not seen to speak to it");
    assertThat(whys(Level.STANDARD, Given.compose(before)))
        .anyMatch(why -> why.startsWith("kafka and db speak to each other; app: DB_HOST"));
  }

  @Test
  void members_of_a_cluster_may_find_each_other_in_any_way() {
    String one = "  one:\n    image: minio/minio:RELEASE.2025-09-07T16-13-09Z\n";
    String both = one + one.replace("one", "two");
    assertThat(whys(Level.STANDARD, Given.compose(BEFORE.replace("db}", "one}") + both)))
        .anyMatch(why -> why.startsWith("one and two speak to each other"));
  }

  /** And it is no client of the cluster, in whose network it is already. */
  @Test
  void who_runs_in_the_namespace_of_a_member_goes_with_the_cluster() {
    String one = "  one:\n    image: minio/minio:RELEASE.2025-09-07T16-13-09Z\n";
    String two = one.replace("one", "two");
    String side =
        "  side: {image: 'example/side:1', network_mode: 'service:two', environment: {APP: 'http://app:80'}}\n";
    String net = "    networks: [one-net]\n";
    hardens(
        BEFORE.replace("db}", "one}") + one + two + side,
        BEFORE.replace("db}", "one}")
            + "    networks: [default, one-net]\n"
            + one
            + net
            + two
            + net
            + side
            + "\nnetworks:\n  one-net: {}\n");
  }

  @Test
  void who_runs_in_the_namespace_of_a_database_is_where_that_is() {
    String backup =
        """
          backup:
            image: example/backup:1
            network_mode: service:db
            environment: {REPORT_TO: 'http://api:80'}
        """;
    String api = "  api:\n    image: example/api:1\n    environment: {URL: 'http://db:9000'}\n";
    hardens(
        BEFORE + api + backup + db(""),
        AFTER
            + api
            + "    networks: [default, db-net]\n"
            + backup
            + own("")
            + "\nnetworks:\n  db-net: {}\n");
  }

  @Test
  void a_client_in_the_namespace_of_another_takes_that_one_along() {
    String vpn = "  vpn:\n    image: example/vpn:1\n";
    String before = BEFORE.replace("environment", "network_mode: service:vpn\n    environment");
    hardens(
        before + vpn + db(""),
        before + vpn + "    networks: [default, db-net]\n" + own("") + INTERNAL);
  }

  @Test
  void who_may_be_a_client_in_the_namespace_of_another_database_holds_it() {
    advises(
        BEFORE
            + db("")
            + "  cache: {image: 'redis:8.10.1'}\n"
            + "  x: {image: 'example/x:1', network_mode: 'service:cache'}\n"
            + "  other: {image: 'example/other:1', environment: {CACHE_HOST: cache}}\n",
        "a service in the namespace of cache may speak to it; give it a network that only its"
            + " clients share");
  }

  @Test
  void who_may_speak_to_anybody_is_not_taken_away_with_a_database() {
    advises(
        BEFORE + db("") + "  x: {image: 'example/x:1', network_mode: 'service:db'}\n",
        "nothing tells whom x speaks to, which runs in its namespace; give it a network that only"
            + " its clients share");
  }

  @Test
  void databases_of_one_image_in_two_networks_stay_apart() {
    String two =
        """
        services:
          a: {image: 'example/a:1', networks: [left], environment: {DB_HOST: one}}
          b: {image: 'example/b:1', networks: [right], environment: {DB_HOST: two}}
          one: {image: 'postgres:17.7', networks: [left]}
          two: {image: 'postgres:17.7', networks: [right]}
        networks: {left: {}, right: {}}
        """;
    leaves(two, "only its clients share a network with it");
  }

  @Test
  void a_client_in_a_profile_counts() {
    String before = BEFORE.replace("environment", "profiles: [more]\n    environment");
    hardens(before + db(""), before + "    networks: [default, db-net]\n" + own("") + INTERNAL);
  }

  @Test
  void traefik_is_told_by_which_network_it_reaches_a_client() {
    String proxy =
        "  proxy: {image: 'traefik:3.7.5', volumes: ['/var/run/docker.sock:/var/run/docker.sock']}\n";
    String before = BEFORE.replace("environment", "labels: [traefik.enable=true]\n    environment");
    hardens(
        before + proxy + db(""),
        before.replace(
                "[traefik.enable=true]",
                "[traefik.enable=true, 'traefik.docker.network=${COMPOSE_PROJECT_NAME}_default']")
            + "    networks: [default, db-net]\n"
            + proxy
            + own("")
            + INTERNAL);
  }

  @Test
  void a_service_that_traefik_does_not_read_needs_no_label() {
    String before =
        BEFORE.replace("environment", "labels: [traefik.enable=false]\n    environment");
    hardens(before + db(""), before + "    networks: [default, db-net]\n" + own("") + INTERNAL);
  }

  @Test
  void traefik_that_knows_its_network_needs_no_label() {
    String proxy =
        "  proxy: {image: 'traefik:3.7.5', command: --providers.docker.network=shop_default}\n";
    String before = BEFORE.replace("environment", "labels: [traefik.enable=true]\n    environment");
    hardens(
        before + proxy + db(""),
        before + "    networks: [default, db-net]\n" + proxy + own("") + INTERNAL);
  }

  @Test
  void a_client_of_several_networks_that_traefik_reaches_holds_it() {
    advises(
        """
        services:
          web: {image: 'nginx:1.30.4', networks: [inner], environment: {BACKEND: app}}
          app:
            image: example/app:1
            labels: [traefik.enable=true]
            networks: [inner, outer]
            environment: {DB_HOST: db}
          db: {image: 'postgres:17.7', networks: [inner]}
        networks: {inner: {}, outer: {}}
        """,
        "traefik would have to be told by which of its networks it reaches app; give it a network"
            + " that only its clients share");
  }

  // What stays

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          networks: [inner, outer]                        | db is in several networks already
          networks: {inner: {ipv4_address: 10.9.0.9}}     | it has a fixed address in the network inner
          networks: [shared]                              | other projects may speak to it by the network shared
          networks: [named]                               | other projects may speak to it by the network named
          external_links: [elsewhere]                     | it is linked to a container that this project does not define
          deploy: {placement: {constraints: [a == b]}}    | deploy.placement of service db shows that it is deployed as a stack
          """)
  void what_cannot_leave_is_said(String more, String reason) {
    String all = "networks: [inner, outer, shared, named]";
    String before =
        BEFORE
                .replace("depends_on: [app]", all + ", environment: {BACKEND: app}")
                .replace("environment: {DB", all + "\n    environment: {DB")
            + db(more.contains("networks") ? more : more + "\nnetworks: [inner]")
            + "networks: {inner: {}, outer: {}, shared: {external: true}, named: {name: all}}\n";
    advises(before, reason + "; give it a network that only its clients share");
  }

  @Test
  void a_database_without_clients_is_reported() {
    advises(
        "services:\n  web: {image: 'nginx:1.30.4'}\n  x: {image: 'httpd:2.4.68'}\n" + db(""),
        "nothing is seen to speak to it; give it a network that only its clients share");
  }

  @Test
  void a_program_of_the_image_is_no_database() {
    leaves(
        BEFORE + db("entrypoint: [psql, -h, elsewhere]"), "it is not known to keep data of others");
  }

  @Test
  void nobody_is_left_out() {
    leaves(
        BEFORE.replace("depends_on: [app]", "environment: {DB: 'tcp://db:5432'}") + db(""),
        "only its clients share a network with it");
    leaves(
        "services:\n  app: {image: a, environment: {DB_HOST: db}}\n" + db(""),
        "no third service could reach it or be kept from it");
  }

  @Test
  void as_many_that_may_be_clients_are_more_than_is_known() {
    String helpers = "  one: {image: example/one:1}\n  two: {image: example/two:1}\n";
    advises(
        BEFORE + helpers + db(""),
        "2 more services may speak to it for all that is known; give it a network that only its"
            + " clients share");
  }

  @Test
  void the_engine_has_room_for_a_number_of_networks_only() {
    var before = new StringBuilder("services:\n  web: {image: 'nginx:1.30.4', depends_on: [a]}\n");
    before.append("  a: {image: 'example/a:1', environment: {CACHE_HOST: db}}\n");
    for (String kind : new String[] {"b", "c"}) {
      before.append(
          "  %s: {image: 'example/%s:1', environment: {DB_HOST: db}}\n".formatted(kind, kind));
    }
    before.append(db(""));
    before.append("networks:\n");
    for (int i = 0; i < 12; i++) {
      before.append("  n%d: {}\n".formatted(i));
    }
    advises(
        before.toString(),
        "with one more the project would have over 12 networks; give it a network that only its"
            + " clients share");
  }

  @Test
  void goes_on_in_the_way_of_networks_that_are_there() {
    String text =
        """
        services:
          web: {image: 'nginx:1.30.4', networks: [inner], environment: {BACKEND: app}}
          app:
            image: example/app:1
            environment: {DB_HOST: db}
            networks:
              inner: %s
          db:
            image: postgres:17.7
            networks:
              %s
                aliases: [store] # an older name
        networks:
          inner: {}
        %s""";
    hardens(
        text.formatted("{}", "inner:", ""),
        text.formatted("{}\n      db-net: {}", "db-net:", "  db-net:\n    internal: true\n"));
  }

  @Test
  void takes_a_name_that_is_free() {
    hardens(
        Level.STANDARD,
        Given.compose(BEFORE + db("") + "networks:\n  db-net: {}\n"),
        Map.of(
            COMPOSE,
            AFTER.replace("db-net", "db-net-2")
                + own("").replace("db-net", "db-net-2")
                + "networks:\n  db-net: {}\n  db-net-2:\n    internal: true\n"));
  }
}
